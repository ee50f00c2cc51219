"""Signing somebody up at the desk, and taking somebody off."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_open_gathering, get_sign_up
from sunward.gatherings.forms.acts import WithdrawForm
from sunward.gatherings.forms.signing_up import GuestFormSet, chosen_persons, read_guests, read_key
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.candidates import find_candidates, party_size, read_heads
from sunward.gatherings.queries.company import name_of
from sunward.gatherings.queries.wording import say_outcome
from sunward.gatherings.roles import PLANNERS

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*PLANNERS, writes=True)
def sign_up_new(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """Choose persons, add guests, sign them up together. The form's key makes a second press the same as the first."""
    gathering = get_open_gathering(actor=request.actor, gathering_id=gathering_id)
    lines = GuestFormSet(request.POST or None, prefix="guest")
    if request.method != "POST":
        return _ask(request, gathering, lines=lines)
    if not lines.is_valid():
        return _ask(request, gathering, lines=lines, status=422)
    try:
        heads = [*read_heads(gathering, request.actor, chosen_persons(request.POST)), *read_guests(lines)]
        rows = acts.sign_up(
            actor=request.actor, gathering_id=gathering_id, heads=heads, on=clock.today(), now=clock.now(),
            party=read_key(request.POST.get("party", "")) or uuid4(),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status != Refusal.status:
            raise
        return _ask(request, gathering, lines=lines, status=422, sentence=refusal.sentence)
    messages.success(request, say_outcome(rows))
    return redirect("gatherings:gathering", gathering_id)


def _ask(
    request: SunwardRequest, gathering: Gathering, *, lines: Any, status: int = 200, sentence: Any = ""
) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    words = typed.get("q", "").strip()
    context = {
        "gathering": gathering,
        "name": gathering.title,
        "back": reverse("gatherings:gathering", args=[gathering.uid]),
        "lines": lines,
        "words": words,
        "candidates": find_candidates(gathering, request.actor, words=words, chosen=chosen_persons(typed)),
        "party": typed.get("party") or uuid4(),
        "sentence": sentence,
    }
    return render(request, "gatherings/signing_up/new.html", context, status=status)


@require_safe
@never_cache
@allow(*PLANNERS)
def sign_up_persons(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """The persons that answer to what is being typed, those chosen before first: a part of the page above."""
    gathering = get_open_gathering(actor=request.actor, gathering_id=gathering_id)
    words = request.GET.get("q", "").strip()
    found = find_candidates(gathering, request.actor, words=words, chosen=chosen_persons(request.GET))
    return render(request, "gatherings/signing_up/_candidates.html", {"candidates": found, "words": words})


@get_or_post
@never_cache
@allow(*PLANNERS, writes=True)
def sign_up_withdraw(request: SunwardRequest, gathering_id: UUID, sign_up_id: UUID) -> HttpResponse:
    gathering, row = get_sign_up(actor=request.actor, gathering_id=gathering_id, sign_up_id=sign_up_id)
    form = WithdrawForm(request.POST or None, is_alone=party_size(row) == 1)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {
            "actor": request.actor, "gathering_id": gathering_id, "on": clock.today(), "now": clock.now(),
            "reason": form.cleaned_data["reason"],
        }  # fmt: skip
        if form.cleaned_data.get("whom") == "party":
            acts.withdraw_party(party=row.party, **given)
        else:
            acts.withdraw_one(sign_up_id=sign_up_id, **given)
        messages.success(request, _("Withdrawn. Whoever waited longest has moved up if there was room."))
        return redirect("gatherings:gathering", gathering_id)
    context = {
        "gathering": gathering,
        "name": gathering.title,
        "back": reverse("gatherings:gathering", args=[gathering_id]),
        "form": form,
        "title": _("Withdraw %(name)s") % {"name": name_of(row)},
        "is_dangerous": True,
    }
    return render(request, "gatherings/act.html", context, status=422 if form.is_bound else 200)
