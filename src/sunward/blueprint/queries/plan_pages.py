"""What stands around every page of a plan: whose plan it is, how much of it the reader sees, and its other pages."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.accounts.access import Actor
from sunward.blueprint.access import (
    KEEPER_ROLES,
    kept_paths,
    read_paths,
    visible_meetings,
    visible_plans,
    visible_work,
)
from sunward.blueprint.models import DeliveryPlan
from sunward.core.furniture import Tab, Text
from sunward.core.tables import Column

COLUMNS = (
    Column("title", pgettext_lazy("blueprint", "Plan"), ("title",)),
    Column("unit", _("District")),
    Column("met", _("Decided on"), ("meeting__met_on", "pk")),
    Column("lines", _("Lines of work"), kind="number"),
)
PAGES: tuple[tuple[str, Text], ...] = (
    ("plan", pgettext_lazy("page of a plan", "Sheet")),
    ("plan_board", pgettext_lazy("page of a plan", "Board")),
    ("plan_gantt", pgettext_lazy("page of a plan", "Gantt chart")),
    ("plan_units", pgettext_lazy("page of a plan", "By unit")),
    ("plan_officers", pgettext_lazy("page of a plan", "By officer")),
    ("plan_stocktake", pgettext_lazy("page of a plan", "Stocktake")),
    ("plan_burden", pgettext_lazy("page of a plan", "Burden")),
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    uid: UUID
    title: str
    unit: str
    met_on: date
    lines: int


@dataclass(frozen=True, slots=True)
class PlanHead:
    """`is_whole`: the reader sees every line; else those alone that the own unit leads or joins."""

    uid: UUID
    title: str
    unit: str
    decided_on: date
    is_whole: bool
    meeting_id: UUID | None
    tabs: tuple[Tab, ...]


def list_plans(actor: Actor) -> QuerySet[DeliveryPlan]:
    """With the number of lines that the reader sees, not of those that there are."""
    mine = Q(items__in=visible_work(actor).values("pk"))
    return visible_plans(actor).select_related("unit", "meeting").annotate(lines=Count("items", filter=mine))


def to_row(plan: DeliveryPlan) -> PlanRow:
    lines: int = plan.lines  # type: ignore[attr-defined]
    return PlanRow(plan.uid, plan.title, plan.unit.name, plan.meeting.met_on, lines)


def read_head(actor: Actor, plan: DeliveryPlan, *, page: str, filters: dict[str, str]) -> PlanHead:
    """`filters` go along from page to page."""
    query = f"?{urlencode(filters)}" if filters else ""
    tabs = tuple(
        Tab(label, reverse(f"blueprint:{name}", args=[plan.uid]) + query, is_current=name == page)
        for name, label in PAGES
    )
    is_readable = visible_meetings(actor).filter(pk=plan.meeting_id).exists()
    return PlanHead(
        uid=plan.uid, title=plan.title, unit=plan.unit.name, decided_on=plan.meeting.met_on,
        is_whole=plan.unit_path in {*kept_paths(actor), *read_paths(actor)},
        meeting_id=plan.meeting.uid if is_readable else None, tabs=tabs,
    )  # fmt: skip


def own_units(actor: Actor) -> list[str]:
    """Codes of the units whose work the actor follows."""
    return [path.strip("/").split("/")[-1] for path in actor.paths(*KEEPER_ROLES)]
