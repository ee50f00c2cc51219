"""The burden of a plan in a month: what each unit's writing cost, beside what the month brought, in the order of the
district's tree and never by who costs or delivers more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.blueprint.access import KEEPER_ROLES, kept_paths, read_paths, visible_work
from sunward.blueprint.burden.keystrokes import MODEL, Estimate
from sunward.blueprint.burden.reckoning import (
    DEFAULT_MINUTES,
    NO_BURDEN,
    Burden,
    Looked,
    Relief,
    ReliefKind,
    reckon,
    reliefs_of,
    saved_by,
)
from sunward.blueprint.enums import BurdenKind, Rhythm
from sunward.blueprint.lights.light import period_ends
from sunward.blueprint.likeness import likeness, pairs_of
from sunward.blueprint.models import BurdenBudget, DeliveryPlan, JointPart, WorkItem
from sunward.blueprint.queries.burden_delivered import ClosedLine, Delivered, read_delivered
from sunward.blueprint.queries.burden_written import read_month_steps, read_written
from sunward.blueprint.queries.lights import may_measure, read_gauge
from sunward.core.wording import join_words
from sunward.figures.declared import indicators
from sunward.figures.pins import Span, month_of

# So much of a figure's name stands in a line before the figure is named as what may know its number.
_ALIKE = 0.6
_REPORTS = (BurdenKind.READINGS, BurdenKind.REPORTS, BurdenKind.AFTER_CHASE)


def key_of_month(month: Span) -> str:
    """As it stands in an address."""
    return f"{month.first:%Y-%m}"


@dataclass(frozen=True, slots=True)
class BudgetRow:
    minutes: int
    set_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class KindRow:
    label: str
    forms: int
    cost: Estimate


@dataclass(frozen=True, slots=True)
class LineRow:
    """`uid` is None of a line that is not the reader's any more: its cost stays, its words do not."""

    uid: UUID | None
    number: int
    text: str
    cost: Estimate | None = None
    done: str = ""


@dataclass(frozen=True, slots=True)
class UnitBurden:
    """What it cost one unit to write, what the platform read by itself instead, and what the month brought."""

    code: str
    name: str
    forms: int
    cost: Estimate
    saved: Estimate
    is_over: bool
    kinds: tuple[KindRow, ...]
    lines: tuple[LineRow, ...]
    reliefs: tuple[str, ...]
    closed: tuple[LineRow, ...]
    milestones: int
    checkpoints: int

    @property
    def is_quiet(self) -> bool:
        """Nothing was written and nothing delivered: its name says it all."""
        return not (self.forms or self.closed or self.milestones or self.checkpoints or self.saved.likely)

    @property
    def dearest(self) -> str:
        return self.kinds[0].label if self.kinds else ""


@dataclass(frozen=True, slots=True)
class BurdenPage:
    month: Span
    budget: BudgetRow
    units: tuple[UnitBurden, ...]
    model: str

    @property
    def month_key(self) -> str:
        return key_of_month(self.month)

    @property
    def told(self) -> tuple[UnitBurden, ...]:
        return tuple(unit for unit in self.units if not unit.is_quiet)

    @property
    def quiet(self) -> str:
        return join_words(unit.name for unit in self.units if unit.is_quiet)

    @property
    def over(self) -> tuple[UnitBurden, ...]:
        return tuple(unit for unit in self.units if unit.is_over)


def read_burden(actor: Actor, plan: DeliveryPlan, month: Span, *, on: date) -> BurdenPage:
    """The plan came through the gate. Of units, those that the reader reads: all, or the own; as many queries for three
    lines as for four hundred, and one more for each figure at a point of the month."""
    items = list(WorkItem.objects.filter(plan=plan).select_related("plan__meeting", "lead", "gauge").order_by("number"))
    steps = read_month_steps(plan, month)
    burdens = reckon(read_written(plan, items, steps, month))
    delivered = read_delivered(plan, items, steps, month, on=on)
    shown = {item.pk for item in visible_work(actor).filter(plan=plan).only("pk")}
    budget = budget_of(read_budgets(plan), month)
    units = []
    for unit in _units(actor, plan, items, burdens):
        mine = [item for item in items if item.lead_id == unit.pk]
        units.append(
            _unit(unit, burdens.get(unit.pk, NO_BURDEN), delivered.get(unit.pk, Delivered()), items, mine, shown,
                  budget.minutes, month, on=on)
        )  # fmt: skip
    return BurdenPage(month, budget, tuple(units), MODEL.version)


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """One line of a unit's own view: this month's minutes beside those that the plan may cost."""

    cost: Estimate
    budget: int
    is_over: bool


def read_unit_month(actor: Actor, plan: DeliveryPlan, code: str, *, on: date) -> UnitMonth | None:
    """None where the unit's burden is not the reader's to read: only its lines are."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None or not _is_readable(actor, plan, unit):
        return None
    month = month_of(on)
    items = list(WorkItem.objects.filter(plan=plan).select_related("gauge").order_by("number"))
    burdens = reckon(read_written(plan, items, read_month_steps(plan, month, unit=unit), month))
    burden, budget = burdens.get(unit.pk, NO_BURDEN), budget_of(read_budgets(plan), month).minutes
    return UnitMonth(burden.total.cost, budget, burden.is_over(budget))


def read_budgets(plan: DeliveryPlan) -> tuple[BudgetRow, ...]:
    """The newest first."""
    rows = BurdenBudget.objects.filter(plan=plan).order_by("-pk")
    return tuple(BudgetRow(row.minutes, row.set_on, row.reason) for row in rows)


def budget_of(history: Sequence[BudgetRow], month: Span) -> BudgetRow:
    """What held when the month ended: a month that is over is not judged anew."""
    held = [row for row in history if row.set_on is not None and row.set_on <= month.last]
    return held[0] if held else BudgetRow(DEFAULT_MINUTES, None, "")


def _units(
    actor: Actor, plan: DeliveryPlan, items: Sequence[WorkItem], burdens: Mapping[int, Burden]
) -> list[Unit]:  # fmt: skip
    joined = JointPart.objects.filter(item__plan=plan).values("unit")
    there = Unit.objects.filter(pk__in={*(item.lead_id for item in items), *burdens})
    found = (there | Unit.objects.filter(pk__in=joined)).distinct().order_by("path", "code")
    return [unit for unit in found if _is_readable(actor, plan, unit)]


def _is_readable(actor: Actor, plan: DeliveryPlan, unit: Unit) -> bool:
    """By who reads the whole plan, and by the unit's own plan officer; not by one who shares a line with it."""
    is_whole = plan.unit_path in {*kept_paths(actor), *read_paths(actor)}
    is_within = unit.path.startswith(plan.unit_path)
    return is_within and (is_whole or any(unit.path.startswith(path) for path in actor.paths(*KEEPER_ROLES)))


