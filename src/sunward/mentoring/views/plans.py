"""The care plan of a child: its page, the sheet to sign, and what is written on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework import actions as casework
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict
from sunward.mentoring.access import get_child
from sunward.mentoring.forms import plans as form_of
from sunward.mentoring.queries import plan_page as queries
from sunward.mentoring.rules import PLAN_REVIEW_DAYS
from sunward.mentoring.views.acting import act_on_child, done_with

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
CHANGED = ("casework.plan_changed", "casework.goal_changed")


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def child_plan(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    case = get_child(actor=request.actor, case_id=case_id, purpose="open", now=clock.now())
    page = queries.read_plan_page(case, request.actor, on=clock.today())
    return render(request, "mentoring/plans/plan.html", {"page": page})


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def child_plan_paper(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """The sheet that the family signs."""
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=clock.now())
    paper = queries.read_paper(case, on=clock.today())
    return render(request, "mentoring/plans/paper.html", {"paper": paper, "today": clock.today()})


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_plan_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Each open need suggests a goal, to be changed or left out. Where a plan stands already, that one is shown."""
    on, now = clock.today(), clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    if request.method != "POST" and queries.has_open_plan(case):
        return redirect(_plan(case_id))
    form = form_of.NewPlanForm(
        request.POST or None, needs=queries.open_needs(case),
        initial={"review_on": on + timedelta(days=PLAN_REVIEW_DAYS)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        casework.draw_up_plan(
            actor=request.actor, case_id=case_id, review_on=form.cleaned_data["review_on"],
            agreement=form.cleaned_data["agreement"], goals=form.goals(), on=on, now=now,
        )  # fmt: skip
        return done_with(
            request, case_id, _("The care plan is drawn up. Print it for the family."), back=_plan(case_id)
        )
    context = {
        "case": case, "name": case.person.name, "form": form, "title": _("Draw up a care plan"),
        "back": _plan(case_id), "note": _("What is written down as a need is suggested as a goal."),
    }  # fmt: skip
    return render(request, "mentoring/children/act.html", context, status=422 if form.is_bound else 200)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_plan_edit(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    def save(form: form_of.PlanForm, given: dict[str, Any]) -> None:
        casework.edit_plan(**given, **form.cleaned_data)

    return _edit(
        request, case_id, form_of.PlanForm, queries.find_plan_values, save, title=_("Change the care plan"), fields={}
    )


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_goal_edit(request: SunwardRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    def read(case: Case) -> tuple[dict[str, Any], int]:
        goal = queries.find_goal(case, goal_id)
        return queries.goal_values(goal), goal.version

    def save(form: form_of.GoalForm, given: dict[str, Any]) -> None:
        casework.edit_goal(**given, goal_id=goal_id, goal=form.goal())

    return _edit(
        request, case_id, form_of.GoalForm, read, save, title=_("Change the goal"), fields={"needs": queries.open_needs}
    )


def _edit(
    request: SunwardRequest,
    case_id: UUID,
    kind: type[Any],
    read: Callable[[Case], tuple[dict[str, Any], int]],
    save: Callable[[Any, dict[str, Any]], None],
    *,
    title: Text,
    fields: dict[str, Callable[[Case], Any]],
) -> HttpResponse:
    """A form over what is there now. If somebody else has changed it meanwhile, both are shown to choose from."""
    on, now = clock.today(), clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    values, version = read(case)
    more = {name: make(case) for name, make in fields.items()}
    fresh: forms.Form = kind(initial=values, **more)
    context = {
        "case": case, "name": case.person.name, "title": title, "back": _plan(case_id), "version": version,
        "form": fresh, "note": "",
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "mentoring/children/act.html", context)
    form: forms.Form = kind(take_choices(request.POST), **more)
    if not form.is_valid():
        context |= {"form": form, "version": request.POST.get("version", "")}
        return render(request, "mentoring/children/act.html", context, status=422)
    try:
        save(form, {"actor": request.actor, "case_id": case_id, "version": version_of(request), "on": on, "now": now})
    except Conflict as conflict:
        if conflict.code not in CHANGED:
            raise
        context["merge"] = merge(form, fresh, version=version)
        return render(request, "core/merge.html", context, status=409)
    return done_with(request, case_id, _("Saved."), back=_plan(case_id))


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_plan_review(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    first = {"version": request.GET.get("version"), "review_on": clock.today() + timedelta(days=PLAN_REVIEW_DAYS)}
    form = form_of.ReviewForm(request.POST or None, initial=first)
    return act_on_child(
        request, case_id, form, lambda given: casework.review_plan(**given, **form.cleaned_data),
        title=_("Looked at the plan again"), done=_("Written down. The next time is on the list."),
        note=_("Settle what is reached, change what does not fit any more, then choose the next time."),
        back=_plan(case_id),
    )  # fmt: skip


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_plan_close(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    casework.close_plan(
        actor=request.actor, case_id=case_id, version=version_of(request), on=clock.today(), now=clock.now()
    )
    return done_with(request, case_id, _("The care plan is closed."), back=_plan(case_id))


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_goal_new(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    form = form_of.GoalForm(request.POST or None, needs=queries.open_needs(case))
    if request.method == "POST" and form.is_valid():
        casework.add_goal(actor=request.actor, case_id=case_id, goal=form.goal(), on=on, now=now)
        return done_with(request, case_id, _("The goal is in the plan."), back=_plan(case_id))
    context = {
        "case": case, "name": case.person.name, "form": form, "title": _("Add a goal"), "back": _plan(case_id)
    }  # fmt: skip
    return render(request, "mentoring/children/act.html", context, status=422 if form.is_bound else 200)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_goal_settle(request: SunwardRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    """Whether the need is met with it is asked only where the goal answers one."""
    form = form_of.SettleGoalForm(request.POST or None)

    def prepare(case: Case) -> Text:
        goal = queries.find_goal(case, goal_id)
        form.fields["version"].initial = goal.version
        if goal.need is None or goal.need.met_on is not None:
            del form.fields["is_need_met"]
        else:
            form.fields["is_need_met"].help_text = queries.need_word(goal.need.kind)
        return str(goal.words)

    return act_on_child(
        request, case_id, form, lambda given: casework.settle_goal(**given, goal_id=goal_id, **form.cleaned_data),
        title=_("Settle a goal"), done=_("Settled. It can be undone on the plan's page."), prepare=prepare,
        back=_plan(case_id),
    )  # fmt: skip


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_goal_undo(request: SunwardRequest, case_id: UUID, goal_id: UUID) -> HttpResponse:
    casework.reopen_goal(
        actor=request.actor, case_id=case_id, goal_id=goal_id, version=version_of(request), on=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    return done_with(request, case_id, _("Open again."), back=_plan(case_id))


def _plan(case_id: UUID) -> str:
    return reverse("mentoring:child_plan", args=[case_id])
