"""From told to still at work after three months: which step may follow which, who may say it, and by when it is due.

Pure: no database and no clock. A step may be skipped forwards, never backwards: who telephones to apply has read it.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from sunward.core.months import add_months
from sunward.employment.enums import StepBy, StepKind, StepReason

S = StepKind
_OPEN_ENDS = (S.DISMISSED, S.APPLIED, S.LAPSED)

NEXT: Mapping[StepKind, tuple[StepKind, ...]] = {
    S.DRAWN: (S.TOLD, S.LAPSED),
    S.TOLD: (S.READ, S.LIKED, *_OPEN_ENDS),
    S.READ: (S.LIKED, *_OPEN_ENDS),
    S.LIKED: _OPEN_ENDS,
    S.APPLIED: (S.INVITED, S.HIRED, S.REFUSED, S.DECLINED, S.LAPSED),
    S.INVITED: (S.INTERVIEWED, S.HIRED, S.REFUSED, S.DECLINED, S.LAPSED),
    S.INTERVIEWED: (S.HIRED, S.REFUSED, S.DECLINED, S.LAPSED),
    S.HIRED: (S.STAYED, S.LEFT),
    S.DISMISSED: (),
    S.REFUSED: (),
    S.DECLINED: (),
    S.STAYED: (),
    S.LEFT: (),
    S.LAPSED: (),
}
# The office may write down whatever it was told; being told and running out are written by the acts that do so.
SAID_BY: Mapping[StepBy, frozenset[StepKind]] = {
    StepBy.JOBSEEKER: frozenset({S.READ, S.LIKED, S.DISMISSED, S.APPLIED, S.INTERVIEWED, S.DECLINED}),
    StepBy.EMPLOYER: frozenset({S.INVITED, S.INTERVIEWED, S.REFUSED, S.HIRED}),
    StepBy.OFFICER: frozenset(StepKind) - {S.DRAWN},
    StepBy.SYSTEM: frozenset({S.TOLD, S.LAPSED}),
}
# For whom the next step waits; nobody where it is over.
WAITS_FOR: Mapping[StepKind, StepBy] = {
    S.DRAWN: StepBy.OFFICER,
    S.TOLD: StepBy.JOBSEEKER,
    S.READ: StepBy.JOBSEEKER,
    S.LIKED: StepBy.JOBSEEKER,
    S.APPLIED: StepBy.EMPLOYER,
    S.INVITED: StepBy.JOBSEEKER,
    S.INTERVIEWED: StepBy.EMPLOYER,
    S.HIRED: StepBy.OFFICER,
}
REASONS: Mapping[StepKind, tuple[StepReason, ...]] = {
    S.DISMISSED: (
        StepReason.PAY, StepReason.DISTANCE, StepReason.HOURS, StepReason.WORK, StepReason.HEALTH, StepReason.CARE,
        StepReason.FOUND, StepReason.OTHER,
    ),
    S.DECLINED: (
        StepReason.PAY, StepReason.DISTANCE, StepReason.HOURS, StepReason.WORK, StepReason.HEALTH, StepReason.CARE,
        StepReason.FOUND, StepReason.OTHER,
    ),
    S.REFUSED: (
        StepReason.EXPERIENCE, StepReason.SCHOOLING, StepReason.FILLED, StepReason.NO_SHOW, StepReason.OTHER,
    ),
    S.LAPSED: (StepReason.NO_ANSWER, StepReason.RAN_OUT, StepReason.OTHER),
}  # fmt: skip
# Days until the next step is late. Who is hired is asked after three months, counted from the first day at work.
DAYS: Mapping[StepKind, int] = {
    S.TOLD: 7, S.READ: 7, S.LIKED: 7, S.APPLIED: 7, S.INVITED: 7, S.INTERVIEWED: 7,
}  # fmt: skip
STAY_MONTHS = 3
# Steps that say the jobseeker was told, however it went on: what the service guarantee counts.
TOLD_OR_LATER = frozenset(StepKind) - {S.DRAWN}
ENDED = frozenset(kind for kind, following in NEXT.items() if not following)
# While it stands here the vacancy's running out ends it.
BEFORE_APPLYING = frozenset({S.DRAWN, S.TOLD, S.READ, S.LIKED})


# What a meeting at a fair says at once: the booth's times are the invitation to whoever wants one.
_TO_INTERVIEW = (S.TOLD, S.APPLIED, S.INVITED, S.INTERVIEWED)


def steps_to_interview(step: StepKind) -> tuple[StepKind, ...]:
    """What is still to be said, in order, until somebody who stands at `step` has been at an interview.

    Empty where that is so already, and where it is over: what has ended begins anew by nobody's meeting.
    """
    for position, kind in enumerate(_TO_INTERVIEW):
        if kind in NEXT[step]:
            return _TO_INTERVIEW[position:]
    return ()


def may_follow(before: StepKind, after: StepKind) -> bool:
    return after in NEXT[before]


def may_say(by: StepBy, kind: StepKind) -> bool:
    return kind in SAID_BY[by]


def needs_reason(kind: StepKind) -> bool:
    return kind in REASONS


def due_on(kind: StepKind, *, happened_on: date, expected_on: date | None = None) -> date | None:
    """By which day the next step is expected; None where nothing is.

    `expected_on`: the day of the interview to which somebody is invited, or the first day at work.
    """
    from_on = expected_on or happened_on
    if kind == S.HIRED:
        return add_months(from_on, STAY_MONTHS)
    days = DAYS.get(kind)
    return None if days is None else from_on + timedelta(days=days)
