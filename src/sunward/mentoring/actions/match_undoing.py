"""Taking back the last step of a match: by whoever took it, on the same day, while nothing has come of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case
from sunward.core.refusals import Refusal
from sunward.ledger.actions import correct_fact
from sunward.ledger.queries import standing_facts
from sunward.mentoring.access import match_not_there, visible_matches
from sunward.mentoring.actions.company import take_back_company
from sunward.mentoring.actions.follow_ups import promise_other_adult, put_back_beginning, settle, settle_beginning
from sunward.mentoring.actions.match_steps import (
    MATCH_SUBJECT,
    lock_match,
    part_from_gatherings,
    refuse_expired,
    write_step,
)
from sunward.mentoring.actions.matches import child_taken, refuse_full, take_back_again
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import READING_STATES, MatchFollowUp, MatchState
from sunward.mentoring.match_life import may_undo
from sunward.mentoring.models import Match, MatchStep, Mentor


@transaction.atomic
def undo_step(*, actor: Actor, match_id: UUID, on: date, now: datetime, version: int | None = None) -> Match:
    """Put the match back into the state before its last step. The step stays in the history, with its undoing."""
    seen = visible_matches(actor).filter(uid=match_id).values_list("mentor_id", "case_id").first()
    if seen is None:
        raise match_not_there()
    mentor = Mentor.objects.select_for_update(of=("self",)).get(pk=seen[0])
    Case.objects.select_for_update(of=("self",)).get(pk=seen[1])
    match = lock_match(actor=actor, match_id=match_id, version=version)
    step = match.steps.order_by("-pk").first()
    if step is None or not may_undo(step, user_id=actor.user_id, on=on) or _is_used(match, step):
        raise Refusal(
            "mentoring.step_not_undoable",
            _("Only the last step can be taken back, on the same day, by the person who took it, before any visit."),
        )
    said = Said(actor, on, now)
    if step.to_state == MatchState.CLOSED:
        take_back_again(match, mentor)
    _put_back(match, step)
    _refuse_overtaken(match, mentor, step, said)
    match.version += 1
    match.save()
    parted = part_from_gatherings(match, said)
    write_step(match, step.to_state, said, undoes=step)
    promise_other_adult(match, parted, said)
    _withdraw_fact(match, step, now=now)
    take_back_company(match, step, said)
    _undo_promises(match, step, said)
    return match


def _undo_promises(match: Match, step: MatchStep, said: Said) -> None:
    settle(match, MatchFollowUp.CLOSING_TALK, FollowUpState.DROPPED, said)
    settle(match, MatchFollowUp.FAREWELL, FollowUpState.DROPPED, said)
    if match.state == MatchState.PROPOSED:
        settle_beginning(match, FollowUpState.DROPPED, said)
    elif match.state == MatchState.TRIAL and step.to_state == MatchState.ACTIVE:
        put_back_beginning(match, FollowUpState.DONE, said)
    elif step.to_state == MatchState.CLOSED:
        put_back_beginning(match, FollowUpState.DROPPED, said)


def _is_used(match: Match, step: MatchStep) -> bool:
    """Something has come of the step: a visit, a signature, a farewell."""
    if match.farewell_on is not None or (step.to_state == MatchState.TRIAL and match.agreement_signed_on is not None):
        return True
    return match.visits.filter(record__recorded_at__gte=step.recorded_at).exists()


def _withdraw_fact(match: Match, step: MatchStep, *, now: datetime) -> None:
    kind = f"mentoring.match_{step.to_state}"
    facts = standing_facts().filter(subject_kind=MATCH_SUBJECT, subject_id=match.pk, kind=kind)
    correct_fact(old=facts.order_by("-pk")[0], new=None, now=now)


def _put_back(match: Match, step: MatchStep) -> None:
    before, after = MatchState(step.from_state), MatchState(step.to_state)
    match.state = before
    match.pause_reason = ""
    if after == MatchState.CLOSED:
        match.ended_on, match.end_reason = None, ""
        match.is_child_again, match.is_mentor_again = None, None
    elif (before, after) == (MatchState.PROPOSED, MatchState.TRIAL):
        match.trial_from_on, match.trial_until_on, match.agreed_times = None, None, ""
        match.first_meeting_with = None
    elif (before, after) == (MatchState.TRIAL, MatchState.ACTIVE):
        match.active_from_on = None
    if before == MatchState.PAUSED:
        pauses = match.steps.filter(to_state=MatchState.PAUSED).order_by("-pk")
        match.pause_reason = pauses.values_list("code", flat=True)[0]


def _refuse_overtaken(match: Match, mentor: Mentor, step: MatchStep, said: Said) -> None:
    """Meanwhile the file may be closed, the child with another mentor, the mentor full, or the vetting at an end."""
    refuse_closed(match.case)
    if step.to_state == MatchState.CLOSED:
        refuse_full(mentor)
        others = Match.objects.live().filter(case_id=match.case_id).exclude(pk=match.pk)
        if match.state != MatchState.HANDOVER and others.exclude(state=MatchState.HANDOVER).exists():
            raise child_taken()
    if match.state in READING_STATES:
        refuse_expired(match, on=said.on)
