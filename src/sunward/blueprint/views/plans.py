"""Plans: the list, and one plan as a sheet, a workbook, a board, a Gantt chart, by unit and by officer."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act
from sunward.blueprint.access import READER_ROLES, get_plan
from sunward.blueprint.breakdown_workbook import write_breakdown
from sunward.blueprint.enums import LightColour
from sunward.blueprint.forms.plans import BoardFilter, PlanFilter
from sunward.blueprint.models import DeliveryPlan
from sunward.blueprint.queries import plan_pages as pages
from sunward.blueprint.queries.burden_page import read_unit_month
from sunward.blueprint.queries.lights import TONES
from sunward.blueprint.queries.plan_board import read_board
from sunward.blueprint.queries.plan_charges import by_officer, by_unit
from sunward.blueprint.queries.plan_filters import filter_lines, offer
from sunward.blueprint.queries.plan_gantt import read_gantt
from sunward.blueprint.queries.plan_lines import PlanLine, read_lines
from sunward.blueprint.queries.plan_sheet import group_by_goal, read_sheet
from sunward.core import clock
from sunward.core.tables import read_ledger
from sunward.core.workbooks import MIME

LEGEND = tuple((colour.label, TONES[colour]) for colour in LightColour)


@dataclass(frozen=True, slots=True)
class Opened:
    """A plan with the lines of the reader's that were asked for, of all that the reader sees."""

    plan: DeliveryPlan
    form: PlanFilter
    every: list[PlanLine]
    lines: list[PlanLine]


@require_safe
@never_cache
@allow(*READER_ROLES)
def plans(request: SunwardRequest) -> HttpResponse:
    page = read_ledger(
        pages.list_plans(request.actor), asked=request.GET, columns=pages.COLUMNS, order="-met", shape=pages.to_row
    )
    return render(request, "blueprint/plans/list.html", {"page": page})


@require_safe
@never_cache
@allow(*READER_ROLES)
def plan(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    opened = _open(request, plan_id)
    sheet = read_sheet(opened.lines, asked=request.GET)
    return _show(request, opened, "plan", "sheet.html", sheet=sheet, pager=sheet.pager)


@require_safe
@never_cache
@allow(*READER_ROLES)
def plan_board(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    opened = _open(request, plan_id, form_class=BoardFilter)
    board = read_board(
        opened.lines, by="lead" if opened.form.chosen("by") else "goal",
        with_milestones=bool(opened.form.chosen("also")), on=clock.today(),
    )  # fmt: skip
    return _show(request, opened, "plan_board", "board.html", board=board)


@require_safe
@never_cache
@allow(*READER_ROLES)
def plan_gantt(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    opened = _open(request, plan_id)
    if not opened.lines:
        return _show(request, opened, "plan_gantt", "gantt.html")
    chart, pager = read_gantt(opened.lines, opened.every, opened.plan, asked=request.GET, on=clock.today())
    return _show(request, opened, "plan_gantt", "gantt.html", chart=chart, pager=pager)


@require_safe
@never_cache
@allow(*READER_ROLES)
def plan_units(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    """All units in a row; of one that was asked for, or that is the reader's own, what it leads and joins."""
    opened = _open(request, plan_id)
    asked = opened.form.asked()
    charges = by_unit(filter_lines(opened.every, replace(asked, unit="", part="")))
    wanted = [asked.unit] if asked.unit else pages.own_units(request.actor)
    chosen = next((one for one in charges if one.unit.code in wanted), None)
    burden = read_unit_month(request.actor, opened.plan, chosen.unit.code, on=clock.today()) if chosen else None
    return _show(request, opened, "plan_units", "units.html", charges=charges, chosen=chosen, burden=burden)


@require_safe
@never_cache
@allow(*READER_ROLES)
def plan_officers(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    opened = _open(request, plan_id)
    charges = by_officer(opened.lines)
    own = request.GET.get("officer", str(request.actor.user_id))
    chosen = next((one for one in charges if one.key == own), None)
    return _show(request, opened, "plan_officers", "officers.html", charges=charges, chosen=chosen)


@require_safe
@never_cache
@allow(*READER_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def plan_export(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    """What the sheet shows, in the plan's own order: its merged cells need the lines of a goal together."""
    opened, on = _open(request, plan_id), clock.today()
    record_act(
        actor=request.actor, code="blueprint.plan_exported", now=clock.now(), unit_path=opened.plan.unit_path,
        plan=opened.plan.pk, rows=len(opened.lines), filters=sorted(opened.form.filters()),
    )  # fmt: skip
    note = _("%(unit)s, %(name)s, %(day)s") % {
        "unit": request.actor.unit_name, "name": request.actor.name, "day": on.isoformat(),
    }  # fmt: skip
    content = write_breakdown(group_by_goal(opened.lines), title=opened.plan.title, note=note)
    name = f"{opened.plan.title}_{pgettext('page of a plan', 'Sheet')}_{on.isoformat()}.xlsx"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=MIME, headers=headers)


def _open(request: SunwardRequest, plan_id: UUID, *, form_class: type[PlanFilter] = PlanFilter) -> Opened:
    found = get_plan(actor=request.actor, plan_id=plan_id)
    every = read_lines(request.actor, found, on=clock.today())
    form = form_class(request.GET, offered=offer(every))
    return Opened(found, form, every, filter_lines(every, form.asked()))


def _show(request: SunwardRequest, opened: Opened, name: str, template: str, **more: Any) -> HttpResponse:
    head = pages.read_head(request.actor, opened.plan, page=name, filters=opened.form.filters())
    context = {"head": head, "filters": {"form": opened.form}, "lines": opened.lines, "legend": LEGEND}
    return render(request, f"blueprint/plans/{template}", context | more)
