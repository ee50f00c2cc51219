"""The directory of resources: public facts, so that mentors read it too; who was referred they never see."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.casework import actions
from sunward.casework.access import SUPERVISING_ROLES, get_resource
from sunward.casework.forms.resources import ExtendForm, ResourceFilter, ResourceForm
from sunward.casework.queries import resources as queries
from sunward.casework.queries.referrals import list_referred
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.tables import read_ledger

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@allow(*CASEWORK_ROLES, Role.MENTOR)
def resources(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    form = ResourceFilter(request.GET)
    page = read_ledger(
        queries.ask_resources(request.actor, form.question(), on=on), asked=request.GET, columns=queries.COLUMNS,
        order="name", shape=lambda row: queries.to_row(row, on=on),
    )  # fmt: skip
    context = {"filters": {"form": form}, "page": page, "may_add": request.actor.has(*CASEWORK_ROLES)}
    return render(request, "casework/resources/list.html", context)


@require_safe
@allow(*CASEWORK_ROLES, Role.MENTOR)
def resource(request: SunwardRequest, resource_id: UUID) -> HttpResponse:
    row = get_resource(actor=request.actor, resource_id=resource_id)
    context = {
        "page": queries.read_resource(row, request.actor, on=clock.today()),
        "referred": list_referred(row, request.actor),
    }
    return render(request, "casework/resources/resource.html", context)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def resource_new(request: SunwardRequest) -> HttpResponse:
    on = clock.today()
    form = ResourceForm(request.POST or None, units=queries.unit_choices(request.actor))
    if request.method == "POST" and form.is_valid():
        row = actions.add_resource(actor=request.actor, details=form.details(), on=on, now=clock.now())
        messages.success(request, str(_("It is in the directory.")))
        return redirect("casework:resource", row.uid)
    context = {"form": form, "title": _("Add a resource")}
    return render(request, "casework/resources/form.html", context, status=422 if form.is_bound else 200)


@get_or_post
@allow(*SUPERVISING_ROLES, writes=True)
def resource_edit(request: SunwardRequest, resource_id: UUID) -> HttpResponse:
    row = get_resource(actor=request.actor, resource_id=resource_id, is_changing=True)
    form = ResourceForm(request.POST or None, units=queries.unit_choices(request.actor), initial=queries.values_of(row))
    if request.method == "POST" and form.is_valid():
        actions.edit_resource(
            actor=request.actor, resource_id=resource_id, version=version_of(request), details=form.details(),
            on=clock.today(), now=clock.now(),
        )  # fmt: skip
        messages.success(request, str(_("Saved.")))
        return redirect("casework:resource", resource_id)
    version = request.POST.get("version", "") if form.is_bound else row.version
    context = {"form": form, "title": _("Correct the resource"), "version": version}
    return render(request, "casework/resources/form.html", context, status=422 if form.is_bound else 200)


@get_or_post
@allow(*SUPERVISING_ROLES, writes=True)
def resource_extend(request: SunwardRequest, resource_id: UUID) -> HttpResponse:
    row = get_resource(actor=request.actor, resource_id=resource_id, is_changing=True)
    form = ExtendForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        actions.extend_resource(
            actor=request.actor, resource_id=resource_id, on=clock.today(), now=clock.now(), **form.cleaned_data
        )
        messages.success(request, str(_("Vouched for anew.")))
        return redirect("casework:resource", resource_id)
    context = {"form": form, "title": _("It still stands"), "note": row.name}
    return render(request, "casework/resources/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*SUPERVISING_ROLES, writes=True)
def resource_end(request: SunwardRequest, resource_id: UUID) -> HttpResponse:
    actions.end_resource(
        actor=request.actor, resource_id=resource_id, version=version_of(request), on=clock.today(), now=clock.now()
    )
    messages.success(request, str(_("Ended. Vouching for it anew brings it back.")))
    return redirect("casework:resource", resource_id)
