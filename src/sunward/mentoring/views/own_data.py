"""A person's own data as a workbook: after the password, with a note of how the person was known, and on the record."""

from datetime import date
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.access import case_subject
from sunward.core import clock
from sunward.core.workbooks import Sheet, workbook_response
from sunward.mentoring.access import get_child, get_mentor, mentor_subject
from sunward.mentoring.actions.own_data import ask_for_correction, record_own_data
from sunward.mentoring.forms.keeping import CorrectionForm, OwnDataForm
from sunward.mentoring.queries.own_data import ONESELF, list_child_sheets, list_mentor_sheets, list_requesters

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
@reauthentication_required  # type: ignore[untyped-decorator]
def child_own_data(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="own_data", now=now)
    form = OwnDataForm(request.POST or None, requesters=list_requesters(case, on=on))
    if request.method == "POST" and form.is_valid():
        requester = ONESELF if form.cleaned_data["requester"] == ONESELF else "guardian"
        record_own_data(
            actor=request.actor, subject=case_subject(case), unit_path=case.unit_path, requester=requester,
            checked_by=form.cleaned_data["checked_by"], now=now,
        )  # fmt: skip
        return _answer(list_child_sheets(case, on=on), case.reference, on)
    context = {
        "form": form, "case": case, "name": case.person.name, "reference": case.reference,
        "correction": CorrectionForm(), "back": reverse("mentoring:child", args=[case_id]),
        "up": reverse("mentoring:children"), "up_name": _("Children"),
    }  # fmt: skip
    return render(request, "mentoring/own_data.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_correction(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    ask_for_correction(
        actor=request.actor, case_id=case_id, words=request.POST.get("words", ""), on=clock.today(), now=clock.now()
    )
    messages.success(request, _("It is on the list, with a day by which it is answered."))
    return redirect("mentoring:child", case_id)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
@reauthentication_required  # type: ignore[untyped-decorator]
def mentor_own_data(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    mentor = get_mentor(actor=request.actor, mentor_id=mentor_id, purpose="own_data", now=now)
    form = OwnDataForm(request.POST or None, requesters=[(ONESELF, mentor.person.name)])
    if request.method == "POST" and form.is_valid():
        record_own_data(
            actor=request.actor, subject=mentor_subject(mentor), unit_path=mentor.unit_path, requester=ONESELF,
            checked_by=form.cleaned_data["checked_by"], now=now,
        )  # fmt: skip
        return _answer(list_mentor_sheets(mentor, on=on), mentor.reference, on)
    context = {
        "form": form, "name": mentor.person.name, "reference": mentor.reference,
        "back": reverse("mentoring:mentor", args=[mentor_id]), "up": reverse("mentoring:mentors"),
        "up_name": _("Neighbour moms"),
    }  # fmt: skip
    return render(request, "mentoring/own_data.html", context, status=422 if form.is_bound else 200)


def _answer(sheets: list[Sheet], reference: str, on: date) -> HttpResponse:
    return workbook_response(sheets, file_name=f"{_('Own data')}_{reference}_{on.isoformat()}.xlsx")
