"""A jobseeker's time at a booth: taken, given back, and whether the two met.

Always in the same order: the file is locked, then the gathering, whose row is the lock of all its times; so that of
eight who press for the last one, one has it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.dispatch import receiver
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.models import Case
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, Refusal
from sunward.employment.access.fairs import (
    INTERVIEW_SUBJECT,
    STANDING,
    get_interview,
    interview_not_there,
    offered_booths,
    offered_fairs,
    open_slots,
)
from sunward.employment.access.jobseekers import get_jobseeker_for_change
from sunward.employment.access.own_page import own_actor
from sunward.employment.actions.interview_telling import tell_of_interview, tell_of_loss
from sunward.employment.actions.own_page import lock_own_case
from sunward.employment.actions.recommendations import refuse_under_working_age
from sunward.employment.enums import InterviewState
from sunward.employment.models import Booth, Interview, InterviewSlot, Vacancy
from sunward.gatherings.actions.signing_up import write_heads
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import GatheringState, Presence, SignedUpBy, SignUpState
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.recording import record_gathering_act
from sunward.gatherings.withdrawals import take_off, taken_off

TAKEN, GIVEN_BACK = "employment.interview_taken", "employment.interview_given_back"
# So many times one person holds at one fair: the others come too.
TIMES_AT_A_FAIR = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which time, about which vacancy; `is_shared`: the person agrees that the employer learns who comes."""

    slot: UUID
    vacancy: UUID
    is_shared: bool


@transaction.atomic
def take_interview(*, actor: Actor, case_id: UUID, key: UUID, wanted: Wanted, on: date, now: datetime) -> Interview:
    """By the office, as the person wishes. `key` is the form's own: sent twice, it is one time."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    row, is_new = _take(case, key, wanted, actor=actor, by=SignedUpBy.STAFF, on=on, now=now)
    if is_new:
        tell_of_interview(row, actor=actor, on=on, now=now)
    return row


@transaction.atomic
def take_own_interview(*, token: str, shown: str, key: UUID, wanted: Wanted, on: date, now: datetime) -> Interview:
    """By the jobseeker, on the own page."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    row, _is_new = _take(case, key, wanted, actor=own_actor(on=on), by=SignedUpBy.SELF, on=on, now=now)
    return row


@transaction.atomic
def give_interview_back(
    *, actor: Actor, case_id: UUID, interview_id: UUID, version: int, on: date, now: datetime
) -> Interview:
    """The place is free for others at once. Also of a file that was closed meanwhile."""
    case = get_jobseeker_for_change(actor=actor, case_id=case_id)
    return _give_back(case, interview_id, version, actor=actor, on=on, now=now)


@transaction.atomic
def give_own_interview_back(*, token: str, shown: str, interview_id: UUID, on: date, now: datetime) -> Interview:
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    return _give_back(case, interview_id, None, actor=own_actor(on=on), on=on, now=now)


def give_back_all(booth: Booth, *, actor: Actor, now: datetime) -> None:
    """The employer does not come: whoever had a time there hears of it. Under the gathering's lock."""
    found = Interview.objects.select_for_update(of=("self",)).filter(slot__booth=booth, state=InterviewState.TAKEN)
    for row in found.select_related("case__person", "case__unit", "slot__booth__gathering", "slot__booth__employer"):
        _free(row, actor=actor, now=now)
        tell_of_loss(row, actor=actor, now=now)


@receiver(taken_off)
def give_back_with_place(
    sender: object, *, gathering: Gathering, rows: list[SignUp], now: datetime, **more: object
) -> None:
    """Whoever does not come to the gathering any more needs no time there. Under the gathering's lock."""
    going = {row.person_id for row in rows if row.person_id}
    going -= set(
        SignUp.objects.standing().filter(gathering=gathering, person__in=going).values_list("person", flat=True)
    )
    found = Interview.objects.select_for_update(of=("self",)).filter(
        slot__booth__gathering=gathering, case__person__in=going, state=InterviewState.TAKEN
    )
    for row in found.select_related("case"):
        _free(row, actor=Actor.system(), now=now)


def lock_fair_of(interview: Interview) -> Gathering:
    return Gathering.objects.select_for_update(of=("self",)).get(pk=interview.slot.booth.gathering_id)


