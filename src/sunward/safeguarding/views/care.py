"""Temporary care: begun, prolonged, handed back, followed up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.access import case_subject
from sunward.core import clock
from sunward.core.refusals import Refusal, show_above
from sunward.safeguarding.access.emergencies import get_care, get_case_to_call
from sunward.safeguarding.actions.care import begin_care, end_care, extend_care, shorten_after_care
from sunward.safeguarding.forms.care import AfterCareForm, CareEndForm, CareForm, ExtendForm
from sunward.safeguarding.models import TemporaryCare
from sunward.safeguarding.queries.calls import find_running
from sunward.safeguarding.queries.care import could_take_in, family_of, read_care


@require_http_methods(["GET", "POST"])
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def care_begin(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    now = clock.now()
    case = get_case_to_call(actor=request.actor, case_id=case_id)
    running = find_running(case)
    volunteers = could_take_in(running, actor=request.actor, now=now) if running else []
    form = CareForm(
        request.POST if request.method == "POST" else None, volunteers=volunteers, family=family_of(case), now=now
    )
    if request.method == "POST" and form.is_valid():
        try:
            care = begin_care(
                actor=request.actor, case_id=case_id, entry=form.entry(), now=now,
                emergency_id=running.uid if running else None,
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Written down."))
            return redirect("safeguarding:care", care.uid)
    record_look(
        actor=request.actor, code="safeguarding.care_opened", now=now, subject=case_subject(case),
        unit_path=case.unit_path, purpose="act",
    )  # fmt: skip
    context = {"form": form, "name": case.person.name, "running": running.uid if running else None, "case_id": case.uid}
    return render(request, "safeguarding/care/begin.html", context, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def care(request: SunwardRequest, care_id: UUID) -> HttpResponse:
    found = get_care(actor=request.actor, care_id=care_id, now=clock.now())
    return _page(request, found)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def care_extend(request: SunwardRequest, care_id: UUID) -> HttpResponse:
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return _again(request, care_id, extend_form=form)
    extend_care(actor=request.actor, care_id=care_id, now=clock.now(), **form.cleaned_data)
    return redirect("safeguarding:care", care_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def care_end(request: SunwardRequest, care_id: UUID) -> HttpResponse:
    form = CareEndForm(request.POST, now=clock.now())
    if not form.is_valid():
        return _again(request, care_id, end_form=form)
    end_care(actor=request.actor, care_id=care_id, now=clock.now(), **form.cleaned_data)
    return redirect("safeguarding:care", care_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def after_care(request: SunwardRequest, care_id: UUID) -> HttpResponse:
    found = get_care(actor=request.actor, care_id=care_id, now=clock.now())
    page = read_care(found, actor=request.actor, now=clock.now())
    form = AfterCareForm(request.POST, months=page.shorter)
    if not form.is_valid():
        return _page(request, found, status=422, after_care_form=form)
    shorten_after_care(actor=request.actor, care_id=care_id, now=clock.now(), **form.cleaned_data)
    return redirect("safeguarding:care", care_id)


def _again(request: SunwardRequest, care_id: UUID, **bound: Any) -> HttpResponse:
    return _page(request, get_care(actor=request.actor, care_id=care_id, now=clock.now()), status=422, **bound)


def _page(request: SunwardRequest, found: TemporaryCare, *, status: int = 200, **bound: Any) -> HttpResponse:
    now = clock.now()
    page = read_care(found, actor=request.actor, now=now)
    context = {
        "page": page,
        "end_form": CareEndForm(now=now),
        "extend_form": ExtendForm(initial={"expected_until_at": found.expected_until_at}),
        "after_care_form": AfterCareForm(months=page.shorter),
        **bound,
    }
    return render(request, "safeguarding/care/care.html", context, status=status)
