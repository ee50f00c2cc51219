"""A jobseeker's own page: behind a signed address and one question, without an account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.core.own_pages import let_in
from sunward.core.refusals import Refusal
from sunward.employment.access.own_page import PassMissing, get_own_link, get_passed_own_link, look_at_own_page
from sunward.employment.actions import own_page as acts
from sunward.employment.actions.service_feedback import say_own_feedback
from sunward.employment.enums import NextStep, StepKind
from sunward.employment.forms.own_page import AnswerForm, AskForm, FeedbackForm, QuestionForm, ShareForm
from sunward.employment.models import JobseekerLink
from sunward.employment.own_pass import PASS_MINUTES
from sunward.employment.queries.own_page import read_own_page, read_own_vacancy
from sunward.employment.queries.unseen_applications import read_share_question
from sunward.employment.views.own_entering import (
    COOKIE,
    given,
    says_where_own_is_shut,
    shown_pass,
    turn_back_own,
)
from sunward.people.passes import asks_for_phone

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_HEARD = {
    StepKind.LIKED: _("Noted. Your employment officer calls you."),
    StepKind.DISMISSED: _("Noted. We look for something else."),
    StepKind.APPLIED: _("You have applied. The employer now sees your name, schooling and experience."),
    StepKind.INTERVIEWED: _("Noted. Good luck!"),
    StepKind.DECLINED: _("Noted. We tell the employer."),
}


@get_or_post
@never_cache
@allow_public()
@says_where_own_is_shut
def own_page(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or with a pass the page."""
    on, now = clock.today(), clock.now()
    if request.method == "POST":
        return _answer(request, token)
    try:
        link = get_passed_own_link(token=token, shown=shown_pass(request), on=on, now=now)
    except PassMissing:
        return _ask(request, get_own_link(token=token, on=on), QuestionForm())
    look_at_own_page(link, on=on, now=now)
    context = {"page": read_own_page(link, on=on, now=now), "token": token, "kinds": NextStep, "five": range(1, 6)}
    return render(request, "employment/own/page.html", context)


@require_safe
@never_cache
@allow_public()
@says_where_own_is_shut
def own_vacancy(request: HttpRequest, token: str, recommendation_id: UUID) -> HttpResponse:
    try:
        row = acts.read_own(recommendation_id=recommendation_id, **given(request, token))
    except PassMissing as refusal:
        return turn_back_own(request, token, refusal)
    context = {"page": read_own_vacancy(row, on=clock.today()), "asked": read_share_question(row), "token": token}
    return render(request, "employment/own/vacancy.html", context)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_say(request: HttpRequest, token: str, recommendation_id: UUID) -> HttpResponse:
    form = AnswerForm(request.POST)
    back = reverse("own_vacancy", args=[token, recommendation_id])
    if not form.is_valid():
        get_own_link(token=token, on=clock.today())
        messages.error(request, _("Please choose an answer."))
        return redirect(back)
    kind = StepKind(form.cleaned_data["kind"])
    try:
        acts.say_own(
            recommendation_id=recommendation_id, kind=kind, reason=form.cleaned_data["reason"],
            **given(request, token),
        )  # fmt: skip
    except Refusal as refusal:
        return turn_back_own(request, token, refusal, back=back)
    messages.success(request, _HEARD.get(kind, _("Noted.")))
    return redirect(back)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_share(request: HttpRequest, token: str, recommendation_id: UUID) -> HttpResponse:
    form = ShareForm(request.POST)
    back = reverse("own_vacancy", args=[token, recommendation_id])
    if not form.is_valid():
        get_own_link(token=token, on=clock.today())
        return redirect(back)
    try:
        row = acts.share_own(
            recommendation_id=recommendation_id, employer=form.cleaned_data["employer"], **given(request, token)
        )
    except Refusal as refusal:
        return turn_back_own(request, token, refusal, back=back)
    said = _("%(employer)s now sees your name, schooling and experience.")
    messages.success(request, said % {"employer": row.vacancy.employer.name})
    return redirect(back)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_take_back(request: HttpRequest, token: str, recommendation_id: UUID) -> HttpResponse:
    back = reverse("own_vacancy", args=[token, recommendation_id])
    try:
        acts.take_back_own(recommendation_id=recommendation_id, **given(request, token))
    except Refusal as refusal:
        return turn_back_own(request, token, refusal, back=back)
    messages.success(request, _("Taken back."))
    return redirect(back)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_ask(request: HttpRequest, token: str) -> HttpResponse:
    form = AskForm(request.POST)
    if not form.is_valid():
        get_own_link(token=token, on=clock.today())
        messages.error(request, _("Please write it in fewer words."))
        return redirect("own_page", token)
    kind = NextStep(form.cleaned_data["kind"])
    try:
        acts.ask_own(kind=kind, words=form.cleaned_data["words"], **given(request, token))
    except Refusal as refusal:
        return turn_back_own(request, token, refusal)
    messages.success(request, _("We have heard you. Somebody calls you within two days."))
    return redirect("own_page", token)


@require_POST
@never_cache
@allow_public()
@says_where_own_is_shut
def own_feedback(request: HttpRequest, token: str, record_id: UUID) -> HttpResponse:
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        get_own_link(token=token, on=clock.today())
        messages.error(request, _("Please choose from one to five."))
        return redirect("own_page", token)
    try:
        say_own_feedback(record_id=record_id, **form.cleaned_data, **given(request, token))
    except Refusal as refusal:
        return turn_back_own(request, token, refusal)
    messages.success(request, _("Thank you. It helps us to do better."))
    return redirect("own_page", token)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    on, now = clock.today(), clock.now()
    link = get_own_link(token=token, on=on)
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return _ask(request, link, form, status=422)
    try:
        shown = acts.answer_question(token=token, typed=form.cleaned_data["typed"], on=on, now=now)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.add_error("typed", str(refusal.sentence))
        return _ask(request, link, form, status=422)
    return let_in("own_page", token, cookie=COOKIE, shown=shown, minutes=PASS_MINUTES)


def _ask(request: HttpRequest, link: JobseekerLink, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "asks_for_phone": asks_for_phone(link.case.person)}
    return render(request, "employment/own/question.html", context, status=status)