def save_interview(row: Interview, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def refuse_old(row: Interview, version: int | None) -> None:
    """None: the person's own page, on which nobody else says anything."""
    if version is not None and version != row.version:
        raise Conflict(
            "employment.interview_changed", _("Somebody else has just written here. Look at this time again.")
        )


def record_interview(row: Interview, code: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(
        row.case, actor=actor, code=code, on=on, now=now, subject=(INTERVIEW_SUBJECT, row.pk),
        attributes={"gathering": row.slot.booth.gathering_id, "vacancy": row.vacancy_id},
    )  # fmt: skip


def _take(
    case: Case, key: UUID, wanted: Wanted, *, actor: Actor, by: SignedUpBy, on: date, now: datetime
) -> tuple[Interview, bool]:
    known = Interview.objects.filter(case=case, uid=key).first()
    if known is not None:
        return known, False
    refuse_under_working_age(case, on=on)
    slot = _lock_slot(case, wanted.slot, is_own=by == SignedUpBy.SELF, now=now)
    vacancy = Vacancy.objects.open(on=on).filter(booth_lines__booth=slot.booth, uid=wanted.vacancy).first()
    if vacancy is None:
        raise Refusal(
            "employment.interview_vacancy", _("This vacancy is not open any more. Choose another one of the booth.")
        )
    _refuse_taken(case, slot)
    _sign_up(case, slot.booth.gathering, key, actor=actor, by=by, on=on, now=now)
    row = Interview.objects.create(
        uid=key, slot=slot, case=case, vacancy=vacancy, taken_at=now, taken_by_id=actor.user_id,
        shared_with=slot.booth.employer if wanted.is_shared else None,
    )  # fmt: skip
    record_interview(row, TAKEN, actor=actor, on=on, now=now)
    return row, True


def _lock_slot(case: Case, slot_id: UUID, *, is_own: bool, now: datetime) -> InterviewSlot:
    """The time, its gathering locked, read once more under the lock. Who is there may still take one that has begun."""
    offered = open_slots(now=now).filter(booth__in=offered_booths(case), uid=slot_id)
    if is_own:
        offered = offered.filter(starts_at__gt=now)
    gathering = offered_fairs(case).select_for_update(of=("self",)).filter(pk__in=offered.values("booth__gathering"))
    slot = offered.select_related("booth__employer").first() if gathering.first() is not None else None
    if slot is None:
        raise Refusal("employment.interview_not_offered", _("This time is not offered any more. Choose another one."))
    slot.booth.gathering = gathering.get()
    return slot


def _refuse_taken(case: Case, slot: InterviewSlot) -> None:
    if slot.interviews.filter(STANDING).count() >= slot.places:
        raise Refusal(
            "employment.interview_taken_by_another",
            _("Somebody else has just taken the last place of this time. Choose another one."),
        )
    own = Interview.objects.filter(STANDING, case=case)
    if own.filter(slot__booth=slot.booth_id).exists():
        raise Refusal("employment.interview_at_booth_already", _("There is a time at this booth already."))
    if own.filter(slot__starts_at__lt=slot.ends_at, slot__ends_at__gt=slot.starts_at).exists():
        raise Refusal(
            "employment.interview_at_once", _("There is another interview at that time already. Choose another time.")
        )
    if own.filter(slot__booth__gathering=slot.booth.gathering_id).count() >= TIMES_AT_A_FAIR:
        raise Refusal(
            "employment.interviews_enough",
            _("Six times at one fair are enough. Give one back to take another."),
        )


def _sign_up(
    case: Case, gathering: Gathering, key: UUID, *, actor: Actor, by: SignedUpBy, on: date, now: datetime
) -> None:
    """Whoever has a time comes to the gathering: reminders, changes and the list at the door follow from that."""
    row = SignUp.objects.standing().filter(gathering=gathering, person=case.person_id).first()
    if row is None:
        row = write_heads(gathering, [Head(case.person_id)], actor=actor, party=key, by=by, on=on, now=now)[0]
    if row.state != SignUpState.PLACED:
        raise Refusal(
            "employment.fair_is_full",
            _("All places of this gathering are taken. Ask the host whether there can be one more."),
        )


def _give_back(
    case: Case, interview_id: UUID, version: int | None, *, actor: Actor, on: date, now: datetime
) -> Interview:
    gathering = lock_fair_of(get_interview(case, interview_id))
    found = Interview.objects.select_for_update(of=("self",)).filter(case=case, uid=interview_id)
    row = found.select_related("slot__booth").first()
    if row is None:
        raise interview_not_there()
    if row.state == InterviewState.GIVEN_BACK:
        return row
    refuse_old(row, version)
    if row.state != InterviewState.TAKEN:
        raise Conflict("employment.interview_marked", _("It is written down already whether the two met."))
    row.case = case
    _free(row, actor=actor, now=now)
    _withdraw_sign_up(case, gathering, actor=actor, now=now)
    return row


def _free(row: Interview, *, actor: Actor, now: datetime) -> None:
    row.state, row.shared_with = InterviewState.GIVEN_BACK, None
    save_interview(row, "state", "shared_with")
    record_interview(row, GIVEN_BACK, actor=actor, on=localdate(now), now=now)


def _withdraw_sign_up(case: Case, gathering: Gathering, *, actor: Actor, now: datetime) -> None:
    """Who was signed up for the sake of a time alone, and holds none any more, frees the place as well."""
    own = Interview.objects.filter(case=case, slot__booth__gathering=gathering)
    if gathering.state != GatheringState.PUBLISHED or own.filter(STANDING).exists():
        return
    rows = list(
        SignUp.objects.standing().filter(
            gathering=gathering, person=case.person_id, party__in=own.values_list("uid", flat=True)
        )
    )
    if not rows or Attendance.objects.filter(sign_up__in=rows, presence=Presence.CAME).exists():
        return
    take_off(gathering, rows, now=now, reason="interview_given_back")
    record_gathering_act(
        gathering, actor=actor, code="gatherings.withdrawn", now=now, heads=len(rows), queue=rows[0].queue
    )
