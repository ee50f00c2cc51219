"""Becoming a neighbour mom: the public page, and what the offices do with what comes in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.core.tables import read_ledger
from sunward.mentoring.access import get_application
from sunward.mentoring.actions import applications as acts
from sunward.mentoring.forms.applications import (
    SOMEBODY_NEW,
    AcceptForm,
    ApplicationFilter,
    ApplicationForm,
    DeclineForm,
    WrittenApplicationForm,
)
from sunward.mentoring.forms.children import ShowForm
from sunward.mentoring.forms.mentors import SHOW_PURPOSES
from sunward.mentoring.queries import applications as queries
from sunward.mentoring.queries.child_file import LOOK_PURPOSES
from sunward.mentoring.queries.units import filter_choices, home_choices, path_of
from sunward.mentoring.rules import APPLICATION_DAYS
from sunward.mentoring.showing import show_of_application

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow_public()
def apply(request: HttpRequest) -> HttpResponse:
    """What is asked of her, and then of her what is needed to call her. Whoever has applied before gets the same
    thanks."""
    form = ApplicationForm(request.POST if request.method == "POST" else None, streets=queries.list_streets())
    context = {"form": form, "days": APPLICATION_DAYS}
    if request.method != "POST" or not form.is_valid():
        return render(request, "mentoring/applications/apply.html", context, status=422 if form.is_bound else 200)
    try:
        acts.apply_in_public(details=form.details(), on=clock.today(), now=clock.now())
    except Refusal as refusal:
        context["sentence"] = refusal.sentence
        return render(request, "mentoring/applications/apply.html", context, status=refusal.status)
    return render(request, "mentoring/applications/apply.html", context | {"is_done": True})


@require_safe
@allow(*CASEWORK_ROLES)
def applications(request: SunwardRequest) -> HttpResponse:
    on, chosen = clock.today(), request.GET.get("unit", "")
    form = ApplicationFilter(request.GET, units=filter_choices(request.actor, chosen=chosen))
    path = (chosen and path_of(request.actor, chosen)) or ""
    page = read_ledger(
        queries.list_applications(request.actor, state=form.state_asked(), unit_path=path), asked=request.GET,
        columns=queries.COLUMNS, order=queries.DEFAULT_ORDER, shape=lambda row: queries.to_row(row, on=on),
    )  # fmt: skip
    address = request.build_absolute_uri(reverse("apply"))
    context = {"filters": {"form": form}, "page": page, "address": address}
    return render(request, "mentoring/applications/list.html", context)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def application_new(request: SunwardRequest) -> HttpResponse:
    form = WrittenApplicationForm(request.POST if request.method == "POST" else None, units=home_choices(request.actor))
    if request.method == "POST" and form.is_valid():
        row = acts.write_application(actor=request.actor, details=form.details(), on=clock.today(), now=clock.now())
        messages.success(request, _("Written down. Next she is invited to come."))
        return redirect("mentoring:application", row.uid)
    context = {"form": form, "back": reverse("mentoring:applications"), "days": APPLICATION_DAYS}
    return render(request, "mentoring/applications/new.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def application(request: SunwardRequest, application_id: UUID) -> HttpResponse:
    return _page(request, application_id)


@require_POST
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def application_show(request: SunwardRequest, application_id: UUID) -> HttpResponse:
    """Open her telephone number, once a purpose is given."""
    form = _show_form(request.POST)
    if not form.is_valid():
        return _page(request, application_id, show_form=form)
    shown = show_of_application(
        actor=request.actor, application_id=application_id, now=clock.now(), **form.cleaned_data
    )
    return render(request, "mentoring/shown.html", {"shown": shown, "back": _address(application_id)})


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def application_invite(request: SunwardRequest, application_id: UUID) -> HttpResponse:
    acts.invite_applicant(actor=request.actor, application_id=application_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Written down: she has been asked to come."))
    return redirect("mentoring:application", application_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def application_decline(request: SunwardRequest, application_id: UUID) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, application_id, decline_form=form)
    acts.decline_application(
        actor=request.actor, application_id=application_id, on=clock.today(), now=clock.now(), **form.cleaned_data
    )
    messages.success(request, _("Declined. It can be taken back here."))
    return redirect("mentoring:application", application_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def application_withdraw(request: SunwardRequest, application_id: UUID) -> HttpResponse:
    acts.withdraw_application(actor=request.actor, application_id=application_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Withdrawn. It can be taken back here."))
    return redirect("mentoring:application", application_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def application_reopen(request: SunwardRequest, application_id: UUID) -> HttpResponse:
    acts.reopen_application(actor=request.actor, application_id=application_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Taken back: it waits for an answer again."))
    return redirect("mentoring:application", application_id)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def application_accept(request: SunwardRequest, application_id: UUID) -> HttpResponse:
    """Open her file; first is asked whether she is somebody known already."""
    now = clock.now()
    row = get_application(actor=request.actor, application_id=application_id, purpose="act", now=now)
    likely = queries.likely_persons(request.actor, row)
    choices = [(str(one.uid), f"{one.name} · {one.place} · {one.signs}") for one in likely if one.is_eligible]
    initial = {} if likely else {"who": SOMEBODY_NEW}
    form = AcceptForm(request.POST if request.method == "POST" else None, likely=choices, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = form.cleaned_data["who"]
        mentor = acts.accept_application(
            actor=request.actor, application_id=application_id, on=clock.today(), now=now,
            person_id=None if who == SOMEBODY_NEW else UUID(who),
        )  # fmt: skip
        messages.success(request, _("Her file is open. Next comes her vetting, step by step."))
        return redirect("mentoring:mentor", mentor.uid)
    context = {
        "page": queries.read_application(row, actor=request.actor), "form": form, "likely": likely,
        "back": _address(application_id),
    }  # fmt: skip
    return render(request, "mentoring/applications/accept.html", context, status=422 if form.is_bound else 200)


def _page(
    request: SunwardRequest, application_id: UUID, *, show_form: Any = None, decline_form: Any = None
) -> HttpResponse:
    row = get_application(actor=request.actor, application_id=application_id, purpose="open", now=clock.now())
    context = {
        "page": queries.read_application(row, actor=request.actor), "show_form": show_form or _show_form(None),
        "decline_form": decline_form or DeclineForm(), "days": APPLICATION_DAYS,
    }  # fmt: skip
    is_bad = show_form is not None or decline_form is not None
    return render(request, "mentoring/applications/application.html", context, status=422 if is_bad else 200)


def _show_form(data: Any) -> ShowForm:
    return ShowForm(data, purposes=[(code, LOOK_PURPOSES[code]) for code in SHOW_PURPOSES])


def _address(application_id: UUID) -> str:
    return reverse("mentoring:application", args=[application_id])
