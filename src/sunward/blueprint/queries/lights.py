"""The lights of any number of lines: a handful of queries, and some for each figure that is counted.

What is reported, reached and accepted comes from the steps of a line, what the platform counts from the figures. The
light itself is computed by `blueprint.lights`, which knows no database.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.blueprint.enums import Comparison, Confidence, GaugeShape, Lifecycle, LightColour, Rhythm, StepKind
from sunward.blueprint.following.chain import Course, read_course
from sunward.blueprint.following.steps import COLUMNS, Step, standing
from sunward.blueprint.lights.calendars import Calendar, light_calendar
from sunward.blueprint.lights.closing import Closed, light_closed
from sunward.blueprint.lights.deliverables import Deliverable, PlannedStep, light_deliverable
from sunward.blueprint.lights.growing import Growing, light_growing
from sunward.blueprint.lights.light import NUMBERLESS, C, Light, Point, Reading, Untold, Why, light, period_ends
from sunward.blueprint.lights.ratios import RUNS_SEEN, Ratio, light_ratio
from sunward.blueprint.lights.wording import say
from sunward.blueprint.models import Checkpoint, Dependency, Gauge, LeadChange, Milestone, WorkItem, WorkStep
from sunward.blueprint.queries.figure_totals import measure_of, month_ends, read_series
from sunward.blueprint.queries.published_totals import Series, is_of_persons, made_of
from sunward.core.furniture import Tone
from sunward.figures.access import figure_paths
from sunward.figures.declared import indicators
from sunward.figures.definition import Count
from sunward.figures.enums import Protection
from sunward.figures.pins import Pin

TONES: Mapping[LightColour, Tone] = {
    C.GREEN: "good", C.CAUGHT_UP: "info", C.AMBER: "warn", C.RED: "urgent", C.GREY: "calm",
}  # fmt: skip
_REPORTS = (StepKind.PROGRESS, StepKind.CLAIMED)
WITHHELD = _("Counted by the platform; the number is for those who follow this programme.")
_PERCENT = ("%", "％", "‰")
Steps = Mapping[int, tuple[Step, ...]]
Milestones = Mapping[int, Sequence[PlannedStep]]


@dataclass(frozen=True, slots=True)
class LineLight:
    """What a page shows of one line. `reached` is None where nothing was told, or where the number is not the reader's
    to see. `asks_number`: the platform cannot know it, so it is asked.

    `confidence` is what a person thinks, beside the light; it had no part in it.
    """

    light: Light
    course: Course
    shape: GaugeShape
    reached: Decimal | None
    asks_number: bool
    is_withheld: bool = False

    @property
    def colour(self) -> LightColour:
        return self.light.colour

    @property
    def said(self) -> str:
        """The reason, in the reader's language."""
        return str(WITHHELD) if self.is_withheld and self.light.why not in NUMBERLESS else say(self.light)

    @property
    def word(self) -> str:
        return str(self.light.colour.label)

    @property
    def tone(self) -> Tone:
        return TONES[self.light.colour]

    @property
    def lifecycle(self) -> Lifecycle:
        return self.course.lifecycle

    @property
    def confidence(self) -> Confidence | None:
        told = self.course.confidence
        return Confidence(told.level) if told else None

    @property
    def confidence_said(self) -> str:
        return self.course.confidence.text if self.course.confidence else ""

    @property
    def was_extended(self) -> bool:
        return self.course.due_on != self.course.decided_on


@dataclass(frozen=True, slots=True)
class Measuring:
    """How a line is measured: as `Gauge` says, or as follows from what was decided."""

    shape: GaugeShape
    rhythm: Rhythm
    starts_on: date
    figure_code: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """All that is read of one line."""

    item: WorkItem
    gauge: Measuring
    course: Course
    steps: tuple[Step, ...]
    line: tuple[Point, ...]
    milestones: tuple[PlannedStep, ...]
    is_waiting: bool
    series: Series | None
    ends: tuple[date, ...]


