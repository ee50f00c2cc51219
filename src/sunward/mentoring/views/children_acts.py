"""What is written on a child's file: each page shows one form and calls one act."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework import actions as casework
from sunward.casework.models import Case
from sunward.casework.queries.plans import open_goal_choices
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict
from sunward.mentoring.access import find_child, get_child
from sunward.mentoring.actions import children as acts
from sunward.mentoring.actions import consents, households
from sunward.mentoring.forms import children as form_of
from sunward.mentoring.queries.child_editing import consent_givers, initial_of, lookalikes
from sunward.mentoring.queries.units import home_choices
from sunward.mentoring.views.acting import act_on_child, done_with, file_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_new(request: SunwardRequest) -> HttpResponse:
    """Open a file by hand; whoever may be the same child already is shown first, with the reasons."""
    on = clock.today()
    form = form_of.NewChildForm(request.POST or None, units=home_choices(request.actor), on=on)
    found = None
    if request.method == "POST" and form.is_valid():
        found = lookalikes(request.actor, form.person())
        if not found.is_blocking and (not found.rows or says_somebody_else(request)):
            case = acts.add_child(
                actor=request.actor, person=form.person(), child=form.child(), risk_level=form.cleaned_data["risk"],
                risk_reason=form.cleaned_data["risk_reason"], on=on, now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("The file is open."))
            return redirect("mentoring:child", case.uid)
    context = {"form": form, "found": found, "back": reverse("mentoring:children")}
    return render(request, "mentoring/children/new.html", context, status=422 if request.method == "POST" else 200)


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_edit(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Change the file. If somebody else has changed it meanwhile, both versions are shown to choose from."""
    on, now = clock.today(), clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="edit", now=now)
    given: dict[str, Any] = {"units": home_choices(request.actor), "on": on, "is_editing": True}
    fresh = form_of.ChildForm(initial=initial_of(case), **given)
    context = {"case": case, "name": case.person.name, "back": file_of(case_id), "version": case.version, "form": fresh}
    if request.method != "POST":
        return render(request, "mentoring/children/edit.html", context)
    form = form_of.ChildForm(take_choices(request.POST), **given)
    if not form.is_valid():
        context |= {"form": form, "version": request.POST.get("version", "")}
        return render(request, "mentoring/children/edit.html", context, status=422)
    try:
        acts.edit_child(
            actor=request.actor, case_id=case_id, version=version_of(request), person=form.changes(),
            child=form.child(), on=on, now=now,
        )  # fmt: skip
    except Conflict as conflict:
        if conflict.code != "casework.case_changed":
            raise
        context["merge"] = merge(form, fresh, version=case.version)
        return render(request, "core/merge.html", context, status=409)
    messages.success(request, _("Saved."))
    return redirect("mentoring:child", case_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_assessment_decide(request: SunwardRequest, case_id: UUID, assessment_id: int) -> HttpResponse:
    find_child(actor=request.actor, case_id=case_id)
    act = casework.confirm_lowering if request.POST.get("verdict") == "confirm" else casework.decline_lowering
    act(actor=request.actor, case_id=case_id, assessment_id=assessment_id, on=clock.today(), now=clock.now())
    return done_with(request, case_id, _("Decided."))


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_service(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.ServiceForm(
        request.POST or None, initial={"happened_on": clock.today(), "goal_id": request.GET.get("goal")}
    )

    def offer_goals(case: Case) -> None:
        form.offer_goals(open_goal_choices(case))

    return act_on_child(
        request, case_id, form, lambda given: casework.record_service(**given, **form.cleaned_data),
        title=_("Write down a contact"), done=_("Written down."), prepare=offer_goals,
    )  # fmt: skip


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_service_withdraw(request: SunwardRequest, case_id: UUID, record_id: UUID) -> HttpResponse:
    form = form_of.ReasonForm(request.POST or None)
    return act_on_child(
        request, case_id, form,
        lambda given: casework.withdraw_service(**given, record_id=record_id, **form.cleaned_data),
        title=_("Withdraw a record"), done=_("Withdrawn. The record stays, struck out."), is_dangerous=True,
    )  # fmt: skip


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_follow_up(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.FollowUpForm(request.POST or None)
    return act_on_child(
        request, case_id, form, lambda given: casework.add_follow_up(**given, **form.cleaned_data),
        title=_("Add something to do"), done=_("It is on the list."),
    )  # fmt: skip


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_follow_up_settle(request: SunwardRequest, case_id: UUID, follow_up_id: int, verb: str) -> HttpResponse:
    find_child(actor=request.actor, case_id=case_id)
    settle = {
        "done": casework.complete_follow_up, "drop": casework.drop_follow_up, "undo": casework.reopen_follow_up
    }  # fmt: skip
    settle[verb](actor=request.actor, case_id=case_id, follow_up_id=follow_up_id, on=clock.today(), now=clock.now())
    words = {"done": _("Done."), "drop": _("Taken off the list."), "undo": _("Back on the list.")}
    return done_with(request, case_id, words[verb])


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_guardian(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.GuardianForm(request.POST or None, on=clock.today())

    def add(given: dict[str, Any]) -> object:
        more = {name: form.cleaned_data[name] for name in ("relation", "lives_together", "is_primary")}
        return acts.add_guardian(**given, person=form.person(), **more)

    return act_on_child(request, case_id, form, add, title=_("Add a guardian"), done=_("Written down."))


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_guardian_end(request: SunwardRequest, case_id: UUID, guardianship_id: int) -> HttpResponse:
    acts.end_guardian(
        actor=request.actor, case_id=case_id, guardianship_id=guardianship_id, on=clock.today(), now=clock.now()
    )
    return done_with(request, case_id, _("Written down."))


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_housemate(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.KinForm(request.POST or None, on=clock.today())
    return act_on_child(
        request, case_id, form,
        lambda given: households.add_household_member(
            **given, person=form.person(), relation=form.cleaned_data["relation"]
        ),
        title=_("Add somebody who lives with the child"), done=_("Written down."),
        note=_("Whoever lived elsewhere until now leaves there today."),
    )  # fmt: skip


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_housemate_end(request: SunwardRequest, case_id: UUID, member_id: int) -> HttpResponse:
    households.end_household_member(
        actor=request.actor, case_id=case_id, member_id=member_id, on=clock.today(), now=clock.now()
    )
    return done_with(request, case_id, _("Written down."))


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_consent(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    on = clock.today()
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=clock.now())
    form = form_of.ConsentForm(
        request.POST or None,
        givers=consent_givers(case, on=on),
        initial={"given_on": on, "purpose": request.GET.getlist("for")},
    )

    def record(given: dict[str, Any]) -> object:
        data = dict(form.cleaned_data)
        purposes, giver = data.pop("purpose"), data.pop("given_by")
        return consents.record_consents(**given, purposes=purposes, paper=consents.Paper(given_by_id=giver, **data))

    return act_on_child(
        request, case_id, form, record, title=_("Write down consent or another basis"), done=_("Written down.")
    )


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def child_consent_withdraw(request: SunwardRequest, case_id: UUID, consent_id: int) -> HttpResponse:
    consents.withdraw_consent(
        actor=request.actor, case_id=case_id, consent_id=consent_id, on=clock.today(), now=clock.now()
    )
    return done_with(request, case_id, _("The consent is withdrawn from today."))


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_close(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.CloseForm(request.POST or None, initial={"version": request.GET.get("version")})
    return act_on_child(
        request, case_id, form, lambda given: acts.close_child(**given, **form.cleaned_data),
        title=_("Close the file"), done=_("The file is closed."), is_dangerous=True,
        note=_("A closed file can be read and opened again. What was to be done for it is taken off the lists."),
    )  # fmt: skip


@get_or_post
@allow(*CASEWORK_ROLES, writes=True)
def child_reopen(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    form = form_of.ReopenForm(request.POST or None, initial={"version": request.GET.get("version")})
    return act_on_child(
        request, case_id, form, lambda given: casework.reopen_case(**given, **form.cleaned_data),
        title=_("Open the file again"), done=_("The file is open."),
    )  # fmt: skip


def says_somebody_else(request: SunwardRequest) -> bool:
    """The button below the lookalikes was pressed: none of them is this person."""
    return request.POST.get("is_other") == "on"