def _unit(
    unit: Unit, burden: Burden, brought: Delivered, items: Sequence[WorkItem], led: Sequence[WorkItem],
    shown: set[int], minutes: int, month: Span, *, on: date,
) -> UnitBurden:  # fmt: skip
    by_key = {item.pk: item for item in items}
    typed = {key for key, kind in burden.forms if kind in _REPORTS or kind == BurdenKind.AGAIN}
    looked = [_looked(item, month, on=on) for item in items if item.pk in typed & shown]
    return UnitBurden(
        code=unit.code, name=unit.name, forms=burden.total.forms, cost=burden.total.cost,
        saved=saved_by(sum(_counted(item, month, on=on) for item in led)), is_over=burden.is_over(minutes),
        kinds=tuple(KindRow(str(kind.label), spent.forms, spent.cost) for kind, spent in burden.kinds),
        lines=tuple(_line(by_key[key], shown, cost=spent.cost) for key, spent in burden.items),
        reliefs=tuple(say_relief(relief, by_key[relief.item_id]) for relief in reliefs_of(burden, looked)),
        closed=tuple(_line(by_key[one.item_id], shown, done=_done(one)) for one in brought.closed),
        milestones=brought.milestones, checkpoints=brought.checkpoints,
    )  # fmt: skip


def _line(item: WorkItem, shown: set[int], *, cost: Estimate | None = None, done: str = "") -> LineRow:
    if item.pk not in shown:
        return LineRow(None, item.number, "", cost, "")
    return LineRow(item.uid, item.number, item.text, cost, done)


def _looks(item: WorkItem, month: Span, *, on: date) -> int:
    """How often the calendar asks for the number in the month."""
    gauge = read_gauge(item)
    ends = period_ends(max(gauge.starts_on, month.first), gauge.rhythm, until=min(month.last, on))
    return len([day for day in ends if day >= month.first])


def _looked(item: WorkItem, month: Span, *, on: date) -> Looked:
    gauge = read_gauge(item)
    figure = "" if gauge.figure_code or item.target_number is None else _like(item)
    return Looked(item.pk, _looks(item, month, on=on), gauge.rhythm == Rhythm.WEEK, figure)


def _counted(item: WorkItem, month: Span, *, on: date) -> int:
    gauge = read_gauge(item)
    if not gauge.figure_code:
        return 0
    last = min(month.last, item.due_on or month.last, on)
    return _looks(item, month, on=last) if last >= month.first else 0


def _like(item: WorkItem) -> str:
    """The figure whose name stands most in the line, if it may measure it."""
    own = pairs_of(f"{item.text} {item.target_text}")
    rated = [(likeness(own, pairs), code) for code, pairs in _names().items() if may_measure(item, code)]
    points, code = max(rated, default=(0.0, ""))
    return str(indicators()[code].name) if points >= _ALIKE else ""


@cache
def _names() -> Mapping[str, frozenset[str]]:
    """Of each figure its words in Chinese, in which lines of plans are written."""
    with override("zh-hans"):
        return {code: pairs_of(str(one.name)) for code, one in indicators().items()}


def say_relief(relief: Relief, item: WorkItem) -> str:
    told = {"line": item.number, "number": relief.number, "looks": relief.looks, "figure": relief.figure}
    if relief.kind == ReliefKind.READ_FROM_RECORDS:
        return _("Line %(line)d: the figure “%(figure)s” may know this number; then nobody types it.") % told
    if relief.kind == ReliefKind.REPORT_LESS_OFTEN:
        said = ngettext(
            "Line %(line)d: reported %(number)d times in a month in which it is looked at once.",
            "Line %(line)d: reported %(number)d times in a month in which it is looked at %(looks)d times.",
            relief.looks,
        )
        return said % told
    if relief.kind == ReliefKind.LOOK_LESS_OFTEN:
        said = ngettext(
            "Line %(line)d: %(number)d report came after a chase. Reported monthly, it would cost less.",
            "Line %(line)d: %(number)d reports came after a chase. Reported monthly, it would cost less.",
            relief.number,
        )
        return said % told
    said = ngettext(
        "Line %(line)d: handed in again %(number)d time. Say before what has to show that it is done.",
        "Line %(line)d: handed in again %(number)d times. Say before what has to show that it is done.",
        relief.number,
    )
    return said % told


def _done(one: ClosedLine) -> str:
    if one.done is None:
        return ""
    if one.target is None:
        return f"{one.done.normalize():f} {one.unit}".strip()
    told = {"done": f"{one.done.normalize():f}", "target": f"{one.target.normalize():f}", "unit": one.unit}
    return (_("%(done)s of %(target)s %(unit)s") % told).strip()
