"""One proposal with its reasons, and what a person decides about it."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.core.workbooks import workbook_response
from sunward.matching.access import MATCHING_ROLES, get_proposal, get_run, matchable_units, visible_proposals
from sunward.matching.actions.decisions import approve, approve_many, choose_another, reject, take_back_rejection
from sunward.matching.actions.exports import record_export
from sunward.matching.declaration import declaration_of
from sunward.matching.forms import ChooseForm, ProposalFilter, ReasonForm
from sunward.matching.models import Proposal
from sunward.matching.queries.others import list_others
from sunward.matching.queries.proposals import list_proposals, read_proposal
from sunward.matching.queries.runs import read_head
from sunward.matching.queries.sheets import proposals_sheet


@allow(*MATCHING_ROLES)
def proposal(request: SunwardRequest, proposal_id: UUID) -> HttpResponse:
    found = get_proposal(actor=request.actor, proposal_id=proposal_id, now=clock.now())
    return _show(request, found, ReasonForm(), status=200)


@allow(*MATCHING_ROLES, writes=True)
def approve_proposal(request: SunwardRequest, proposal_id: UUID) -> HttpResponse:
    if request.method == "POST":
        approve(actor=request.actor, proposal_id=proposal_id, on=clock.today(), now=clock.now())
        messages.success(request, gettext("Approved. The match waits for its first meeting."))
    return redirect("matching:proposal", proposal_id)


@allow(*MATCHING_ROLES, writes=True)
def reject_proposal(request: SunwardRequest, proposal_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return redirect("matching:proposal", proposal_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        found = get_proposal(actor=request.actor, proposal_id=proposal_id, now=clock.now())
        return _show(request, found, form, status=422)
    reject(
        actor=request.actor, proposal_id=proposal_id, reason=form.cleaned_data["reason"], on=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    return redirect("matching:proposal", proposal_id)


@allow(*MATCHING_ROLES, writes=True)
def take_back(request: SunwardRequest, proposal_id: UUID) -> HttpResponse:
    if request.method == "POST":
        take_back_rejection(actor=request.actor, proposal_id=proposal_id, on=clock.today(), now=clock.now())
        messages.success(request, gettext("The rejection is taken back; the proposal is open again."))
    return redirect("matching:proposal", proposal_id)


@allow(*MATCHING_ROLES, writes=True)
def others(request: SunwardRequest, proposal_id: UUID) -> HttpResponse:
    """Choose another: a list on GET, the choice with its reason on POST."""
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose_another(
            actor=request.actor, proposal_id=proposal_id, right_id=form.cleaned_data["right"],
            reason=form.cleaned_data["reason"], on=clock.today(), now=clock.now(),
        )  # fmt: skip
        messages.success(request, gettext("Your choice is recorded. The match waits for its first meeting."))
        return redirect("matching:proposal", proposal_id)
    today = clock.today()
    found = get_proposal(actor=request.actor, proposal_id=proposal_id, now=clock.now())
    words = request.GET.get("q", "").strip()[:40]
    context = {
        "page": read_proposal(request.actor, found, on=today),
        "candidates": list_others(request.actor, found, words=words, on=today),
        "form": form,
        "words": words,
    }
    return render(request, "matching/others.html", context, status=422 if form.errors else 200)


@allow(*MATCHING_ROLES, writes=True)
def approve_chosen(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    """Many at once; the answer says of each what became of it."""
    found = get_run(actor=request.actor, run_id=run_id)
    chosen = [UUID(text) for text in request.POST.getlist("proposal") if _is_uuid(text)]
    if request.method != "POST":
        return redirect("matching:run", run_id)
    if not chosen:
        raise Refusal("matching.nothing_chosen", _("Choose at least one proposal first."))
    today = clock.today()
    decided = {
        one.proposal_id: one
        for one in approve_many(actor=request.actor, proposal_ids=chosen, on=today, now=clock.now())
    }
    declaration = declaration_of(found.version.policy.programme)
    rows = list_proposals(
        request.actor,
        visible_proposals(request.actor).filter(run=found, uid__in=chosen).order_by("rank"),
        declaration=declaration,
        on=today,
    )
    results = [(row, decided[row.uid]) for row in rows]
    context = {
        "head": read_head(request.actor, found),
        "results": results,
        "done": sum(1 for one in decided.values() if one.is_done),
        "left_name": declaration.left_name,
        "right_name": declaration.right_name,
        "next_step": declaration.next_step,
    }
    return render(request, "matching/approved.html", context)


@allow(*MATCHING_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def export(request: SunwardRequest, run_id: UUID) -> HttpResponse:
    """The list as a workbook. Names leave the house: the person has just said who she is, and it is on record."""
    found = get_run(actor=request.actor, run_id=run_id)
    today, now = clock.today(), clock.now()
    declaration = declaration_of(found.version.policy.programme)
    units = [(unit.path, unit.name) for unit in matchable_units(request.actor, on=today)]
    filters = ProposalFilter(
        request.GET, queryset=visible_proposals(request.actor).filter(run=found), declaration=declaration, units=units
    )
    rows = list_proposals(request.actor, filters.qs.order_by("rank"), declaration=declaration, on=today)
    record_export(actor=request.actor, run=found, named=[(row.left_id, row.unit_path) for row in rows], now=now)
    head = read_head(request.actor, found)
    made = _("%(who)s, %(moment)s") % {"who": request.actor.name, "moment": localtime(now).strftime("%Y-%m-%d %H:%M")}
    sheet = proposals_sheet(rows, head, declaration, made=str(made))
    return workbook_response([sheet], file_name=f"{sheet.title}.xlsx")


def _show(request: SunwardRequest, found: Proposal, form: ReasonForm, *, status: int) -> HttpResponse:
    page = read_proposal(request.actor, found, on=clock.today())
    return render(request, "matching/proposal.html", {"page": page, "form": form}, status=status)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
