"""Proposals of meetings: what waits for an answer, answering it, and one that stands in no paper."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import (
    KEEPER_ROLES,
    READER_ROLES,
    open_kept_meeting,
    open_kept_proposal,
    units_to_charge,
)
from sunward.blueprint.actions import proposals as acts
from sunward.blueprint.actions.meetings import refuse_approved
from sunward.blueprint.enums import Answer
from sunward.blueprint.forms.lines import AnswerForm, ProposalForm
from sunward.blueprint.queries import proposals as queries
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal, show_above
from sunward.core.tables import read_ledger

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*READER_ROLES)
def proposals(request: SunwardRequest) -> HttpResponse:
    """Whoever keeps no meeting sees what the own unit proposed, a leader what the district's meetings were told."""
    on, waiting = clock.today(), request.GET.get("waiting") == "1"
    page = read_ledger(
        queries.list_proposals(request.actor, waiting=waiting), asked=request.GET, columns=queries.COLUMNS,
        order="-meeting", shape=lambda row: queries.to_listed(row, request.actor, on=on),
    )  # fmt: skip
    context = {"page": page, "tabs": queries.tabs(request.actor, waiting=waiting), "waiting": waiting}
    return render(request, "blueprint/meetings/proposals.html", context)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def proposal_answer(request: SunwardRequest, proposal_id: UUID) -> HttpResponse:
    found = open_kept_proposal(actor=request.actor, proposal_id=proposal_id)
    initial = {
        "answer": found.answer, "reason": found.reason,
        "merged_into": found.merged_into.number if found.merged_into else "",
    }  # fmt: skip
    form = AnswerForm(
        request.POST if request.method == "POST" else None, answers=queries.list_answers(),
        others=queries.list_others(found), initial=initial,
    )  # fmt: skip
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            acts.answer_proposal(
                actor=request.actor, proposal_id=proposal_id, version=version_of(request), reason=given["reason"],
                answer=Answer(given["answer"]), merged_into=int(given["merged_into"] or 0), on=clock.today(),
                now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("Answered. Whoever proposed it reads the reason."))
            return redirect(_back(found.meeting.uid, found.number))
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            form.add_error(None, str(refusal.sentence))
            status = refusal.status
    context = {
        "form": form, "proposal": found, "meeting": found.meeting, "back": _back(found.meeting.uid, found.number),
        "version": request.POST.get("version", "") or found.version,
    }  # fmt: skip
    return render(request, "blueprint/meetings/answer.html", context, status=status)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def proposal_new(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    found = open_kept_meeting(actor=request.actor, meeting_id=meeting_id)
    refuse_approved(found)
    units = [(unit.code, unit.name) for unit in units_to_charge(found).order_by("code")]
    form = ProposalForm(request.POST if request.method == "POST" else None, units=units, initial={"key": uuid4()})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            acts.add_proposal(
                actor=request.actor, meeting_id=meeting_id, key=given["key"], unit_code=given["unit"],
                name=given["name"], text=given["text"], now=clock.now(),
            )  # fmt: skip
            messages.success(request, _("Written down."))
            return redirect("blueprint:meeting", meeting_id)
        except Refusal as refusal:
            show_above(form, refusal)
    context = {
        "form": form, "title": _("Add a proposal"), "meeting": found,
        "back": reverse("blueprint:meeting", args=[meeting_id]),
    }  # fmt: skip
    return render(request, "blueprint/meetings/act.html", context, status=422 if form.is_bound else 200)


def _back(meeting_id: UUID, number: int) -> str:
    return f"{reverse('blueprint:meeting', args=[meeting_id])}#proposal-{number}"
