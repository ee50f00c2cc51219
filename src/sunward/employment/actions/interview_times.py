"""The times of a booth: cut into pieces, within the times of the gathering, withdrawn while nobody has one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.employment.access.fairs import STANDING, get_booth, get_fair_for_change
from sunward.employment.enums import BoothState
from sunward.employment.models import Booth, InterviewSlot
from sunward.gatherings.access import GATHERING_SUBJECT
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering

SHORTEST_MINUTES, LONGEST_MINUTES, PLACES_AT_MOST, TIMES_AT_MOST = 5, 240, 50, 100


@dataclass(frozen=True, slots=True)
class BoothTimes:
    """From `begins` to `ends` of a day, cut into pieces of `minutes` with `places` each."""

    day: date
    begins: time
    ends: time
    minutes: int
    places: int = 1


@transaction.atomic
def add_interview_times(
    *, actor: Actor, gathering_id: UUID, booth_id: UUID, key: UUID, times: BoothTimes, on: date, now: datetime
) -> list[InterviewSlot]:
    """`key` is the form's own: sent twice, the times are there once."""
    gathering = get_fair_for_change(actor=actor, gathering_id=gathering_id)
    booth = get_booth(gathering, booth_id)
    pieces = list(_pieces(times))
    known = list(InterviewSlot.objects.filter(uid__in=[uuid5(key, str(at)) for at, _end in pieces], booth=booth))
    if known:
        return known
    _refuse_impossible(gathering, booth, times, pieces, now=now)
    _refuse_clash(booth, pieces)
    made = InterviewSlot.objects.bulk_create(
        InterviewSlot(
            uid=uuid5(key, str(begins)), booth=booth, starts_at=begins, ends_at=ends, places=times.places,
            made_by_id=actor.user_id,
        )
        for begins, ends in pieces
    )  # fmt: skip
    _record(booth, gathering, "employment.interview_times_added", actor=actor, now=now, sessions=len(made))
    return made


@transaction.atomic
def withdraw_interview_time(*, actor: Actor, gathering_id: UUID, booth_id: UUID, slot_id: UUID, now: datetime) -> None:
    """Nobody can take it any more. Withdrawn twice is withdrawn once."""
    gathering = get_fair_for_change(actor=actor, gathering_id=gathering_id)
    booth = get_booth(gathering, booth_id)
    slot = InterviewSlot.objects.filter(booth=booth, uid=slot_id).first()
    if slot is None:
        raise NotThere("employment.interview_time_not_there", _("There is no such time at this booth."))
    if slot.withdrawn_at is not None:
        return
    if slot.interviews.filter(STANDING).exists():
        raise Conflict(
            "employment.interview_time_is_taken", _("Somebody has taken this time. It has to be given back first.")
        )
    slot.withdrawn_at = now
    slot.save(update_fields=["withdrawn_at"])
    _record(booth, gathering, "employment.interview_time_withdrawn", actor=actor, now=now)


def _pieces(times: BoothTimes) -> Iterator[tuple[datetime, datetime]]:
    if times.minutes < 1:
        return
    begins, end = (make_aware(datetime.combine(times.day, at)) for at in (times.begins, times.ends))
    while begins + timedelta(minutes=times.minutes) <= end:
        yield begins, begins + timedelta(minutes=times.minutes)
        begins += timedelta(minutes=times.minutes)


def _refuse_impossible(
    gathering: Gathering, booth: Booth, times: BoothTimes, pieces: Sequence[tuple[datetime, datetime]], *, now: datetime
) -> None:
    if gathering.state not in (GatheringState.DRAFT, GatheringState.PUBLISHED):
        raise Refusal("employment.fair_over", _("This gathering is over or cancelled: its booths stay as they are."))
    if booth.state in (BoothState.DECLINED, BoothState.WITHDRAWN):
        raise Refusal("employment.booth_does_not_come", _("This employer does not come. Invite it again first."))
    if not SHORTEST_MINUTES <= times.minutes <= LONGEST_MINUTES or not 1 <= times.places <= PLACES_AT_MOST:
        raise Refusal("employment.interview_time_impossible", _("An interview takes from five minutes to four hours."))
    if not pieces or len(pieces) > TIMES_AT_MOST:
        raise Refusal(
            "employment.interview_times_too_many",
            _("These are no times, or more than a hundred at once. Choose a shorter while, or longer interviews."),
        )
    if pieces[-1][1] <= now:
        raise Refusal("employment.interview_time_passed", _("This time is over already. Choose a later one."))
    sessions = list(gathering.sessions.values_list("begins_at", "ends_at"))
    if not all(any(begins <= at and end <= ends for begins, ends in sessions) for at, end in pieces):
        raise Refusal(
            "employment.interview_time_outside",
            _("These times lie outside those of the gathering. Look there when it begins and ends."),
        )


def _refuse_clash(booth: Booth, pieces: Sequence[tuple[datetime, datetime]]) -> None:
    """The pieces follow each other without a gap: one question for all of them."""
    clash = booth.slots.filter(withdrawn_at=None, starts_at__lt=pieces[-1][1], ends_at__gt=pieces[0][0])
    if clash.exists():
        raise Refusal(
            "employment.interview_times_clash",
            _("The booth has times in this while already. Nothing was added; choose another while."),
        )


def _record(booth: Booth, gathering: Gathering, code: str, *, actor: Actor, now: datetime, **detail: int) -> None:
    record_act(
        actor=actor, code=code, now=now, subject=Subject(GATHERING_SUBJECT, gathering.pk),
        unit_path=gathering.unit_path, booth=booth.pk, **detail,
    )  # fmt: skip
