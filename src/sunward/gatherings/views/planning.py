"""Planning a gathering: what it is, when, and who has which duty."""

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
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal, show_above
from sunward.gatherings.access import get_planned_gathering, kind_of
from sunward.gatherings.actions import planning as acts
from sunward.gatherings.declaration import GatheringKind, kinds_planned_by
from sunward.gatherings.forms.acts import StewardForm
from sunward.gatherings.forms.gathering import (
    GatheringForm,
    SessionFormSet,
    first_values,
    read_sessions,
    session_values,
)
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.page import list_templates
from sunward.gatherings.queries.stewards import steward_choices
from sunward.gatherings.queries.units import host_choices
from sunward.gatherings.roles import PLANNERS

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SESSIONS = "times"


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_new(request: SunwardRequest) -> HttpResponse:
    """First the kind, then its form. A template is another way to begin."""
    kind = _asked_kind(request)
    if kind is None:
        choices = {"kinds": kinds_planned_by(request.actor), "patterns": list_templates(request.actor)}
        return render(request, "gatherings/planning/kinds.html", choices)
    form = GatheringForm(request.POST or None, kind=kind, hosts=host_choices(request.actor, kind))
    lines = SessionFormSet(request.POST or None, prefix=SESSIONS)
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        gathering = acts.plan_gathering(
            actor=request.actor, kind=kind.code, details=form.details(), sessions=read_sessions(lines),
            on=clock.today(), now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("It is planned. Nobody else sees it before it is published."))
        return redirect("gatherings:gathering", gathering.uid)
    context = {"form": form, "lines": lines, "kind": kind, "back": reverse("gatherings:gathering_new")}
    return render(request, "gatherings/planning/new.html", context, status=422 if form.is_bound else 200)


def _asked_kind(request: SunwardRequest) -> GatheringKind | None:
    asked = request.GET.get("kind", "")
    return next((kind for kind in kinds_planned_by(request.actor) if kind.code == asked), None)


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_edit(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    gathering = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    kind = kind_of(gathering)
    form = GatheringForm(
        request.POST or None, kind=kind, hosts=host_choices(request.actor, kind), when_note=gathering.when_note,
        initial=first_values(gathering),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            acts.edit_gathering(
                actor=request.actor, gathering_id=gathering_id, version=form.cleaned_data["version"] or 0,
                details=form.details(), on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("gatherings:gathering", gathering_id)
    context = _about(gathering) | {"form": form}
    return render(request, "gatherings/planning/edit.html", context, status=422 if form.is_bound else 200)


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_sessions(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """All its times on one page; an emptied line goes away."""
    gathering = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    times = [acts.SessionTime(one.begins_at, one.ends_at, one.note) for one in gathering.sessions.all()]
    lines = SessionFormSet(request.POST or None, prefix=SESSIONS, initial=session_values(times))
    if request.method == "POST" and lines.is_valid():
        acts.set_sessions(
            actor=request.actor, gathering_id=gathering_id, version=version_of(request), sessions=read_sessions(lines),
            on=clock.today(), now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("The times are saved."))
        return redirect("gatherings:gathering", gathering_id)
    context = _about(gathering) | {"lines": lines, "version": request.POST.get("version") or gathering.version}
    return render(request, "gatherings/planning/sessions.html", context, status=422 if lines.is_bound else 200)


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_steward(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    on = clock.today()
    gathering = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    form = StewardForm(request.POST or None, users=steward_choices(gathering, on=on))
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        acts.name_steward(
            actor=request.actor, gathering_id=gathering_id, duty=form.cleaned_data["duty"],
            user_id=int(user) if user else None, name=form.cleaned_data["name"], on=on, now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("Written down."))
        return redirect("gatherings:gathering", gathering_id)
    context = _about(gathering) | {"form": form, "title": _("Give somebody a duty")}
    return render(request, "gatherings/act.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*PLANNERS, writes=True)
def gathering_steward_remove(request: SunwardRequest, gathering_id: UUID, steward_id: int) -> HttpResponse:
    acts.remove_steward(
        actor=request.actor, gathering_id=gathering_id, steward_id=steward_id, on=clock.today(), now=clock.now()
    )
    messages.success(request, _("The duty is taken back."))
    return redirect("gatherings:gathering", gathering_id)


def _about(gathering: Gathering) -> dict[str, Any]:
    return {
        "gathering": gathering,
        "name": gathering.title,
        "back": reverse("gatherings:gathering", args=[gathering.uid]),
    }
