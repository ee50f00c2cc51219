"""An employer's own page: behind a signed address and a code that the office said, without an account."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import allow_public
from sunward.core import clock
from sunward.core.own_pages import let_in
from sunward.core.refusals import Refusal, show_above
from sunward.employment.access.employer_page import get_employer_link, get_passed_employer_link, look_at_candidates
from sunward.employment.access.own_page import PassMissing
from sunward.employment.actions import employer_page as acts
from sunward.employment.forms.employer_page import CandidateForm, CodeForm, OfferForm
from sunward.employment.own_pass import PASS_MINUTES
from sunward.employment.queries.employer_page import list_candidates, read_employer_page
from sunward.employment.queries.fair_offers import list_employer_booths, list_guests
from sunward.employment.queries.vacancy_reading import read_words
from sunward.employment.views.employer_entering import COOKIE, give, says_where_employer_is_shut, turn_back_employer

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow_public()
@says_where_employer_is_shut
def employer_page(request: HttpRequest, token: str) -> HttpResponse:
    """The question for the code, or with a pass the page."""
    on = clock.today()
    if request.method == "POST":
        return _answer(request, token)
    try:
        link = get_passed_employer_link(**give(request, token))
    except PassMissing:
        get_employer_link(token=token, on=on)
        return render(request, "employment/employers/code.html", {"form": CodeForm()})
    rows, guests = list_candidates(link, on=on), list_guests(link, on=on)
    look_at_candidates(link, [*rows, *guests], on=on, now=clock.now())
    booths = list_employer_booths(link, guests, on=on, now=clock.now())
    context = {"page": read_employer_page(link, rows, on=on), "booths": booths, "token": token}
    return render(request, "employment/employers/page.html", context)


@require_POST
@never_cache
@allow_public()
@says_where_employer_is_shut
def employer_candidate(request: HttpRequest, token: str, recommendation_id: UUID) -> HttpResponse:
    form = CandidateForm(request.POST)
    if not form.is_valid():
        get_employer_link(token=token, on=clock.today())
        messages.error(request, _("Please choose an answer, and for a yes a day."))
        return redirect("employer_page", token)
    try:
        acts.answer_candidate(
            recommendation_id=recommendation_id, said=form.said(on=clock.today()), **give(request, token)
        )
    except Refusal as refusal:
        return turn_back_employer(request, token, refusal)
    messages.success(request, _("Thank you. We tell the candidate."))
    return redirect("employer_page", token)


@get_or_post
@never_cache
@allow_public()
@says_where_employer_is_shut
def employer_offer(request: HttpRequest, token: str) -> HttpResponse:
    """Something found in its wording is shown first; it may be sent all the same, and the office decides."""
    try:
        link = get_passed_employer_link(**give(request, token))
    except PassMissing as refusal:
        return turn_back_employer(request, token, refusal)
    form = OfferForm(request.POST or None)
    reading = read_words(request.POST)
    if request.method == "POST" and form.is_valid():
        if not reading.findings or request.POST.get("seen") == reading.mark:
            try:
                acts.offer_vacancy(key=form.form_key, details=form.details(link.employer), **give(request, token))
            except Refusal as refusal:
                show_above(form, refusal)
            else:
                messages.success(request, _("Sent. The office looks at it and calls you."))
                return redirect("employer_page", token)
        else:
            form.add_error(None, _("Look at what was found in its wording: change it, or send it for review."))
    context = {"form": form, "reading": reading, "token": token, "name": link.employer.name}
    return render(request, "employment/employers/offer.html", context, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    get_employer_link(token=token, on=clock.today())
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            shown = acts.answer_code(
                token=token, typed=form.cleaned_data["typed"], on=clock.today(), now=clock.now()
            )  # fmt: skip
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.add_error("typed", str(refusal.sentence))
        else:
            return let_in("employer_page", token, cookie=COOKIE, shown=shown, minutes=PASS_MINUTES)
    return render(request, "employment/employers/code.html", {"form": form}, status=422)
