"""Who advises at a Leye Space with a title: named, ended, and taken back. The place's row is the lock of its advisers.

Naming somebody opens nothing: a chief career adviser keeps the files that the post keeps, a city mentor none.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.officers import posts_over
from sunward.employment.access.points import get_adviser, get_own_point, point_subject
from sunward.employment.enums import AdviserTitle, AppointmentState
from sunward.employment.models import Appointment, AppointmentSlot, ServicePoint, SpaceAdviser

NAMED, ENDED, RESTORED = (
    "employment.space_adviser_named",
    "employment.space_adviser_ended",
    "employment.space_adviser_restored",
)


@dataclass(frozen=True, slots=True)
class AdviserDetails:
    """`officer`: the user name of a chief adviser. `name` and `promised_on`: of a city mentor. `knows`: both."""

    title: AdviserTitle
    knows: str
    officer: str = ""
    name: str = ""
    promised_on: date | None = None


@transaction.atomic
def name_adviser(
    *, actor: Actor, point_id: UUID, key: UUID, details: AdviserDetails, on: date, now: datetime
) -> SpaceAdviser:
    """`key` is the form's own: sent twice, it is one adviser. A new chief adviser follows the one before."""
    point = get_own_point(actor=actor, point_id=point_id, is_changing=True)
    known = SpaceAdviser.objects.filter(uid=key, point=point).first()
    if known is not None:
        return known
    row = SpaceAdviser(
        uid=key, point=point, title=details.title, knows=" ".join(details.knows.split()), from_on=on,
        made_by_id=actor.user_id,
    )  # fmt: skip
    if not row.knows:
        raise Refusal("employment.adviser_knows", _("Say in a few words what this adviser knows well."))
    if details.title == AdviserTitle.CHIEF:
        _fill_chief(row, details, on=on)
    else:
        _fill_mentor(row, details, on=on)
    row.save(force_insert=True)
    _record(row, NAMED, actor=actor, now=now)
    return row


@transaction.atomic
def end_adviser(
    *, actor: Actor, point_id: UUID, adviser_id: UUID, version: int, on: date, now: datetime
) -> SpaceAdviser:
    """A mentor leaves the times to come in which nobody is booked; who is booked with her has to be told first."""
    point = get_own_point(actor=actor, point_id=point_id, is_changing=True)
    row = get_adviser(point, adviser_id)
    if row.until_on is not None and row.until_on <= on:
        return row
    _refuse_old(row, version)
    ahead = AppointmentSlot.objects.filter(mentor=row, starts_at__gt=now)
    if Appointment.objects.filter(slot__in=ahead, state=AppointmentState.BOOKED).exists():
        raise Conflict(
            "employment.mentor_is_expected",
            _("Somebody is booked with this mentor still. Move or cancel that appointment first."),
        )
    ahead.update(mentor=None)
    row.until_on = on
    _save(row, "until_on")
    _record(row, ENDED, actor=actor, now=now)
    return row


@transaction.atomic
def restore_adviser(
    *, actor: Actor, point_id: UUID, adviser_id: UUID, version: int, on: date, now: datetime
) -> SpaceAdviser:
    """Undo. The times that a mentor left are not given back: somebody may have planned otherwise since."""
    point = get_own_point(actor=actor, point_id=point_id, is_changing=True)
    row = get_adviser(point, adviser_id)
    if row.until_on is None:
        return row
    _refuse_old(row, version)
    if row.title == AdviserTitle.CHIEF:
        if _chiefs(point).exists():
            raise Conflict("employment.chief_is_another", _("This place has another chief career adviser meanwhile."))
        _refuse_no_officer(point, row.officer_id or 0, on=on)
    row.until_on = None
    _save(row, "until_on")
    _record(row, RESTORED, actor=actor, now=now)
    return row


def _fill_chief(row: SpaceAdviser, details: AdviserDetails, *, on: date) -> None:
    post = posts_over(row.point.unit_path, on=on).filter(user__username=details.officer).first()
    _refuse_no_officer(row.point, post.user_id if post is not None else 0, on=on)
    row.officer = post.user if post is not None else None
    for before in _chiefs(row.point):
        before.until_on = on
        _save(before, "until_on")


def _fill_mentor(row: SpaceAdviser, details: AdviserDetails, *, on: date) -> None:
    row.name, row.promised_on = " ".join(details.name.split()), details.promised_on
    if not row.name:
        raise Refusal("employment.mentor_name", _("Write the city mentor's name."))
    if row.promised_on is None or row.promised_on > on:
        raise Refusal(
            "employment.mentor_promise",
            _("Say on which day the mentor signed the promise of confidentiality. Without it nobody sits in."),
        )


def _refuse_no_officer(point: ServicePoint, user_id: int, *, on: date) -> None:
    if not posts_over(point.unit_path, on=on).filter(user_id=user_id).exists():
        raise Refusal("employment.adviser_cannot_be", _("Choose an employment officer of this place's office."))


def _chiefs(point: ServicePoint) -> QuerySet[SpaceAdviser]:
    return SpaceAdviser.objects.filter(point=point, title=AdviserTitle.CHIEF, until_on=None)


def _refuse_old(row: SpaceAdviser, version: int) -> None:
    if version != row.version:
        raise Conflict("employment.adviser_changed", _("Somebody else has just changed this. Look at it again."))


def _save(row: SpaceAdviser, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _record(row: SpaceAdviser, code: str, *, actor: Actor, now: datetime) -> None:
    point = row.point
    record_act(
        actor=actor, code=code, now=now, subject=point_subject(point), unit_path=point.unit_path,
        title=str(row.title),
    )  # fmt: skip
