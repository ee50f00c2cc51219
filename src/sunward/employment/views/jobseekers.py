"""The list of jobseekers and one jobseeker's file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.tables import read_ledger
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, get_jobseeker
from sunward.employment.forms.jobseekers import JobseekerFilter, ShowForm
from sunward.employment.queries import jobseekers as ledger
from sunward.employment.queries.agreements import read_agreement
from sunward.employment.queries.appointments import of_file
from sunward.employment.queries.jobseeker_file import read_jobseeker_file, read_looks
from sunward.employment.queries.officers import officer_asked, read_officer_card
from sunward.employment.queries.packages import list_packages
from sunward.employment.queries.stories import list_of_file
from sunward.employment.showing import show_of_jobseeker


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseekers(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    named = officer_asked(request.actor, request.GET.get("officer", ""), on=on)
    form = JobseekerFilter(request.GET, units=ledger.unit_choices(request.actor), officers=named)
    asked = form.question()
    page = read_ledger(
        ledger.list_jobseekers(request.actor, asked, on=on), asked=request.GET, columns=ledger.COLUMNS,
        order=ledger.DEFAULT_ORDER, shape=lambda case: ledger.to_row(case, on=on),
        parts=ledger.parts_of_order(asked, on=on),
    )  # fmt: skip
    return render(request, "employment/jobseekers/ledger.html", {"filters": {"form": form}, "page": page})


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseeker(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    return _show_file(request, case_id, ShowForm())


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseeker_looks(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Who has looked at this file?"""
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="looks", now=clock.now())
    looks = read_looks(case, most=200)
    title = ngettext("%(count)s look", "%(count)s looks", len(looks)) % {"count": len(looks)}
    context = {"case": case, "name": case.person.name, "looks": looks, "title": title}
    return render(request, "employment/jobseekers/looks.html", context)


@require_POST
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_show(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Open one sealed value, once a purpose is given; both go into the record of looks."""
    form = ShowForm(request.POST)
    if not form.is_valid():
        return _show_file(request, case_id, form, status=422)
    shown = show_of_jobseeker(actor=request.actor, case_id=case_id, now=clock.now(), **form.cleaned_data)
    context = {"shown": shown, "back": reverse("employment:jobseeker", args=[case_id])}
    return render(request, "employment/jobseekers/shown.html", context)


def _show_file(request: SunwardRequest, case_id: UUID, form: ShowForm, *, status: int = 200) -> HttpResponse:
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="open", now=clock.now())
    file = read_jobseeker_file(case, on=clock.today())
    officer = read_officer_card(case, request.actor, on=clock.today())
    appointments = of_file(case, now=clock.now())
    context = {
        "file": file, "officer": officer, "appointments": appointments, "packages": list_packages(case),
        "show_form": form, "stories": list_of_file(case, request.actor, on=clock.today()),
        "agreement": read_agreement(case, on=clock.today()),
        "is_whole": "whole" in request.GET,
    }  # fmt: skip
    return render(request, "employment/jobseekers/file.html", context, status=status)
