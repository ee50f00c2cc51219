"""What can be read from a match and its steps: what may be done with it, and what may be undone."""

from datetime import date
from enum import StrEnum

from django.utils import timezone

from sunward.mentoring.enums import EndReason, MatchState
from sunward.mentoring.models import Match, MatchStep


class MatchAct(StrEnum):
    """What people do with a match; the word in the address."""

    START_TRIAL = "trial"
    CONFIRM = "confirm"
    PAUSE = "pause"
    RESUME = "resume"
    HAND_OVER = "handover"
    KEEP = "keep"
    AGREE = "agreement"
    FAREWELL = "farewell"
    CLOSE = "close"
    UNDO = "undo"


# A paused match is resumed before it is handed over: a handover gives access again, which a pause has taken.
POSSIBLE_ACTS: dict[MatchState, tuple[MatchAct, ...]] = {
    MatchState.PROPOSED: (MatchAct.START_TRIAL, MatchAct.CLOSE),
    MatchState.TRIAL: (MatchAct.CONFIRM, MatchAct.PAUSE, MatchAct.CLOSE),
    MatchState.ACTIVE: (MatchAct.PAUSE, MatchAct.HAND_OVER, MatchAct.CLOSE),
    MatchState.PAUSED: (MatchAct.RESUME, MatchAct.CLOSE),
    MatchState.HANDOVER: (MatchAct.CLOSE, MatchAct.KEEP),
    MatchState.CLOSED: (),
}
# The three sign during the trial; a match that runs without, from before it was asked for, can still be signed.
SIGNABLE = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.PAUSED, MatchState.HANDOVER)


def possible_acts(match: Match) -> tuple[MatchAct, ...]:
    """The steps of its state, the agreement as long as nobody has signed, and the farewell once it has ended."""
    acts = list(POSSIBLE_ACTS[MatchState(match.state)])
    if may_sign(match):
        acts.insert(0, MatchAct.AGREE)
    if may_say_farewell(match):
        acts.append(MatchAct.FAREWELL)
    return tuple(acts)


def may_sign(match: Match) -> bool:
    return match.agreement_signed_on is None and match.state in SIGNABLE


def may_say_farewell(match: Match) -> bool:
    """Who has known each other says goodbye, once."""
    return match.state == MatchState.CLOSED and match.farewell_on is None and is_parting(match)


def is_parting(match: Match) -> bool:
    """They had met, and it was no mistake."""
    first, last = match.trial_from_on, match.ended_on
    has_met = first is not None and last is not None and first <= last
    return has_met and match.end_reason in EndReason and match.end_reason != EndReason.MISTAKE


def state_before_pause(match: Match) -> MatchState:
    return MatchState.ACTIVE if match.active_from_on else MatchState.TRIAL


# A handover is taken back with `keep_match`, which asks what became of the other match; an approval is closed.
UNDOABLE = (MatchState.TRIAL, MatchState.ACTIVE, MatchState.PAUSED, MatchState.CLOSED)


def may_undo(step: MatchStep, *, user_id: int, on: date) -> bool:
    """As far as the step itself says."""
    return (
        step.by_id == user_id
        and user_id != 0
        and step.undoes_id is None
        and step.to_state in UNDOABLE
        and step.from_state != ""
        and (step.from_state, step.to_state) != (MatchState.HANDOVER, MatchState.ACTIVE)
        and timezone.localdate(step.recorded_at) == on
    )
