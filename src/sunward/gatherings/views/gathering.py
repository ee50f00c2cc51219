"""One gathering, and the steps of its life. Each step is a form with one act behind it."""

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
from sunward.core.posted import version_of
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_planned_gathering, open_list
from sunward.gatherings.actions.copying import days_of
from sunward.gatherings.forms.acts import CancelForm, CopyForm, FinishForm, RepeatForm, TemplateForm
from sunward.gatherings.forms.public import SlipForm
from sunward.gatherings.holidays import is_announced, mark_of
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.feedback import read_feedback
from sunward.gatherings.queries.page import read_page
from sunward.gatherings.roles import PLANNERS, TAKING_PART
from sunward.gatherings.taken_stops import list_taken

# More of them stand behind a link: a fair has hundreds.
SIGN_UPS_SHOWN = 60
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*TAKING_PART)
def gathering(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    now = clock.now()
    found, rows = open_list(actor=request.actor, gathering_id=gathering_id, purpose="gathering", now=now)
    page = read_page(found, rows, request.actor, now=now)
    shown = page.sign_ups if "whole" in request.GET else page.sign_ups[:SIGN_UPS_SHOWN]
    context = {
        "page": page,
        "shown": shown,
        "taken": list_taken(request.session, found.pk, now=now) if page.may_change_stops else (),
        "feedback": read_feedback(found) if page.is_host and page.has_begun else None,
    }
    return render(request, "gatherings/gathering.html", context)


@require_POST
@allow(*PLANNERS, writes=True)
def gathering_publish(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    acts.publish_gathering(
        actor=request.actor, gathering_id=gathering_id, version=version_of(request), on=clock.today(), now=clock.now()
    )
    messages.success(request, _("Published. People can be signed up from now on."))
    return redirect("gatherings:gathering", gathering_id)


@require_POST
@allow(*PLANNERS, writes=True)
def gathering_discard(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    acts.discard_draft(actor=request.actor, gathering_id=gathering_id, version=version_of(request), now=clock.now())
    messages.success(request, _("Thrown away."))
    return redirect("gatherings:gatherings")


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_cancel(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    found = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.cancel_gathering(
            actor=request.actor, gathering_id=gathering_id, version=version_of(request), on=clock.today(),
            now=clock.now(), reason=form.cleaned_data["reason"],
        )  # fmt: skip
        messages.success(request, _("Cancelled. Everybody who was signed up is told."))
        return redirect("gatherings:gathering", gathering_id)
    return _show(request, found, form, title=_("Cancel the gathering"), is_dangerous=True)


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_finish(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    found = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    form = FinishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.finish_gathering(
            actor=request.actor, gathering_id=gathering_id, version=version_of(request), on=clock.today(),
            now=clock.now(), **form.cleaned_data,
        )  # fmt: skip
        messages.success(request, _("It is written down as held. Thank you."))
        return redirect("gatherings:gathering", gathering_id)
    return _show(request, found, form, title=_("Finish the gathering"))


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_copy(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """A new draft like this one; a template is begun from in the same way."""
    found = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    form = CopyForm(request.POST or None, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        made = acts.copy_gathering(
            actor=request.actor, gathering_id=gathering_id, on=clock.today(), now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("Here is the new one. Nobody is signed up yet."))
        return redirect("gatherings:gathering", made.uid)
    return _show(request, found, form, title=_("Plan one like this"))


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_template(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    found = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    form = TemplateForm(request.POST or None, initial={"title": found.title})
    if request.method == "POST" and form.is_valid():
        made = acts.save_as_template(
            actor=request.actor, gathering_id=gathering_id, title=form.cleaned_data["title"], on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
        messages.success(request, _("The template is saved. Find it where a new gathering is planned."))
        return redirect("gatherings:gathering", made.uid)
    return _show(request, found, form, title=_("Save as a template"))


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_repeat(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """First the days with what is special about them, then the drafts."""
    found = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    form = RepeatForm(request.POST or request.GET or None)
    if request.method == "POST" and form.is_valid():
        made = acts.repeat_gathering(
            actor=request.actor, gathering_id=gathering_id, on=clock.today(), now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("%(count)d drafts are planned.") % {"count": len(made)})
        return redirect("gatherings:gathering", gathering_id)
    days = []
    if form.is_bound and form.is_valid() and found.begins_on:
        days = [(day, mark_of(day), is_announced(day.year)) for day in days_of(found.begins_on, **form.cleaned_data)]
    context = _about(found) | {"form": form, "days": days}
    status = 422 if request.method == "POST" else 200
    return render(request, "gatherings/planning/repeat.html", context, status=status)


@get_or_post
@allow(*PLANNERS, writes=True)
def gathering_slip(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """What somebody wrote on paper or said on the telephone; without a name."""
    found = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        acts.record_feedback(
            actor=request.actor, gathering_id=gathering_id, on=clock.today(), now=clock.now(), **form.cleaned_data
        )
        messages.success(request, _("Written down."))
        return redirect("gatherings:gathering", gathering_id)
    return _show(request, found, form, title=_("Write down feedback"))


def _show(
    request: SunwardRequest, found: Gathering, form: Any, *, title: Any, is_dangerous: bool = False
) -> HttpResponse:
    typed = request.POST.get("version") or found.version
    context = _about(found) | {"form": form, "title": title, "is_dangerous": is_dangerous, "version": typed}
    return render(request, "gatherings/act.html", context, status=422 if form.is_bound else 200)


def _about(found: Gathering) -> dict[str, Any]:
    return {"gathering": found, "name": found.title, "back": reverse("gatherings:gathering", args=[found.uid])}
