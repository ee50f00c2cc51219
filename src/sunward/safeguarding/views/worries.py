"""Reporting a worry: by anybody on duty who is signed in, and what she sees of it afterwards."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.safeguarding.access.worries import get_own_worry
from sunward.safeguarding.actions.worries import report_worry
from sunward.safeguarding.forms.worries import WorryForm
from sunward.safeguarding.queries.units import preset_unit, where_choices
from sunward.safeguarding.queries.worries import list_own_worries, read_own_worry
from sunward.safeguarding.roles import REPORTING

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
@allow(*REPORTING, writes=True)
def worry_new(request: SunwardRequest) -> HttpResponse:
    on, now = clock.today(), clock.now()
    path = request.actor.unit_path
    given: dict[str, Any] = {"units": where_choices(path), "on": on}
    form = WorryForm(
        request.POST if request.method == "POST" else None, initial={"unit": preset_unit(path), "seen_on": on}, **given
    )
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    try:
        worry = report_worry(
            actor=request.actor, worry_id=form.cleaned_data["key"], unit_id=form.cleaned_data["unit"],
            details=form.details(), on=on, now=now,
        )  # fmt: skip
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
        return _form(request, form)
    return redirect("safeguarding:own_worry", worry.uid)


def _form(request: SunwardRequest, form: WorryForm) -> HttpResponse:
    return render(request, "safeguarding/worries/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@never_cache
@allow(*REPORTING)
def own_worry(request: SunwardRequest, worry_id: UUID) -> HttpResponse:
    """Thanks, and the reference; of the child nothing is said again."""
    worry = get_own_worry(actor=request.actor, worry_id=worry_id)
    return render(request, "safeguarding/worries/own.html", {"worry": read_own_worry(worry)})


@require_safe
@never_cache
@allow(*REPORTING)
def own_worries(request: SunwardRequest) -> HttpResponse:
    return render(request, "safeguarding/worries/mine.html", {"worries": list_own_worries(request.actor)})
