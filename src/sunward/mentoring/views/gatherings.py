"""A mentor's gatherings on her phone: with her child, or for herself; both go as they came, together."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.gatherings.access import get_sign_up
from sunward.gatherings.actions import withdraw_party
from sunward.gatherings.forms.signing_up import CompanionFormSet, read_guests, read_key
from sunward.gatherings.models import SignUp
from sunward.gatherings.queries.wording import say_outcome
from sunward.mentoring.actions.gatherings import sign_up_myself, sign_up_pair
from sunward.mentoring.queries.own_gatherings import (
    OwnPage,
    list_own_gatherings,
    list_past_gatherings,
    read_own_gathering,
)


@require_safe
@never_cache
@allow(Role.MENTOR)
def own_gatherings(request: SunwardRequest) -> HttpResponse:
    context = {
        "gatherings": list_own_gatherings(request.actor),
        "past": list_past_gatherings(request.actor, on=clock.today()),
    }
    return render(request, "mentoring/gatherings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(Role.MENTOR, writes=True)
def own_gathering(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """What it is, her places, and the form to join. The form's key makes a second press the same as the first."""
    page = read_own_gathering(request.actor, gathering_id=gathering_id, now=clock.now())
    lines = CompanionFormSet(request.POST or None, prefix="companion")
    context: dict[str, Any] = {"page": page, "lines": lines, "party": request.POST.get("party") or uuid4()}
    if request.method != "POST":
        return render(request, "mentoring/gatherings/gathering.html", context)
    if lines.is_valid():
        try:
            rows = _sign_up(request, page, lines)
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                raise
            context["sentence"] = refusal.sentence
        else:
            messages.success(request, say_outcome(rows))
            return redirect("mentoring:own_gathering", gathering_id)
    return render(request, "mentoring/gatherings/gathering.html", context, status=422)


def _sign_up(request: SunwardRequest, page: OwnPage, lines: Any) -> list[SignUp]:
    given: dict[str, Any] = {
        "actor": request.actor, "gathering_id": page.gathering.uid, "on": clock.today(), "now": clock.now(),
        "party": read_key(request.POST.get("party", "")) or uuid4(), "companions": read_guests(lines),
    }  # fmt: skip
    if not page.gathering.is_with_child:
        return sign_up_myself(**given)
    match_id = read_key(request.POST.get("match", ""))
    if match_id is None:
        raise Refusal("mentoring.no_child_chosen", _("Choose which child comes along."))
    return sign_up_pair(match_id=match_id, **given)


@require_POST
@allow(Role.MENTOR, writes=True)
def own_gathering_withdraw(request: SunwardRequest, gathering_id: UUID, sign_up_id: UUID) -> HttpResponse:
    """All who came together with this one."""
    _gathering, row = get_sign_up(actor=request.actor, gathering_id=gathering_id, sign_up_id=sign_up_id)
    withdraw_party(actor=request.actor, gathering_id=gathering_id, party=row.party, on=clock.today(), now=clock.now())
    messages.success(request, _("You are taken off. Somebody who waited may move up now."))
    return redirect("mentoring:own_gathering", gathering_id)
