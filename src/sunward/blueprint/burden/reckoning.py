"""What a month of a plan cost a unit to write, what it brought, and what would spare some of it.

Units are never set in order by it, and nothing of it is about a person (国办函〔2026〕12号).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from sunward.blueprint.burden.keystrokes import NOTHING, Estimate, Filled, estimate
from sunward.blueprint.burden.written import Written
from sunward.blueprint.enums import BurdenKind

Key = TypeVar("Key", BurdenKind, int)
# Minutes a month that a plan may cost a unit until the plan officer has set another number: half an hour a week.
DEFAULT_MINUTES = 120
LINES_NAMED = 3
# A report in words may well stand beside the regular one; from the second more on it is often.
_OFTEN = 2


@dataclass(frozen=True, slots=True)
class Spent:
    """So many forms of one sort, or about one line."""

    forms: int = 0
    cost: Estimate = NOTHING

    def plus(self, cost: Estimate) -> "Spent":
        return Spent(self.forms + 1, self.cost + cost)


@dataclass(frozen=True, slots=True)
class Burden:
    """Of one unit in one month; by kind the dearest first, and so by line."""

    total: Spent
    kinds: tuple[tuple[BurdenKind, Spent], ...]
    items: tuple[tuple[int, Spent], ...]
    forms: Mapping[tuple[int, BurdenKind], int]

    def is_over(self, minutes: int) -> bool:
        return self.total.cost.likely > minutes * 60


class ReliefKind(StrEnum):
    """What would make a month lighter."""

    READ_FROM_RECORDS = "read_from_records"
    LOOK_LESS_OFTEN = "look_less_often"
    REPORT_LESS_OFTEN = "report_less_often"
    SAY_WHAT_SHOWS_IT = "say_what_shows_it"


@dataclass(frozen=True, slots=True)
class Looked:
    """How a line is looked at: how often in this month its number is wanted, and which figure may know it."""

    item_id: int
    looks: int
    is_weekly: bool
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Relief:
    kind: ReliefKind
    item_id: int
    number: int
    looks: int = 0
    figure: str = ""


NO_BURDEN = Burden(Spent(), (), (), {})


def reckon(written: Iterable[Written]) -> dict[int, Burden]:
    """By unit. The forms are those of one month."""
    told: dict[int, list[tuple[Written, Estimate]]] = defaultdict(list)
    for one in written:
        told[one.unit_id].append((one, estimate(one.filled)))
    return {unit: _burden(rows) for unit, rows in told.items()}


def saved_by(looks: int) -> Estimate:
    """What it would have cost to type a number as often as the platform has read it from its records."""
    return estimate(Filled(values=("100",))).times(looks)


def reliefs_of(burden: Burden, lines: Iterable[Looked]) -> tuple[Relief, ...]:
    """Only where the unit itself has typed, and in the order of the plan."""
    found = []
    for line in lines:
        typed = {kind: burden.forms.get((line.item_id, kind), 0) for kind in BurdenKind}
        numbers = typed[BurdenKind.READINGS]
        reports = numbers + typed[BurdenKind.REPORTS] + typed[BurdenKind.AFTER_CHASE]
        if reports and line.figure:
            found.append(Relief(ReliefKind.READ_FROM_RECORDS, line.item_id, reports, figure=line.figure))
        if reports >= line.looks + _OFTEN:
            found.append(Relief(ReliefKind.REPORT_LESS_OFTEN, line.item_id, reports, looks=line.looks))
        elif line.is_weekly and typed[BurdenKind.AFTER_CHASE]:
            found.append(Relief(ReliefKind.LOOK_LESS_OFTEN, line.item_id, typed[BurdenKind.AFTER_CHASE]))
        if typed[BurdenKind.AGAIN]:
            found.append(Relief(ReliefKind.SAY_WHAT_SHOWS_IT, line.item_id, typed[BurdenKind.AGAIN]))
    return tuple(found)


def _burden(rows: Iterable[tuple[Written, Estimate]]) -> Burden:
    total, kinds, items = Spent(), defaultdict[BurdenKind, Spent](Spent), defaultdict[int, Spent](Spent)
    forms: dict[tuple[int, BurdenKind], int] = defaultdict(int)
    for one, cost in rows:
        total = total.plus(cost)
        kinds[one.kind] = kinds[one.kind].plus(cost)
        if one.item_id is not None:
            items[one.item_id] = items[one.item_id].plus(cost)
            forms[one.item_id, one.kind] += 1
    return Burden(total, _dearest(kinds), _dearest(items)[:LINES_NAMED], forms)


def _dearest(told: Mapping[Key, Spent]) -> tuple[tuple[Key, Spent], ...]:
    return tuple(sorted(told.items(), key=lambda one: (-one[1].cost.likely, one[0])))
