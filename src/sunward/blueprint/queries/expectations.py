"""Where the number of a line is to stand on a day."""

from datetime import date
from decimal import Decimal

from sunward.blueprint.enums import GaugeShape
from sunward.blueprint.lights.growing import Growing
from sunward.blueprint.lights.light import Point, expected
from sunward.blueprint.models import WorkItem
from sunward.blueprint.queries.lights import begins_on, read_gauge


def expect(item: WorkItem, *, on: date) -> Decimal:
    """As it was laid out, else as follows from what was decided. For a line with a number."""
    points = item.checkpoints.order_by("on").values_list("on", "value", "is_fixed")
    return expected(_way(item, tuple(Point(*point) for point in points)), on)


def _way(item: WorkItem, line: tuple[Point, ...]) -> tuple[Point, ...]:
    assert item.target_number is not None, "asked for with a number"
    gauge = read_gauge(item)
    if gauge.shape == GaugeShape.RATIO or item.due_on is None:
        return line or (Point(gauge.starts_on, item.target_number),)
    return Growing(begins_on(gauge, line), Decimal(0), item.target_number, item.due_on, item.due_on, line, ()).way
