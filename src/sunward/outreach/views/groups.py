"""Community groups: the list by sub-district, one group and what was pushed to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.outreach.access import OUTREACH_ROLES, get_group
from sunward.outreach.actions import add_group, change_group, set_group_active
from sunward.outreach.forms.groups import GroupForm
from sunward.outreach.queries.channel_pages import unit_choices
from sunward.outreach.queries.group_pages import channel_choices, list_groups, list_pushes, read_group, topic_choices
from sunward.outreach.views.channels import tabs

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(*OUTREACH_ROLES)
def groups(request: SunwardRequest) -> HttpResponse:
    rows = list_groups(request.actor)
    context = {"groups": rows, "lacking": sum(row.is_lacking for row in rows), "tabs": tabs("groups")}
    return render(request, "outreach/groups/list.html", context)


@get_or_post
@allow(*OUTREACH_ROLES, writes=True)
def group_new(request: SunwardRequest) -> HttpResponse:
    form = GroupForm(
        request.POST or None, units=unit_choices(request.actor), channels=channel_choices(request.actor),
        topics=topic_choices(), is_new=True,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        add_group(actor=request.actor, unit_id=form.cleaned_data["unit"], now=clock.now(), **form.details)
        messages.success(request, _("The group is written down."))
        return redirect("outreach:groups")
    context = {"form": form, "title": _("Add a group"), "back": reverse("outreach:groups")}
    return render(request, "outreach/groups/form.html", context, status=422 if request.method == "POST" else 200)


@get_or_post
@allow(*OUTREACH_ROLES, writes=True)
def group(request: SunwardRequest, group_id: UUID) -> HttpResponse:
    found = get_group(actor=request.actor, group_id=group_id)
    form = GroupForm(
        request.POST or None, units=(), channels=channel_choices(request.actor, group=found),
        topics=topic_choices(), is_new=False,
        initial={
            "name": found.name, "topics": found.topics, "channel": found.channel.uid if found.channel else None,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        change_group(
            actor=request.actor, group_id=group_id, version=version_of(request), now=clock.now(), **form.details
        )
        messages.success(request, _("Saved."))
        return redirect("outreach:groups")
    context = {
        "form": form,
        "row": read_group(request.actor, found),
        "pushes": list_pushes(request.actor, found),
        "title": found.name,
        "back": reverse("outreach:groups"),
    }
    return render(request, "outreach/groups/form.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@allow(*OUTREACH_ROLES, writes=True)
def group_switch(request: SunwardRequest, group_id: UUID) -> HttpResponse:
    is_active = request.POST.get("to") == "on"
    set_group_active(
        actor=request.actor, group_id=group_id, version=version_of(request), is_active=is_active, now=clock.now()
    )
    messages.success(request, _("Opened again.") if is_active else _("Closed."))
    return redirect("outreach:group", group_id)
