"""A vacancy written down by hand; what its words mean is shown before anything is kept."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.vacancies import VACANCY_ROLES
from sunward.employment.actions.vacancy_adding import add_vacancy
from sunward.employment.forms.vacancy_adding import VacancyForm
from sunward.employment.queries.vacancy_reading import read_words, unit_choices


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*VACANCY_ROLES, writes=True)
def vacancy_new(request: SunwardRequest) -> HttpResponse:
    """Nothing found: kept at once. Something found: shown first, and kept, held, once it has been seen."""
    units = unit_choices(request.actor)
    form = VacancyForm(request.POST or None, units=units, initial={"key": uuid4()})
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
                return redirect("employment:vacancy", row.uid)
        else:
            form.add_error(None, _("Look at what was found in its wording: change it, or keep it for review."))
    context = {"form": form, "reading": reading}
    return render(request, "employment/vacancies/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*VACANCY_ROLES)
def vacancy_reading(request: SunwardRequest) -> HttpResponse:
    """It knows no vacancy: words in, their meaning out."""
    return render(request, "employment/vacancies/_reading.html", {"reading": read_words(request.POST)})
