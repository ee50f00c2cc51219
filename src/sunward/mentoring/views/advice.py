"""An expert's pages: one question, taken, given back or answered. Her home lists them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.mentoring.actions.questions import advise, give_back_question, take_question
from sunward.mentoring.experts.access import expert_questions, get_question
from sunward.mentoring.forms.questions import AdviceForm
from sunward.mentoring.queries.advice import read_advice
from sunward.mentoring.views.given_back import gives_words_back


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(Role.EXPERT, writes=True)
@gives_words_back
def advice(request: SunwardRequest, question_id: UUID) -> HttpResponse:
    """The question and the talk; her answer is looked through as the question was."""
    on, now, actor = clock.today(), clock.now(), request.actor
    form = AdviceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.try_to_say(
        lambda: advise(actor=actor, question_id=question_id, on=on, now=now, **form.said)
    ):
        messages.success(request, _("Sent. Thank you for your advice."))
        return redirect("mentoring:advice", question_id=question_id)
    question = get_question(among=expert_questions(actor), actor=actor, question_id=question_id, now=now)
    context = {"page": read_advice(question, actor, now=now), "form": form}
    return render(request, "mentoring/questions/advice.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(Role.EXPERT, writes=True)
def advice_take(request: SunwardRequest, question_id: UUID) -> HttpResponse:
    take_question(actor=request.actor, question_id=question_id, on=clock.today(), now=clock.now())
    messages.success(request, _("It is yours now."))
    return redirect("mentoring:advice", question_id=question_id)


@require_POST
@allow(Role.EXPERT, writes=True)
def advice_give_back(request: SunwardRequest, question_id: UUID) -> HttpResponse:
    give_back_question(actor=request.actor, question_id=question_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Given back. It waits for a colleague."))
    return redirect("home")