def read_lights(
    actor: Actor, items: "QuerySet[WorkItem] | Iterable[WorkItem]", *, on: date, steps: Steps | None = None,
    milestones: Milestones | None = None, known_until: datetime | None = None,
) -> dict[int, LineLight]:  # fmt: skip
    """By the key of the line. The lines came through a gate; numbers of figures that the actor may not read are not in
    the answer, the colours are the same for everybody. `steps`, `milestones`: of whoever has read them already, as
    they were known until a moment, where one is named."""
    known = _read_known(items, on=on, steps=steps, milestones=milestones, known_until=known_until)
    counted = read_series([one.series for one in known if one.series], on=on, pin=Pin(known_until))
    return {one.item.pk: _shape(actor, one, counted, on=on) for one in known}


def compute_lights(items: "QuerySet[WorkItem] | Iterable[WorkItem]", *, on: date) -> dict[int, Light]:
    """The lights alone, for the nightly record."""
    known = _read_known(items, on=on)
    counted = read_series([one.series for one in known if one.series], on=on)
    return {one.item.pk: _compute(one, _readings(one, counted), on=on) for one in known}


def read_counted(item: WorkItem, *, on: date) -> Decimal | None:
    """What the platform itself has counted for a line by the end of a day; None where it counts nothing for it, or
    where a month of a figure about persons is not told. Of those it is what is published by that day."""
    gauge = read_gauge(item)
    if not gauge.figure_code:
        return None
    starts_on = begins_on(gauge, ())
    ends = month_ends(starts_on, until=on) if is_protected(gauge) else (on,)
    one = Series(gauge.figure_code, figure_path(item, gauge), min(starts_on, on), ends)
    readings = read_series([one], on=on)[one]
    return readings[-1].value if readings else None


def read_courses(items: Iterable[WorkItem], *, known_until: datetime | None = None) -> dict[int, Course]:
    """Where each line stands. Two queries for any number."""
    rows = list(items)
    keys = [row.pk for row in rows]
    steps, led = read_steps(keys, known_until=known_until), read_led_since(keys, known_until=known_until)
    return {row.pk: _course(row, steps[row.pk], led) for row in rows}


def _course(item: WorkItem, steps: Iterable[Step], led: Mapping[int, datetime]) -> Course:
    return read_course(steps, decided_on=item.due_on, lead_id=item.lead_id, led_since=led.get(item.pk))


def read_steps(keys: Sequence[int], *, known_until: datetime | None = None) -> Steps:
    found: dict[int, list[Step]] = defaultdict(list)
    rows = WorkStep.objects.filter(_known(known_until), item__among=keys)
    for key, *row in rows.order_by("pk").values_list("item_id", *COLUMNS):
        found[key].append(Step(*row))
    return defaultdict(tuple, {key: tuple(steps) for key, steps in found.items()})


def read_led_since(keys: Sequence[int], *, known_until: datetime | None = None) -> Mapping[int, datetime]:
    """When the last change of lead of a line was written; lines whose lead never changed are not in it."""
    rows = LeadChange.objects.filter(_known(known_until), item__among=keys)
    return dict(rows.values_list("item").annotate(since=Max("recorded_at")))


def turn_leads_back(items: Iterable[WorkItem], *, known_until: datetime) -> None:
    """Each line as it was led then: what was decided since was not known. Nothing is saved."""
    by_key = {item.pk: item for item in items}
    later = LeadChange.objects.filter(item__among=list(by_key), recorded_at__gt=known_until)
    for change in later.select_related("from_unit").order_by("-pk"):
        item = by_key[change.item_id]
        item.lead, item.unit_path = change.from_unit, change.from_unit.path


def _known(until: datetime | None) -> Q:
    return Q(recorded_at__lte=until) if until else Q()


