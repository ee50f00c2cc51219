"""What was typed for each step of a line, and by which unit: from the rows themselves, also those that were put right
or taken back since, for they were typed as well.

Who of the unit typed it is not asked: nothing here knows a person.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sunward.blueprint.burden.keystrokes import Filled, changed
from sunward.blueprint.enums import BurdenKind, StepKind
from sunward.blueprint.following.chain import DAYS_TO_ACKNOWLEDGE, DAYS_TO_ANSWER, last_reported
from sunward.blueprint.following.steps import Step, standing

B, K = BurdenKind, StepKind
# Whoever reports within so many days of a chase, and had not since, reports because of it.
CAUSED_WITHIN = timedelta(days=7)
_SUGGESTED = {K.ISSUED: DAYS_TO_ACKNOWLEDGE, K.OBSTACLE: DAYS_TO_ANSWER}
_KINDS: Mapping[StepKind, BurdenKind] = {
    K.ISSUED: B.ISSUING, K.ACKNOWLEDGED: B.ACKNOWLEDGING, K.PROGRESS: B.REPORTS, K.CONFIDENCE: B.CONFIDENCE,
    K.OBSTACLE: B.OBSTACLES, K.ANSWERED: B.OBSTACLES, K.CHASED: B.CHASES, K.EXTENSION_ASKED: B.EXTENSIONS,
    K.EXTENSION_GRANTED: B.DECIDING, K.EXTENSION_DECLINED: B.DECIDING, K.CLAIMED: B.COMPLETIONS,
    K.RETURNED: B.DECIDING, K.ACCEPTED: B.DECIDING, K.PUSHED: B.OWN_ACTS, K.COORDINATED: B.OWN_ACTS,
    K.SUPERVISED: B.OWN_ACTS, K.COVERED: B.COVER, K.THANKED: B.COVER,
}  # fmt: skip
# One answer of several, or a unit, is chosen in these.
_CHOSEN = frozenset(
    {
        K.CONFIDENCE, K.OBSTACLE, K.EXTENSION_GRANTED, K.EXTENSION_DECLINED, K.RETURNED, K.ACCEPTED, K.PUSHED,
        K.COORDINATED, K.SUPERVISED, K.COVERED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """One form that was sent: for which unit, on which day, about which line if about one alone."""

    kind: BurdenKind
    unit_id: int
    on: date
    filled: Filled
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What has to be known of a line: who keeps the plan, who leads now, whether the platform counts its number."""

    item_id: int
    keeper_id: int
    lead_id: int
    is_counted: bool


def write_up(line: Line, steps: Iterable[Step], days: Mapping[int, date]) -> Iterator[tuple[datetime, Written]]:
    """Each form with its moment. `days`: on which day of the district's own each step was written down."""
    rows = sorted(steps, key=lambda step: (step.recorded_at, step.id))
    before = {row.id: row for row in rows}
    chased_on: date | None = None
    claim: Step | None = None
    for place, row in enumerate(rows):
        on, kind = days[row.id], _KINDS.get(row.kind)
        if row.kind == K.CHASED:
            chased_on = on
        if kind is None:
            continue
        if row.corrects is not None:
            kind = B.CORRECTIONS
        elif row.kind == K.CLAIMED and claim is not None:
            kind = B.AGAIN
        elif row.kind == K.PROGRESS:
            is_caused = chased_on is not None and on - chased_on <= CAUSED_WITHIN
            kind, chased_on = B.AFTER_CHASE if is_caused else _reported(row), None
        found = before.get(row.corrects or 0) or (claim if kind == B.AGAIN else None)
        offered = found.number if found else None
        if row.kind == K.CLAIMED and row.corrects is None:
            offered = last_reported(standing(rows[:place]))
        filled = _filled(line, row, found, before.get(row.about or 0), on, offered)
        yield row.recorded_at, Written(kind, _typist(line, row), on, filled, line.item_id)
        if row.kind == K.CLAIMED:
            claim = row


def once_each(told: Iterable[tuple[datetime, Written]]) -> Iterator[Written]:
    """A plan is issued, and an officer is chased, by one form for however many lines: of these the longest is kept."""
    shared: dict[tuple[BurdenKind, datetime], Written] = {}
    for moment, one in told:
        if one.kind not in (B.ISSUING, B.CHASES):
            yield one
            continue
        known = shared.get((one.kind, moment))
        if known is None or _length(one) > _length(known):
            shared[one.kind, moment] = one
    yield from shared.values()


def _reported(row: Step) -> BurdenKind:
    return B.READINGS if row.number is not None and not row.text else B.REPORTS


def _typist(line: Line, row: Step) -> int:
    """For whom the row says that it was done; of cover it says who helped: its lead is taken for who wrote."""
    if row.kind == K.COVERED:
        return line.lead_id
    return row.unit_id or line.keeper_id


def _filled(
    line: Line, row: Step, found: Step | None, about: Step | None, on: date, offered: Decimal | None
) -> Filled:  # fmt: skip
    """`found` stood in the form already, and so did the number `offered`; `about` is what the step settles."""
    if row.is_withdrawal:
        return Filled((row.text,), (), 1)
    values = []
    is_known = line.is_counted and row.kind == K.CLAIMED
    if row.number is not None and not is_known and row.kind != K.ACCEPTED and row.number != offered:
        values.append(f"{row.number.normalize():f}")
    if _day_was_typed(row, found, about, on):
        values.append(f"{row.day or row.happened_on:%Y%m%d}")
    text = changed(found.text, row.text) if found else row.text
    return Filled((text,), tuple(values), int(row.kind in _CHOSEN and row.corrects is None))


def _day_was_typed(row: Step, found: Step | None, about: Step | None, on: date) -> bool:
    if row.kind == K.EXTENSION_ASKED:
        return True
    if row.kind == K.EXTENSION_GRANTED:
        return about is None or about.day != row.day
    if row.kind in _SUGGESTED and row.day is not None:
        return (row.day - row.happened_on).days != _SUGGESTED[row.kind]
    if row.kind in (K.PROGRESS, K.CLAIMED):
        return row.happened_on not in (on, found.happened_on if found else on)
    return False


def _length(one: Written) -> int:
    return sum(map(len, (*one.filled.texts, *one.filled.values)))
