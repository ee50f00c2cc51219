"""Visits to employers: those made, those to come, and writing one down."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.core.tables import read_ledger
from sunward.employment.access.vacancies import VACANCY_ROLES, get_employer
from sunward.employment.access.visits import get_own_visit, get_visit
from sunward.employment.actions import visits as acts
from sunward.employment.forms.visits import NewVisitForm, VisitFilter, VisitForm
from sunward.employment.queries import visits as queries
from sunward.employment.queries.vacancy_reading import unit_choices

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(*VACANCY_ROLES)
def visits(request: SunwardRequest) -> HttpResponse:
    form = VisitFilter(request.GET)
    page = read_ledger(
        queries.ask_visits(request.actor, *form.asked()), asked=request.GET, columns=queries.VISIT_COLUMNS,
        order="-day", shape=queries.to_visit,
    )  # fmt: skip
    context = {"filters": {"form": form}, "page": page, "tabs": queries.tabs("visits")}
    return render(request, "employment/visits/list.html", context)


@require_safe
@allow(*VACANCY_ROLES)
def visits_next(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    page = read_ledger(
        queries.employers_to_visit(request.actor, on=on).select_related("unit"), asked=request.GET,
        columns=queries.NEXT_COLUMNS, order="why", shape=lambda row: queries.to_next(row, on=on),
    )  # fmt: skip
    return render(request, "employment/visits/next.html", {"page": page, "tabs": queries.tabs("next")})


@require_safe
@allow(*VACANCY_ROLES)
def visit(request: SunwardRequest, visit_id: UUID) -> HttpResponse:
    row = get_visit(actor=request.actor, visit_id=visit_id)
    page = queries.read_visit(row, request.actor, on=clock.today())
    return render(request, "employment/visits/visit.html", {"page": page})


@get_or_post
@allow(*VACANCY_ROLES, writes=True)
def visit_new(request: SunwardRequest, employer_id: UUID) -> HttpResponse:
    on = clock.today()
    employer = get_employer(actor=request.actor, employer_id=employer_id)
    form = NewVisitForm(
        request.POST or None, units=unit_choices(request.actor),
        initial={"key": uuid4(), "happened_on": on, "unit_id": employer.unit_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.record_visit(
                actor=request.actor, key=form.form_key, employer_id=employer_id, unit_id=form.cleaned_data["unit_id"],
                details=form.details(), on=on, now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Written down. Add the posts that came of it here."))
            return redirect("employment:visit", row.uid)
    context = {"form": form, "employer": employer}
    return render(request, "employment/visits/form.html", context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def visit_edit(request: SunwardRequest, visit_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    row = get_own_visit(actor=request.actor, visit_id=visit_id)
    fresh = VisitForm(initial=queries.values_of(row))
    context = {"visit": row, "employer": row.employer, "name": row.employer.name, "version": row.version, "form": fresh}
    if request.method != "POST":
        return render(request, "employment/visits/form.html", context)
    form = VisitForm(take_choices(request.POST))
    if form.is_valid():
        try:
            acts.change_visit(
                actor=request.actor, visit_id=visit_id, version=version_of(request), details=form.details(),
                on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Conflict as conflict:
            if conflict.code != acts.CHANGED_MEANWHILE:
                raise
            context["merge"] = merge(form, fresh, version=row.version)
            return render(request, "core/merge.html", context, status=409)
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("employment:visit", visit_id)
    context |= {"form": form, "version": request.POST.get("version", "")}
    return render(request, "employment/visits/form.html", context, status=422)


@require_POST
@allow(*VACANCY_ROLES, writes=True)
def visit_withdraw(request: SunwardRequest, visit_id: UUID) -> HttpResponse:
    acts.withdraw_visit(actor=request.actor, visit_id=visit_id, version=version_of(request), now=clock.now())
    messages.success(request, _("Taken back. You can bring it back on this page."))
    return redirect("employment:visit", visit_id)


@require_POST
@allow(*VACANCY_ROLES, writes=True)
def visit_restore(request: SunwardRequest, visit_id: UUID) -> HttpResponse:
    acts.restore_visit(actor=request.actor, visit_id=visit_id, version=version_of(request), now=clock.now())
    messages.success(request, _("It stands again."))
    return redirect("employment:visit", visit_id)
