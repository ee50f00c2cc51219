"""A volunteer's agreement, her leaving and coming back, and what she sees of herself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core import clock
from sunward.mentoring.access import get_mentor
from sunward.mentoring.actions import leaving
from sunward.mentoring.actions.way_in import record_agreement
from sunward.mentoring.forms.mentors import AgreementForm, LeaveForm
from sunward.mentoring.queries.standing import read_own_standing

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def mentor_agreement(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    """The paper to be signed by both, and beside it the day on which it was."""
    on, now = clock.today(), clock.now()
    form = AgreementForm(request.POST if request.method == "POST" else None, initial={"agreed_on": on})
    if request.method == "POST" and form.is_valid():
        record_agreement(actor=request.actor, mentor_id=mentor_id, on=on, now=now, **form.cleaned_data)
        messages.success(request, _("The agreement is written down."))
        return redirect("mentoring:mentor", mentor_id)
    row = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="act", now=now)
    context = {
        "name": row.person.name, "reference": row.reference, "unit": row.unit.name if row.unit else "",
        "agreed_on": row.agreed_on, "form": form, "back": _file(mentor_id),
    }  # fmt: skip
    return render(request, "mentoring/mentors/agreement.html", context, status=422 if form.is_bound else 200)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def mentor_leave(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    now = clock.now()
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        leaving.leave(actor=request.actor, mentor_id=mentor_id, on=clock.today(), now=now, **form.cleaned_data)
        messages.success(request, _("She has left. Today this can be undone on her page."))
        return redirect("mentoring:mentor", mentor_id)
    row = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="act", now=now)
    context = {"name": row.person.name, "reference": row.reference, "form": form, "back": _file(mentor_id)}
    return render(request, "mentoring/mentors/leave.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def mentor_leave_undo(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    leaving.undo_leave(actor=request.actor, mentor_id=mentor_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Undone: all is as it was."))
    return redirect("mentoring:mentor", mentor_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def mentor_come_back(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    leaving.come_back(actor=request.actor, mentor_id=mentor_id, on=clock.today(), now=clock.now())
    messages.success(request, _("She is back. What has expired meanwhile stands below, to be renewed."))
    return redirect("mentoring:mentor", mentor_id)


@require_safe
@never_cache
@allow(Role.MENTOR)
def own_standing(request: SunwardRequest) -> HttpResponse:
    context = {"standing": read_own_standing(request.actor, on=clock.today()), "today": clock.today()}
    return render(request, "mentoring/own_standing.html", context)


def _file(mentor_id: UUID) -> str:
    return reverse("mentoring:mentor", args=[mentor_id])
