"""Vacancies and employers: the list, one of them, and the steps of its life."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_look
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal, show_above
from sunward.core.tables import read_ledger
from sunward.employment.access.feeds import keeps_feeds
from sunward.employment.access.vacancies import (
    VACANCY_ROLES,
    get_employer,
    get_vacancy,
    not_yours_to_change,
    vacancy_subject,
)
from sunward.employment.actions import vacancies as acts
from sunward.employment.forms.vacancies import CloseForm, ReleaseForm, VacancyFilter, VerifyForm
from sunward.employment.queries import vacancies as queries
from sunward.employment.queries.visits import say_unanswered, visits_of


@require_safe
@allow(*VACANCY_ROLES)
def vacancies(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    form = VacancyFilter(request.GET, subdistricts=queries.subdistrict_choices(request.actor))
    page = read_ledger(
        queries.ask_vacancies(request.actor, form.question(), on=on), asked=request.GET, columns=queries.COLUMNS,
        order="state", shape=lambda row: queries.to_row(row, on=on),
        parts=queries.parts_of_order(request.actor, on=on),
    )  # fmt: skip
    context = {"filters": {"form": form}, "page": page, "keeps_feeds": keeps_feeds(request.actor)}
    return render(request, "employment/vacancies/list.html", context)


@require_safe
@never_cache
@allow(*VACANCY_ROLES)
def vacancy(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    return _show(request, vacancy_id)


@require_safe
@allow(*VACANCY_ROLES)
def employer(request: SunwardRequest, employer_id: UUID) -> HttpResponse:
    row = get_employer(actor=request.actor, employer_id=employer_id)
    on = clock.today()
    page = queries.read_employer(row, request.actor, on=on)
    context = {
        "page": page, "visits": visits_of(row, request.actor), "waiting": say_unanswered(row, request.actor, on=on)
    }  # fmt: skip
    return render(request, "employment/vacancies/employer.html", context)


@require_POST
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def vacancy_verify(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    return _act(
        request, vacancy_id, VerifyForm(request.POST), "verify", acts.verify_vacancy,
        _("Verified. It ends by itself on that day unless it is verified anew."),
    )  # fmt: skip


@require_POST
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def vacancy_release(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    return _act(
        request, vacancy_id, ReleaseForm(request.POST), "release", acts.release_vacancy,
        _("The wording may stand."),
    )  # fmt: skip


@require_POST
@never_cache
@allow(*VACANCY_ROLES, writes=True)
def vacancy_close(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    return _act(
        request, vacancy_id, CloseForm(request.POST), "close", acts.close_vacancy,
        _("Closed. You can open it again on this page."),
    )  # fmt: skip


@require_POST
@allow(*VACANCY_ROLES, writes=True)
def vacancy_reopen(request: SunwardRequest, vacancy_id: UUID) -> HttpResponse:
    acts.reopen_vacancy(
        actor=request.actor, vacancy_id=vacancy_id, version=version_of(request), on=clock.today(), now=clock.now()
    )
    messages.success(request, _("Open again, as it was before."))
    return redirect("employment:vacancy", vacancy_id)


def _act(request: SunwardRequest, vacancy_id: UUID, form: Form, name: str, act: Any, done: str) -> HttpResponse:
    """One form with one act behind it; what was refused stands above the form, with what was chosen still in it."""
    if form.is_valid():
        try:
            act(
                actor=request.actor, vacancy_id=vacancy_id, version=version_of(request), on=clock.today(),
                now=clock.now(), **form.cleaned_data,
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, done)
            return redirect("employment:vacancy", vacancy_id)
    return _show(request, vacancy_id, form=form, name=name)


def _show(request: SunwardRequest, vacancy_id: UUID, *, form: Form | None = None, name: str = "") -> HttpResponse:
    """Whoever opens the page reads whom to ring up there: that is a look."""
    on = clock.today()
    row = get_vacancy(actor=request.actor, vacancy_id=vacancy_id)
    page = queries.read_vacancy(row, request.actor, on=on)
    if form is not None and not page.may_change:
        raise not_yours_to_change()
    if row.contact_phone:
        record_look(
            actor=request.actor, code="employment.vacancy_opened", now=clock.now(), subject=vacancy_subject(row),
            unit_path=row.unit_path,
        )  # fmt: skip
    forms: dict[str, Form] = {
        "verify": VerifyForm(initial={"until": acts.suggest_until(row, on=on)}), "release": ReleaseForm(),
        "close": CloseForm(),
    }  # fmt: skip
    if form is not None:
        forms[name] = form
    status = 200 if form is None else 422
    return render(request, "employment/vacancies/vacancy.html", {"page": page, "forms": forms}, status=status)
