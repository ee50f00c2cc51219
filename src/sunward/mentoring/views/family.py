"""The families' page itself: behind a card's address and one question, without an account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.core.own_pages import let_in, turn_back
from sunward.core.refusals import NotThere, Refusal
from sunward.mentoring.actions import family_words as acts
from sunward.mentoring.enums import FamilyWordKind
from sunward.mentoring.family_access import PassMissing, get_link, get_passed_link, look_at_page
from sunward.mentoring.forms.families import QuestionForm, WordForm
from sunward.mentoring.models import FamilyLink
from sunward.mentoring.queries.family_page import find_own_consent, read_family_page
from sunward.mentoring.rules import FAMILY_PASS_MINUTES, FAMILY_UNDO_MINUTES
from sunward.mentoring.views.shut import says_where_it_is_shut
from sunward.people.passes import asks_for_phone
from sunward.safeguarding.enums import EmergencyKind
from sunward.safeguarding.forms.emergencies import CallForm
from sunward.safeguarding.queries.calls import read_call

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_COOKIE = "sunward_family"


@get_or_post
@never_cache
@allow_public()
@says_where_it_is_shut
def family(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or with a pass the page."""
    on, now = clock.today(), clock.now()
    if request.method == "POST":
        return _answer(request, token)
    try:
        link = get_passed_link(token=token, shown=_shown(request), on=on, now=now)
    except PassMissing:
        return _ask(request, get_link(token=token, on=on), QuestionForm())
    look_at_page(link, on=on, now=now)
    context = {"page": read_family_page(link, on=on, now=now), "token": token, "kinds": FamilyWordKind}
    return render(request, "mentoring/families/page.html", context)


@require_POST
@never_cache
@allow_public()
@says_where_it_is_shut
def family_say(request: HttpRequest, token: str) -> HttpResponse:
    form = WordForm(request.POST)
    if not form.is_valid():
        get_link(token=token, on=clock.today())
        messages.error(request, _("Please write down what you would like to say."))
        return redirect("family", token)
    kind = FamilyWordKind(form.cleaned_data["kind"])
    try:
        acts.say_word(
            token=token, shown=_shown(request), kind=kind, words=form.cleaned_data["words"], on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return _turn_back(request, token, refusal)
    messages.success(request, _HEARD[kind])
    return redirect("family", token)


_HEARD = {
    FamilyWordKind.OBJECTION: _("We have heard you. The committee calls you."),
    FamilyWordKind.QUESTION: _("Your question has arrived. The answer will stand here."),
    FamilyWordKind.THANKS: _("Thank you! We pass it on."),
}


@get_or_post
@never_cache
@allow_public()
@says_where_it_is_shut
def family_consent(request: HttpRequest, token: str, consent_id: int) -> HttpResponse:
    """What ends with a consent is said first; then it ends at once."""
    on, now = clock.today(), clock.now()
    given: dict[str, Any] = {"token": token, "shown": _shown(request), "on": on, "now": now}
    try:
        if request.method == "POST":
            acts.withdraw_by_guardian(consent_id=consent_id, **given)
        else:
            link = get_passed_link(**given)
            look_at_page(link, on=on, now=now)
            consent = find_own_consent(link, consent_id, on=on, now=now)
            if consent is None:
                raise NotThere("mentoring.consent_not_there", _("This was withdrawn already."))
            context = {"consent": consent, "token": token, "child": link.case.person.name}
            return render(request, "mentoring/families/consent.html", context)
    except Refusal as refusal:
        return _turn_back(request, token, refusal)
    text = _("Withdrawn. For %(minutes)d minutes you can take it back.") % {"minutes": FAMILY_UNDO_MINUTES}
    messages.success(request, text)
    return redirect("family", token)


@require_POST
@never_cache
@allow_public()
@says_where_it_is_shut
def family_consent_undo(request: HttpRequest, token: str, consent_id: int) -> HttpResponse:
    try:
        acts.take_back_withdrawal(
            token=token, shown=_shown(request), consent_id=consent_id, on=clock.today(), now=clock.now()
        )
    except Refusal as refusal:
        return _turn_back(request, token, refusal)
    messages.success(request, _("All is as before."))
    return redirect("family", token)


@get_or_post
@never_cache
@allow_public()
@says_where_it_is_shut
def family_help(request: HttpRequest, token: str) -> HttpResponse:
    """The second tap says what has happened; afterwards the page says whether somebody is on it."""
    given: dict[str, Any] = {"token": token, "shown": _shown(request), "on": clock.today(), "now": clock.now()}
    form = CallForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_bound and form.is_valid():
            acts.call_for_help(kind=form.cleaned_data["kind"], **given)
            return redirect("family_help", token)
        link = get_passed_link(**given)
        call = read_call(link.case, now=given["now"], person_id=link.guardian_id)
    except Refusal as refusal:
        return _turn_back(request, token, refusal)
    context = {"token": token, "call": call, "kinds": EmergencyKind.choices, "office_phone": link.office_phone}
    return render(request, "mentoring/families/help.html", context, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    on, now = clock.today(), clock.now()
    link = get_link(token=token, on=on)
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
    return let_in("family", token, cookie=_COOKIE, shown=shown, minutes=FAMILY_PASS_MINUTES)


def _ask(request: HttpRequest, link: FamilyLink, form: QuestionForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "asks_for_phone": asks_for_phone(link.guardian)}
    return render(request, "mentoring/families/question.html", context, status=status)


def _turn_back(request: HttpRequest, token: str, refusal: Refusal) -> HttpResponse:
    """Back to the page, which asks again if the pass is over."""
    return turn_back(request, reverse("family", args=[token]), refusal)


def _shown(request: HttpRequest) -> str:
    return request.COOKIES.get(_COOKIE, "")
