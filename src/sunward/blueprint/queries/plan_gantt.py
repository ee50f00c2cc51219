"""The Gantt chart: where each bar, milestone and dependency stands on a sheet with a row for each goal and line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Min
from django.http import QueryDict

from sunward.blueprint.models import Checkpoint, DeliveryPlan, Dependency
from sunward.blueprint.queries.plan_lines import MilestoneRow, PlanLine
from sunward.blueprint.queries.plan_sheet import LINES, group_by_goal
from sunward.core.months import add_months
from sunward.core.tables import Pager, page_of

ROW, HEAD, END = 40, 36, 28
_WISHED, _CLOSEST, _WIDEST = 1400, 1.2, 6.0
_BAR = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart. `x` and `end` bound the bar; `y` is its middle."""

    line: PlanLine
    begins_on: date
    x: float
    end: float
    y: int
    milestones: tuple["Diamond", ...]
    needs: tuple[int, ...]
    hidden_needs: int

    @property
    def width(self) -> float:
        return max(4.0, round(self.end - self.x, 1))

    @property
    def top(self) -> int:
        return self.y - _BAR // 2


@dataclass(frozen=True, slots=True)
class Diamond:
    """`state`: reached, late or ahead, each with a shape of its own."""

    x: float
    y: int
    state: Literal["reached", "late", "ahead"]
    row: MilestoneRow

    @property
    def path(self) -> str:
        x, y = self.x, self.y
        if self.state == "late":  # a triangle
            return f"M{x} {y - 9}L{x + 9} {y + 7}H{x - 9}Z"
        return f"M{x} {y - 8}L{x + 8} {y}L{x} {y + 8}L{x - 8} {y}Z"


@dataclass(frozen=True, slots=True)
class GanttGoal:
    number: int
    text: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Gantt:
    goals: tuple[GanttGoal, ...]
    ticks: tuple[Tick, ...]
    arrows: tuple[str, ...]
    today_x: float | None
    width: int
    height: int
    row: int = ROW
    head: int = HEAD


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    per_day: float

    def x(self, day: date) -> float:
        return round((day - self.first).days * self.per_day, 1)


def read_gantt(
    lines: Sequence[PlanLine], every: Sequence[PlanLine], plan: DeliveryPlan, *, asked: QueryDict, on: date
) -> tuple[Gantt, Pager]:
    """One page of it. `every`: all lines that the reader sees; what waits for another one is counted, never told."""
    ordered = sorted(lines, key=lambda line: (line.goal_number, line.number))
    shown, pager = page_of(ordered, asked=asked, size=LINES)
    keys = [line.id for line in shown]
    begins = _begins(keys)
    begun = plan.meeting.approved_on or plan.meeting.met_on
    chart = draw(
        shown, {key: begins.get(key, begun) for key in keys}, _needs(keys), {line.id: line.number for line in every},
        on=on,
    )  # fmt: skip
    return chart, pager


def draw(
    lines: Sequence[PlanLine], begins: Mapping[int, date], needs: Mapping[int, Sequence[int]],
    numbers: Mapping[int, int], *, on: date,
) -> Gantt:  # fmt: skip
    scale, until = _scale(lines, begins)
    goals, y = [], 0
    for goal in group_by_goal(sorted(lines, key=lambda line: (line.goal_number, line.number))):
        y += ROW
        bars = []
        for line in goal.lines:
            bars.append(_bar(line, begins[line.id], needs.get(line.id, ()), numbers, scale, y=y + ROW // 2, on=on))
            y += ROW
        goals.append(GanttGoal(goal.number, goal.text, tuple(bars)))
    by_key = {bar.line.id: bar for goal in goals for bar in goal.bars}
    width = int(scale.x(until)) + END
    return Gantt(
        tuple(goals), _ticks(scale, until), _arrows(by_key, needs),
        scale.x(on) if scale.first <= on <= until else None, width, y,
    )  # fmt: skip


def _scale(lines: Sequence[PlanLine], begins: Mapping[int, date]) -> tuple[_Scale, date]:
    days = [*begins.values(), *(line.ends_on for line in lines)]
    days += [step.due_on for line in lines for step in line.milestones]
    first = min(days).replace(day=1)
    until = add_months(max(days).replace(day=1), 1)
    per_day = min(_WIDEST, max(_CLOSEST, _WISHED / max(1, (until - first).days)))
    return _Scale(first, per_day), until


def _bar(
    line: PlanLine, begins_on: date, needs: Sequence[int], numbers: Mapping[int, int], scale: _Scale, *, y: int,
    on: date,
) -> Bar:  # fmt: skip
    told = sorted(numbers[key] for key in needs if key in numbers)
    # A bar goes on to the end of its last day.
    return Bar(
        line, begins_on, scale.x(min(begins_on, line.ends_on)), scale.x(line.ends_on + timedelta(days=1)), y,
        tuple(_diamond(step, scale, y=y, on=on) for step in line.milestones), tuple(told), len(needs) - len(told),
    )  # fmt: skip


def _diamond(step: MilestoneRow, scale: _Scale, *, y: int, on: date) -> Diamond:
    state: Literal["reached", "late", "ahead"] = (
        "reached" if step.reached_on else "late" if step.is_late(on=on) else "ahead"
    )
    return Diamond(scale.x(step.due_on), y, state, step)


def _ticks(scale: _Scale, until: date) -> tuple[Tick, ...]:
    step = 1 if scale.per_day * 30 >= 60 else 3
    found, day = [], scale.first
    while day < until:
        if (day.month - 1) % step == 0:
            found.append(Tick(scale.x(day), f"{day:%Y-%m}"))
        day = add_months(day, 1)
    return tuple(found)


def _arrows(bars: Mapping[int, Bar], needs: Mapping[int, Sequence[int]]) -> tuple[str, ...]:
    """From the end of what has to be done before to the end of what waits for it: it cannot be done earlier."""
    found = []
    for key, before in needs.items():
        for needed in before:
            if key in bars and needed in bars:
                start, end = bars[needed], bars[key]
                out = max(start.end, end.end) + 12
                found.append(f"M{start.end} {start.y}H{out}V{end.y}H{end.end + 3}")
    return tuple(found)


def _begins(keys: Iterable[int]) -> dict[int, date]:
    """Where a trajectory begins, its line begins."""
    rows = Checkpoint.objects.filter(item__among=list(keys)).values("item").annotate(first=Min("on"))
    return dict(rows.values_list("item", "first"))


def _needs(keys: Iterable[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Dependency.objects.filter(item__among=list(keys)).order_by("item", "needs__number")
    for item, needed in rows.values_list("item", "needs"):
        found.setdefault(item, []).append(needed)
    return found
