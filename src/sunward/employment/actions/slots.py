"""The times of an adviser at a Leye Space: once or every week, never two at once, withdrawn while nobody is booked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import User
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.officers import posts_over
from sunward.employment.access.points import current_mentors, get_own_point, point_subject
from sunward.employment.enums import AppointmentState
from sunward.employment.models import AppointmentSlot, ServicePoint, SpaceAdviser

ADDED, WITHDRAWN = "employment.times_added", "employment.time_withdrawn"
SHORTEST_MINUTES, LONGEST_MINUTES = 15, 8 * 60
WEEKS_AT_MOST, TIMES_AT_MOST = 26, 200


@dataclass(frozen=True, slots=True)
class Times:
    """From `begins` to `ends`, cut into pieces of `minutes`; every week until a day, or once."""

    adviser: str
    day: date
    begins: time
    ends: time
    minutes: int
    places: int = 1
    weekly_until: date | None = None
    mentor: UUID | None = None


@transaction.atomic
def add_times(
    *, actor: Actor, point_id: UUID, key: UUID, times: Times, on: date, now: datetime
) -> list[AppointmentSlot]:
    """All of them or none. `key` is the form's own: sent twice, the times are there once."""
    point = get_own_point(actor=actor, point_id=point_id, is_changing=True)
    if not point.is_open:
        raise Refusal("employment.point_is_closed", _("This place is closed. Open it again first."))
    _refuse_impossible(times)
    may_advise = posts_over(point.unit_path, on=on).filter(user__username=times.adviser).values("user_id")
    # Locked, so that nobody gives the same person two places at once.
    adviser = User.objects.select_for_update().filter(pk__in=may_advise).first()
    if adviser is None:
        raise Refusal("employment.adviser_cannot_be", _("Choose an employment officer of this place's office."))
    pieces = list(_pieces(times))
    known = list(AppointmentSlot.objects.filter(uid__in=[uuid5(key, str(at)) for at, _end in pieces]))
    if known:
        return known
    if not pieces or len(pieces) > TIMES_AT_MOST:
        raise Refusal(
            "employment.times_too_many",
            _("These are no times, or more than two hundred at once. Choose a shorter while."),
        )
    if pieces[0][0] <= now:
        raise Refusal("employment.time_passed", _("This time has begun already. Choose a later one."))
    mentor = _read_mentor(point, times, on=on)
    _refuse_clash(AppointmentSlot.objects.filter(adviser=adviser), str(adviser), pieces)
    if mentor is not None:
        _refuse_clash(AppointmentSlot.objects.filter(mentor=mentor), mentor.name, pieces)
    made = AppointmentSlot.objects.bulk_create(
        AppointmentSlot(
            uid=uuid5(key, str(begins)), point=point, adviser=adviser, starts_at=begins, ends_at=ends,
            places=times.places, made_by_id=actor.user_id, mentor=mentor,
        )
        for begins, ends in pieces
    )  # fmt: skip
    _record(point, ADDED, actor=actor, now=now, sessions=len(made))
    return made


@transaction.atomic
def withdraw_time(*, actor: Actor, point_id: UUID, slot_id: UUID, now: datetime) -> None:
    """Nobody can be booked into it any more. Withdrawn twice is withdrawn once."""
    point = get_own_point(actor=actor, point_id=point_id, is_changing=True)
    slot = AppointmentSlot.objects.select_for_update().filter(point=point, uid=slot_id).first()
    if slot is None:
        raise NotThere("employment.time_not_there", _("There is no such time at this place."))
    if slot.withdrawn_at is not None:
        return
    if slot.appointments.filter(state=AppointmentState.BOOKED).exists():
        raise Conflict(
            "employment.time_is_booked", _("Somebody is booked into this time. Move that appointment first.")
        )
    slot.withdrawn_at = now
    slot.save(update_fields=["withdrawn_at"])
    _record(point, WITHDRAWN, actor=actor, now=now)


def say_time(slot: AppointmentSlot) -> str:
    """Day and hours, as a sentence can hold them."""
    begins, ends = localtime(slot.starts_at), localtime(slot.ends_at)
    return f"{date_format(begins, 'Y-m-d H:i')}–{date_format(ends, 'H:i')}"


def _pieces(times: Times) -> Iterator[tuple[datetime, datetime]]:
    day, last = times.day, times.weekly_until or times.day
    while day <= last:
        begins, end = make_aware(datetime.combine(day, times.begins)), make_aware(datetime.combine(day, times.ends))
        while begins + timedelta(minutes=times.minutes) <= end:
            yield begins, begins + timedelta(minutes=times.minutes)
            begins += timedelta(minutes=times.minutes)
        day += timedelta(days=7)


def _refuse_impossible(times: Times) -> None:
    if times.ends <= times.begins:
        raise Refusal("employment.time_ends_before", _("The end must come after the beginning."))
    if not SHORTEST_MINUTES <= times.minutes <= LONGEST_MINUTES or not 1 <= times.places <= 50:
        raise Refusal("employment.time_impossible", _("An appointment takes from fifteen minutes to eight hours."))
    until = times.weekly_until
    if until is not None and not times.day <= until <= times.day + timedelta(weeks=WEEKS_AT_MOST):
        raise Refusal("employment.weekly_too_long", _("Repeat times for half a year at most, from their first day on."))


def _read_mentor(point: ServicePoint, times: Times, *, on: date) -> SpaceAdviser | None:
    if times.mentor is None:
        return None
    mentor = current_mentors(point, on=on).filter(uid=times.mentor).first()
    if mentor is None:
        raise Refusal("employment.mentor_cannot_be", _("Choose a city mentor of this place."))
    return mentor


def _refuse_clash(
    times: QuerySet[AppointmentSlot], name: str, pieces: list[tuple[datetime, datetime]]
) -> None:  # fmt: skip
    """`times`: those of one person."""
    standing = times.filter(withdrawn_at=None, starts_at__lt=pieces[-1][1], ends_at__gt=pieces[0][0])
    for slot in standing.select_related("point").order_by("starts_at"):
        if any(slot.starts_at < ends and slot.ends_at > begins for begins, ends in pieces):
            raise Refusal(
                "employment.times_clash",
                _("%(name)s is at %(point)s then already: %(time)s. Nothing was added; choose another time.")
                % {"name": name, "point": slot.point.name, "time": say_time(slot)},
            )


def _record(point: ServicePoint, code: str, *, actor: Actor, now: datetime, **detail: int) -> None:
    record_act(actor=actor, code=code, now=now, subject=point_subject(point), unit_path=point.unit_path, **detail)
