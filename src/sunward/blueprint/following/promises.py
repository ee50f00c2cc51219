"""What was promised of a line since the last stocktake, and whether it was kept. Pure: steps and days in, words out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sunward.blueprint.enums import Kept, Lifecycle, PromiseKind, StepKind
from sunward.blueprint.following.chain import Course
from sunward.blueprint.following.steps import Step, standing


@dataclass(frozen=True, slots=True)
class Promised:
    """`day`: by when, None for what has no end; `by`: the day on which it was done or answered, or until which more
    time was granted. `text` and `answer` are the words of an obstacle and of its answer."""

    kind: PromiseKind
    day: date | None
    kept: Kept
    by: date | None = None
    text: str = ""
    answer: str = ""


def promises_of(
    steps: Iterable[Step], course: Course, *, since: date, on: date, is_new: bool, is_short: bool
) -> tuple[Promised, ...]:
    """`is_new`: decided by the last stocktake, told whatever its day is; else what fell due after `since`, until `on`.
    `is_short`: closed with less than was decided."""
    found = []
    decided, due = course.decided_on, course.due_on
    if is_new or _fell(decided, since, on):
        kind = PromiseKind.DECIDED if is_new else PromiseKind.DEADLINE
        found.append(_done(kind, course, decided, on=on, is_short=is_short))
    if due != decided and _fell(due, since, on):
        found.append(_done(PromiseKind.EXTENSION, course, due, on=on, is_short=is_short))
    rows = standing(steps)
    answers = {row.about: row for row in rows if row.kind == StepKind.ANSWERED}
    raised = (row for row in rows if row.kind == StepKind.OBSTACLE and _fell(row.day, since, on))
    return (*found, *(_answered(row, answers.get(row.id)) for row in raised))


def _fell(day: date | None, since: date, on: date) -> bool:
    """The day itself is over only when the next has begun; that of the last stocktake was still to come there."""
    return day is not None and since <= day < on


def _done(kind: PromiseKind, course: Course, day: date | None, *, on: date, is_short: bool) -> Promised:
    if course.claim is not None and course.lifecycle in (Lifecycle.SUBMITTED, Lifecycle.CLOSED):
        done_on = course.claim.happened_on
        if not course.is_closed:
            kept = Kept.HANDED_IN
        elif is_short:
            kept = Kept.PART
        else:
            kept = Kept.LATE if day is not None and done_on > day else Kept.KEPT
        return Promised(kind, day, kept, done_on)
    if day is None or day >= on:
        return Promised(kind, day, Kept.AHEAD)
    if course.due_on is not None and course.due_on > day:
        return Promised(kind, day, Kept.EXTENDED, course.due_on)
    return Promised(kind, day, Kept.NOT_KEPT)


def _answered(obstacle: Step, answer: Step | None) -> Promised:
    assert obstacle.day is not None, "the database holds it"
    if answer is None:
        return Promised(PromiseKind.ANSWER, obstacle.day, Kept.NOT_KEPT, text=obstacle.text)
    kept = Kept.KEPT if answer.happened_on <= obstacle.day else Kept.LATE
    return Promised(PromiseKind.ANSWER, obstacle.day, kept, answer.happened_on, obstacle.text, answer.text)
