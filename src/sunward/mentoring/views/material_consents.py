"""A question becomes a material: made general, then those who wrote in it are asked, and each answers for herself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow, allow_any_role
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict
from sunward.mentoring.actions.material_consents import answer_consent, ask_for_consent, make_general
from sunward.mentoring.experts.access import get_question
from sunward.mentoring.experts.enums import MaterialKind
from sunward.mentoring.forms.library import MaterialForm
from sunward.mentoring.library.access import KEEPING_ROLES, general_questions
from sunward.mentoring.models import Material
from sunward.mentoring.queries import library as shelf
from sunward.mentoring.views.saved_before import show_saved_before

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*KEEPING_ROLES, writes=True)
def material_of_question(request: SunwardRequest, question_id: UUID) -> HttpResponse:
    """All that was said stands in the form: the keeper takes out what is only of this child."""
    actor, now = request.actor, clock.now()
    question = get_question(among=general_questions(actor), actor=actor, question_id=question_id, now=now)
    made = shelf.find_made(question, actor)
    if made is not None and request.method != "POST":
        return redirect("mentoring:material", made)
    opened = {"field": question.field, "words": shelf.first_words(question)}
    typed = request.POST if request.method == "POST" else None
    form = MaterialForm(typed, initial=opened, kind=MaterialKind.QUESTION)
    context = {"form": form, "title": _("Make a material of a question"), "reference": question.reference}
    written: list[Material] = []
    try:
        is_said = form.is_bound and form.try_to_say(
            lambda: written.append(
                make_general(
                    actor=actor, question_id=question_id, key=form.cleaned_data["key"], said=form.material, now=now
                )
            )
        )
    except Conflict as conflict:
        # Another keeper may have saved hers since this page was asked for.
        made = shelf.find_made(question, actor)
        return show_saved_before(request, form, conflict, context, made=made)
    if is_said:
        messages.success(request, _("Saved. Now ask those who wrote in it: it is published once all agree."))
        return redirect("mentoring:material", written[0].uid)
    return render(request, "mentoring/library/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*KEEPING_ROLES, writes=True)
def material_ask(request: SunwardRequest, material_id: UUID) -> HttpResponse:
    ask_for_consent(actor=request.actor, material_id=material_id, version=version_of(request), now=clock.now())
    messages.success(
        request, _("Everybody who wrote in it is asked. The text stays as it is until they have answered.")
    )
    return redirect("mentoring:material", material_id)


@get_or_post
@never_cache
@allow_any_role(writes=True)
def material_consent(request: SunwardRequest, consent_id: UUID) -> HttpResponse:
    """Whatever her post is today, her words are hers."""
    if request.method == "POST" and (said := request.POST.get("answer")) in ("yes", "no"):
        answer_consent(actor=request.actor, consent_id=consent_id, is_given=said == "yes", now=clock.now())
        messages.success(
            request,
            _("Thank you. You can take it back here at any time.")
            if said == "yes"
            else _("Noted: nobody reads it. You can change your mind here at any time."),
        )
        return redirect("mentoring:material_consent", consent_id)
    page = shelf.read_own_consent(request.actor, consent_id=consent_id)
    return render(
        request, "mentoring/library/consent.html", {"page": page}, status=422 if request.method == "POST" else 200
    )
