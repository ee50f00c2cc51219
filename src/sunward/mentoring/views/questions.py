"""Asking the expert team: the neighbour mom about her own child, the staff from a child's file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.casework.models import Case
from sunward.core import clock
from sunward.mentoring.access import find_child, find_own_match, get_child, get_own_match
from sunward.mentoring.actions.questions import (
    ask_about_file,
    ask_about_own_child,
    ask_on,
    bring_back_question,
    settle_question,
)
from sunward.mentoring.experts.enums import QuestionState
from sunward.mentoring.forms.questions import QuestionForm, TurnForm
from sunward.mentoring.models import Match, Question
from sunward.mentoring.queries.library import may_make_general
from sunward.mentoring.queries.questions import find_own_question, find_question, list_own_questions, read_talk
from sunward.mentoring.views.given_back import gives_words_back

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@never_cache
@allow(Role.MENTOR)
def own_questions(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    match = get_own_match(actor=request.actor, match_id=match_id, now=clock.now())
    context = _of_match(match) | {"rows": list_own_questions(match, request.actor)}
    return render(request, "mentoring/questions/list.html", context)


@get_or_post
@never_cache
@allow(Role.MENTOR, writes=True)
@gives_words_back
def own_question_new(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.try_to_say(
        lambda: ask_about_own_child(actor=request.actor, match_id=match_id, asked=form.asked, on=on, now=now)
    ):
        messages.success(request, _("Sent. The answer will stand here."))
        return redirect("mentoring:own_questions", match_id=match_id)
    match = get_own_match(actor=request.actor, match_id=match_id, now=now)
    return _shown(request, "mentoring/questions/ask.html", form, _of_match(match))


@get_or_post
@never_cache
@allow(Role.MENTOR, writes=True)
@gives_words_back
def own_question(request: SunwardRequest, match_id: UUID, question_id: UUID) -> HttpResponse:
    """The talk, and a word more under it."""
    form = TurnForm(request.POST if request.method == "POST" else None)
    now = clock.now()
    match = find_own_match(actor=request.actor, match_id=match_id)
    question = find_own_question(match, request.actor, question_id=question_id)
    if request.method == "POST" and _added(request, form, question):
        return redirect(request.path)
    match = get_own_match(actor=request.actor, match_id=match_id, now=now)
    talk = {"talk": read_talk(question, request.actor, now=now)}
    return _shown(request, "mentoring/questions/talk.html", form, _of_match(match) | talk)


@require_POST
@allow(Role.MENTOR, writes=True)
def own_question_settle(request: SunwardRequest, match_id: UUID, question_id: UUID) -> HttpResponse:
    match = find_own_match(actor=request.actor, match_id=match_id)
    if _settle(request, find_own_question(match, request.actor, question_id=question_id)):
        return redirect("mentoring:own_questions", match_id=match_id)
    return redirect("mentoring:own_question", match_id=match_id, question_id=question_id)


@require_POST
@allow(Role.MENTOR, writes=True)
def own_question_bring_back(request: SunwardRequest, match_id: UUID, question_id: UUID) -> HttpResponse:
    match = find_own_match(actor=request.actor, match_id=match_id)
    _bring_back(request, find_own_question(match, request.actor, question_id=question_id))
    return redirect("mentoring:own_question", match_id=match_id, question_id=question_id)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
@gives_words_back
def child_question_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.try_to_say(
        lambda: ask_about_file(actor=request.actor, case_id=case_id, asked=form.asked, on=on, now=now)
    ):
        messages.success(request, _("Sent. The answer will stand here."))
        return redirect("mentoring:child", case_id=case_id)
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    return _shown(request, "mentoring/questions/ask.html", form, _of_case(case))


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
@gives_words_back
def child_question(request: SunwardRequest, case_id: UUID, question_id: UUID) -> HttpResponse:
    form = TurnForm(request.POST if request.method == "POST" else None)
    now = clock.now()
    case = find_child(actor=request.actor, case_id=case_id)
    question = find_question(case, request.actor, question_id=question_id)
    if request.method == "POST" and _added(request, form, question):
        return redirect(request.path)
    case = get_child(actor=request.actor, case_id=case_id, purpose="open", now=now)
    talk = {
        "talk": read_talk(question, request.actor, now=now),
        "may_make_general": may_make_general(question, request.actor),
    }
    return _shown(request, "mentoring/questions/talk.html", form, _of_case(case) | talk)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_question_settle(request: SunwardRequest, case_id: UUID, question_id: UUID) -> HttpResponse:
    case = find_child(actor=request.actor, case_id=case_id)
    if _settle(request, find_question(case, request.actor, question_id=question_id)):
        return redirect("mentoring:child", case_id=case_id)
    return redirect("mentoring:child_question", case_id=case_id, question_id=question_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_question_bring_back(request: SunwardRequest, case_id: UUID, question_id: UUID) -> HttpResponse:
    case = find_child(actor=request.actor, case_id=case_id)
    _bring_back(request, find_question(case, request.actor, question_id=question_id))
    return redirect("mentoring:child_question", case_id=case_id, question_id=question_id)


def _added(request: SunwardRequest, form: TurnForm, question: Question) -> bool:
    on, now = clock.today(), clock.now()
    is_said = form.try_to_say(
        lambda: ask_on(actor=request.actor, question_id=question.uid, on=on, now=now, **form.said)
    )
    if is_said:
        messages.success(request, _("Sent. The answer will stand here."))
    return is_said


def _settle(request: SunwardRequest, question: Question) -> bool:
    """Whether that is all; where it was taken back, its own page says so and offers the way back."""
    settled = settle_question(actor=request.actor, question_id=question.uid, on=clock.today(), now=clock.now())
    if settled.state == QuestionState.WITHDRAWN:
        return False
    messages.success(request, _("Settled. It stays here to be read again."))
    return True


def _bring_back(request: SunwardRequest, question: Question) -> None:
    bring_back_question(actor=request.actor, question_id=question.uid, on=clock.today(), now=clock.now())
    messages.success(request, _("It is with the experts again."))


def _of_match(match: Match) -> dict[str, Any]:
    return {"match_id": match.uid, "name": match.case.person.name}


def _of_case(case: Case) -> dict[str, Any]:
    return {"case_id": case.uid, "name": case.person.name, "reference": case.reference}


def _shown(request: SunwardRequest, template: str, form: TurnForm, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context | {"form": form}, status=422 if form.is_bound else 200)
