"""The trajectories of lines of work beside the same figure on a dashboard: where the number was to be by then.

Points of a trajectory are what a plan says; nothing here is counted. Only lines that the reader may read are told.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.blueprint.access import visible_work
from sunward.blueprint.enums import GaugeShape, StepKind
from sunward.blueprint.lights.growing import Growing
from sunward.blueprint.lights.light import Point, expected
from sunward.blueprint.models import Checkpoint, WorkItem, WorkStep
from sunward.blueprint.queries.lights import Measuring, begins_on, figure_path, read_gauge
from sunward.blueprint.queries.plan_lines import work_href
from sunward.figures.aims import Aim


def read_aims(actor: Actor, unit: Unit, codes: Collection[str], on: date) -> Mapping[str, tuple[Aim, ...]]:
    """By figure, of each open line that is measured by it for this very unit; one query where there is none."""
    closed = WorkStep.objects.filter(item=OuterRef("pk"), kind=StepKind.ACCEPTED)
    rows = visible_work(actor).filter(gauge__figure_code__in=codes, target_number__isnull=False)
    rows = rows.exclude(Exists(closed)).select_related("gauge", "lead", "plan__meeting").order_by("plan", "number")
    items = [item for item in rows if figure_path(item, read_gauge(item)) == unit.path]
    lines: dict[int, list[Point]] = defaultdict(list)
    if items:
        points = Checkpoint.objects.filter(item__in=items).order_by("on")
        for key, day, value in points.values_list("item", "on", "value"):
            lines[key].append(Point(day, value))
    found: dict[str, list[Aim]] = defaultdict(list)
    for item in items:
        gauge = read_gauge(item)
        says = _say(item, gauge, tuple(lines[item.pk]), on=on)
        if says:
            found[gauge.figure_code].append(Aim(says, work_href(item.uid)))
    return {code: tuple(aims) for code, aims in found.items()}


def _say(item: WorkItem, gauge: Measuring, line: tuple[Point, ...], *, on: date) -> str:
    """A count is asked for altogether, from a day on: another thing than the number of one month, and said so."""
    assert item.target_number is not None, "asked for with a number"
    told = {"number": item.number, "target": _plain(item.target_number) + item.target_unit}
    starts_on = begins_on(gauge, line)
    if on < starts_on:
        return ""
    if gauge.shape == GaugeShape.GROWING and item.due_on is not None and starts_on < item.due_on:
        way = Growing(starts_on, Decimal(0), item.target_number, item.due_on, item.due_on, line, ()).way
        told |= {"wanted": _plain(expected(way, on)), "day": on, "since": starts_on, "due": item.due_on}
        return _(
            "Line %(number)d: altogether %(wanted)s by %(day)s, counted from %(since)s; %(target)s by %(due)s."
        ) % told  # fmt: skip
    if gauge.shape == GaugeShape.RATIO:
        way = line or (Point(starts_on, item.target_number),)
        told |= {"wanted": _plain(expected(way, on)), "day": on}
        return _("Line %(number)d: %(wanted)s on %(day)s; %(target)s in the end.") % told
    return ""


def _plain(value: Decimal) -> str:
    said = f"{value.quantize(Decimal('0.1')):f}"
    return said.rstrip("0").rstrip(".")