def read_gauge(item: WorkItem) -> Measuring:
    """As it was set; else by what was decided: a percentage, another number, or something that is to be there."""
    told: Gauge | None = getattr(item, "gauge", None)
    if told is not None:
        return Measuring(GaugeShape(told.shape), Rhythm(told.rhythm), told.starts_on, told.figure_code)
    shape = GaugeShape.GROWING
    if item.target_number is None or item.due_on is None:
        shape = GaugeShape.DELIVERABLE
    elif item.target_unit.strip().startswith(_PERCENT):
        shape = GaugeShape.RATIO
    return Measuring(shape, Rhythm.MONTH if shape == GaugeShape.RATIO else Rhythm.WEEK, item.plan.meeting.met_on)


def _read_known(
    items: "QuerySet[WorkItem] | Iterable[WorkItem]", *, on: date, steps: Steps | None = None,
    milestones: Milestones | None = None, known_until: datetime | None = None,
) -> list[_Known]:  # fmt: skip
    if isinstance(items, QuerySet):
        items = items.select_related("plan__meeting", "lead", "gauge")
    rows = list(items)
    keys = [row.pk for row in rows]
    steps = read_steps(keys, known_until=known_until) if steps is None else steps
    led = read_led_since(keys, known_until=known_until)
    needs = _late_needs(keys, on=on, known_until=known_until)
    lines: dict[int, list[Point]] = defaultdict(list)
    points = Checkpoint.objects.filter(item__among=keys).order_by("on")
    for key, day, value, is_fixed in points.values_list("item_id", "on", "value", "is_fixed"):
        lines[key].append(Point(day, value, is_fixed))
    planned = _read_milestones(keys) if milestones is None else milestones
    found = []
    for item in rows:
        gauge = read_gauge(item)
        course = _course(item, steps.get(item.pk, ()), led)
        series, ends = _periods(item, gauge, course, lines[item.pk], on=on)
        found.append(
            _Known(
                item, gauge, course, steps.get(item.pk, ()), tuple(lines[item.pk]), tuple(planned.get(item.pk, ())),
                item.pk in needs, series, ends,
            )
        )  # fmt: skip
    return found


def _read_milestones(keys: Sequence[int]) -> Milestones:
    found: dict[int, list[PlannedStep]] = defaultdict(list)
    told = Milestone.objects.filter(item__among=keys).order_by("due_on", "number")
    for key, text, due_on, reached_on in told.values_list("item_id", "text", "due_on", "reached_on"):
        found[key].append(PlannedStep(text, due_on, reached_on))
    return found


def _periods(
    item: WorkItem, gauge: Measuring, course: Course, line: Sequence[Point], *, on: date
) -> tuple[Series | None, tuple[date, ...]]:
    starts_on = begins_on(gauge, line)
    cuts = [day for day in (course.decided_on, course.due_on) if day is not None]
    if is_protected(gauge):
        days = month_ends(starts_on, until=on)
        return Series(gauge.figure_code, figure_path(item, gauge), starts_on, days), days
    if not gauge.figure_code:
        return None, period_ends(starts_on, gauge.rhythm, cuts=cuts, until=on)
    is_count = isinstance(measure_of(gauge.figure_code, on=on), Count)
    if gauge.shape == GaugeShape.CALENDAR:
        days = tuple(date.fromordinal(day) for day in range(starts_on.toordinal(), on.toordinal() + 1))
    elif is_count:
        days = period_ends(starts_on, gauge.rhythm, cuts=cuts, until=on)
    else:
        days = month_ends(starts_on, until=on)
    return Series(gauge.figure_code, figure_path(item, gauge), starts_on, days), days


def begins_on(gauge: Measuring, line: Sequence[Point]) -> date:
    """From when it is counted. Of persons whole months are published: then from the first of that month."""
    first = min(gauge.starts_on, line[0].on) if line else gauge.starts_on
    return first.replace(day=1) if is_protected(gauge) else first


def figure_path(item: WorkItem, gauge: Measuring) -> str:
    """A sub-district that leads answers for its own number, every other unit for the whole district's.

    Of persons only the district's number is counted, whoever leads since: a colour tells how a number stands to a line.
    """
    is_own = item.lead.kind == UnitKind.SUBDISTRICT and not is_protected(gauge)
    return item.unit_path if is_own else item.plan.unit_path


