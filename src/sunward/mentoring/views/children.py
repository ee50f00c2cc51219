"""The children's ledger and one child's file: what is read. What is written stands in `children_acts`."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act, record_looks
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.audit.chain import Subject
from sunward.casework.access import CASE_SUBJECT
from sunward.core import clock
from sunward.core.tables import read_ledger
from sunward.core.workbooks import Sheet, workbook_response
from sunward.mentoring.access import get_child
from sunward.mentoring.forms.children import SHOW_PURPOSES, ChildFilter, ShowForm
from sunward.mentoring.glass_access import get_child_to_read
from sunward.mentoring.queries import children as ledger
from sunward.mentoring.queries.child_file import LOOK_PURPOSES, read_child_file, read_looks
from sunward.mentoring.queries.growing_up import read_notice
from sunward.mentoring.queries.units import filter_choices, path_of
from sunward.mentoring.showing import show_of_child
from sunward.mentoring.views.glass import show_through_glass


@require_safe
@allow(*CASEWORK_ROLES)
def children(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    form, question = _ask(request)
    page = read_ledger(
        ledger.list_children(request.actor, question, on=on), asked=request.GET, columns=ledger.COLUMNS,
        order=ledger.DEFAULT_ORDER, shape=lambda case: ledger.to_row(case, on=on),
    )  # fmt: skip
    return render(request, "mentoring/children/ledger.html", {"filters": {"form": form}, "page": page})


@require_safe
@allow(*CASEWORK_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def children_export(request: SunwardRequest) -> HttpResponse:
    """The list with its filters as a workbook. Sealed values never leave in a list."""
    on, now = clock.today(), clock.now()
    _form, question = _ask(request)
    rows = list(ledger.export_rows(ledger.list_children(request.actor, question, on=on), on=on))
    record_act(
        actor=request.actor, code="mentoring.children_exported", now=now, unit_path=question.unit_path,
        rows=len(rows), filters=sorted(name for name, value in request.GET.items() if value),
    )  # fmt: skip
    record_looks(
        actor=request.actor, code="mentoring.file_exported", now=now, purpose="export",
        at=[(Subject(CASE_SUBJECT, row.id), row.unit_path) for row in rows],
    )  # fmt: skip
    sheet = Sheet(
        name=gettext("Children"),
        title=gettext("Children's files"),
        note=gettext("%(unit)s, %(name)s, %(day)s; sealed values are left out")
        % {"unit": request.actor.unit_name, "name": request.actor.name, "day": on.isoformat()},
        heads=[str(head) for head in ledger.EXPORT_HEADS],
        rows=(ledger.export_cells(row) for row in rows),
    )
    return workbook_response([sheet], file_name=f"{gettext('Children')}_{on.isoformat()}.xlsx")


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def child(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    case, glass = get_child_to_read(actor=request.actor, case_id=case_id, purpose="open", now=clock.now())
    if glass is not None:
        return show_through_glass(request, case, glass)
    file = read_child_file(case, actor=request.actor, on=clock.today())
    context = {
        "file": file, "show_form": _show_form(None), "is_whole": "whole" in request.GET,
        "growing_up": read_notice(case, on=clock.today()),
    }  # fmt: skip
    return render(request, "mentoring/children/file.html", context)


@require_safe
@allow(*CASEWORK_ROLES)
def child_looks(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Who has looked at this file?"""
    case, _glass = get_child_to_read(actor=request.actor, case_id=case_id, purpose="looks", now=clock.now())
    looks = read_looks(case, most=200)
    title = ngettext("%(count)s look", "%(count)s looks", len(looks)) % {"count": len(looks)}
    return render(
        request, "mentoring/children/looks.html", {"case": case, "person": case.person, "looks": looks, "title": title}
    )


@require_POST
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def child_show(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Open one sealed value, once a purpose is given; both go into the record of looks."""
    form = _show_form(request.POST)
    if not form.is_valid():
        case = get_child(actor=request.actor, case_id=case_id, purpose="open", now=clock.now())
        file = read_child_file(case, actor=request.actor, on=clock.today())
        return render(request, "mentoring/children/file.html", {"file": file, "show_form": form}, status=422)
    shown = show_of_child(actor=request.actor, case_id=case_id, on=clock.today(), now=clock.now(), **form.cleaned_data)
    context = {"shown": shown, "back": reverse("mentoring:child", args=[case_id])}
    return render(request, "mentoring/shown.html", context)


def _ask(request: SunwardRequest) -> tuple[ChildFilter, ledger.ChildQuestion]:
    chosen = request.GET.get("unit", "")
    form = ChildFilter(request.GET, units=filter_choices(request.actor, chosen=chosen))
    return form, form.question(unit_path=(chosen and path_of(request.actor, chosen)) or "")


def _show_form(data: QueryDict | None) -> ShowForm:
    return ShowForm(data, purposes=[(code, LOOK_PURPOSES[code]) for code in SHOW_PURPOSES])
