"""Runs: the list, the start, and the tabs of one run."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.furniture import Progress, Tab
from sunward.core.polling import answer_poll
from sunward.matching.access import (
    MATCHING_ROLES,
    get_run,
    matchable_units,
    visible_proposals,
    visible_unserved,
)
from sunward.matching.actions.runs import start_run
from sunward.matching.declaration import declaration_of
from sunward.matching.forms import ProposalFilter, StartForm, UnservedFilter
from sunward.matching.models import Run
from sunward.matching.queries.advice import list_advice
from sunward.matching.queries.district import draw_district
from sunward.matching.queries.policies import list_policies
from sunward.matching.queries.proposals import read_proposals
from sunward.matching.queries.runs import RunHead, list_runs, read_head
from sunward.matching.queries.unserved import read_unserved
from sunward.matching.words import say_version


@allow(*MATCHING_ROLES)
def runs(request: SunwardRequest) -> HttpResponse:
    return render(
        request,
        "matching/runs.html",
        {"runs": list_runs(request.actor), "form": _start_form(request, on=clock.today())},
    )


@allow(*MATCHING_ROLES, writes=True)
def start(request: SunwardRequest) -> HttpResponse:
    today = clock.today()
    if request.method != "POST":
        return redirect("matching:runs")
    form = _start_form(request, on=today)
    if not form.is_valid():
        return render(request, "matching/runs.html", {"runs": list_runs(request.actor), "form": form}, status=422)
    run = start_run(
        actor=request.actor,
        policy_id=UUID(form.cleaned_data["policy"]),
        unit_path=form.cleaned_data["unit"],
        on=today,
        now=clock.now(),
    )
    return redirect("matching:run", run.uid)


@allow(*MATCHING_ROLES)
def run(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    """The proposals; while the run is under way, how far it is."""
    found, head, context = _open(request, run_id, tab="proposals")
    if not head.is_done:
        return render(request, "matching/run_under_way.html", context | {"progress": progress_of(found, head)})
    today = clock.today()
    declaration = declaration_of(found.version.policy.programme)
    filters = ProposalFilter(
        request.GET,
        queryset=visible_proposals(request.actor).filter(run=found),
        declaration=declaration,
        units=_units(request, on=today),
    )
    page = read_proposals(request.actor, filters.qs, asked=request.GET, declaration=declaration, on=today)
    return render(request, "matching/run_proposals.html", context | {"filters": filters, "page": page})


@allow(*MATCHING_ROLES)
def run_map(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    found, _head, context = _open(request, run_id, tab="map")
    drawn = draw_district(request.actor, found, unit_code=request.GET.get("unit", ""), on=clock.today())
    return render(request, "matching/run_map.html", context | {"map": drawn})


@allow(*MATCHING_ROLES)
def run_unmatched(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    found, _head, context = _open(request, run_id, tab="unmatched")
    today = clock.today()
    declaration = declaration_of(found.version.policy.programme)
    filters = UnservedFilter(
        request.GET,
        queryset=visible_unserved(request.actor).filter(run=found),
        declaration=declaration,
        units=_units(request, on=today),
    )
    page = read_unserved(request.actor, filters.qs, asked=request.GET, declaration=declaration, on=today)
    return render(request, "matching/run_unmatched.html", context | {"filters": filters, "page": page})


@allow(*MATCHING_ROLES)
def run_advice(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    found, _head, context = _open(request, run_id, tab="advice")
    return render(request, "matching/run_advice.html", context | {"advice": list_advice(request.actor, found)})


@allow(*MATCHING_ROLES)
def run_progress(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    """What the page asks for while it waits."""
    found = get_run(actor=request.actor, run_id=run_id)
    progress = progress_of(found, read_head(request.actor, found))
    return answer_poll(request, progress)


def progress_of(found: Run, head: RunHead) -> Progress:
    job = found.job
    return Progress(
        url=reverse("matching:run_progress", args=[found.uid]),
        label=gettext("Matching for %(unit)s") % {"unit": head.unit_name},
        done=job.done if job else 0,
        total=job.total if job else None,
        note=head.failure or (job.sentence if job and not head.is_done else ""),
        is_over=head.is_done or head.has_failed,
        has_failed=head.has_failed,
        next_href=reverse("matching:run", args=[found.uid]) if head.is_done else reverse("matching:runs"),
        next_label=_("Look at the proposals") if head.is_done else _("Back to the list"),
    )


def _open(request: SunwardRequest, run_id: UUID, *, tab: str) -> tuple[Run, RunHead, dict[str, object]]:
    found = get_run(actor=request.actor, run_id=run_id)
    head = read_head(request.actor, found)
    return found, head, {"head": head, "tabs": _tabs(head, tab), "run_id": run_id}


def _tabs(head: RunHead, current: str) -> tuple[Tab, ...]:
    parts = (
        ("proposals", gettext("Proposals"), "matching:run", head.proposals),
        ("map", gettext("Map"), "matching:run_map", None),
        ("unmatched", gettext("Without anybody"), "matching:run_unmatched", head.unserved),
        ("advice", gettext("Where to recruit"), "matching:run_advice", head.advice),
    )
    return tuple(Tab(label, reverse(url, args=[head.uid]), code == current, count) for code, label, url, count in parts)


def _start_form(request: SunwardRequest, *, on: date) -> StartForm:
    policies = [(str(policy.uid), say_version(policy.name, policy.version)) for policy in list_policies(request.actor)]
    units = [(unit.path, unit.name) for unit in matchable_units(request.actor, on=on)]
    return StartForm(request.POST if request.method == "POST" else None, policies=policies, units=units)


def _units(request: SunwardRequest, *, on: date) -> list[tuple[str, str]]:
    """Sub-districts to filter by."""
    return [(unit.path, unit.name) for unit in matchable_units(request.actor, on=on) if unit.kind == "subdistrict"]