def may_measure(item: WorkItem, code: str) -> bool:
    """Whether a line may be measured by a figure: what tells of children or hardship never, of other persons the whole
    district's number alone. Who draws the line would else learn by its colour what the figure hides."""
    protection = indicators()[code].protection
    is_of_district = item.lead.kind != UnitKind.SUBDISTRICT
    return protection == Protection.OPEN or (protection == Protection.PERSONS and is_of_district)


def _late_needs(keys: Sequence[int], *, on: date, known_until: datetime | None) -> set[int]:
    """Which lines wait for one that is late. Which one is for those who see it: `queries.line_page`."""
    rows = list(Dependency.objects.filter(item__among=keys, needs__due_on__lt=on).select_related("needs"))
    courses = read_courses({row.needs_id: row.needs for row in rows}.values(), known_until=known_until)
    return {row.item_id for row in rows if courses[row.needs_id].is_late(on=on)}


def _shape(actor: Actor, one: _Known, counted: Mapping[Series, tuple[Reading, ...]], *, on: date) -> LineLight:
    readings = _readings(one, counted)
    found = _compute(one, readings, on=on)
    is_withheld = not _may_read(actor, one)
    is_numberless = found.why in NUMBERLESS
    asks = one.gauge.shape in (GaugeShape.GROWING, GaugeShape.RATIO) and not one.gauge.figure_code
    return LineLight(
        light=replace(found, told=()) if is_withheld and not is_numberless else found,
        course=one.course,
        shape=one.gauge.shape,
        reached=None if is_withheld or is_numberless else _last_known(one, readings),
        asks_number=asks and not one.course.is_closed,
        is_withheld=is_withheld,
    )


def _last_known(one: _Known, readings: Sequence[Reading]) -> Decimal | None:
    known = [reading.value for reading in readings if reading.value is not None]
    if known or is_protected(one.gauge):
        return known[-1] if known else None
    return one.course.reached


def is_protected(gauge: Gauge | Measuring) -> bool:
    """Whether a line is measured by a figure about persons, which not everybody who reads the line may read."""
    return is_of_persons(gauge.figure_code)


def _may_read(actor: Actor, one: _Known) -> bool:
    if one.series is None or not is_protected(one.gauge):
        return True
    indicator = indicators()[one.gauge.figure_code]
    path = one.series.path
    return any(path.startswith(held) for held in figure_paths(actor, indicator))


def _readings(one: _Known, counted: Mapping[Series, tuple[Reading, ...]]) -> tuple[Reading, ...]:
    """What is known at the end of each period: counted, or reported within it."""
    if one.series is not None:
        return counted[one.series]
    reports = [step for step in standing(one.steps) if step.number is not None and step.kind in _REPORTS]
    return tuple(_reported(one, reports))


def _reported(one: _Known, reports: Sequence[Step]) -> Iterable[Reading]:
    told = sorted(reports, key=lambda step: (step.happened_on, step.recorded_at, step.id))
    before = date.min
    for end in one.ends:
        within = [step.number for step in told if before < step.happened_on <= end]
        yield Reading(end, within[-1] if within else None)
        before = end


def _compute(one: _Known, readings: tuple[Reading, ...], *, on: date) -> Light:
    """Of a figure about persons nothing but what is published of whole months takes part in it."""
    if not is_protected(one.gauge):
        return _judge(one, readings, on=on)
    untold = _untold(one, readings, on=on)
    if untold is not None:
        return untold
    found = _judge(one, readings, on=on)
    is_number = any(name == "reached" for name, _value in found.told)
    return replace(found, told=(*found.told, ("counted", made_of(one.gauge.figure_code)))) if is_number else found


