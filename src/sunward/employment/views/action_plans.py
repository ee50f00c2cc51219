"""The individual action plan (一人一策) of a jobseeker. Each view first passes the gate of this programme's files."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.casework import actions as casework
from sunward.casework.models import CarePlan, Case, Goal
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict
from sunward.employment.access.jobseekers import JOBSEEKER_ROLES, find_jobseeker, get_jobseeker
from sunward.employment.forms import action_plans as form_of
from sunward.employment.queries import action_plans as queries
from sunward.employment.rules import PLAN_REVIEW_DAYS
from sunward.employment.views.acting import act_on_jobseeker, done_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
CHANGED = ("casework.plan_changed", "casework.goal_changed")


@require_safe
@never_cache
@allow(*JOBSEEKER_ROLES)
def jobseeker_plan(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="open", now=clock.now())
    page = queries.read_plan_page(case, on=clock.today())
    return render(request, "employment/plans/plan.html", {"page": page})


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_plan_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Where a plan stands already, that one is shown."""
    case = find_jobseeker(actor=request.actor, case_id=case_id)
    if request.method != "POST" and queries.has_open_plan(case):
        return redirect(_plan(case_id))
    form = form_of.NewPlanForm(request.POST or None, initial={"review_on": _in_three_months()})

    def draw_up(given: dict[str, Any]) -> None:
        words = {name: form.cleaned_data[name] for name in ("review_on", "agreement")}
        casework.draw_up_plan(**given, **words, goals=form.details())

    return act_on_jobseeker(
        request, case_id, form, draw_up, title=_("Draw up an action plan"), done=_("The action plan is drawn up."),
        back=_plan(case_id),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_plan_edit(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    def save(form: form_of.PlanForm, given: dict[str, Any]) -> None:
        casework.edit_plan(**given, **form.cleaned_data)

    return _edit(
        request, case_id, form_of.PlanForm, queries.find_plan, queries.plan_values, save,
        title=_("Change the action plan"),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_goal_edit(request: SunwardRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    def save(form: form_of.GoalForm, given: dict[str, Any]) -> None:
        casework.edit_goal(**given, goal_id=goal_id, goal=form.goal())

    return _edit(
        request, case_id, form_of.GoalForm, lambda case: queries.find_goal(case, goal_id), queries.goal_values, save,
        title=_("Change the goal"),
    )  # fmt: skip


def _edit(
    request: SunwardRequest,
    case_id: UUID,
    kind: type[Any],
    find: Callable[[Case], Any],
    values: Callable[[Any], dict[str, Any]],
    save: Callable[[Any, dict[str, Any]], None],
    *,
    title: Text,
) -> HttpResponse:
    """A form over what is there now. If somebody else has changed it meanwhile, both are shown to choose from."""
    on, now = clock.today(), clock.now()
    case = get_jobseeker(actor=request.actor, case_id=case_id, purpose="act", now=now)
    row: CarePlan | Goal = find(case)
    fresh = kind(initial=values(row))
    context = {
        "case": case, "name": case.person.name, "title": title, "back": _plan(case_id), "version": row.version,
        "form": fresh, "note": "",
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "employment/jobseekers/act.html", context)
    form = kind(take_choices(request.POST))
    if not form.is_valid():
        context |= {"form": form, "version": request.POST.get("version", "")}
        return render(request, "employment/jobseekers/act.html", context, status=422)
    try:
        save(form, {"actor": request.actor, "case_id": case_id, "version": version_of(request), "on": on, "now": now})
    except Conflict as conflict:
        if conflict.code not in CHANGED:
            raise
        context["merge"] = merge(form, fresh, version=row.version)
        return render(request, "core/merge.html", context, status=409)
    return done_with(request, case_id, _("Saved."), back=_plan(case_id))


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_plan_review(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    first = {"version": request.GET.get("version"), "review_on": _in_three_months()}
    form = form_of.ReviewForm(request.POST or None, initial=first)
    return act_on_jobseeker(
        request, case_id, form, lambda given: casework.review_plan(**given, **form.cleaned_data),
        title=_("Looked at the plan again"), done=_("Written down. The next time is among the next steps."),
        note=_("Settle what is reached, change what does not fit any more, then choose the next time."),
        back=_plan(case_id),
    )  # fmt: skip


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_plan_close(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    find_jobseeker(actor=request.actor, case_id=case_id)
    casework.close_plan(
        actor=request.actor, case_id=case_id, version=version_of(request), on=clock.today(), now=clock.now()
    )
    return done_with(request, case_id, _("The action plan is closed."), back=_plan(case_id))


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_goal_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.GoalForm(request.POST or None)

    def there_is_a_plan(case: Case) -> None:
        queries.find_plan(case)

    return act_on_jobseeker(
        request, case_id, form, lambda given: casework.add_goal(**given, goal=form.goal()), title=_("Add a goal"),
        done=_("The goal is in the plan."), prepare=there_is_a_plan, back=_plan(case_id),
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_goal_settle(request: SunwardRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    form = form_of.SettleGoalForm(request.POST or None)

    def prepare(case: Case) -> Text:
        goal = queries.find_goal(case, goal_id)
        form.fields["version"].initial = goal.version
        return str(goal.words)

    return act_on_jobseeker(
        request, case_id, form, lambda given: casework.settle_goal(**given, goal_id=goal_id, **form.cleaned_data),
        title=_("Settle a goal"), done=_("Settled. It can be undone on the plan's page."), prepare=prepare,
        back=_plan(case_id),
    )  # fmt: skip


@require_POST
@allow(*JOBSEEKER_ROLES, writes=True)
def jobseeker_goal_undo(request: SunwardRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    find_jobseeker(actor=request.actor, case_id=case_id)
    casework.reopen_goal(
        actor=request.actor, case_id=case_id, goal_id=goal_id, version=version_of(request), on=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    return done_with(request, case_id, _("Open again."), back=_plan(case_id))


def _in_three_months() -> date:
    return clock.today() + timedelta(days=PLAN_REVIEW_DAYS)


def _plan(case_id: UUID) -> str:
    return reverse("employment:jobseeker_plan", args=[case_id])
