"""The policy: look at it, change it, see beforehand what a change would do, and every version it ever had."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.furniture import Progress
from sunward.core.polling import answer_poll
from sunward.core.refusals import Refusal
from sunward.matching.access import MATCHING_ROLES, POLICY_ROLES, get_policy, get_preview, scope
from sunward.matching.actions.policies import refuse_faults, save_policy
from sunward.matching.actions.runs import start_preview
from sunward.matching.declaration import declaration_of
from sunward.matching.enums import RunState
from sunward.matching.forms import PolicyForm
from sunward.matching.models import Policy
from sunward.matching.queries.policies import (
    get_version,
    list_policies,
    list_versions,
    newest_version,
    read_preview,
    say_differences,
)
from sunward.matching.queries.runs import say_failure, state_of


@allow(*MATCHING_ROLES)
def policies(request: SunwardRequest) -> HttpResponse:
    return render(request, "matching/policies.html", {"policies": list_policies(request.actor)})


@allow(*MATCHING_ROLES)
def policy(request: SunwardRequest, policy_id: UUID) -> HttpResponse:
    """The form, filled with the newest version, an older one (`version`) or a draft that was tried (`draft`)."""
    found = get_policy(actor=request.actor, policy_id=policy_id)
    newest = newest_version(found)
    content = newest.content
    if request.GET.get("version", "").isdecimal():
        content = get_version(found, int(request.GET["version"])).content
    elif request.GET.get("draft"):
        content = get_preview(actor=request.actor, run_id=_uuid(request.GET["draft"])).draft or content
    form = PolicyForm(declaration=declaration_of(found.programme), content=content, base=newest.number)
    return _show(request, found, form, differences=_differences(found, content))


@allow(*POLICY_ROLES, writes=True)
def save(request: SunwardRequest, policy_id: UUID) -> HttpResponse:
    """A new version; or, if somebody else was faster, the form again with what has changed meanwhile."""
    found = get_policy(actor=request.actor, policy_id=policy_id)
    form = _posted(request, found)
    if request.method != "POST":
        return redirect("matching:policy", policy_id)
    if (refused := _refuse(request, found, form)) is not None:
        return refused
    version = save_policy(
        actor=request.actor, policy_id=policy_id, base=form.cleaned_data["base"], content=form.read_content(),
        note=form.cleaned_data["note"], on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _say_saved(version.number))
    return redirect("matching:policy", policy_id)


@allow(*POLICY_ROLES, writes=True)
def preview(request: SunwardRequest, policy_id: UUID) -> HttpResponse:
    """Try what is in the form, without saving it."""
    found = get_policy(actor=request.actor, policy_id=policy_id)
    form = _posted(request, found)
    if request.method != "POST":
        return redirect("matching:policy", policy_id)
    if (refused := _refuse(request, found, form)) is not None:
        return refused
    run = start_preview(
        actor=request.actor, version=newest_version(found), draft=form.read_content(),
        unit_path=scope(request.actor)[0], on=clock.today(), now=clock.now(),
    )  # fmt: skip
    return redirect("matching:preview", run.uid)


@allow(*POLICY_ROLES)
def show_preview(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    run = get_preview(actor=request.actor, run_id=run_id)
    context: dict[str, Any] = {"run_id": run_id, "policy": run.version.policy, "base": run.version.number}
    if run.state == RunState.DONE:
        context["page"] = read_preview(request.actor, run, on=clock.today())
    else:
        context["progress"] = _progress(run)
    return render(request, "matching/preview.html", context)


@allow(*POLICY_ROLES)
def preview_progress(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    progress = _progress(get_preview(actor=request.actor, run_id=run_id))
    return answer_poll(request, progress)


@allow(*POLICY_ROLES, writes=True)
def save_preview(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    """Save what was tried, exactly as it was tried."""
    run = get_preview(actor=request.actor, run_id=run_id)
    if request.method != "POST":
        return redirect("matching:preview", run_id)
    version = save_policy(
        actor=request.actor, policy_id=run.version.policy.uid, base=run.version.number, content=run.draft or {},
        note=request.POST.get("note", ""), on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(request, _say_saved(version.number))
    return redirect("matching:policy", run.version.policy.uid)


@allow(*MATCHING_ROLES)
def versions(request: SunwardRequest, policy_id: UUID) -> HttpResponse:
    found = get_policy(actor=request.actor, policy_id=policy_id)
    return render(request, "matching/versions.html", {"policy": found, "versions": list_versions(found)})


def _posted(request: SunwardRequest, found: Policy) -> PolicyForm:
    newest = newest_version(found)
    return PolicyForm(
        request.POST if request.method == "POST" else None,
        declaration=declaration_of(found.programme),
        content=newest.content,
        base=newest.number,
    )


def _refuse(request: SunwardRequest, found: Policy, form: PolicyForm) -> HttpResponse | None:
    """The form again: with every fault at once, or with what somebody else has saved meanwhile."""
    if not form.is_valid():
        return _show(request, found, form, status=422)
    newest = newest_version(found)
    if form.cleaned_data["base"] != newest.number:
        declaration = declaration_of(found.programme)
        seen = get_version(found, form.cleaned_data["base"])
        fresh = PolicyForm(declaration=declaration, content=form.read_content(), base=newest.number)
        meanwhile = say_differences(seen.content, newest.content, declaration)
        return _show(request, found, fresh, meanwhile=meanwhile, status=409)
    try:
        refuse_faults(form.read_content(), declaration_of(found.programme))
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return _show(request, found, form, status=422)
    return None


def _show(
    request: SunwardRequest,
    found: Policy,
    form: PolicyForm,
    *,
    differences: tuple[str, ...] = (),
    meanwhile: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "policy": found,
        "form": form,
        "may_change": request.actor.has(*POLICY_ROLES),
        "differences": differences,
        "meanwhile": meanwhile,
        "newest": newest_version(found),
    }
    return render(request, "matching/policy.html", context, status=status)


def _differences(found: Policy, content: dict[str, Any]) -> tuple[str, ...]:
    return say_differences(newest_version(found).content, content, declaration_of(found.programme))


def _say_saved(number: int) -> str:
    return gettext("Saved as version %(number)d. It holds from the next matching on.") % {"number": number}


def _progress(run: Any) -> Progress:
    state = state_of(run)
    return Progress(
        url=reverse("matching:preview_progress", args=[run.uid]),
        label=_("Trying the policy"),
        done=run.job.done if run.job else 0,
        total=run.job.total if run.job else None,
        note=say_failure(run, declaration_of(run.version.policy.programme)) or (run.job.sentence if run.job else ""),
        is_over=state in (RunState.DONE, RunState.FAILED),
        has_failed=state == RunState.FAILED,
        next_href=reverse("matching:preview", args=[run.uid])
        if state == RunState.DONE
        else reverse("matching:policy", args=[run.version.policy.uid]),
        next_label=_("See what would change") if state == RunState.DONE else _("Back to the policy"),
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
