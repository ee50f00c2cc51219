"""A student's pages: an offer, her pupil, a session told in a minute; and the family's page behind its link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow, allow_public
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.mentoring.actions.tutoring_families import open_family_page
from sunward.mentoring.actions.tutoring_reports import report_own_session
from sunward.mentoring.actions.tutorings import agree_to_tutoring, decline_tutoring
from sunward.mentoring.forms.tutorings import DigitsForm, ReportForm
from sunward.mentoring.queries.pupils import find_reportable, read_family_page, read_pupil
from sunward.mentoring.tutoring.access import (
    family_page_not_there,
    family_tutorings,
    get_own_tutoring,
    session_not_there,
)
from sunward.mentoring.tutoring.limits import MINUTES_MOST
from sunward.mentoring.views.shut import says_where_it_is_shut


@require_GET
@never_cache
@allow(Role.MENTOR)
def own_pupil(request: SunwardRequest, tutoring_id: UUID) -> HttpResponse:
    now = clock.now()
    found = get_own_tutoring(actor=request.actor, tutoring_id=tutoring_id, now=now)
    card = read_pupil(found, on=clock.today(), now=now)
    return render(request, "mentoring/pupils/pupil.html", {"card": card})


@require_POST
@allow(Role.MENTOR, writes=True)
def own_offer(request: SunwardRequest, tutoring_id: UUID, answer: str) -> HttpResponse:
    """Yes or no to an hour with a child whose name is not said yet."""
    act = agree_to_tutoring if answer == "yes" else decline_tutoring
    act(actor=request.actor, tutoring_id=tutoring_id, on=clock.today(), now=clock.now())
    said = _("Thank you. The committee arranges the first session.") if answer == "yes" else _("The committee knows.")
    messages.success(request, said)
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow(Role.MENTOR, writes=True)
def own_session(request: SunwardRequest, tutoring_id: UUID, session_id: UUID) -> HttpResponse:
    """How it went: the form of a minute."""
    on, now = clock.today(), clock.now()
    found = get_own_tutoring(actor=request.actor, tutoring_id=tutoring_id, now=now)
    session = find_reportable(found, session_id=session_id, now=now)
    if session is None:
        raise session_not_there()
    first = {"minutes": session.minutes, "subjects": found.subjects if len(found.subjects) == 1 else []}
    form = ReportForm(
        request.POST if request.method == "POST" else None, initial=first, is_student=True, subjects=found.subjects
    )
    if request.method == "POST" and form.is_valid():
        try:
            report_own_session(
                actor=request.actor, tutoring_id=tutoring_id, session_id=session_id, report=form.report, on=on, now=now
            )
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Saved. Thank you for your time."))
            return redirect("mentoring:own_pupil", tutoring_id)
    context = {
        "form": form, "card": read_pupil(found, on=on, now=now), "starts_at": session.starts_at, "step": 15,
        "most": MINUTES_MOST,
    }  # fmt: skip
    return render(request, "mentoring/pupils/session.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@allow_public()
@says_where_it_is_shut
def family_sessions(request: HttpRequest, token: str) -> HttpResponse:
    """Who tutors the child and when, and the way in while a session takes place."""
    on, now = clock.today(), clock.now()
    form = DigitsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = open_family_page(token=token, last4=form.cleaned_data["last4"], on=on)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.add_error("last4", str(refusal.sentence))
        else:
            return render(request, "mentoring/pupils/family.html", {"page": read_family_page(found, now=now)})
    elif not family_tutorings(token=token, on=on).exists():
        raise family_page_not_there()
    return render(request, "mentoring/pupils/door.html", {"form": form}, status=422 if form.is_bound else 200)
