"""The stops of an outing: one form for each, and buttons that move it or take it out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_planned_gathering
from sunward.gatherings.actions.stops import Towards, refuse_without_stops, stop_not_there
from sunward.gatherings.forms.stops import StopForm, stop_values
from sunward.gatherings.models import Gathering
from sunward.gatherings.roles import PLANNERS

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@allow(*PLANNERS, writes=True)
def stop_new(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    gathering = _get_with_stops(request, gathering_id)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _try(form, lambda: acts.add_stop(
            actor=request.actor, gathering_id=gathering_id, version=_version(request), details=form.details(),
            now=clock.now(),
        ))  # fmt: skip
        if done:
            messages.success(request, _("The stop is added."))
            return _back(gathering_id)
    return _show(request, gathering, form, title=_("Add a stop"))


@get_or_post
@allow(*PLANNERS, writes=True)
def stop_edit(request: SunwardRequest, gathering_id: UUID, stop_id: int) -> HttpResponse:
    gathering = _get_with_stops(request, gathering_id)
    stop = gathering.stops.filter(pk=stop_id).first()
    if stop is None:
        raise stop_not_there()
    form = StopForm(request.POST or None, initial=stop_values(stop))
    if request.method == "POST" and form.is_valid():
        done = _try(form, lambda: acts.change_stop(
            actor=request.actor, gathering_id=gathering_id, stop_id=stop_id, version=_version(request),
            details=form.details(), now=clock.now(),
        ))  # fmt: skip
        if done:
            messages.success(request, _("Saved."))
            return _back(gathering_id)
    return _show(request, gathering, form, title=_("Change the stop"))


@require_POST
@allow(*PLANNERS, writes=True)
def stop_move(request: SunwardRequest, gathering_id: UUID, stop_id: int) -> HttpResponse:
    towards = Towards.EARLIER if request.POST.get("towards") == Towards.EARLIER else Towards.LATER
    acts.move_stop(
        actor=request.actor, gathering_id=gathering_id, stop_id=stop_id, version=_version(request), towards=towards,
        now=clock.now(),
    )  # fmt: skip
    return _back(gathering_id)


@require_POST
@allow(*PLANNERS, writes=True)
def stop_remove(request: SunwardRequest, gathering_id: UUID, stop_id: int) -> HttpResponse:
    acts.remove_stop(
        actor=request.actor, gathering_id=gathering_id, stop_id=stop_id, version=_version(request), now=clock.now()
    )
    messages.success(request, _("The stop is taken out."))
    return _back(gathering_id)


def _get_with_stops(request: SunwardRequest, gathering_id: UUID) -> Gathering:
    gathering = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    refuse_without_stops(gathering)
    return gathering


def _back(gathering_id: UUID) -> HttpResponse:
    return redirect(reverse("gatherings:gathering", args=[gathering_id]) + "#stops")


def _show(request: SunwardRequest, gathering: Gathering, form: StopForm, *, title: Any) -> HttpResponse:
    context = {
        "gathering": gathering, "name": gathering.title, "form": form, "title": title,
        "version": request.POST.get("version") or gathering.version,
        "back": reverse("gatherings:gathering", args=[gathering.uid]),
    }  # fmt: skip
    return render(request, "gatherings/act.html", context, status=422 if form.is_bound else 200)


def _try(form: StopForm, act: Any) -> bool:
    """What the act refuses of what was typed stands above the form, with everything typed still in it."""
    try:
        act()
    except Refusal as refusal:
        if refusal.status != Refusal.status:
            raise
        form.add_error(None, str(refusal.sentence))
        return False
    return True


def _version(request: SunwardRequest) -> int:
    """The version that the person saw."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0
