"""Appointments: on a jobseeker's file, of a day, and the times at a Leye Space into which they fall."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.employment.access.appointments import get_appointment
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, find_jobseeker
from sunward.employment.access.points import POINT_ROLES, get_own_point
from sunward.employment.actions import appointments as acts
from sunward.employment.actions.slots import add_times, say_time, withdraw_time
from sunward.employment.enums import AppointmentTopic
from sunward.employment.forms.appointments import BookForm, CameForm, CameToGuidanceForm, MoveForm, TimesForm
from sunward.employment.queries.appointments import adviser_choices, of_day, slot_choices
from sunward.employment.queries.points import mentor_choices
from sunward.employment.views.acting import act_on_jobseeker, done_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def appointments(request: SunwardRequest) -> HttpResponse:
    """Of one day; an address with a day that is none shows today."""
    day = _day(request.GET.get("day", ""))
    mine = request.GET.get("whose") != "all"
    context = {
        "rows": of_day(request.actor, day, mine=mine, now=clock.now()), "day": day, "mine": mine,
        "before": day - timedelta(days=1), "after": day + timedelta(days=1), "is_today": day == clock.today(),
    }  # fmt: skip
    return render(request, "employment/appointments/day.html", context)


@get_or_post
@allow(*POINT_ROLES, writes=True)
def point_times_new(request: SunwardRequest, point_id: UUID) -> HttpResponse:
    point = get_own_point(actor=request.actor, point_id=point_id)
    today = clock.today()
    form = TimesForm(
        request.POST or None, advisers=adviser_choices(point, on=today), mentors=mentor_choices(point, on=today)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = add_times(
                actor=request.actor, point_id=point_id, key=form.cleaned_data["key"], times=form.times(),
                on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            word = ngettext("%(count)s time added.", "%(count)s times added.", len(made)) % {"count": len(made)}
            messages.success(request, word)
            return redirect("employment:point", point_id)
    context = {"form": form, "point": point, "title": _("Add times")}
    return render(request, "employment/points/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@allow(*POINT_ROLES, writes=True)
def point_time_withdraw(request: SunwardRequest, point_id: UUID, slot_id: UUID) -> HttpResponse:
    try:
        withdraw_time(actor=request.actor, point_id=point_id, slot_id=slot_id, now=clock.now())
    except Conflict as conflict:
        messages.warning(request, str(conflict.sentence))
    else:
        messages.success(request, _("Withdrawn: nobody can be booked into it any more."))
    return redirect("employment:point", point_id)


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_book(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = BookForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.book_appointment(**given, **form.cleaned_data),
        title=_("Book an appointment"), done=_("Booked. The person is reminded the day before."),
        prepare=lambda case: _offer(form, case),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_appointment_move(request: SunwardRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    form = MoveForm(request.POST or None)

    def prepare(case: Case) -> Text:
        row = get_appointment(case, appointment_id)
        form.initial = {"version": row.version}
        return _offer(form, case) or f"{say_time(row.slot)} {row.slot.point.name}"

    return act_on_jobseeker(
        request, case_id, form,
        lambda given: acts.move_appointment(**given, appointment_id=appointment_id, **form.cleaned_data),
        title=_("Move the appointment"), done=_("Moved."), prepare=prepare,
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_appointment_came(request: SunwardRequest, case_id: UUID, appointment_id: UUID) -> HttpResponse:
    """What came of it is written down with it, in the form that its topic asks for."""
    found = get_appointment(find_jobseeker(actor=request.actor, case_id=case_id), appointment_id)
    is_guidance = found.topic == AppointmentTopic.GUIDANCE
    form: CameForm | CameToGuidanceForm = (CameToGuidanceForm if is_guidance else CameForm)(
        request.POST or None, initial={"version": found.version}
    )
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.note_came(**given, appointment_id=appointment_id, **form.said()),
        title=_("The person came"), done=_("Written down as a service."),
        note=f"{say_time(found.slot)} {found.slot.point.name} · {AppointmentTopic(found.topic).label}",
    )  # fmt: skip


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_appointment_settle(
    request: SunwardRequest, case_id: UUID, appointment_id: UUID, verb: str
) -> HttpResponse:
    act, word = _settling()[verb]
    act(
        actor=request.actor, case_id=case_id, appointment_id=appointment_id, version=version_of(request),
        on=clock.today(), now=clock.now(),
    )  # fmt: skip
    return done_with(request, case_id, word)


def _settling() -> Mapping[str, tuple[Callable[..., Any], str]]:
    return {
        "cancel": (acts.cancel_appointment, _("Cancelled. It can be taken back here as long as the place is free.")),
        "missed": (acts.note_missed, _("Noted that the person did not come.")),
        "restore": (acts.restore_appointment, _("Booked again, as it was.")),
    }


def _offer(form: BookForm | MoveForm, case: Case) -> str:
    slots = slot_choices(case, now=clock.now())
    form.offer(slots)
    return "" if slots else _("No time is free: add times at a Leye Space first.")


def _day(asked: str) -> date:
    try:
        return parse_date(asked) or clock.today()
    except ValueError:
        return clock.today()
