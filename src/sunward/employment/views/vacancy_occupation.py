"""Which occupation a vacancy is: what its title may mean is offered, a person chooses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.vacancies import VACANCY_ROLES, get_own_vacancy
from sunward.employment.actions.vacancy_occupation import set_vacancy_occupation
from sunward.employment.forms.vacancy_occupation import OccupationForm
from sunward.employment.occupations import name_of, offer_occupations


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def vacancy_occupation(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    """For whoever answers for the vacancy: to everybody else there is none."""
    row = get_own_vacancy(actor=request.actor, vacancy_id=vacancy_id)
    form = OccupationForm(
        request.POST or None, offers=offer_occupations(row.title, row.description), current=row.occupation,
        initial={"version": row.version},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            set_vacancy_occupation(
                actor=request.actor, vacancy_id=vacancy_id, version=form.cleaned_data["version"],
                occupation=form.cleaned_data["occupation"], on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Kept. Whoever wishes for such work can be told of it."))
            return redirect("employment:vacancy", vacancy_id)
    context = {"form": form, "vacancy": row, "known": name_of(row.occupation)}
    status = 422 if form.is_bound else 200
    return render(request, "employment/vacancies/occupation.html", context, status=status)
