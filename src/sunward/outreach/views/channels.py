"""Channels: how they fare, setting one up, trying it out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.furniture import Tab
from sunward.core.posted import version_of
from sunward.core.refusals import NotThere
from sunward.outreach.access import OUTREACH_ROLES, get_channel
from sunward.outreach.actions import add_channel, change_channel, replace_key, set_channel_active
from sunward.outreach.actions.trying import try_channel
from sunward.outreach.enums import ChannelKind
from sunward.outreach.forms.channels import GUIDES, ChannelForm, guides
from sunward.outreach.queries.channel_pages import list_channels, read_channel, unit_choices

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def tabs(current: str) -> tuple[Tab, ...]:
    parts = (("groups", _("Groups")), ("channels", _("Channels")))
    return tuple(Tab(label, reverse(f"outreach:{code}"), code == current) for code, label in parts)


@require_safe
@allow(*OUTREACH_ROLES)
def channels(request: SunwardRequest) -> HttpResponse:
    rows = list_channels(request.actor, now=clock.now())
    return render(request, "outreach/channels/list.html", {"channels": rows, "tabs": tabs("channels")})


@require_safe
@allow(*OUTREACH_ROLES)
def channel_kinds(request: SunwardRequest) -> HttpResponse:
    """First the kind; then what this kind wants to know."""
    return render(request, "outreach/channels/kinds.html", {"kinds": guides()})


@get_or_post
@never_cache
@allow(*OUTREACH_ROLES, writes=True)
def channel_new(request: SunwardRequest, kind_code: str) -> HttpResponse:
    kind = _kind(kind_code)
    form = ChannelForm(request.POST or None, kind=kind, units=unit_choices(request.actor), is_new=True)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.details | form.keys
        channel = add_channel(
            actor=request.actor, unit_id=form.cleaned_data["unit"], kind=kind, now=clock.now(), **given
        )
        messages.success(request, _("The channel is set up; its key is stored. Try it now."))
        return redirect("outreach:channel", channel.uid)
    context = {"form": form, "kind": GUIDES[kind], "title": _("Add a channel"), "back": reverse("outreach:channels")}
    return render(request, "outreach/channels/form.html", context, status=422 if request.method == "POST" else 200)


@get_or_post
@never_cache
@allow(*OUTREACH_ROLES, writes=True)
def channel(request: SunwardRequest, channel_id: UUID) -> HttpResponse:
    now = clock.now()
    found = get_channel(actor=request.actor, channel_id=channel_id)
    kind = ChannelKind(found.kind)
    initial = {name: getattr(found, name) for name in ("name", "sender", "template", "per_minute")}
    form = ChannelForm(request.POST or None, kind=kind, units=(), is_new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = change_channel(
            actor=request.actor, channel_id=channel_id, version=version_of(request), now=now, **form.details
        )
        if form.cleaned_data["address"]:
            replace_key(actor=request.actor, channel_id=channel_id, version=changed.version, now=now, **form.keys)
        messages.success(request, _("Saved."))
        return redirect("outreach:channel", channel_id)
    context = {
        "form": form,
        "kind": GUIDES[kind],
        "row": read_channel(request.actor, found, now=now),
        "title": found.name,
        "back": reverse("outreach:channels"),
    }
    return render(request, "outreach/channels/form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@allow(*OUTREACH_ROLES, writes=True)
def channel_switch(request: SunwardRequest, channel_id: UUID) -> HttpResponse:
    is_active = request.POST.get("to") == "on"
    set_channel_active(
        actor=request.actor, channel_id=channel_id, version=version_of(request), is_active=is_active, now=clock.now()
    )
    messages.success(request, _("Switched on.") if is_active else _("Switched off."))
    return redirect("outreach:channel", channel_id)


@require_POST
@allow(*OUTREACH_ROLES, writes=True)
def channel_test(request: SunwardRequest, channel_id: UUID) -> HttpResponse:
    """Through the outbox like everything else: what became of it stands in the record of messages."""
    message = try_channel(actor=request.actor, channel_id=channel_id, now=clock.now())
    messages.success(request, _("The test is on its way. Look into the group; here you see what became of it."))
    return redirect("outreach:message", message.uid)


def _kind(asked: str) -> ChannelKind:
    if asked not in GUIDES:
        raise NotThere("outreach.kind_not_there", _("There is no such kind of channel."))
    return ChannelKind(asked)
