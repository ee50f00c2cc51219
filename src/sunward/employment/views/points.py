"""Leye Spaces: the list, one of them, and what is changed of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.employment.access.points import POINT_ROLES, get_own_point, get_point
from sunward.employment.actions import points as acts
from sunward.employment.actions import space_advisers
from sunward.employment.forms.points import AdviserForm, NewPointForm, PointForm
from sunward.employment.queries.appointments import adviser_choices
from sunward.employment.queries.points import list_points, point_unit_choices, read_point

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(*POINT_ROLES)
def points(request: SunwardRequest) -> HttpResponse:
    rows = list_points(request.actor, now=clock.now())
    may_add = bool(point_unit_choices(request.actor))
    return render(request, "employment/points/list.html", {"rows": rows, "may_add": may_add})


@require_safe
@allow(*POINT_ROLES)
def point(request: SunwardRequest, point_id: UUID) -> HttpResponse:
    row = get_point(actor=request.actor, point_id=point_id)
    page = read_point(row, request.actor, now=clock.now())
    return render(request, "employment/points/point.html", {"page": page})


@get_or_post
@allow(*POINT_ROLES, writes=True)
def point_new(request: SunwardRequest) -> HttpResponse:
    form = NewPointForm(request.POST or None, units=point_unit_choices(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.add_point(
                actor=request.actor, key=form.cleaned_data["key"], unit_code=form.cleaned_data["unit"],
                details=form.details(), on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Written down. Add the times at which people can come next."))
            return redirect("employment:point", row.uid)
    context = {"form": form, "title": _("Add a Leye Space")}
    return render(request, "employment/points/form.html", context, status=422 if form.is_bound else 200)


@get_or_post
@allow(*POINT_ROLES, writes=True)
def point_edit(request: SunwardRequest, point_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    row = get_own_point(actor=request.actor, point_id=point_id)
    shown = {name: getattr(row, name) for name in PointForm.base_fields}
    fresh = PointForm(initial=shown)
    context: dict[str, Any] = {
        "point": row,
        "name": row.name,
        "version": row.version,
        "title": _("Change the Leye Space"),
    }
    if request.method != "POST":
        return render(request, "employment/points/form.html", context | {"form": fresh})
    form = PointForm(take_choices(request.POST))
    if form.is_valid():
        try:
            acts.change_point(
                actor=request.actor, point_id=point_id, version=version_of(request), details=form.details(),
                on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Conflict as conflict:
            if conflict.code != acts.CHANGED_MEANWHILE:
                raise
            context["merge"] = merge(form, fresh, version=row.version)
            return render(request, "core/merge.html", context, status=409)
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("employment:point", point_id)
    context |= {"form": form, "version": request.POST.get("version", "")}
    return render(request, "employment/points/form.html", context, status=422)


@require_POST
@allow(*POINT_ROLES, writes=True)
def point_open(request: SunwardRequest, point_id: UUID, verb: str) -> HttpResponse:
    """Closed, or open again; each undoes the other."""
    act, word = {
        "close": (acts.close_point, _("Closed. Nobody new is booked in there; you can open it again on this page.")),
        "reopen": (acts.reopen_point, _("Open again.")),
    }[verb]
    act(actor=request.actor, point_id=point_id, version=version_of(request), on=clock.today(), now=clock.now())
    messages.success(request, word)
    return redirect("employment:point", point_id)


@get_or_post
@allow(*POINT_ROLES, writes=True)
def point_adviser_new(request: SunwardRequest, point_id: UUID) -> HttpResponse:
    row = get_own_point(actor=request.actor, point_id=point_id)
    form = AdviserForm(request.POST or None, officers=adviser_choices(row, on=clock.today()))
    if request.method == "POST" and form.is_valid():
        try:
            space_advisers.name_adviser(
                actor=request.actor, point_id=point_id, key=form.cleaned_data["key"], details=form.details(),
                on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("employment:point", point_id)
    context = {"form": form, "point": row, "title": _("Name an adviser")}
    return render(request, "employment/points/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*POINT_ROLES, writes=True)
def point_adviser(request: SunwardRequest, point_id: UUID, adviser_id: UUID, verb: str) -> HttpResponse:
    """Ended, or there again; each undoes the other."""
    act, word = {
        "end": (space_advisers.end_adviser, _("Ended. You can take it back on this page.")),
        "restore": (space_advisers.restore_adviser, _("Taken back.")),
    }[verb]
    try:
        act(
            actor=request.actor, point_id=point_id, adviser_id=adviser_id, version=version_of(request),
            on=clock.today(), now=clock.now(),
        )  # fmt: skip
    except Conflict as conflict:
        messages.warning(request, str(conflict.sentence))
    else:
        messages.success(request, word)
    return redirect("employment:point", point_id)
