"""The life of a match, one act for each thing that people do with it.

Locks are taken in the order mentor, child's file, match, so that no two acts wait for each other in a ring.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.access import match_not_there, visible_children, visible_matches, visible_mentors
from sunward.mentoring.actions.follow_ups import (
    promise_beginning,
    promise_closing_talk,
    promise_farewell,
    settle_beginning,
    settle_vetting,
)
from sunward.mentoring.actions.match_steps import lock_match, take_step, write_step
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import EndReason, MatchState, MentorKind, MentorState, PauseReason
from sunward.mentoring.match_life import is_parting, state_before_pause
from sunward.mentoring.models import ChildProfile, Match, Mentor
from sunward.mentoring.queries.staff import staff_posts
from sunward.mentoring.rules import HANDOVER_DAYS_AT_MOST, MEETING_DAYS_AHEAD, TRIAL_DAYS_AT_MOST
from sunward.mentoring.separation import are_kept_apart
from sunward.mentoring.vetting import read_standing


@transaction.atomic
def approve_match(
    *,
    actor: Actor,
    case_id: int,
    mentor_id: int,
    on: date,
    now: datetime,
    proposal_id: int | None = None,
    override_reason: str = "",
) -> Match:
    """Turn a proposal, or another choice with its reason, into a match in the state ``proposed``.

    The mentor's row is locked first, so that two officers approving at once never go beyond her places.
    """
    mentor = visible_mentors(actor).select_for_update(of=("self",)).filter(pk=mentor_id).first()
    case = visible_children(actor).open().select_for_update(of=("self",)).filter(pk=case_id).first()
    if mentor is None or case is None:
        raise _pair_not_there()
    match = Match(
        case=case,
        mentor=mentor,
        proposal_id=proposal_id,
        is_override=bool(override_reason),
        override_reason=override_reason,
    )
    return _propose(match, Said(actor, on, now, reason=override_reason))


def _propose(match: Match, said: Said) -> Match:
    """Save a new match of a locked mentor and a locked file."""
    _refuse_unready(match.case, match.mentor, on=said.on)
    match.unit_path, match.proposed_on, match.approved_by_id = match.case.unit_path, said.on, said.actor.user_id
    match.save()
    write_step(match, "", said)
    return match


def _refuse_unready(case: Case, mentor: Mentor, *, on: date) -> None:
    """A child has one mentor, a mentor her places, and only who is vetted may be matched."""
    if are_kept_apart(case.person_id, mentor):
        raise Refusal(
            "mentoring.kept_apart",
            _("Their match was ended for the child's safety. She is never matched with this child again."),
        )
    if Match.objects.live().filter(case=case).exclude(state=MatchState.HANDOVER).exists():
        raise child_taken()
    refuse_full(mentor)
    if mentor.kind != MentorKind.MOTHER:
        raise Refusal("mentoring.not_a_neighbour_mom", _("Choose a neighbour mom; a student tutors online."))
    if mentor.state != MentorState.ACTIVE:
        raise Refusal("mentoring.mentor_not_active", _("She is not taking children at present."))
    if not read_standing(mentor.vetting_facts.all(), on=on).may_match:
        raise Refusal(
            "mentoring.vetting_not_clear", _("Her background check or training is not valid. Renew it first.")
        )


def refuse_full(mentor: Mentor) -> None:
    if Match.objects.live().filter(mentor=mentor).count() >= mentor.capacity:
        raise Conflict(
            "mentoring.capacity_full", _("She already has as many children as she can take. Choose somebody else.")
        )


def child_taken() -> Conflict:
    return Conflict("mentoring.child_taken", _("This child already has a neighbour mom."))


def _pair_not_there() -> NotThere:
    return NotThere("mentoring.pair_not_there", _("This child or this neighbour mom is not there any more."))


@transaction.atomic
def start_trial(
    *,
    actor: Actor,
    match_id: UUID,
    first_meeting_on: date,
    until_on: date,
    on: date,
    now: datetime,
    version: int | None = None,
    agreed_times: str = "",
    first_meeting_with: int | None = None,
) -> Match:
    """Let the two meet: from here on she may read and write, so that she can prepare the first meeting.

    `first_meeting_with`: who of the staff is there (Elements of Effective Practice, 4); who arranges it, unless said.
    """
    match = lock_match(actor=actor, match_id=match_id, version=version)
    if not match.proposed_on <= first_meeting_on <= on + timedelta(days=MEETING_DAYS_AHEAD):
        raise Refusal(
            "mentoring.first_meeting_out_of_range",
            _("The first meeting has to be after the match was made and within the next two months."),
        )
    if not first_meeting_on < until_on <= first_meeting_on + timedelta(days=TRIAL_DAYS_AT_MOST):
        raise Refusal(
            "mentoring.trial_end_out_of_range",
            _("The trial has to end after the first meeting and within half a year."),
        )
    there = _find_staff(match, first_meeting_with or actor.user_id, on=on)
    match.trial_from_on, match.trial_until_on, match.agreed_times = first_meeting_on, until_on, agreed_times
    match.first_meeting_with = there.user
    said = Said(actor, on, now)
    take_step(match, MatchState.TRIAL, said, happened_on=min(first_meeting_on, on))
    promise_beginning(match, said, role=Role(there.role))
    return match


def _find_staff(match: Match, user_id: int, *, on: date) -> Assignment:
    post = staff_posts(match.unit_path, on=on).filter(user=user_id).first()
    if post is None:
        raise Refusal("mentoring.not_staff_here", _("Choose somebody who works with this child's committee."))
    return post


@transaction.atomic
def confirm_match(*, actor: Actor, match_id: UUID, on: date, now: datetime, version: int | None = None) -> Match:
    """The trial went well: both sides wish to go on, and all three have signed."""
    match = lock_match(actor=actor, match_id=match_id, version=version)
    _require(match, MatchState.TRIAL)
    if match.agreement_signed_on is None:
        raise Refusal(
            "mentoring.agreement_missing",
            _("The three have not signed the agreement yet. Print it, let everybody sign, and write down the day."),
        )
    match.active_from_on = on
    said = Said(actor, on, now)
    take_step(match, MatchState.ACTIVE, said)
    settle_beginning(match, FollowUpState.DONE, said)
    return match


@transaction.atomic
def pause_match(
    *,
    actor: Actor,
    match_id: UUID,
    why: PauseReason,
    on: date,
    now: datetime,
    version: int | None = None,
    reason: str = "",
) -> Match:
    """Let a match rest; her access ends with this very step."""
    match = lock_match(actor=actor, match_id=match_id, version=version)
    take_step(match, MatchState.PAUSED, Said(actor, on, now, code=why, reason=reason))
    return match


@transaction.atomic
def resume_match(*, actor: Actor, match_id: UUID, on: date, now: datetime, version: int | None = None) -> Match:
    """Go on where the match was paused: in its trial, or for good. Her vetting has to be valid again."""
    match = lock_match(actor=actor, match_id=match_id, version=version)
    _require(match, MatchState.PAUSED)
    said = Said(actor, on, now)
    take_step(match, state_before_pause(match), said)
    settle_vetting(match, FollowUpState.DONE, said)
    return match


@transaction.atomic
def hand_over_match(
    *,
    actor: Actor,
    match_id: UUID,
    to_mentor_id: UUID,
    until_on: date,
    on: date,
    now: datetime,
    version: int | None = None,
    reason: str = "",
) -> Match:
    """Give the child to another mentor; both know the child until `until_on`. Returns the new match, proposed."""
    case_pk = visible_matches(actor).filter(uid=match_id).values_list("case_id", flat=True).first()
    if case_pk is None:
        raise match_not_there()
    mentor = visible_mentors(actor).select_for_update(of=("self",)).filter(uid=to_mentor_id).first()
    case = visible_children(actor).open().select_for_update(of=("self",)).filter(pk=case_pk).first()
    if mentor is None or case is None:
        raise _pair_not_there()
    match = lock_match(actor=actor, match_id=match_id, version=version)
    _refuse_handover(match, mentor, until_on=until_on, on=on)
    match.handover_until_on = until_on
    said = Said(actor, on, now, reason=reason)
    take_step(match, MatchState.HANDOVER, said)
    return _propose(Match(case=case, mentor=mentor, follows=match), said)


def _refuse_handover(match: Match, mentor: Mentor, *, until_on: date, on: date) -> None:
    if mentor.pk == match.mentor_id:
        raise Refusal("mentoring.handover_to_herself", _("Choose another neighbour mom: she has this child already."))
    if not on <= until_on <= on + timedelta(days=HANDOVER_DAYS_AT_MOST):
        raise Refusal(
            "mentoring.handover_out_of_range", _("A handover ends today at the earliest and within two months.")
        )


@transaction.atomic
def keep_match(*, actor: Actor, match_id: UUID, on: date, now: datetime, version: int | None = None) -> Match:
    """Take a handover back, once the match that was to follow is closed."""
    match = lock_match(actor=actor, match_id=match_id, version=version)
    _require(match, MatchState.HANDOVER)
    if Match.objects.live().filter(case=match.case).exclude(pk=match.pk).exists():
        raise child_taken()
    match.handover_until_on = None
    match.active_from_on = match.active_from_on or on
    take_step(match, MatchState.ACTIVE, Said(actor, on, now))
    return match


@transaction.atomic
def close_match(
    *,
    actor: Actor,
    match_id: UUID,
    why: EndReason,
    on: date,
    now: datetime,
    version: int | None = None,
    reason: str = "",
    is_child_again: bool | None = None,
    is_mentor_again: bool | None = None,
) -> Match:
    """End a match. After a sudden end somebody has to talk to the child, after a planned one the two say goodbye.

    Whether either would be matched again holds from here on: the child's wish, and her taking children.
    """
    seen = visible_matches(actor).filter(uid=match_id).values_list("mentor_id", "case_id").first()
    if seen is None:
        raise match_not_there()
    mentor = Mentor.objects.select_for_update(of=("self",)).get(pk=seen[0])
    Case.objects.select_for_update(of=("self",)).get(pk=seen[1])
    match = lock_match(actor=actor, match_id=match_id, version=version)
    match.is_child_again, match.is_mentor_again = is_child_again, is_mentor_again
    said = Said(actor, on, now, code=why, reason=reason)
    close_locked(match, said)
    part_well(match, said)
    take_to_heart(match, mentor)
    return match


def close_locked(match: Match, said: Said) -> None:
    was_known_to_child = match.state != MatchState.PROPOSED
    match.ended_on, match.end_reason = said.on, said.code
    take_step(match, MatchState.CLOSED, said)
    settle_vetting(match, FollowUpState.DROPPED, said)
    settle_beginning(match, FollowUpState.DROPPED, said)
    if was_known_to_child and EndReason(said.code).is_sudden:
        promise_closing_talk(match, said)


def part_well(match: Match, said: Said) -> None:
    """After a planned end of those who have met."""
    if is_parting(match) and not EndReason(match.end_reason).is_sudden:
        promise_farewell(match, said)


def take_to_heart(match: Match, mentor: Mentor) -> None:
    """What was said about matching again, put where matching reads it. Her other matches go on."""
    if match.is_child_again is not None:
        ChildProfile.objects.filter(case=match.case_id).update(willing_to_pair=match.is_child_again)
    if match.is_mentor_again is False and mentor.state == MentorState.ACTIVE:
        mentor.state = MentorState.RESTING
        mentor.version += 1
        mentor.save(update_fields=["state", "version"])


def take_back_again(match: Match, mentor: Mentor) -> None:
    """The end was undone: what was said about matching again was said too soon."""
    if match.is_child_again is False:
        ChildProfile.objects.filter(case=match.case_id, willing_to_pair=False).update(willing_to_pair=True)
    if match.is_mentor_again is False and mentor.state == MentorState.RESTING:
        mentor.state = MentorState.ACTIVE
        mentor.version += 1
        mentor.save(update_fields=["state", "version"])


def _require(match: Match, state: MatchState) -> None:
    if match.state != state:
        raise Refusal("mentoring.step_not_possible", _("This step is not possible from the state the match is in."))
