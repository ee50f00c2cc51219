"""A mentor's pages: her child, the visit form with its draft, her visits, a correction."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.refusals import Refusal, show_above
from sunward.mentoring.access import get_own_match
from sunward.mentoring.actions.visits import (
    DraftElsewhere,
    VisitAlreadySaved,
    correct_visit,
    discard_draft,
    record_visit,
    save_draft,
)
from sunward.mentoring.actions.ways import come_back_from
from sunward.mentoring.forms.visits import VisitForm, draft_of, first_values, values_of_draft, values_of_visit
from sunward.mentoring.queries.offline import initial_of
from sunward.mentoring.queries.visits import (
    VISITS_ON_CARD,
    VisitDesk,
    find_correctable,
    list_own_visits,
    open_desk,
    read_child_card,
    read_own_child,
)
from sunward.mentoring.queries.ways import find_own_way
from sunward.mentoring.rules import MINUTES_AT_MOST, MINUTES_STEP, WAY_MINUTES, WAY_MINUTES_AT_FIRST


@require_GET
@never_cache
@allow(Role.MENTOR)
def own_child(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    now = clock.now()
    match = get_own_match(actor=request.actor, match_id=match_id, now=now)
    visits = list_own_visits(match, request.actor, now=now, most=VISITS_ON_CARD + 1)
    context = {
        "card": read_child_card(match, request.actor),
        "visits": visits[:VISITS_ON_CARD],
        "way": find_own_way(request.actor, match_id=match_id),
        "way_minutes": WAY_MINUTES,
        "way_minutes_at_first": WAY_MINUTES_AT_FIRST,
        "has_more": len(visits) > VISITS_ON_CARD,
    }
    return render(request, "mentoring/visits/child.html", context)


@require_GET
@never_cache
@allow(Role.MENTOR)
def own_visits(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    now = clock.now()
    match = get_own_match(actor=request.actor, match_id=match_id, now=now)
    context = {
        "child": read_own_child(match, request.actor),
        "visits": list_own_visits(match, request.actor, now=now),
    }
    return render(request, "mentoring/visits/visits.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@allow(Role.MENTOR, writes=True)
def visit(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    if request.method == "GET":
        match = get_own_match(actor=request.actor, match_id=match_id, now=now)
        desk = open_desk(match, request.actor)
        values = values_of_draft(desk.draft, on=on) if desk.draft else first_values(on)
        return _desk(request, desk, VisitForm(initial=values, on=on))
    form = VisitForm(request.POST, on=on)
    sentence: Any = ""
    if form.is_valid():
        try:
            record_visit(
                actor=request.actor, match_id=match_id, key=read_key(request), entry=form.entry, on=on, now=now
            )  # fmt: skip
        except VisitAlreadySaved as already:
            sentence = already.sentence
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            if form.cleaned_data["is_back"]:
                come_back_from(actor=request.actor, match_id=match_id, now=now)
            messages.success(request, _("Saved. Thank you for going."))
            return redirect("mentoring:own_child", match_id=match_id)
    match = get_own_match(actor=request.actor, match_id=match_id, now=now)
    return _desk(request, open_desk(match, request.actor), form, sentence=sentence, status=409 if sentence else 422)


def _desk(
    request: SunwardRequest, desk: VisitDesk, form: VisitForm, *, sentence: Any = "", status: int = 200
) -> HttpResponse:
    context = {
        "desk": desk,
        "form": form,
        "sentence": sentence,
        "step": MINUTES_STEP,
        "most": MINUTES_AT_MOST,
        "way": find_own_way(request.actor, match_id=desk.child.match_id),
        "initial": initial_of(desk.child.name),
        "is_draft": desk.draft is not None and not form.is_bound,
    }
    return render(request, "mentoring/visits/visit.html", context, status=status)


def read_key(request: SunwardRequest) -> UUID:
    """A key that cannot be read belongs to no form of ours."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise Refusal(
            "mentoring.form_too_old", _("This page was open too long. Load it again, then repeat the step.")
        ) from None


@require_POST
@allow(Role.MENTOR, writes=True)
def visit_draft(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    """Keeps what is typed; the answer replaces the mark of the form and says what another window did."""
    try:
        mark = save_draft(
            actor=request.actor,
            match_id=match_id,
            key=read_key(request),
            text=draft_of(request.POST),
            seen=request.POST.get("seen", ""),
            now=clock.now(),
            is_forced=request.POST.get("force") == "yes",
        )
    except DraftElsewhere as elsewhere:
        context = {"sentence": elsewhere.sentence, "match_id": match_id}
        return render(request, "mentoring/visits/_draft_elsewhere.html", context, status=elsewhere.status)
    return render(request, "mentoring/visits/_draft_saved.html", {"mark": mark, "match_id": match_id})


@require_POST
@allow(Role.MENTOR, writes=True)
def visit_draft_discard(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    discard_draft(actor=request.actor, match_id=match_id)
    return redirect("mentoring:visit", match_id=match_id)


@require_http_methods(["GET", "POST"])
@never_cache
@allow(Role.MENTOR, writes=True)
def visit_correct(request: SunwardRequest, record_id: UUID) -> HttpResponse:
    on, now = clock.today(), clock.now()
    if request.method == "POST":
        form = VisitForm(request.POST, on=on)
        if form.is_valid():
            try:
                corrected = correct_visit(
                    actor=request.actor, record_id=record_id, entry=form.entry, on=on, now=now
                )  # fmt: skip
            except Refusal as refusal:
                show_above(form, refusal)
            else:
                messages.success(request, _("Corrected."))
                return redirect("mentoring:own_child", match_id=corrected.match.uid)
    old = find_correctable(request.actor, record_id=record_id, now=now)
    match = get_own_match(actor=request.actor, match_id=old.match.uid, now=now)
    if request.method == "GET":
        form = VisitForm(initial=values_of_visit(old, on=on), on=on)
    context = {
        "child": read_own_child(match, request.actor),
        "form": form,
        "step": MINUTES_STEP,
        "most": MINUTES_AT_MOST,
    }
    return render(request, "mentoring/visits/correct.html", context, status=422 if form.is_bound else 200)
