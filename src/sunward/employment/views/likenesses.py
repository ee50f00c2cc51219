"""Vacancies that may be one post: the list, two side by side, and the decision of a person, which can be taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal, show_above
from sunward.core.tables import read_ledger
from sunward.employment.access.likenesses import get_likeness
from sunward.employment.access.vacancies import VACANCY_ROLES
from sunward.employment.actions.vacancy_merging import merge_vacancies, part_vacancies, tell_vacancies_apart
from sunward.employment.forms.vacancies import KeepForm
from sunward.employment.queries import likenesses as queries


@require_safe
@allow(*VACANCY_ROLES)
def likenesses(request: SunwardRequest) -> HttpResponse:
    page = read_ledger(
        queries.ask_likenesses(request.actor), asked=request.GET, columns=queries.COLUMNS, order="signs",
        shape=queries.to_pair,
    )  # fmt: skip
    return render(request, "employment/vacancies/likenesses.html", {"page": page})


@require_safe
@never_cache
@allow(*VACANCY_ROLES)
def likeness(request: SunwardRequest, likeness_id: int) -> HttpResponse:
    return _show(request, likeness_id)


@require_POST
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def likeness_same(request: SunwardRequest, likeness_id: int) -> HttpResponse:
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            stays = merge_vacancies(
                actor=request.actor, likeness_id=likeness_id, on=clock.today(), now=clock.now(), **form.decision()
            )
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("They are one vacancy now. The other one's page takes that back."))
            return redirect("employment:vacancy", stays.uid)
    return _show(request, likeness_id, form=form)


@require_POST
@allow(*VACANCY_ROLES, writes=True)
def likeness_different(request: SunwardRequest, likeness_id: int) -> HttpResponse:
    tell_vacancies_apart(actor=request.actor, likeness_id=likeness_id, on=clock.today(), now=clock.now())
    messages.success(request, _("They are two posts. This pair is not asked for again."))
    return redirect("employment:likenesses")


@require_POST
@allow(*VACANCY_ROLES, writes=True)
def vacancy_part(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    part_vacancies(
        actor=request.actor, vacancy_id=vacancy_id, version=version_of(request), on=clock.today(), now=clock.now()
    )
    messages.success(request, _("They are two again, each as it was before."))
    return redirect("employment:vacancy", vacancy_id)


def _show(request: SunwardRequest, likeness_id: int, *, form: KeepForm | None = None) -> HttpResponse:
    row = get_likeness(actor=request.actor, likeness_id=likeness_id)
    page = queries.read_pair(row, on=clock.today())
    shown = form or KeepForm(
        initial={"keep": page.keep, "first_version": page.versions[0], "second_version": page.versions[1]}
    )
    chosen = form.cleaned_data.get("keep") if form else page.keep
    context = {"page": page, "form": shown, "chosen": chosen}
    return render(request, "employment/vacancies/likeness.html", context, status=422 if form else 200)
