"""Temporary care: where a child is for the time being, with whom, until when, and how it is followed up afterwards.

A neighbour mom who takes a child in reads no more of the file than before: nothing here gives access.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.casework.access import get_case_for_change
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.follow_ups import promise_follow_up, settle_follow_up
from sunward.casework.enums import CaseState, FollowUpKind, FollowUpState
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.months import add_months
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.people.models import Person
from sunward.people.registering import PersonDetails, build_person
from sunward.safeguarding.access.emergencies import get_care_for_change, visible_emergencies
from sunward.safeguarding.declaration import helping_of
from sunward.safeguarding.enums import CareEnd, StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep, TemporaryCare
from sunward.safeguarding.notices import Notice, NoticeKind, notices
from sunward.safeguarding.queries.care import family_of
from sunward.safeguarding.queries.ladder_people import find_reached
from sunward.safeguarding.roles import TRIAGING
from sunward.safeguarding.rules import AFTER_CARE_AT_LEAST, AFTER_CARE_AT_MOST, AFTER_CARE_MONTHS

CARE_SUBJECT = "temporary_care"
# Back at home or with relatives somebody has to look how it goes; an authority looks by itself.
_FOLLOWED_UP = (CareEnd.GUARDIAN, CareEnd.RELATIVE)
_AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Carer:
    """Who takes the child in: one of the stand-by list, one of the family, or somebody new by name and number."""

    volunteer_id: UUID | None = None
    person_id: int | None = None
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class CareEntry:
    """`is_agreed`: a guardian agreed; no: the civil affairs office decided (art. 92, 93); None: neither yet."""

    carer: Carer
    place: str
    begun_at: datetime
    expected_until_at: datetime
    is_agreed: bool | None = None
    words: str = ""


@transaction.atomic
def begin_care(
    *, actor: Actor, case_id: UUID, entry: CareEntry, now: datetime, emergency_id: UUID | None = None
) -> TemporaryCare:
    case = get_case_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    if TemporaryCare.objects.filter(case=case, ended_at=None).exists():
        raise Conflict(
            "safeguarding.in_care_already",
            _("The child is in temporary care already. End that first, then begin anew."),
        )
    if entry.begun_at > now + _AHEAD:
        raise Refusal(
            "safeguarding.care_not_begun", _("The beginning lies ahead. Write it down when the child is there.")
        )
    if entry.expected_until_at <= entry.begun_at:
        raise Refusal("safeguarding.care_ends_early", _("The expected end comes after the beginning."))
    emergency = visible_emergencies(actor).filter(uid=emergency_id, case=case).first() if emergency_id else None
    carer = _find_carer(actor, case, entry.carer, now=now)
    care = TemporaryCare.objects.create(
        case=case, unit_path=case.unit_path, emergency=emergency, carer=carer, place=entry.place.strip(),
        begun_at=entry.begun_at, begun_by_id=actor.user_id, expected_until_at=entry.expected_until_at,
        is_agreed=entry.is_agreed, words=entry.words.strip(),
    )  # fmt: skip
    _write_line(care, StepKind.CARE_BEGUN, actor=actor, now=now)
    _record(care, "safeguarding.care_begun", actor=actor, now=now, is_agreed=entry.is_agreed)
    return care


def _find_carer(actor: Actor, case: Case, chosen: Carer, *, now: datetime) -> Person:
    if chosen.volunteer_id is not None:
        found = helping_of(case).find_stand_by(actor, case, chosen.volunteer_id, now)
        if found is None:
            raise NotThere("safeguarding.not_on_stand_by", _("She is not on the stand-by list any more. Look again."))
        return Person.objects.get(pk=found.person_id)
    if chosen.person_id is not None:
        if chosen.person_id not in dict(family_of(case)):
            raise NotThere(
                "safeguarding.not_of_the_family", _("This person is not written down in the child's family.")
            )
        return Person.objects.get(pk=chosen.person_id)
    if not chosen.name.strip() or not chosen.phone:
        raise Refusal("safeguarding.carer_missing", _("Say who takes the child in: a name and a telephone number."))
    person = build_person(
        PersonDetails(name=chosen.name.strip(), phone=chosen.phone, unit_id=case.unit_id, unit_path=case.unit_path),
        programme=case.programme,
    )
    person.save()
    return person


@transaction.atomic
def extend_care(*, actor: Actor, care_id: UUID, expected_until_at: datetime, now: datetime) -> TemporaryCare:
    """It takes longer than was thought; whoever waits for the child is not told in vain."""
    care = get_care_for_change(actor=actor, care_id=care_id)
    _refuse_ended(care)
    if expected_until_at <= now:
        raise Refusal("safeguarding.care_ends_early", _("The expected end comes after now."))
    care.expected_until_at = expected_until_at
    care.version += 1
    care.save(update_fields=["expected_until_at", "version"])
    _record(care, "safeguarding.care_extended", actor=actor, now=now)
    return care


@transaction.atomic
def end_care(
    *, actor: Actor, care_id: UUID, ended_with: CareEnd, handed_to: str, ended_at: datetime, now: datetime
) -> TemporaryCare:
    """Handed back: to whom, and when. Back in the family the child is followed up for a year."""
    care = get_care_for_change(actor=actor, care_id=care_id)
    if care.ended_at is not None:
        if care.ended_with == ended_with:
            return care
        _refuse_ended(care)
    if not handed_to.strip():
        raise Refusal("safeguarding.handed_to_nobody", _("Say to whom the child was handed."))
    if not care.begun_at <= ended_at <= now + _AHEAD:
        raise Refusal("safeguarding.care_end_impossible", _("The end lies after the beginning and not ahead of now."))
    care.ended_at, care.ended_by_id, care.ended_with = ended_at, actor.user_id, ended_with
    care.handed_to, care.version = handed_to.strip(), care.version + 1
    if ended_with in _FOLLOWED_UP and care.case.state == CaseState.OPEN:
        care.after_care_months = AFTER_CARE_AT_MOST
        _promise_after_care(care, actor=actor, now=now)
    care.save()
    _write_line(care, StepKind.CARE_ENDED, actor=actor, now=now)
    hours = int((ended_at - care.begun_at).total_seconds() // 3600)
    _record(care, "safeguarding.care_ended", actor=actor, now=now, ended_with=str(ended_with), hours=hours)
    return care


def _promise_after_care(care: TemporaryCare, *, actor: Actor, now: datetime) -> None:
    assert care.ended_at is not None
    for months in AFTER_CARE_MONTHS:
        promise_follow_up(
            actor=actor, case=care.case, kind=FollowUpKind.AFTER_CARE, role=Role.WORKER, note=care.reference,
            due_on=add_months(localdate(care.ended_at), months), on=localdate(now), now=now,
        )  # fmt: skip


@transaction.atomic
def shorten_after_care(*, actor: Actor, care_id: UUID, months: int, reason: str, now: datetime) -> TemporaryCare:
    """Fewer months, three at least: decided by the supervisor, who says why."""
    care = get_care_for_change(actor=actor, care_id=care_id)
    if not any(care.case.unit_path.startswith(path) for path in actor.paths(*TRIAGING)):
        raise NotAllowed("safeguarding.supervisor_decides", _("The supervisor decides on this."))
    if care.ended_at is None or care.after_care_months is None:
        raise Conflict("safeguarding.no_after_care", _("There is no after-care to shorten."))
    if not AFTER_CARE_AT_LEAST <= months < care.after_care_months:
        raise Refusal("safeguarding.after_care_too_short", _("Three months at least, and fewer than now."))
    if not reason.strip():
        raise Refusal("safeguarding.shortening_unexplained", _("Say why fewer months will do."))
    care.after_care_months, care.after_care_reason = months, reason.strip()
    care.version += 1
    care.save(update_fields=["after_care_months", "after_care_reason", "version"])
    last_on = add_months(localdate(care.ended_at), months)
    later = care.case.follow_ups.filter(
        kind=FollowUpKind.AFTER_CARE, note=care.reference, state=FollowUpState.DUE, due_on__gt=last_on
    )
    for follow_up in later:
        settle_follow_up(follow_up, FollowUpState.DROPPED, case=care.case, actor=actor, on=localdate(now), now=now)
    _record(care, "safeguarding.after_care_shortened", actor=actor, now=now, months=months)
    return care


@transaction.atomic
def tell_of_overdue(*, care_pk: int, now: datetime) -> bool:
    """The worker and the supervisor hear once of each end that has passed."""
    locked = TemporaryCare.objects.select_for_update(of=("self",)).select_related("case")
    care = locked.filter(pk=care_pk, ended_at=None, expected_until_at__lt=now).first()
    if care is None:
        return False
    roles = (Role.WORKER, Role.SUPERVISOR)
    found = [user for role in roles for user in find_reached(role, care.case.unit_path, on=localdate(now))]
    for user_id in dict.fromkeys(user.pk for user in found):
        notice = Notice(
            key=f"care:{care.pk}:{care.expected_until_at:%Y%m%d%H%M}:{user_id}", kind=NoticeKind.CARE_OVERDUE,
            reference=care.reference, user_id=user_id, unit_path=care.case.unit_path,
            path=reverse("safeguarding:care", args=[care.uid]),
        )  # fmt: skip
        notices.send(sender=None, notice=notice, now=now)
    return True


def _write_line(care: TemporaryCare, kind: StepKind, *, actor: Actor, now: datetime) -> None:
    """Into the diary of the emergency, if it came out of one."""
    if care.emergency_id is None:
        return
    emergency = Emergency.objects.get(pk=care.emergency_id)
    EmergencyStep.objects.create(
        emergency=emergency, kind=kind, at=now, due_at=care.ended_at or care.begun_at, by_id=actor.user_id,
        about_person_id=care.carer_id, round=emergency.round, words=care.handed_to or care.place,
    )  # fmt: skip


def _record(care: TemporaryCare, code: str, *, actor: Actor, now: datetime, **attributes: object) -> None:
    record_case_act(
        care.case, actor=actor, code=code, on=localdate(now), now=now, subject=(CARE_SUBJECT, care.pk),
        attributes=attributes,
    )  # fmt: skip


def _refuse_ended(care: TemporaryCare) -> None:
    if care.ended_at is not None:
        raise Conflict("safeguarding.care_ended", _("The child has been handed back already. Load the page again."))
