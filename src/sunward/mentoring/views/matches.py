"""The ledger of matches, one match, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_act, record_looks
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.audit.chain import Subject
from sunward.casework.access import CASE_SUBJECT
from sunward.core import clock
from sunward.core.tables import read_ledger
from sunward.core.workbooks import Sheet, workbook_response
from sunward.mentoring.access import MENTOR_SUBJECT, get_match
from sunward.mentoring.actions import matches as acts
from sunward.mentoring.actions.agreements import say_farewell, sign_agreement
from sunward.mentoring.actions.match_steps import MatchChanged
from sunward.mentoring.actions.match_undoing import undo_step
from sunward.mentoring.enums import EndReason, PauseReason
from sunward.mentoring.forms.matches import (
    AgreementForm,
    CloseForm,
    FarewellForm,
    HandoverForm,
    MatchFilterForm,
    PauseForm,
    StepForm,
    TrialForm,
)
from sunward.mentoring.match_life import MatchAct, possible_acts
from sunward.mentoring.models import Match
from sunward.mentoring.queries.matches import (
    ACT_LABELS,
    COLUMNS,
    DEFAULT_ORDER,
    EXPORT_COLUMNS,
    MatchQuestion,
    export_cells,
    list_matches,
    read_export_rows,
    read_match_page,
    to_row,
    with_row_parts,
)
from sunward.mentoring.queries.papers import read_paper
from sunward.mentoring.queries.staff import list_staff_of_match
from sunward.mentoring.queries.successors import list_successors
from sunward.mentoring.queries.units import filter_choices, path_of


@dataclass(frozen=True, slots=True)
class Filters:
    form: MatchFilterForm


@require_GET
@allow(*CASEWORK_ROLES)
def matches(request: SunwardRequest) -> HttpResponse:
    today = clock.today()
    form, question = _read_question(request)
    found = with_row_parts(list_matches(request.actor, question, on=today))
    page = read_ledger(
        found, asked=request.GET, columns=COLUMNS, order=DEFAULT_ORDER, shape=lambda match: to_row(match, on=today)
    )
    return render(request, "mentoring/matches/list.html", {"filters": Filters(form), "page": page})


@require_GET
@allow(*CASEWORK_ROLES)
@reauthentication_required  # type: ignore[untyped-decorator]
def matches_export(request: SunwardRequest) -> HttpResponse:
    """The list with its filters as a workbook."""
    on = clock.today()
    _form, question = _read_question(request)
    rows = read_export_rows(list_matches(request.actor, question, on=on), on=on)
    record_act(
        actor=request.actor, code="mentoring.matches_exported", now=clock.now(), unit_path=question.unit_path,
        rows=len(rows), filters=sorted(name for name, value in request.GET.items() if value),
    )  # fmt: skip
    named = [(Subject(CASE_SUBJECT, row.case_id), row.unit_path) for row in rows]
    named += [(Subject(MENTOR_SUBJECT, row.mentor_id), row.mentor_path) for row in rows]
    record_looks(
        actor=request.actor, code="mentoring.file_exported", now=clock.now(), purpose="export",
        at=named,
    )  # fmt: skip
    sheet = Sheet(
        name=gettext("Matches"),
        title=gettext("Matches"),
        note=f"{request.actor.unit_name} · {request.actor.name} · {on.isoformat()}",
        heads=[str(column.label) for column in EXPORT_COLUMNS],
        rows=map(export_cells, rows),
    )
    return workbook_response([sheet], file_name=f"{gettext('Matches')}_{on.isoformat()}.xlsx")


def _read_question(request: SunwardRequest) -> tuple[MatchFilterForm, MatchQuestion]:
    """What cannot be understood is left out: a link that was sent on must open."""
    unit = request.GET.get("unit", "")
    form = MatchFilterForm(request.GET, units=filter_choices(request.actor, chosen=unit))
    form.is_valid()
    said = form.cleaned_data
    return form, MatchQuestion(
        words=said.get("q", "").strip(),
        unit_path=path_of(request.actor, unit) or "" if unit else "",
        state=said.get("state", ""),
        care=said.get("care", ""),
    )


@require_GET
@never_cache
@allow(*CASEWORK_ROLES)
def match(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    found = get_match(actor=request.actor, match_id=match_id, purpose="match", now=clock.now())
    page = read_match_page(found, request.actor, on=clock.today())
    return render(request, "mentoring/matches/match.html", {"page": page})


@dataclass(frozen=True, slots=True)
class StepWay:
    """How one step is asked for and done; `done` is said afterwards."""

    form: type[StepForm]
    act: Callable[..., Match]
    said: Callable[[dict[str, Any]], dict[str, Any]]
    done: str | Promise


WAYS: dict[MatchAct, StepWay] = {
    MatchAct.START_TRIAL: StepWay(
        TrialForm,
        acts.start_trial,
        lambda said: {key: said[key] for key in ("first_meeting_on", "first_meeting_with", "until_on", "agreed_times")},
        _("The first meeting is arranged. She can now see the child's page and prepare."),
    ),
    MatchAct.CONFIRM: StepWay(StepForm, acts.confirm_match, lambda said: {}, _("The match is confirmed.")),
    MatchAct.PAUSE: StepWay(
        PauseForm,
        acts.pause_match,
        lambda said: {"why": PauseReason(said["why"]), "reason": said["reason"]},
        _("The match is paused. She no longer sees the child's page."),
    ),
    MatchAct.RESUME: StepWay(StepForm, acts.resume_match, lambda said: {}, _("The match goes on.")),
    MatchAct.HAND_OVER: StepWay(
        HandoverForm,
        acts.hand_over_match,
        lambda said: {"to_mentor_id": said["mentor"], "until_on": said["until_on"], "reason": said["reason"]},
        _("The handover has begun. Next, arrange the first meeting with the new neighbour mom."),
    ),
    MatchAct.KEEP: StepWay(StepForm, acts.keep_match, lambda said: {}, _("The match goes on as before.")),
    MatchAct.CLOSE: StepWay(
        CloseForm,
        acts.close_match,
        lambda said: {
            "why": EndReason(said["why"]),
            "reason": said["reason"],
            "is_child_again": said["is_child_again"],
            "is_mentor_again": said["is_mentor_again"],
        },
        _("The match is closed. She no longer sees the child's page."),
    ),
    MatchAct.AGREE: StepWay(
        AgreementForm,
        sign_agreement,
        lambda said: {"signed_on": said["signed_on"], "agreed_times": said["agreed_times"]},
        _("The agreement is written down. The match can be confirmed once the trial has gone well."),
    ),
    MatchAct.FAREWELL: StepWay(
        FarewellForm,
        say_farewell,
        lambda said: {"said_on": said["said_on"], "words": said["words"]},
        _("The farewell is written down. Thank you for bringing it to a good end."),
    ),
    MatchAct.UNDO: StepWay(StepForm, undo_step, lambda said: {}, _("The last step was taken back.")),
}


@require_http_methods(["GET", "POST"])
@allow(*CASEWORK_ROLES, writes=True)
def match_step(request: SunwardRequest, match_id: UUID, act: str) -> HttpResponse:
    if act not in list(MatchAct):
        raise Http404
    way, on, now = WAYS[MatchAct(act)], clock.today(), clock.now()
    if request.method == "GET":
        return _ask(request, match_id, MatchAct(act), form=None, on=on, now=now)
    form = _make_form(request, match_id, way, request.POST, on=on)
    if not form.is_valid():
        return _ask(request, match_id, MatchAct(act), form=form, on=on, now=now)
    try:
        moved = way.act(
            actor=request.actor, match_id=match_id, on=on, now=now, version=form.cleaned_data["version"],
            **way.said(form.cleaned_data),
        )  # fmt: skip
    except MatchChanged as changed:
        return _show_changed(request, match_id, MatchAct(act), changed, on=on, now=now)
    messages.success(request, str(way.done))
    return redirect("mentoring:match", match_id=moved.uid)


def _make_form(
    request: SunwardRequest, match_id: UUID, way: StepWay, data: QueryDict | None = None, *, on: date, **more: Any
) -> StepForm:
    if way.form is TrialForm:
        more["staff"] = list_staff_of_match(request.actor, match_id, on=on)
    return way.form(data, **more)


@require_GET
@never_cache
@allow(*CASEWORK_ROLES)
def match_paper(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    """The agreement of the three on one sheet, to be printed and signed."""
    found = get_match(actor=request.actor, match_id=match_id, purpose="match", now=clock.now())
    return render(request, "mentoring/matches/paper.html", {"paper": read_paper(found, on=clock.today())})


def _ask(
    request: SunwardRequest, match_id: UUID, act: MatchAct, *, form: StepForm | None, on: date, now: datetime
) -> HttpResponse:
    """The form of a step on a page of its own; without JavaScript, and on a phone, it is all there is."""
    found = get_match(actor=request.actor, match_id=match_id, purpose="match", now=now)
    way = WAYS[act]
    is_possible = act in possible_acts(found)
    if form is None:
        if not is_possible or way.form is StepForm:
            return redirect("mentoring:match", match_id=match_id)
        first = {**way.form.first_values(on=on), "version": found.version}  # type: ignore[attr-defined]
        first |= {"agreed_times": found.agreed_times, "first_meeting_with": request.actor.user_id}
        form = _make_form(request, match_id, way, on=on, initial=first)
    context = {"form": form, "act": act, "label": ACT_LABELS[act], "match": found}
    if act == MatchAct.HAND_OVER:
        words = request.GET.get("q", "").strip()
        context |= {"words": words, "successors": list_successors(found, request.actor, on=on, words=words)}
    return render(request, "mentoring/matches/step.html", context, status=422 if form.is_bound else 200)


def _show_changed(
    request: SunwardRequest, match_id: UUID, act: MatchAct, changed: MatchChanged, *, on: date, now: datetime
) -> HttpResponse:
    """What the person wanted, and what the match is now: the last write does not silently win."""
    found = get_match(actor=request.actor, match_id=match_id, purpose="match", now=now)
    page = read_match_page(found, request.actor, on=on)
    context = {"page": page, "sentence": changed.sentence, "wanted": ACT_LABELS.get(act, _("Undo"))}
    return render(request, "mentoring/matches/changed.html", context, status=409)
