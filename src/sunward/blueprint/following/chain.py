"""Issue, acknowledge, report, obstacle, extension, completion, close: which step may follow, and who may take it.

Pure: no database and no clock. How far a line is, whether it is late, and whether its completion was accepted are told
apart; `Course` holds all of it, made from the steps alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sunward.blueprint.enums import Lifecycle, Side, StepKind
from sunward.blueprint.following.steps import Step, standing

K, L, S = StepKind, Lifecycle, Side
_REPORTS = (K.PROGRESS, K.CLAIMED)

# Who takes a step. What the system itself does (notices, obstacles that go up) stands for nobody.
TAKEN_BY: Mapping[StepKind, frozenset[Side]] = {
    K.ISSUED: frozenset({S.KEEPER}),
    K.ACKNOWLEDGED: frozenset({S.LEAD, S.JOINT}),
    K.PROGRESS: frozenset({S.LEAD, S.JOINT}),
    K.CONFIDENCE: frozenset({S.LEAD, S.HEAD}),
    K.OBSTACLE: frozenset({S.LEAD, S.JOINT}),
    K.WENT_UP: frozenset(),
    K.ANSWERED: frozenset({S.ASKED}),
    K.CHASED: frozenset({S.KEEPER}),
    K.NOTICED: frozenset(),
    K.EXTENSION_ASKED: frozenset({S.LEAD}),
    K.EXTENSION_GRANTED: frozenset({S.KEEPER}),
    K.EXTENSION_DECLINED: frozenset({S.KEEPER}),
    K.CLAIMED: frozenset({S.LEAD}),
    K.RETURNED: frozenset({S.KEEPER}),
    K.ACCEPTED: frozenset({S.KEEPER}),
    K.PUSHED: frozenset({S.HEAD}),
    K.COORDINATED: frozenset({S.HEAD}),
    K.SUPERVISED: frozenset({S.HEAD}),
    K.COVERED: frozenset({S.LEAD, S.JOINT, S.KEEPER}),
    K.THANKED: frozenset({S.LEAD, S.HEAD, S.KEEPER}),
}
_OWN_ACTS = (K.PUSHED, K.COORDINATED, K.SUPERVISED)
_ANY_TIME = (*_OWN_ACTS, K.ANSWERED, K.WENT_UP, K.COVERED, K.THANKED, K.NOTICED)
_UNDER_WAY = (
    *_ANY_TIME, K.ACKNOWLEDGED, K.PROGRESS, K.CONFIDENCE, K.OBSTACLE, K.CHASED, K.EXTENSION_ASKED,
    K.EXTENSION_GRANTED, K.EXTENSION_DECLINED, K.CLAIMED,
)  # fmt: skip
# What may happen while a line is where it is.
NEXT: Mapping[Lifecycle, tuple[StepKind, ...]] = {
    L.DRAFT: (K.ISSUED,),
    # After a change of lead, what the unit before asked for waits still.
    L.ISSUED: (*_ANY_TIME, K.ACKNOWLEDGED, K.CHASED, K.ISSUED, K.EXTENSION_GRANTED, K.EXTENSION_DECLINED),
    L.ACKNOWLEDGED: _UNDER_WAY,
    L.RETURNED: _UNDER_WAY,
    L.SUBMITTED: (
        *_ANY_TIME, K.ACKNOWLEDGED, K.RETURNED, K.ACCEPTED, K.CONFIDENCE, K.EXTENSION_GRANTED, K.EXTENSION_DECLINED,
    ),
    L.CLOSED: (K.THANKED, K.COVERED),
}  # fmt: skip
# What is written again or taken back by its author; the rest is settled by another party and stays.
CORRECTABLE = frozenset({K.PROGRESS, K.CONFIDENCE, *_OWN_ACTS, K.COVERED})
_ADVANCES: Mapping[StepKind, Lifecycle] = {
    K.ISSUED: L.ISSUED, K.CLAIMED: L.SUBMITTED, K.RETURNED: L.RETURNED, K.ACCEPTED: L.CLOSED,
}  # fmt: skip
# Days that somebody above has to answer an obstacle that nobody answered below.
DAYS_ABOVE = 3
# Suggested by the forms of issue and of an obstacle: by when to acknowledge, and to answer.
DAYS_TO_ACKNOWLEDGE, DAYS_TO_ANSWER = 3, 5
# So often an obstacle goes up: to who keeps the plan, and then to the leaders of the district.
TIMES_UP = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """An obstacle without an answer: whom it is asked of now, by when, and how often it went up."""

    step: Step
    asked_unit_id: int | None
    by: date
    times_up: int

    def is_late(self, *, on: date) -> bool:
        return self.by < on


@dataclass(frozen=True, slots=True)
class Course:
    """Where a line stands. `decided_on` is the deadline that was decided and stays; `due_on` the one in force."""

    lifecycle: Lifecycle
    decided_on: date | None
    due_on: date | None
    acknowledge_by: date | None
    acknowledged_by: frozenset[int]
    obstacles: tuple[Waiting, ...]
    extension: Step | None
    claim: Step | None
    accepted: Step | None
    confidence: Step | None
    reached: Decimal | None

    @property
    def is_closed(self) -> bool:
        return self.lifecycle == L.CLOSED

    def is_late(self, *, on: date) -> bool:
        return not self.is_closed and self.due_on is not None and self.due_on < on

    def was_late(self) -> bool:
        """Done after the deadline that was decided, whatever was granted since."""
        return self.claim is not None and self.decided_on is not None and self.claim.happened_on > self.decided_on


def read_course(
    steps: Iterable[Step], *, decided_on: date | None, lead_id: int, led_since: datetime | None = None
) -> Course:
    """`decided_on`: the deadline of the decision, None for what has no end. Acknowledged is what its lead acknowledged
    since it leads: who leads by a later decision (`led_since`, when that was written) had said so of a part at most."""
    rows = standing(steps)
    settled = {step.about: step for step in rows if step.about is not None and step.kind != K.WENT_UP}
    acknowledged = _acknowledged(rows, lead_id, led_since)
    lifecycle = L.DRAFT
    for step in rows:
        lifecycle = _ADVANCES.get(step.kind, lifecycle)
    if lifecycle == L.ISSUED and lead_id in acknowledged:
        lifecycle = L.ACKNOWLEDGED
    elif lifecycle in (L.RETURNED, L.ACKNOWLEDGED) and lead_id not in acknowledged:
        lifecycle = L.ISSUED
    granted = [step.day for step in rows if step.kind == K.EXTENSION_GRANTED]
    claims = [step for step in rows if step.kind == K.CLAIMED]
    issued = [step.day for step in rows if step.kind == K.ISSUED]
    return Course(
        lifecycle=lifecycle, decided_on=decided_on, due_on=granted[-1] if granted else decided_on,
        acknowledge_by=issued[-1] if issued else None, acknowledged_by=acknowledged,
        obstacles=tuple(_waiting(step, rows) for step in rows if step.kind == K.OBSTACLE and step.id not in settled),
        extension=_last(step for step in rows if step.kind == K.EXTENSION_ASKED and step.id not in settled),
        claim=claims[-1] if claims else None, accepted=_last(step for step in rows if step.kind == K.ACCEPTED),
        confidence=_last(step for step in rows if step.kind == K.CONFIDENCE),
        reached=last_reported(rows),
    )  # fmt: skip


def last_reported(rows: Iterable[Step]) -> Decimal | None:
    """Of rows that stand. By the day it was so: an old report that is put right later says nothing of today."""
    told = sorted(rows, key=lambda step: (step.happened_on, step.recorded_at, step.id))
    return next((row.number for row in reversed(told) if row.kind in _REPORTS and row.number is not None), None)


def may_follow(course: Course, kind: StepKind) -> bool:
    return kind in NEXT[course.lifecycle]


def may_take(sides: Collection[Side], kind: StepKind) -> bool:
    return not TAKEN_BY[kind].isdisjoint(sides)


def next_up(waiting: Waiting, *, on: date) -> date | None:
    """By when somebody above must answer, if the obstacle goes up today."""
    if not waiting.is_late(on=on) or waiting.times_up >= TIMES_UP:
        return None
    return on + timedelta(days=DAYS_ABOVE)


def _acknowledged(rows: Collection[Step], lead_id: int, led_since: datetime | None) -> frozenset[int]:
    said = (step for step in rows if step.kind == K.ACKNOWLEDGED)
    return frozenset(
        step.unit_id
        for step in said
        if step.unit_id is not None and (step.unit_id != lead_id or led_since is None or step.recorded_at > led_since)
    )


def _waiting(step: Step, rows: Collection[Step]) -> Waiting:
    ups = [row for row in rows if row.kind == K.WENT_UP and row.about == step.id]
    last = ups[-1] if ups else step
    assert last.day is not None, "the database holds it"
    return Waiting(step, last.asked_unit_id, last.day, len(ups))


def _last(steps: Iterable[Step]) -> Step | None:
    return next(reversed(list(steps)), None)
