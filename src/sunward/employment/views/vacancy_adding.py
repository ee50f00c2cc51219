"""A vacancy written down by hand, or changed; what its words mean is shown before anything is kept."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.employment.access.vacancies import VACANCY_ROLES, get_own_vacancy
from sunward.employment.access.visits import get_own_visit, visit_not_there
from sunward.employment.actions.vacancy_adding import add_vacancy
from sunward.employment.actions.vacancy_changing import change_vacancy
from sunward.employment.actions.vacancy_recording import CHANGED_MEANWHILE
from sunward.employment.forms.vacancy_adding import VacancyChangeForm, VacancyForm
from sunward.employment.models import EmployerVisit
from sunward.employment.queries.vacancy_reading import read_words, unit_choices, values_of, values_of_visit


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*VACANCY_ROLES, writes=True)
def vacancy_new(request: SunwardRequest) -> HttpResponse:
    """Nothing found: kept at once. Something found: shown first, and kept, held, once it has been seen."""
    units = unit_choices(request.actor)
    visit = _visit(request)
    first = values_of_visit(visit) if visit is not None else {}
    form = VacancyForm(request.POST or None, units=units, initial={"key": uuid4()} | first)
    reading = read_words(request.POST)
    if request.method == "POST" and form.is_valid():
        if not reading.findings or request.POST.get("seen") == reading.mark:
            try:
                row = add_vacancy(
                    actor=request.actor, key=form.form_key, details=form.details(), on=clock.today(), now=clock.now()
                )
            except Refusal as refusal:
                show_above(form, refusal)
            else:
                messages.success(request, _("Written down. Verify it next."))
                if visit is not None:
                    return redirect("employment:visit", visit.uid)
                return redirect("employment:vacancy", row.uid)
        else:
            form.add_error(None, _("Look at what was found in its wording: change it, or keep it for review."))
    context = {"form": form, "reading": reading, "visit": visit}
    return render(request, "employment/vacancies/form.html", context, status=422 if form.is_bound else 200)


def _visit(request: SunwardRequest) -> EmployerVisit | None:
    """Of which visit the post came, if of one: only whoever answers for the visit adds to it."""
    named = (request.POST if request.method == "POST" else request.GET).get("visit", "")
    if not named:
        return None
    try:
        key = UUID(named)
    except ValueError:
        raise visit_not_there() from None
    return get_own_visit(actor=request.actor, visit_id=key)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def vacancy_edit(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    row = get_own_vacancy(actor=request.actor, vacancy_id=vacancy_id)
    fresh = VacancyChangeForm(initial=values_of(row))
    context: dict[str, Any] = {"vacancy": row, "name": row.title, "version": row.version, "form": fresh}
    if request.method != "POST":
        context["reading"] = read_words({"salary_text": row.salary_text})
        return render(request, "employment/vacancies/edit.html", context)
    form = VacancyChangeForm(take_choices(request.POST))
    reading = read_words(form.data)
    if form.is_valid():
        # What stood there when the form was opened has been seen.
        is_seen = not {"title", "description"} & set(form.changed_data) or request.POST.get("seen") == reading.mark
        if is_seen or not reading.findings:
            try:
                row = change_vacancy(
                    actor=request.actor, vacancy_id=vacancy_id, version=version_of(request), changes=form.changes(),
                    on=clock.today(), now=clock.now(),
                )  # fmt: skip
            except Conflict as conflict:
                if conflict.code != CHANGED_MEANWHILE:
                    raise
                context["merge"] = merge(form, fresh, version=row.version)
                return render(request, "core/merge.html", context, status=409)
            except Refusal as refusal:
                show_above(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect("employment:vacancy", row.uid)
        else:
            form.add_error(None, _("Look at what was found in its wording: change it, or keep it for review."))
    context |= {"form": form, "reading": reading, "version": request.POST.get("version", "")}
    return render(request, "employment/vacancies/edit.html", context, status=422)


@require_POST
@allow(*VACANCY_ROLES)
def vacancy_reading(request: SunwardRequest) -> HttpResponse:
    """It knows no vacancy: words in, their meaning out."""
    return render(request, "employment/vacancies/_reading.html", {"reading": read_words(request.POST)})
