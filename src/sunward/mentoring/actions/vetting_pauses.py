"""What the calendar does to matches, as the system's own acts: expired vetting pauses, a handover ends."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from sunward.accounts.access import Actor
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case
from sunward.gatherings.actions.parting import lock_shared
from sunward.mentoring.actions.follow_ups import promise_closing_talk, promise_vetting_decision, settle, warn_of_expiry
from sunward.mentoring.actions.match_steps import take_step
from sunward.mentoring.actions.matches import close_locked, part_well
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import READING_STATES, EndReason, MatchFollowUp, MatchState, PauseReason
from sunward.mentoring.models import Match, Mentor
from sunward.mentoring.tutoring.enums import TutoringState
from sunward.mentoring.vetting import VettingStanding, read_standing

PAUSABLE = (MatchState.TRIAL, MatchState.ACTIVE)


def lock_pairs(mentor: Mentor, *, on: date) -> None:
    """All that her vetting may change, under her own lock and before the act is recorded: files, matches, and the
    gatherings for which she is signed up with a child. The audit record is locked last, whoever acts."""
    paired = Q(matches__mentor=mentor, matches__state__in=READING_STATES)
    tutored = Q(tutorings__mentor=mentor, tutorings__state=TutoringState.RUNNING)
    cases = Case.objects.filter(paired | tutored)
    children = dict(cases.values_list("pk", "person_id"))
    list(Case.objects.select_for_update(of=("self",)).filter(pk__in=children).order_by("pk"))
    list(Match.objects.select_for_update(of=("self",)).filter(mentor=mentor, case__in=children).order_by("pk"))
    lock_shared([(child_id, mentor.person_id) for child_id in children.values()], on=on)


@transaction.atomic
def apply_vetting(*, mentor_pk: int, on: date, now: datetime) -> None:
    """Bring her matches in line with her vetting as it stands: pause, warn, or take a warning back."""
    reading = Match.objects.filter(mentor_id=mentor_pk, state__in=READING_STATES)
    for match_pk in reading.order_by("pk").values_list("pk", flat=True):
        if not pause_for_vetting(match_pk=match_pk, on=on, now=now):
            warn_or_calm(match_pk=match_pk, on=on, now=now)


@transaction.atomic
def pause_for_vetting(*, match_pk: int, on: date, now: datetime) -> bool:
    """Pause a match whose mentor's vetting is no longer valid, and ask the supervisor. False if there is no need.

    A handover cannot rest: it ends, and somebody talks with the child.
    """
    match, standing = _lock(match_pk, on=on)
    if match.state not in (*PAUSABLE, MatchState.HANDOVER) or standing.may_match:
        return False
    if match.state == MatchState.HANDOVER:
        said = Said(Actor.system(), on, now, code=EndReason.HANDED_OVER, reason=PauseReason.VETTING)
        close_locked(match, said)
        promise_closing_talk(match, said)
        return True
    said = Said(Actor.system(), on, now, code=PauseReason.VETTING)
    take_step(match, MatchState.PAUSED, said)
    promise_vetting_decision(match, said)
    return True


@transaction.atomic
def warn_or_calm(*, match_pk: int, on: date, now: datetime) -> bool:
    """Tell the supervisor well before the vetting ends; take the warning back once it is renewed. True if told."""
    match, standing = _lock(match_pk, on=on)
    said = Said(Actor.system(), on, now)
    if match.state not in PAUSABLE or not standing.may_match:
        return False
    if not standing.is_expiring or standing.expires_first_on is None:
        settle(match, MatchFollowUp.VETTING_EXPIRING, FollowUpState.DONE, said)
        return False
    return warn_of_expiry(match, said, expires_on=standing.expires_first_on)


@transaction.atomic
def end_handover(*, match_pk: int, on: date, now: datetime) -> bool:
    """Close a match whose handover is over. False if it is not."""
    match, _standing = _lock(match_pk, on=on)
    if match.state != MatchState.HANDOVER or match.handover_until_on is None or match.handover_until_on >= on:
        return False
    said = Said(Actor.system(), on, now, code=EndReason.HANDED_OVER)
    close_locked(match, said)
    part_well(match, said)
    return True


def _lock(match_pk: int, *, on: date) -> tuple[Match, VettingStanding]:
    """Mentor, file and match in the house's order, with her vetting as it stands under the lock."""
    mentor_id, case_id = Match.objects.values_list("mentor_id", "case_id").get(pk=match_pk)
    mentor = Mentor.objects.select_for_update(of=("self",)).get(pk=mentor_id)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    match = Match.objects.select_for_update(of=("self",)).get(pk=match_pk)
    match.mentor, match.case = mentor, case
    return match, read_standing(mentor.vetting_facts.all(), on=on)
