"""The one place where a match changes its state: checked against the table, dated, written as step, fact and audit."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.core.refusals import Conflict, Refusal
from sunward.gatherings.actions.parting import part_pair
from sunward.gatherings.models import Gathering
from sunward.ledger.actions import NewFact, record_fact
from sunward.mentoring.access import match_not_there, visible_matches
from sunward.mentoring.actions.company import note_company
from sunward.mentoring.actions.follow_ups import promise_other_adult
from sunward.mentoring.actions.said import Said
from sunward.mentoring.enums import READING_STATES, TRANSITIONS, MatchState
from sunward.mentoring.models import Match, MatchStep
from sunward.mentoring.vetting import read_standing

MATCH_SUBJECT = "match"


class MatchChanged(Conflict):
    """Somebody else has moved the match since the person looked at it."""

    def __init__(self) -> None:
        super().__init__(
            "mentoring.match_changed",
            _("Somebody else has just changed this match. Look at it again before you go on."),
        )


def lock_match(*, actor: Actor, match_id: UUID, version: int | None) -> Match:
    """The match, locked, by the gate of casework people. `version` is the one the person saw."""
    match = visible_matches(actor).select_for_update(of=("self",)).select_related("case").filter(uid=match_id).first()
    if match is None:
        raise match_not_there()
    if version is not None and version != match.version:
        raise MatchChanged
    return match


def take_step(match: Match, to: MatchState, said: Said, *, happened_on: date | None = None) -> MatchStep:
    """Move a locked match. The days that the new state needs are on it already."""
    before = MatchState(match.state)
    if to not in TRANSITIONS[before]:
        raise Refusal("mentoring.step_not_possible", _("This step is not possible from the state the match is in."))
    if to in READING_STATES:
        refuse_expired(match, on=said.on)
    match.state = to
    match.pause_reason = said.code if to == MatchState.PAUSED else ""
    match.version += 1
    match.save()
    parted = part_from_gatherings(match, said)
    step = write_step(match, before, said, happened_on=happened_on)
    promise_other_adult(match, parted, said)
    return step


def part_from_gatherings(match: Match, said: Said) -> list[Gathering]:
    """In a state in which she may not read, she does not go out with the child either. Before the step is written:
    gatherings are locked before the audit record."""
    if match.state in READING_STATES:
        return []
    return part_pair(
        actor=said.actor, child_id=match.case.person_id, adult_id=match.mentor.person_id, on=said.on, now=said.now
    )


def refuse_expired(match: Match, *, on: date) -> None:
    """Only who is vetted on the day may go to a child."""
    if not read_standing(match.mentor.vetting_facts.all(), on=on).may_match:
        raise Refusal(
            "mentoring.vetting_not_clear", _("Her background check or training is not valid. Renew it first.")
        )


def write_step(
    match: Match, before: str, said: Said, *, happened_on: date | None = None, undoes: MatchStep | None = None
) -> MatchStep:
    """Step and audit, and the fact unless the step undoes another, whose fact is withdrawn by the caller."""
    step = MatchStep.objects.create(
        match=match, from_state=before, to_state=match.state, happened_on=happened_on or said.on,
        recorded_at=said.now, by_id=said.actor.user_id, code=said.code, reason=said.reason[:300], undoes=undoes,
    )  # fmt: skip
    if undoes is None:
        record_fact(_fact_of(step, match, said), now=said.now)
        note_company(match, step, said)
    code = "mentoring.match_step_undone" if undoes else f"mentoring.match_{match.state}"
    record_act(
        actor=said.actor, code=code, now=said.now, subject=case_subject(match.case), unit_path=match.unit_path,
        match=match.pk, before=str(before), reason=said.code,
    )  # fmt: skip
    return step


def _fact_of(step: MatchStep, match: Match, said: Said) -> NewFact:
    return NewFact(
        kind=f"mentoring.match_{step.to_state}", subject_kind=MATCH_SUBJECT, subject_id=match.pk,
        happened_on=step.happened_on, actor_id=said.actor.user_id, person_id=match.case.person_id,
        unit_id=match.case.unit_id, unit_path=match.unit_path,
        attributes={"mentor_id": match.mentor_id, "from": step.from_state, "reason": step.code},
    )  # fmt: skip
