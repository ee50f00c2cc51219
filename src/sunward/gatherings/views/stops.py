"""The stops of an outing: one form for each, and buttons that move it, take it out and bring it back."""

from collections.abc import Sequence
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
from sunward.core.furniture import Fact
from sunward.core.refusals import NotThere, Refusal, show_above
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_planned_gathering
from sunward.gatherings.actions.stops import StopChanged, Towards, details_of, refuse_without_stops, stop_not_there
from sunward.gatherings.forms.stops import StopForm, shown_again, stop_values
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.stops import newest_stop
from sunward.gatherings.roles import PLANNERS
from sunward.gatherings.taken_stops import forget_taken, keep_taken, list_taken

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@allow(*PLANNERS, writes=True)
def stop_new(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    gathering = _get_with_stops(request, gathering_id)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.add_stop(
                actor=request.actor, gathering_id=gathering_id, after=_number(request, "after"),
                details=form.details(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("The stop is added."))
            return _back(gathering_id)
    return _show(request, gathering, form, title=_("Add a stop"))


@get_or_post
@allow(*PLANNERS, writes=True)
def stop_edit(request: SunwardRequest, gathering_id: UUID, stop_id: int) -> HttpResponse:
    gathering = _get_with_stops(request, gathering_id)
    stop = gathering.stops.filter(pk=stop_id).first()
    form = StopForm(request.POST or None, initial=stop_values(details_of(stop)) if stop else None)
    if stop is None:
        return _show_gone(request, gathering, form)
    theirs: list[Fact] = []
    if request.method == "POST" and form.is_valid():
        try:
            acts.change_stop(
                actor=request.actor, gathering_id=gathering_id, stop_id=stop_id, seen=form.seen(),
                details=form.details(), now=clock.now(),
            )  # fmt: skip
        except StopChanged as changed:
            form = shown_again(changed.mine, changed.there)
            form.add_error(None, str(changed.sentence))
            theirs = [Fact(form.fields[name].label or name, getattr(changed.there, name)) for name in changed.disputed]
        except NotThere:
            # Taken out between the look and the lock.
            return _show_gone(request, gathering, form)
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return _back(gathering_id)
    return _show(request, gathering, form, title=_("Change the stop"), theirs=theirs)


@require_POST
@allow(*PLANNERS, writes=True)
def stop_move(request: SunwardRequest, gathering_id: UUID, stop_id: int) -> HttpResponse:
    towards = Towards.EARLIER if request.POST.get("towards") == Towards.EARLIER else Towards.LATER
    acts.move_stop(
        actor=request.actor, gathering_id=gathering_id, stop_id=stop_id, number=_number(request, "number"),
        towards=towards, now=clock.now(),
    )  # fmt: skip
    return _back(gathering_id)


@require_POST
@allow(*PLANNERS, writes=True)
def stop_remove(request: SunwardRequest, gathering_id: UUID, stop_id: int) -> HttpResponse:
    """Its page says that it is gone, with the button that brings it back."""
    now = clock.now()
    gathering = _get_with_stops(request, gathering_id)
    taken = acts.remove_stop(actor=request.actor, gathering_id=gathering_id, stop_id=stop_id, now=now)
    keep_taken(request.session, gathering, taken, now=now)
    return _back(gathering_id)


@require_POST
@allow(*PLANNERS, writes=True)
def stop_bring_back(request: SunwardRequest, gathering_id: UUID, stop_id: int) -> HttpResponse:
    now = clock.now()
    gathering = _get_with_stops(request, gathering_id)
    taken = next((one for one in list_taken(request.session, gathering.pk, now=now) if one.id == stop_id), None)
    if taken is None and not gathering.stops.filter(pk=stop_id).exists():
        raise Refusal("gatherings.stop_gone", _("This stop cannot be brought back any more. Please add it anew."))
    if taken is not None:
        acts.bring_back_stop(actor=request.actor, gathering_id=gathering_id, taken=taken, now=now)
        forget_taken(request.session, stop_id)
    messages.success(request, _("The stop is back."))
    return _back(gathering_id)


def _get_with_stops(request: SunwardRequest, gathering_id: UUID) -> Gathering:
    gathering = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    refuse_without_stops(gathering)
    return gathering


def _back(gathering_id: UUID) -> HttpResponse:
    return redirect(reverse("gatherings:gathering", args=[gathering_id]) + "#stops")


def _show(
    request: SunwardRequest,
    gathering: Gathering,
    form: StopForm,
    *,
    title: Any,
    theirs: Sequence[Fact] = (),
    action: str = "",
    status: int = 422,
) -> HttpResponse:
    """`action`: where the form goes, if not to this page. `after` tells a form that is sent twice from a second one."""
    context = {
        "gathering": gathering, "name": gathering.title, "form": form, "title": title, "theirs": theirs,
        "action": action, "after": _number(request, "after") or newest_stop(gathering),
        "back": reverse("gatherings:gathering", args=[gathering.uid]) + "#stops",
    }  # fmt: skip
    shown_as = 409 if theirs else status
    return render(request, "gatherings/planning/stop.html", context, status=shown_as if form.is_bound else 200)


def _show_gone(request: SunwardRequest, gathering: Gathering, form: StopForm) -> HttpResponse:
    """Somebody has taken the stop out while words were written for it: they are kept, as those of a new one."""
    if request.method != "POST" or not form.is_valid():
        raise stop_not_there()
    kept = StopForm(form.data)
    kept.is_valid()
    kept.add_error(None, _("Somebody has taken this stop out. If you save, your words become a new stop at the end."))
    new = reverse("gatherings:stop_new", args=[gathering.uid])
    return _show(request, gathering, kept, title=_("Add a stop"), action=new, status=409)


def _number(request: SunwardRequest, name: str) -> int:
    """What the page that was open knew; what is no number is none."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() else 0
