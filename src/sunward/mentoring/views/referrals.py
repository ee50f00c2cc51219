"""Referring a child to a resource, and carrying the referral to its end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework import actions as casework
from sunward.casework.actions.referrals import ANSWER_DAYS
from sunward.casework.models import Case
from sunward.casework.queries.plans import open_goal_choices
from sunward.casework.queries.resources import list_referable
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.mentoring.access import find_child, get_child
from sunward.mentoring.forms import plans as form_of
from sunward.mentoring.forms.children import VersionedForm
from sunward.mentoring.queries.plan_page import find_referral
from sunward.mentoring.views.acting import act_on_child, done_with, file_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*CASEWORK_ROLES, writes=True)
def child_refer(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    case = get_child(actor=request.actor, case_id=case_id, purpose="act", now=now)
    first = {"answer_due_on": on + timedelta(days=ANSWER_DAYS), "resource": request.GET.get("resource")}
    form = form_of.ReferralForm(request.POST or None, initial=first, goals=open_goal_choices(case))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        casework.send_referral(
            actor=request.actor, case_id=case_id, resource_id=said["resource"], reason=said["reason"],
            goal_id=UUID(said["goal"]) if said["goal"] else None, answer_due_on=said["answer_due_on"], on=on, now=now,
        )  # fmt: skip
        return done_with(request, case_id, _("Referred. Asking for the answer is on the list."))
    words = request.GET.get("q", "").strip()
    context = {
        "case": case, "name": case.person.name, "form": form, "back": file_of(case_id), "words": words,
        "resources": list_referable(case, on=on, words=words), "chosen": str(form["resource"].value() or ""),
    }  # fmt: skip
    return render(request, "mentoring/plans/refer.html", context, status=422 if form.is_bound else 200)


@require_safe
@allow(*CASEWORK_ROLES)
def child_refer_search(request: SunwardRequest, case_id: UUID) -> HttpResponse:
    """Where this child could be sent, narrowed while one types. The answer shows nothing of the child: no look."""
    case = find_child(actor=request.actor, case_id=case_id)
    words = request.GET.get("q", "").strip()
    context = {"resources": list_referable(case, on=clock.today(), words=words), "chosen": ""}
    return render(request, "mentoring/plans/_resources.html", context)


@dataclass(frozen=True, slots=True)
class Way:
    """How one step of a referral is asked for and done."""

    form: type[VersionedForm]
    act: Callable[..., object]
    title: Text
    done: Text


_answer, _settle = casework.answer_referral, casework.settle_referral
WAYS: dict[str, Way] = {
    "accept": Way(
        form_of.AnswerForm, lambda **said: _answer(**said, is_accepted=True), _("They take it on"), _("Written down.")
    ),
    "decline": Way(
        form_of.AnswerForm, lambda **said: _answer(**said, is_accepted=False), _("They decline"),
        _("Written down. Look for another way."),
    ),
    "helped": Way(
        form_of.ResultForm, lambda **said: _settle(**said, has_helped=True), _("It has helped"), _("Written down.")
    ),
    "not-helped": Way(
        form_of.ResultForm, lambda **said: _settle(**said, has_helped=False), _("It came to nothing"),
        _("Written down. Look for another way."),
    ),
    "withdraw": Way(form_of.WhyForm, casework.withdraw_referral, _("Take the referral back"), _("Taken back.")),
    "undo": Way(
        VersionedForm, casework.undo_referral_step, _("Undo the last step"), _("The last step was taken back.")
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*CASEWORK_ROLES, writes=True)
def child_referral_step(request: SunwardRequest, case_id: UUID, referral_id: UUID, act: str) -> HttpResponse:
    way = WAYS.get(act)
    if way is None:
        raise Http404
    form = way.form(request.POST or None)

    def take(given: dict[str, Any]) -> object:
        return way.act(**given, referral_id=referral_id, **form.cleaned_data)

    def prepare(case: Case) -> Text:
        row = find_referral(case, referral_id)
        form.fields["version"].initial = row.version
        return row.resource.name

    return act_on_child(request, case_id, form, take, title=way.title, done=way.done, prepare=prepare)
