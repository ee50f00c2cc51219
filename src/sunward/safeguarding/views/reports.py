"""Mandatory reports: written on one screen by anybody on duty, with a page to print; the receipt may follow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.core.tables import read_ledger
from sunward.safeguarding.access.emergencies import get_emergency
from sunward.safeguarding.access.reports import get_report as get_report_of
from sunward.safeguarding.access.reports import get_reportable_case, get_reportable_worry
from sunward.safeguarding.actions.reports import About, add_receipt, write_report
from sunward.safeguarding.forms.reports import ReceiptForm, ReportForm
from sunward.safeguarding.queries import reports as query
from sunward.safeguarding.roles import REPORTING

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*REPORTING)
def reports(request: SunwardRequest) -> HttpResponse:
    page = read_ledger(
        query.list_reports(request.actor), asked=request.GET, columns=query.COLUMNS, order="-reported_at",
        shape=lambda report: query.to_report_row(report, actor=request.actor),
    )  # fmt: skip
    return render(request, "safeguarding/reports/list.html", {"page": page})


@get_or_post
@never_cache
@allow(*REPORTING, writes=True)
def report_new(request: SunwardRequest) -> HttpResponse:
    """About a child nobody knows here yet."""
    return write_and_answer(request, About.of_unit(request.actor))


@get_or_post
@never_cache
@allow(*REPORTING, writes=True)
def report_of_worry(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    worry = get_reportable_worry(actor=request.actor, worry_id=worry_id)
    return write_and_answer(request, About.of_worry(worry), reference=worry.reference)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def report_of_file(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    case = get_reportable_case(actor=request.actor, case_id=case_id, now=clock.now())
    return write_and_answer(request, About.of_case(case), reference=case.reference)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def report_of_emergency(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    # Who reported is nobody's to read in the list of looks either: it says "emergency", as for everybody on it.
    emergency = get_emergency(actor=request.actor, emergency_id=emergency_id, purpose="emergency", now=clock.now())
    about = About.of_case(emergency.case, emergency=emergency)
    return write_and_answer(request, about, reference=emergency.reference)


def write_and_answer(request: SunwardRequest, about: About, *, reference: str = "") -> HttpResponse:
    """The one form of every way in, a programme's own among them; whoever calls it has passed a gate."""
    on, now = clock.today(), clock.now()
    form = ReportForm(request.POST if request.method == "POST" else None, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            report = write_report(
                actor=request.actor, report_id=form.cleaned_data["key"], about=about, details=form.details(), on=on,
                now=now,
            )  # fmt: skip
        except Refusal as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Written down. Nobody has to approve it."))
            return redirect("safeguarding:report", report.uid)
    context = {"form": form, "reference": reference}
    return render(request, "safeguarding/reports/new.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@allow(*REPORTING)
def report(request: SunwardRequest, report_id: UUID) -> HttpResponse:
    return _page(request, report_id, ReceiptForm(), now=clock.now())


@require_POST
@never_cache
@allow(*REPORTING, writes=True)
def report_receipt(request: SunwardRequest, report_id: UUID) -> HttpResponse:
    form = ReceiptForm(request.POST)
    now = clock.now()
    if not form.is_valid():
        return _page(request, report_id, form, now=now, status=422)
    add_receipt(
        actor=request.actor, report_id=report_id, receipt=form.cleaned_data["receipt"], on=clock.today(), now=now
    )
    messages.success(request, _("The receipt is written down."))
    return redirect("safeguarding:report", report_id)


def _page(
    request: SunwardRequest, report_id: UUID, form: ReceiptForm, *, now: datetime, status: int = 200
) -> HttpResponse:
    found = get_report_of(actor=request.actor, report_id=report_id, now=now)
    context: dict[str, Any] = {"report": query.read_report(found, actor=request.actor), "form": form}
    return render(request, "safeguarding/reports/report.html", context, status=status)
