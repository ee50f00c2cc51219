"""What a month of a plan brought, by unit: lines closed with what was really done, steps that were reached."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate

from sunward.blueprint.enums import Comparison, StepKind
from sunward.blueprint.following.steps import standing
from sunward.blueprint.models import Checkpoint, DeliveryPlan, WorkItem
from sunward.blueprint.queries.burden_written import moments_of, read_reached
from sunward.blueprint.queries.figure_totals import measure_of, read_series
from sunward.blueprint.queries.lights import Steps, figure_path, is_protected, read_gauge, read_steps
from sunward.blueprint.queries.published_totals import Series
from sunward.figures.definition import Count
from sunward.figures.pins import Pin, Span

_REPORTS = (StepKind.PROGRESS, StepKind.CLAIMED)


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """`done` of `target`, both None where no number was decided: eight of ten stay eight of ten."""

    item_id: int
    done: Decimal | None
    target: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Delivered:
    closed: tuple[ClosedLine, ...] = ()
    milestones: int = 0
    checkpoints: int = 0


def read_delivered(
    plan: DeliveryPlan, items: Sequence[WorkItem], steps: Steps, month: Span, *, on: date
) -> Mapping[int, Delivered]:
    """By the unit that leads; of a line that was closed, by the one that handed it in."""
    leads = {item.pk: item.lead_id for item in items}
    closed: dict[int, list[ClosedLine]] = defaultdict(list)
    for item in items:
        _close(item, steps, month, closed)
    reached: dict[int, int] = defaultdict(int)
    for item_id, _on, _evidence in read_reached(plan, month):
        reached[leads[item_id]] += 1
    passed = _checkpoints(plan, items, month, on=on)
    return {
        unit: Delivered(tuple(closed[unit]), reached[unit], passed[unit])
        for unit in {*list(closed), *list(reached), *list(passed)}
    }


def _close(item: WorkItem, steps: Steps, month: Span, closed: dict[int, list[ClosedLine]]) -> None:
    rows = {row.id: row for row in steps[item.pk]}
    accepted = next((row for row in standing(rows.values()) if row.kind == StepKind.ACCEPTED), None)
    if accepted is None or not month.first <= localdate(accepted.recorded_at) <= month.last:
        return
    claim = rows.get(accepted.about or 0)
    unit = (claim.unit_id if claim else None) or item.lead_id
    done = None if is_protected(read_gauge(item)) else accepted.number
    closed[unit].append(ClosedLine(item.pk, done, item.target_number, item.target_unit))


def _checkpoints(plan: DeliveryPlan, items: Sequence[WorkItem], month: Span, *, on: date) -> Mapping[int, int]:
    """Points of the month, the first of each line apart, at which the number stood by their day, as known when the
    month ended. Of a figure about persons, whose number is not everybody's, none is told; one that says something of
    whole months alone says nothing before the month is over."""
    by_key = {item.pk: item for item in items}
    first: dict[int, date] = {}
    points = []
    laid_out = Checkpoint.objects.filter(item__plan=plan, is_fixed=False)
    rows = laid_out.filter(on__lte=min(month.last, on)).order_by("item", "on")
    for key, day, value in rows.values_list("item_id", "on", "value"):
        if first.setdefault(key, day) < day and day >= month.first:
            points.append((by_key[key], day, value))
    reports = read_steps(sorted({item.pk for item, _day, _value in points}), known_until=moments_of(month)[1])
    counted = {
        (item.pk, day): Series(gauge.figure_code, figure_path(item, gauge), min(gauge.starts_on, day), (day,))
        for item, day, _value in points
        if (gauge := read_gauge(item)).figure_code and not is_protected(gauge)
        if on > month.last or isinstance(measure_of(gauge.figure_code, on=on), Count)
    }
    read = read_series(list(counted.values()), on=on, pin=Pin(moments_of(month)[1])) if counted else {}
    found: dict[int, int] = defaultdict(int)
    for item, day, value in points:
        series = counted.get((item.pk, day))
        if series is not None:
            reached = read[series][-1].value if read[series] else None
        elif read_gauge(item).figure_code:
            reached = None
        else:
            reached = _reported(reports, item, day)
        if reached is not None and _is_reached(item, reached, value):
            found[item.lead_id] += 1
    return found


def _reported(steps: Steps, item: WorkItem, day: date) -> Decimal | None:
    told = [row for row in standing(steps[item.pk]) if row.kind in _REPORTS and row.happened_on <= day]
    numbers = [row.number for row in sorted(told, key=lambda row: (row.happened_on, row.id)) if row.number is not None]
    return numbers[-1] if numbers else None


def _is_reached(item: WorkItem, reached: Decimal, value: Decimal) -> bool:
    return reached <= value if item.target_comparison == Comparison.AT_MOST else reached >= value
