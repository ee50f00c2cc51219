"""What can be read from a match and its steps: what may be done with it, and what may be undone."""

from datetime import date
from enum import StrEnum

from django.utils import timezone

from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match, MatchStep


class MatchAct(StrEnum):
    """What people do with a match; the word in the address."""

    START_TRIAL = "trial"
    CONFIRM = "confirm"
    PAUSE = "pause"
    RESUME = "resume"
    HAND_OVER = "handover"
    KEEP = "keep"
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