def _untold(one: _Known, readings: Sequence[Reading], *, on: date) -> Light | None:
    """Why a line measured by a figure about persons has no colour, if it has none."""
    course = one.course
    if course.is_closed and course.claim is not None:
        done = _when_done(one, readings)
        is_known = one.item.target_number is None or (done is not None and done.untold is None)
        return None if is_known else light(C.GREY, Why.CLOSED_UNTOLD, done=course.claim.happened_on)
    if course.lifecycle == Lifecycle.DRAFT:
        return light(C.GREY, Why.NOT_ISSUED)
    if one.gauge.shape == GaugeShape.CALENDAR:
        return light(C.GREY, Why.ONLY_MONTHS)
    if on >= one.gauge.starts_on and not readings:
        return light(C.GREY, Why.NOT_PUBLISHED)
    missing = next((one for one in readings[-RUNS_SEEN:] if one.untold), None)
    if one.gauge.shape == GaugeShape.GROWING:
        missing = next((one for one in readings if one.untold), None) or _not_yet(one, readings, on=on)
    if missing is None:
        return None
    why = Why.MONTH_HIDDEN if missing.untold == Untold.HIDDEN else Why.MONTH_UNPUBLISHED
    return light(C.GREY, why, month=f"{missing.last:%Y-%m}")


def _not_yet(one: _Known, readings: Sequence[Reading], *, on: date) -> Reading | None:
    """After the deadline a number that is not reached is late only once the month of the deadline is published."""
    due_on, target = one.course.due_on, one.item.target_number
    if due_on is None or target is None or not readings or not readings[-1].last < due_on < on:
        return None
    is_reached = readings[-1].value is not None and readings[-1].value >= target
    return None if is_reached else Reading(due_on, None, Untold.UNPUBLISHED)


def _when_done(one: _Known, readings: Sequence[Reading]) -> Reading | None:
    """What was published by the end of the month in which it was done."""
    claim = one.course.claim
    return next((each for each in readings if claim is not None and each.last >= claim.happened_on), None)


def _closed(one: _Known, readings: Sequence[Reading], claim: Step) -> Light:
    item, number = one.item, claim.number
    if is_protected(one.gauge):
        done = _when_done(one, readings)
        number = done.value if done else None
    is_ceiling = item.target_comparison == Comparison.AT_MOST
    return light_closed(Closed(claim.happened_on, one.course.decided_on, number, item.target_number, is_ceiling))


def _judge(one: _Known, readings: tuple[Reading, ...], *, on: date) -> Light:
    course, item = one.course, one.item
    is_ceiling = item.target_comparison == Comparison.AT_MOST
    if course.is_closed and course.claim is not None:
        return _closed(one, readings, course.claim)
    match one.gauge.shape:
        case GaugeShape.GROWING if item.target_number is not None and course.decided_on and course.due_on:
            asked = Growing(
                begins_on(one.gauge, one.line), Decimal(0), item.target_number, course.decided_on, course.due_on,
                one.line, readings, is_ceiling,
            )  # fmt: skip
            return light_growing(asked, on=on)
        case GaugeShape.RATIO if item.target_number is not None:
            line = one.line or (Point(one.gauge.starts_on, item.target_number),)
            return light_ratio(Ratio(line, readings, is_ceiling))
        case GaugeShape.CALENDAR:
            return light_calendar(_calendar(one, readings), on=on)
        case GaugeShape.DELIVERABLE:
            return light_deliverable(_deliverable(one), on=on)
    return light(C.GREY, Why.NO_STEPS)


def _calendar(one: _Known, readings: tuple[Reading, ...]) -> Calendar:
    planned = tuple(step.due_on for step in one.milestones)
    if one.series is None:
        return Calendar(planned, tuple(step.reached_on for step in one.milestones if step.reached_on))
    held: list[date] = []
    for reading in readings:
        held += [reading.last] * (int(reading.value or 0) - len(held))
    return Calendar(planned, tuple(held))


def _deliverable(one: _Known) -> Deliverable:
    ends_on: Any = one.course.due_on or one.item.review_on
    return Deliverable(
        ends_on, one.milestones, is_claimed=one.course.lifecycle == Lifecycle.SUBMITTED,
        is_in_time=one.course.claim is not None and one.course.claim.happened_on <= ends_on, is_waiting=one.is_waiting,
        has_end=one.course.due_on is not None,
    )  # fmt: skip
