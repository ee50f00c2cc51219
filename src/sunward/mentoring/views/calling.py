"""A mentor calls for help for her child: one tap on the child's page, one on what has happened."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.mentoring.access import find_own_match, get_own_match
from sunward.mentoring.actions.calling import call_for_child, take_back_call
from sunward.mentoring.queries.visits import read_own_child
from sunward.safeguarding.enums import EmergencyKind
from sunward.safeguarding.forms.emergencies import CallForm
from sunward.safeguarding.queries.calls import read_call

_STOP_ASKING = 286


@require_http_methods(["GET", "POST"])
@never_cache
@allow(Role.MENTOR, writes=True)
def own_call(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    now = clock.now()
    form = CallForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        call_for_child(actor=request.actor, match_id=match_id, kind=form.cleaned_data["kind"], now=now)
        return redirect("mentoring:own_call", match_id)
    match = get_own_match(actor=request.actor, match_id=match_id, now=now)
    call = read_call(match.case, now=now, user_id=request.actor.user_id)
    context = {
        "child": read_own_child(match, request.actor),
        "call": call,
        "kinds": EmergencyKind.choices,
        "is_new": call is None or "new" in request.GET,
        "has_missed": form.is_bound,
    }
    return render(request, "mentoring/visits/call.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@allow(Role.MENTOR)
def own_call_now(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    """Whether somebody has answered; asked for every few seconds, and nothing of the child is in it."""
    match = find_own_match(actor=request.actor, match_id=match_id)
    call = read_call(match.case, now=clock.now(), user_id=request.actor.user_id)
    is_over = call is None or call.is_over
    context = {"call": call, "match_id": match_id}
    return render(request, "mentoring/visits/_call.html", context, status=_STOP_ASKING if is_over else 200)


@require_POST
@allow(Role.MENTOR, writes=True)
def own_call_mistaken(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    take_back_call(actor=request.actor, match_id=match_id, now=clock.now())
    return redirect("mentoring:own_call", match_id)
