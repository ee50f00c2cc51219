"""What is written on a jobseeker's file: each page shows one form and calls one act."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES
from sunward.employment.actions import files as acts
from sunward.employment.actions.surveys import record_survey
from sunward.employment.forms import jobseeker_acts as form_of
from sunward.employment.queries.jobseeker_acts import say_record
from sunward.employment.views.acting import act_on_jobseeker, done_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_survey(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.SurveyForm(request.POST or None, initial={"happened_on": clock.today()})
    return act_on_jobseeker(
        request, case_id, form, lambda given: record_survey(**given, **form.cleaned_data), title=_("Survey call"),
        done=_("Written down. A call written down in error is withdrawn under “Contacts and services”."),
        note=_("What the list says stays beside it."),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_service(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    first = {"happened_on": clock.today(), "kind": request.GET.get("kind")}
    form = form_of.ServiceForm(request.POST or None, initial=first)
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.record_service(**given, **form.cleaned_data),
        title=_("Write down a service"), done=_("Written down."),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_guidance(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.GuidanceForm(request.POST or None, initial={"happened_on": clock.today()})
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.record_guidance(**given, **form.said()),
        title=_("Career guidance"), done=_("Written down."),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_service_withdraw(request: SunwardRequest, case_id: UUID, record_id: UUID) -> HttpResponse:
    form = form_of.ReasonForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.withdraw_record(**given, record_id=record_id, **form.cleaned_data),
        title=_("Withdraw a record"), done=_("Withdrawn. The record stays, struck out."), is_dangerous=True,
        prepare=lambda case: say_record(case, record_id), button=_("Withdraw a record"),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_step(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.FollowUpForm(request.POST or None)
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.add_step(**given, **form.cleaned_data),
        title=_("Add a next step"), done=_("It is on the list."),
    )  # fmt: skip


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_step_settle(request: SunwardRequest, case_id: UUID, follow_up_id: int, verb: str) -> HttpResponse:
    acts.settle_step(
        actor=request.actor, case_id=case_id, follow_up_id=follow_up_id, verb=verb, on=clock.today(), now=clock.now()
    )
    words = {"done": _("Done."), "drop": _("Taken off the list."), "undo": _("Back on the list.")}
    return done_with(request, case_id, words[verb])


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_close(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.CloseForm(request.POST or None, initial={"version": request.GET.get("version")})
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.close_jobseeker(**given, **form.cleaned_data),
        title=_("Close the file"), button=_("Close the file"), done=_("The file is closed."), is_dangerous=True,
        note=_("A closed file can be read and opened again. What was to be done for it is taken off the lists."),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_reopen(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.ReopenForm(request.POST or None, initial={"version": request.GET.get("version")})
    return act_on_jobseeker(
        request, case_id, form, lambda given: acts.reopen_jobseeker(**given, **form.cleaned_data),
        title=_("Open the file again"), button=_("Open the file again"), done=_("The file is open."),
    )  # fmt: skip
