"""The life of a match: every step is guarded, locked, written as a fact and audited."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.casework.models import Case
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.actions import NewFact, record_fact
from sunward.mentoring.access import match_not_there, visible_children, visible_matches, visible_mentors
from sunward.mentoring.enums import TRANSITIONS, MatchState, MentorState
from sunward.mentoring.models import Match, MatchStep, Mentor
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
        raise NotThere("mentoring.pair_not_there", _("This child or this neighbour mom is not there any more."))
    _refuse_unready(case, mentor, on=on)
    match = Match.objects.create(
        case=case,
        mentor=mentor,
        unit_path=case.unit_path,
        proposed_on=on,
        proposal_id=proposal_id,
        approved_by_id=actor.user_id,
        is_override=bool(override_reason),
        override_reason=override_reason,
    )
    _write_step(match, "", actor=actor, on=on, now=now, reason=override_reason)
    return match


def _refuse_unready(case: Case, mentor: Mentor, *, on: date) -> None:
    """A child has one mentor, a mentor her places, and only who is vetted may be matched."""
    if Match.objects.live().filter(case=case).exclude(state=MatchState.HANDOVER).exists():
        raise Conflict("mentoring.child_taken", _("This child already has a neighbour mom."))
    taken = Match.objects.live().filter(mentor=mentor).count()
    if taken >= mentor.capacity:
        raise Conflict(
            "mentoring.capacity_full", _("She already has as many children as she can take. Choose somebody else.")
        )
    if mentor.state != MentorState.ACTIVE:
        raise Refusal("mentoring.mentor_not_active", _("She is not taking children at present."))
    if not read_standing(mentor.vetting_facts.all(), on=on).may_match:
        raise Refusal(
            "mentoring.vetting_not_clear", _("Her background check or training is not valid. Renew it first.")
        )


@transaction.atomic
def move_match(
    *,
    actor: Actor,
    match_id: UUID,
    to: MatchState,
    on: date,
    now: datetime,
    version: int | None = None,
    reason: str = "",
) -> Match:
    """One step of the match's life, by casework people. `version` is the one the person saw."""
    match = visible_matches(actor).select_for_update(of=("self",)).filter(uid=match_id).first()
    if match is None:
        raise match_not_there()
    if version is not None and version != match.version:
        raise Conflict("mentoring.match_changed", _("Somebody else has just changed this match. Look at it again."))
    return _move(match, to, actor=actor, on=on, now=now, reason=reason)


@transaction.atomic
def pause_for_vetting(*, match_pk: int, on: date, now: datetime) -> bool:
    """Pause a match whose mentor's vetting is no longer valid; the system's own act. False if there is no need."""
    mentor_id = Match.objects.values_list("mentor_id", flat=True).get(pk=match_pk)
    mentor = Mentor.objects.select_for_update(of=("self",)).get(pk=mentor_id)
    match = Match.objects.select_for_update(of=("self",)).get(pk=match_pk)
    if match.state not in (MatchState.TRIAL, MatchState.ACTIVE):
        return False
    if read_standing(mentor.vetting_facts.all(), on=on).may_match:
        return False
    _move(match, MatchState.PAUSED, actor=Actor.system(), on=on, now=now, reason="vetting_expired")
    return True


def _move(match: Match, to: MatchState, *, actor: Actor, on: date, now: datetime, reason: str) -> Match:
    before = MatchState(match.state)
    if to not in TRANSITIONS[before]:
        raise Refusal("mentoring.step_not_possible", _("This step is not possible from the state the match is in."))
    if to in (MatchState.TRIAL, MatchState.ACTIVE):
        _refuse_expired(match, on=on)
    match.state = to
    match.version += 1
    _date_step(match, to, on=on, reason=reason)
    match.save()
    _write_step(match, before, actor=actor, on=on, now=now, reason=reason)
    return match


def _refuse_expired(match: Match, *, on: date) -> None:
    if not read_standing(match.mentor.vetting_facts.all(), on=on).may_match:
        raise Refusal(
            "mentoring.vetting_not_clear", _("Her background check or training is not valid. Renew it first.")
        )


def _date_step(match: Match, to: MatchState, *, on: date, reason: str) -> None:
    if to == MatchState.TRIAL and match.trial_from_on is None:
        match.trial_from_on = on
    elif to == MatchState.ACTIVE and match.active_from_on is None:
        match.active_from_on = on
    elif to == MatchState.PAUSED:
        match.pause_reason = reason[:40]
    elif to == MatchState.CLOSED:
        match.ended_on, match.end_reason = on, reason[:40]


def _write_step(match: Match, before: str, *, actor: Actor, on: date, now: datetime, reason: str) -> None:
    MatchStep.objects.create(
        match=match, from_state=before, to_state=match.state, happened_on=on, recorded_at=now, by_id=actor.user_id,
        reason=reason[:300],
    )  # fmt: skip
    record_fact(
        NewFact(
            kind=f"mentoring.match_{match.state}", subject_kind="match", subject_id=match.pk, happened_on=on,
            actor_id=actor.user_id, person_id=match.case.person_id, unit_id=match.case.unit_id,
            unit_path=match.unit_path, attributes={"mentor_id": match.mentor_id},
        ),
        now=now,
    )  # fmt: skip
    record_act(
        actor=actor, code=f"mentoring.match_{match.state}", now=now, subject=Subject("case", match.case_id),
        unit_path=match.unit_path, match=match.pk, before=str(before),
    )  # fmt: skip
