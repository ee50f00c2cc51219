"""The board (一盘棋): every goal, or every unit that leads, against the months: what is due when, at one look."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sunward.blueprint.queries.plan_lines import PlanLine
from sunward.core.furniture import Tone
from sunward.core.wording import join_parts

By = Literal["goal", "lead"]
MOST_MONTHS = 12  # beyond that a column is a quarter


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a quarter: its first day and what its column is called."""

    first: date
    label: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline, or a milestone that is still ahead, in one cell. `heard` says to the ear what the shape says."""

    href: str
    on: date
    word: str
    heard: str
    tone: Tone
    is_milestone: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    name: str
    note: str
    lines: int
    cells: tuple[tuple[Span, tuple[Due, ...]], ...]


@dataclass(frozen=True, slots=True)
class Board:
    spans: tuple[Span, ...]
    rows: tuple[BoardRow, ...]
    has_quarters: bool


def read_board(lines: Sequence[PlanLine], *, by: By, with_milestones: bool, on: date) -> Board:
    dues = {line.id: list(_dues(line, by=by, with_milestones=with_milestones, on=on)) for line in lines}
    days = [due.on for found in dues.values() for due in found]
    if not days:
        return Board((), (), has_quarters=False)
    step = 1 if _months(min(days), max(days)) <= MOST_MONTHS else 3
    spans = _spans(min(days), max(days), step, on=on)
    rows = [
        _row(name, note, [due for line in held for due in dues[line.id]], spans, step, lines=len(held))
        for (name, note), held in _grouped(lines, by=by).items()
    ]
    return Board(spans, tuple(rows), has_quarters=step == 3)


def _grouped(lines: Iterable[PlanLine], *, by: By) -> dict[tuple[str, str], list[PlanLine]]:
    """Goals in the plan's order, units in that of their codes: nobody stands above another for being late."""
    found: dict[tuple[str, str], list[PlanLine]] = defaultdict(list)
    ordered = lines if by == "goal" else sorted(lines, key=lambda line: (line.lead.code, line.number))
    for line in ordered:
        goal = (f"{line.goal_number}. {line.goal or '—'}", line.section)
        found[goal if by == "goal" else (line.lead.name, "")].append(line)
    return found


def _row(name: str, note: str, dues: Iterable[Due], spans: tuple[Span, ...], step: int, *, lines: int) -> BoardRow:
    within: dict[date, list[Due]] = defaultdict(list)
    for due in dues:
        within[_first_of(due.on, step)].append(due)
    cells = tuple((span, tuple(sorted(within[span.first], key=lambda due: due.on))) for span in spans)
    return BoardRow(name, note, lines, cells)


def _dues(line: PlanLine, *, by: By, with_milestones: bool, on: date) -> Iterable[Due]:
    said = str(line.number) if by == "lead" else f"{line.number} {line.lead.short}"
    heard = _hear(line, line.ends_on, line.light.word, str(line.standing.label))
    yield Due(line.href, line.ends_on, said, heard, line.light.tone, is_milestone=False)
    if not with_milestones:
        return
    for step in line.milestones:
        if step.reached_on is None:
            is_late = step.is_late(on=on)
            state = pgettext("milestone", "Overdue") if is_late else pgettext("milestone", "Ahead")
            heard = _hear(line, step.due_on, _("Milestone"), step.text, state)
            yield Due(
                line.href, step.due_on, f"{line.number} {step.text}", heard, "urgent" if is_late else "calm",
                is_milestone=True,
            )  # fmt: skip


def _hear(line: PlanLine, day: date, *words: str) -> str:
    return join_parts([f"{line.number}", line.lead.name, day.isoformat(), *words, line.text])


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _first_of(day: date, step: int) -> date:
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _spans(first: date, last: date, step: int, *, on: date) -> tuple[Span, ...]:
    found, day, now = [], _first_of(first, step), _first_of(on, step)
    while day <= last:
        label = f"{day:%Y-%m}" if step == 1 else _quarter(day)
        found.append(Span(day, label, is_now=day == now))
        day = date(day.year + (day.month + step - 1) // 12, (day.month + step - 1) % 12 + 1, 1)
    return tuple(found)


def _quarter(day: date) -> str:
    return _("%(year)s Q%(quarter)s") % {"year": day.year, "quarter": (day.month + 2) // 3}
