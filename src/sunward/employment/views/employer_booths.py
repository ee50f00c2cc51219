"""An employer's booths on its own page: comes or not, with which vacancies, and whom it met."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.employer_page import get_passed_employer_link
from sunward.employment.access.fairs import booth_not_there, employers_booths
from sunward.employment.access.own_page import PassMissing
from sunward.employment.actions.booths import answer_own_booth, choose_own_vacancies
from sunward.employment.actions.meetings import mark_own_interview
from sunward.employment.enums import BoothState, InterviewState
from sunward.employment.forms.fairs import VacanciesForm
from sunward.employment.views.employer_entering import give, says_where_employer_is_shut, turn_back_employer
from sunward.employment.views.fairs import first_choice, vacancy_choices

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
@never_cache
@allow_public()
@says_where_employer_is_shut
def employer_booth(request: HttpRequest, token: str, booth_id: UUID, state: str) -> HttpResponse:
    done = {
        BoothState.CONFIRMED: _("Thank you, we look forward to you."),
        BoothState.DECLINED: _("Noted. You can still say that you come."),
    }
    return _act(
        request, token, done[BoothState(state)],
        lambda asked: answer_own_booth(
            booth_id=booth_id, version=version_of(request), state=BoothState(state), **asked
        ),
    )  # fmt: skip


@require_POST
@never_cache
@allow_public()
@says_where_employer_is_shut
def employer_interview(request: HttpRequest, token: str, interview_id: UUID, state: str) -> HttpResponse:
    done = {
        InterviewState.MET: _("Noted. Say with the post whether you hire: the person waits for your answer."),
        InterviewState.MISSED: _("Noted that the person did not come."),
        InterviewState.TAKEN: _("Undone."),
    }
    return _act(
        request, token, done[InterviewState(state)],
        lambda asked: mark_own_interview(
            interview_id=interview_id, version=version_of(request), state=InterviewState(state), **asked
        ),
    )  # fmt: skip


@get_or_post
@never_cache
@allow_public()
@says_where_employer_is_shut
def employer_booth_vacancies(request: HttpRequest, token: str, booth_id: UUID) -> HttpResponse:
    asked = give(request, token)
    try:
        link = get_passed_employer_link(**asked)
    except PassMissing as refusal:
        return turn_back_employer(request, token, refusal)
    row = employers_booths(link, on=clock.today()).select_related("gathering").filter(uid=booth_id).first()
    if row is None:
        raise booth_not_there()
    form = VacanciesForm(request.POST or None, initial=first_choice(row), choices=vacancy_choices(row))
    if request.method == "POST" and form.is_valid():
        try:
            choose_own_vacancies(
                booth_id=booth_id, version=form.cleaned_data["version"], vacancies=form.chosen(), **asked
            )
        except PassMissing as refusal:
            return turn_back_employer(request, token, refusal)
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Saved. This is what people see of you."))
            return redirect("employer_page", token)
    context = {"form": form, "token": token, "fair": row.gathering.title, "name": link.employer.name}
    return render(request, "employment/employers/booth.html", context, status=422 if form.is_bound else 200)


def _act(request: HttpRequest, token: str, done: str, act: Any) -> HttpResponse:
    try:
        act(give(request, token))
    except Refusal as refusal:
        return turn_back_employer(request, token, refusal)
    messages.success(request, done)
    return redirect("employer_page", token)
