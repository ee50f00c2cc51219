"""The sheet (台账): all lines of a plan under their goals, or in another order in one row after the other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.enums import Standing
from sunward.blueprint.queries.plan_lines import PlanLine
from sunward.core.furniture import Text
from sunward.core.tables import Head, Pager, head_of, page_of

# Lines on a page: what a server draws while nobody waits.
LINES = 100
Key = Callable[[PlanLine], Any]
_STANDINGS = {standing: place for place, standing in enumerate(Standing)}
_ORDERS: Mapping[str, Key] = {
    "number": lambda line: (line.goal_number, line.number),
    "lead": lambda line: line.lead.code,
    "officer": lambda line: (not line.officer, line.officer),
    "due": lambda line: line.ends_on,
    "milestone": lambda line: (line.next_milestone is None, line.next_on),
    "state": lambda line: (line.light.light.rank, _STANDINGS[line.standing]),
}
LABELS: Mapping[str, Text] = {
    "number": _("No."),
    "goal": pgettext_lazy("plan", "Goal"),
    "text": pgettext_lazy("column of a plan", "Line of work"),
    "target": pgettext_lazy("line of work", "Indicator"),
    "lead": _("Lead unit"),
    "officer": _("Responsible officer"),
    "joint": _("Units that join"),
    "due": _("Deadline"),
    "milestone": _("Next milestone"),
    "state": _("State"),
}


@dataclass(frozen=True, slots=True)
class SheetGoal:
    """Lines that stand together; in another order than the plan's own, all of them without a goal above."""

    number: int
    section: str
    text: str
    lines: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """One page of it. `words` name the columns; said once, since every row repeats them on a telephone."""

    heads: tuple[Head, ...]
    words: Mapping[str, str]
    goals: tuple[SheetGoal, ...]
    is_grouped: bool
    pager: Pager


def read_sheet(lines: Sequence[PlanLine], *, asked: QueryDict) -> PlanSheet:
    """What cannot be understood of the order is ignored: a link that was sent on must open."""
    chosen = asked.get("sort", "")
    if chosen.removeprefix("-") not in _ORDERS:
        chosen = "number"
    key, is_down = chosen.removeprefix("-"), chosen.startswith("-")
    ordered = sorted(lines, key=lambda line: (line.goal_number, line.number))
    ordered.sort(key=_ORDERS[key], reverse=is_down)
    is_grouped = key == "number"
    shown, pager = page_of(ordered, asked=asked, size=LINES)
    goals = group_by_goal(shown) if is_grouped else (SheetGoal(0, "", "", tuple(shown)),)
    words = {key: str(label) for key, label in LABELS.items()}
    return PlanSheet(_heads(chosen, asked), words, goals if shown else (), is_grouped, pager)


def group_by_goal(lines: Iterable[PlanLine]) -> tuple[SheetGoal, ...]:
    return tuple(
        SheetGoal(number, section, text, tuple(found))
        for (number, section, text), found in groupby(lines, lambda one: (one.goal_number, one.section, one.goal))
    )


def _heads(chosen: str, asked: QueryDict) -> tuple[Head, ...]:
    return tuple(_head(key, label, chosen, asked) for key, label in LABELS.items())


def _head(key: str, label: Text, chosen: str, asked: QueryDict) -> Head:
    return head_of(key, label, chosen=chosen, asked=asked) if key in _ORDERS else Head(key, label, "", "", "")
