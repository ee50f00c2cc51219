"""Whoever answers for a unit looks into its worries: list, page, and one act each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal, show_above
from sunward.core.tables import read_ledger
from sunward.safeguarding.access.worries import get_worry
from sunward.safeguarding.actions import triage as acts
from sunward.safeguarding.forms.worries import PassOnForm, SettleForm
from sunward.safeguarding.models import Worry
from sunward.safeguarding.queries import worries as query
from sunward.safeguarding.queries.hints import list_hints_of, read_hints
from sunward.safeguarding.queries.units import office_choices
from sunward.safeguarding.roles import TRIAGING

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*TRIAGING)
def worries(request: SunwardRequest) -> HttpResponse:
    which = "settled" if request.GET.get("which") == "settled" else "open"
    page = read_ledger(
        query.list_worries(request.actor, which=which), asked=request.GET, columns=query.COLUMNS,
        order="state" if which == "open" else "-reported_at",
        shape=query.to_worry_row,
    )  # fmt: skip
    context = {"page": page, "tabs": query.worry_tabs(which), "passed": query.list_passed(request.actor)}
    return render(request, "safeguarding/worries/list.html", context)


@require_safe
@never_cache
@allow(*TRIAGING)
def worry(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    found = get_worry(actor=request.actor, worry_id=worry_id, purpose="triage", now=clock.now())
    hints = read_hints(list_hints_of(found, request.actor), actor=request.actor, on=clock.today())
    context = {"worry": query.read_worry(found, actor=request.actor), "hints": hints}
    return render(request, "safeguarding/worries/worry.html", context)


@require_POST
@allow(*TRIAGING, writes=True)
def worry_take(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    acts.take_up(actor=request.actor, worry_id=worry_id, on=clock.today(), now=clock.now())
    messages.success(request, _("You look into it. Whoever reported it sees that."))
    return redirect("safeguarding:worry", worry_id)


@get_or_post
@never_cache
@allow(*TRIAGING, writes=True)
def worry_file(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    """Search among one's own files, and tie the worry to one of them."""
    on, now = clock.today(), clock.now()
    if request.method == "POST":
        case_id = _read_uuid(request.POST.get("case", ""))
        acts.tie_to_file(actor=request.actor, worry_id=worry_id, case_id=case_id, on=on, now=now)
        messages.success(request, _("The worry belongs to the file now."))
        return redirect("safeguarding:worry", worry_id)
    found = get_worry(actor=request.actor, worry_id=worry_id, purpose="triage", now=now)
    words = request.GET.get("q", found.child_name)
    context = {
        "worry": query.read_worry(found, actor=request.actor),
        "words": words,
        "cases": query.search_cases(request.actor, words, on=on),
        "new_path": query.path_to_new_file(found),
    }
    return render(request, "safeguarding/worries/file.html", context)


@get_or_post
@never_cache
@allow(*TRIAGING, writes=True)
def worry_pass(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    def ask(found: Worry) -> forms.Form:
        return PassOnForm(request.POST if request.method == "POST" else None, units=office_choices(found.unit_path))

    def act(given: dict[str, Any]) -> None:
        acts.pass_on(actor=request.actor, worry_id=worry_id, unit_id=given.pop("unit"), **given)

    return _act(
        request, worry_id, ask, act, title=_("Pass the worry on"),
        note=_("The supervisor there sees it from now on, and you do not. You can take it back until it is taken up."),
        done=_("Passed on. The supervisor there has been told."), then="safeguarding:worries",
    )  # fmt: skip


@get_or_post
@never_cache
@allow(*TRIAGING, writes=True)
def worry_settle(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    def act(given: dict[str, Any]) -> None:
        acts.settle(actor=request.actor, worry_id=worry_id, **given)

    return _act(
        request, worry_id, lambda found: SettleForm(request.POST if request.method == "POST" else None), act,
        title=_("Nothing to be done"), note=_("Whoever reported it sees that you looked into it, not what you write."),
        done=_("Settled."),
    )  # fmt: skip


@require_POST
@allow(*TRIAGING, writes=True)
def worry_undo(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    acts.undo(actor=request.actor, worry_id=worry_id, on=clock.today(), now=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("safeguarding:worry", worry_id)


@require_POST
@allow(*TRIAGING, writes=True)
def worry_take_back(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    acts.take_back(actor=request.actor, worry_id=worry_id, on=clock.today(), now=clock.now())
    messages.success(request, _("The worry is yours again."))
    return redirect("safeguarding:worry", worry_id)


def _act(
    request: SunwardRequest,
    worry_id: UUID,
    ask: Callable[[Worry], forms.Form],
    act: Callable[[dict[str, Any]], None],
    *,
    title: str | Promise,
    note: str | Promise,
    done: str | Promise,
    then: str = "",
) -> HttpResponse:
    """One page with one form and one act."""
    found = get_worry(actor=request.actor, worry_id=worry_id, purpose="triage", now=clock.now())
    form = ask(found)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data | {"on": clock.today(), "now": clock.now()})
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect(then) if then else redirect("safeguarding:worry", worry_id)
    context = {"worry": query.read_worry(found, actor=request.actor), "form": form, "title": title, "note": note}
    return render(request, "safeguarding/worries/act.html", context, status=422 if form.is_bound else 200)


def _read_uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotThere("safeguarding.no_file_chosen", _("Choose one of the files.")) from None
