"""Tutoring online for casework people: the ledger, one tutoring and its sessions, a student, a child's needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.core.tables import read_ledger
from sunward.mentoring.access import get_child
from sunward.mentoring.actions import tutorings as acts
from sunward.mentoring.actions.studying import note_study_needs, note_teaching
from sunward.mentoring.actions.tutoring_calendar import cancel_session, move_session
from sunward.mentoring.actions.tutoring_families import make_family_link, revoke_family_link
from sunward.mentoring.actions.tutoring_reports import report_session
from sunward.mentoring.actions.tutoring_steps import TutoringChanged
from sunward.mentoring.forms import tutorings as form_of
from sunward.mentoring.models import Tutoring
from sunward.mentoring.queries.students import first_teaching, read_student_page
from sunward.mentoring.queries.study import first_study
from sunward.mentoring.queries.tutoring_page import ACT_LABELS, POSSIBLE, TutoringAct, read_tutoring_page
from sunward.mentoring.queries.tutorings import (
    COLUMNS,
    DEFAULT_ORDER,
    TutoringQuestion,
    list_tutorings,
    to_row,
    with_row_parts,
)
from sunward.mentoring.queries.units import filter_choices, path_of
from sunward.mentoring.tutoring.access import get_student, get_tutoring, session_not_there
from sunward.mentoring.tutoring.enums import TutoringEnd, TutoringPause, TutoringState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Filters:
    form: form_of.TutoringFilterForm


@require_GET
@allow(*CASEWORK_ROLES)
def tutorings(request: SunwardRequest) -> HttpResponse:
    on, now = clock.today(), clock.now()
    unit = request.GET.get("unit", "")
    form = form_of.TutoringFilterForm(request.GET, units=filter_choices(request.actor, chosen=unit))
    form.is_valid()
    said = form.cleaned_data
    question = TutoringQuestion(
        words=said.get("q", "").strip(), unit_path=path_of(request.actor, unit) or "" if unit else "",
        state=said.get("state", ""), care=said.get("care", ""),
    )  # fmt: skip
    found = with_row_parts(list_tutorings(request.actor, question, on=on, now=now), on=on, now=now)
    page = read_ledger(found, asked=request.GET, columns=COLUMNS, order=DEFAULT_ORDER, shape=to_row)
    return render(request, "mentoring/tutorings/list.html", {"filters": Filters(form), "page": page})


@require_GET
@never_cache
@allow(*CASEWORK_ROLES)
def tutoring(request: SunwardRequest, tutoring_id: UUID) -> HttpResponse:
    return _show(request, tutoring_id)


def _show(request: SunwardRequest, tutoring_id: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    on, now = clock.today(), clock.now()
    found = get_tutoring(actor=request.actor, tutoring_id=tutoring_id, now=now)
    context = {"page": read_tutoring_page(found, on=on, now=now), **more}
    return render(request, "mentoring/tutorings/tutoring.html", context, status=status)


@dataclass(frozen=True, slots=True)
class ActWay:
    """How one act is asked for and done; `done` is said afterwards."""

    form: type[form_of.ActForm]
    act: Callable[..., Tutoring]
    said: Callable[[Any], dict[str, Any]]
    done: str | Promise


WAYS: dict[TutoringAct, ActWay] = {
    TutoringAct.START: ActWay(
        form_of.StartForm, acts.start_tutoring, lambda form: {"terms": form.terms},
        _("The sessions of the term are planned, and the guardian is invited to the first."),
    ),
    TutoringAct.HOUR: ActWay(
        form_of.HourForm, acts.change_hour,
        lambda form: {key: form.cleaned_data[key] for key in ("first_on", "begins", "minutes")},
        _("The weekly hour is another from now on. Both sides are told."),
    ),
    TutoringAct.ROOM: ActWay(
        form_of.RoomForm, acts.change_room,
        lambda form: {key: form.cleaned_data[key] for key in ("link", "helpful")}, _("Saved."),
    ),
    TutoringAct.PAUSE: ActWay(
        form_of.PauseForm, acts.pause_tutoring,
        lambda form: {"why": TutoringPause(form.cleaned_data["why"]), "reason": form.cleaned_data["reason"]},
        _("The tutoring is paused. The student sees nothing of the child any more."),
    ),
    TutoringAct.RESUME: ActWay(
        form_of.ActForm, acts.resume_tutoring, lambda form: {}, _("The tutoring goes on.")
    ),
    TutoringAct.CLOSE: ActWay(
        form_of.CloseForm, acts.close_tutoring,
        lambda form: {"why": TutoringEnd(form.cleaned_data["why"]), "reason": form.cleaned_data["reason"]},
        _("The tutoring has ended. The student sees nothing of the child any more."),
    ),
}  # fmt: skip


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def tutoring_act(request: SunwardRequest, tutoring_id: UUID, act: str) -> HttpResponse:
    if act not in list(TutoringAct):
        raise Http404
    wanted, on, now = TutoringAct(act), clock.today(), clock.now()
    way = WAYS[wanted]
    if request.method != "POST":
        return _ask(request, tutoring_id, wanted, None, on=on, now=now)
    form = way.form(request.POST)
    if not form.is_valid():
        return _ask(request, tutoring_id, wanted, form, on=on, now=now)
    try:
        way.act(
            actor=request.actor, tutoring_id=tutoring_id, on=on, now=now, version=form.cleaned_data["version"],
            **way.said(form),
        )  # fmt: skip
    except TutoringChanged as changed:
        return _show(request, tutoring_id, status=409, sentence=changed.sentence, wanted=ACT_LABELS[wanted])
    except Refusal as refusal:
        if refusal.status == 404 or way.form is form_of.ActForm:
            raise
        form.add_error(None, str(refusal.sentence))
        return _ask(request, tutoring_id, wanted, form, on=on, now=now)
    messages.success(request, str(way.done))
    return redirect("mentoring:tutoring", tutoring_id)


def _ask(
    request: SunwardRequest, tutoring_id: UUID, act: TutoringAct, form: form_of.ActForm | None, *, on: date,
    now: datetime,
) -> HttpResponse:  # fmt: skip
    found = get_tutoring(actor=request.actor, tutoring_id=tutoring_id, now=now)
    way = WAYS[act]
    if form is None:
        if act not in POSSIBLE[TutoringState(found.state)] or way.form is form_of.ActForm:
            return redirect("mentoring:tutoring", tutoring_id)
        form = way.form(initial={**way.form.first_values(found, on=on), "version": found.version})
    return _form(request, found, form, ACT_LABELS[act], status=422 if form.is_bound else 200)


def _form(
    request: SunwardRequest, found: Tutoring, form: Any, label: str | Promise, *, status: int = 200
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "label": label, "tutoring": found, "action_url": request.path}
    return render(request, "mentoring/tutorings/act.html", context, status=status)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def session_move(request: SunwardRequest, tutoring_id: UUID, session_id: UUID) -> HttpResponse:
    return _session(request, tutoring_id, session_id, form_of.MoveForm, _("Move this session"), _move)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def session_cancel(request: SunwardRequest, tutoring_id: UUID, session_id: UUID) -> HttpResponse:
    return _session(request, tutoring_id, session_id, form_of.CancelForm, _("Cancel this session"), _cancel)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def session_report(request: SunwardRequest, tutoring_id: UUID, session_id: UUID) -> HttpResponse:
    """By the committee, who heard of it on the telephone."""

    def make(data: Any = None, **more: Any) -> form_of.ReportForm:
        return form_of.ReportForm(data, is_student=False, subjects=[], **more)

    return _session(request, tutoring_id, session_id, make, _("Write down this session"), _write_down)


def _session(
    request: SunwardRequest, tutoring_id: UUID, session_id: UUID, make: Callable[..., Any], label: str | Promise,
    act: Callable[..., Any],
) -> HttpResponse:  # fmt: skip
    """One form about one session, and its act."""
    now = clock.now()
    found = get_tutoring(actor=request.actor, tutoring_id=tutoring_id, now=now)
    session = found.sessions.filter(uid=session_id).first()
    if session is None:
        raise session_not_there()
    if request.method != "POST":
        local = localtime(session.starts_at)
        first = {"day": local.date(), "begins": local.time(), "minutes": session.minutes}
        return _form(request, found, make(initial=first), label)
    form = make(request.POST)
    if not form.is_valid():
        return _form(request, found, form, label, status=422)
    said = {"tutoring_id": tutoring_id, "session_id": session_id, "on": clock.today(), "now": now}
    try:
        act(form, actor=request.actor, **said)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.add_error(None, str(refusal.sentence))
        return _form(request, found, form, label, status=422)
    messages.success(request, _("Saved."))
    return redirect("mentoring:tutoring", tutoring_id)


def _move(form: form_of.MoveForm, **said: Any) -> None:
    move_session(to=form.moment, **said)


def _cancel(form: form_of.CancelForm, **said: Any) -> None:
    cancel_session(reason=form.cleaned_data["reason"], **said)


def _write_down(form: form_of.ReportForm, **said: Any) -> None:
    report_session(report=form.report, **said)


@require_POST
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def tutoring_family_link(request: SunwardRequest, tutoring_id: UUID) -> HttpResponse:
    """The answer is the only page that ever shows the link."""
    on, now = clock.today(), clock.now()
    if request.POST.get("revoke"):
        revoke_family_link(actor=request.actor, tutoring_id=tutoring_id, on=on, now=now)
        messages.success(request, _("The link leads nowhere any more."))
        return redirect("mentoring:tutoring", tutoring_id)
    token = make_family_link(actor=request.actor, tutoring_id=tutoring_id, on=on, now=now)
    link = request.build_absolute_uri(reverse("mentoring:family_sessions", args=[token]))
    return _show(request, tutoring_id, family_link=link)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def student(request: SunwardRequest, mentor_id: UUID) -> HttpResponse:
    """What a student offers. The file with its numbers stays with the unit that keeps it."""
    now = clock.now()
    found = get_student(actor=request.actor, mentor_id=mentor_id, now=now)
    page = read_student_page(found, request.actor, on=clock.today())
    form = form_of.TeachingForm(request.POST if request.method == "POST" else None, initial=first_teaching(found))
    if request.method == "POST" and form.is_valid():
        note_teaching(actor=request.actor, mentor_id=mentor_id, now=now, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("mentoring:student", mentor_id)
    context = {"page": page, "form": form}
    return render(request, "mentoring/tutorings/student.html", context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def child_study(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    now = clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    form = form_of.StudyForm(request.POST if request.method == "POST" else None, initial=first_study(case))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        note_study_needs(
            actor=request.actor, case_id=case_id, school_stage=said["school_stage"], subjects=said["study_subjects"],
            slots=said["study_slots"], on=clock.today(), now=now,
        )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("mentoring:child", case_id)
    context = {
        "form": form, "case": case, "name": case.person.name, "title": _("School work and free hours"),
        "back": reverse("mentoring:child", args=[case_id]),
    }  # fmt: skip
    return render(request, "mentoring/children/act.html", context, status=422 if form.is_bound else 200)
