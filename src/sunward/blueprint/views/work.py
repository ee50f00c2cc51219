"""One line of work: its page, and the forms by which it is laid out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import (
    ANSWERING_ROLES,
    KEEPER_ROLES,
    READER_ROLES,
    get_work,
    open_kept_work,
    open_led_work,
)
from sunward.blueprint.actions import work as acts
from sunward.blueprint.forms import work as forms
from sunward.blueprint.models import WorkItem
from sunward.blueprint.queries import work_choices as choices
from sunward.blueprint.queries.following_page import read_following
from sunward.blueprint.queries.mine import read_mine
from sunward.blueprint.queries.plan_lines import MilestoneRow
from sunward.blueprint.queries.result_page import list_results_of
from sunward.blueprint.queries.work_page import WorkPage, read_work
from sunward.core import clock
from sunward.core.furniture import Fact, Text, Tone
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class MilestoneShown:
    row: MilestoneRow
    word: str
    tone: Tone


@require_safe
@never_cache
@allow(*ANSWERING_ROLES)
def mine(request: SunwardRequest) -> HttpResponse:
    """Whoever answers for nothing finds an empty page: whom a line is named for changes from day to day."""
    found = read_mine(request.actor, on=clock.today())
    return render(request, "blueprint/work_items/mine.html", {"mine": found})


@require_safe
@never_cache
@allow(*ANSWERING_ROLES)
def work(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item, on = get_work(actor=request.actor, item_id=item_id), clock.today()
    page = read_work(request.actor, item, on=on)
    context = {
        "following": read_following(request.actor, item, on=on),
        "results": list_results_of(request.actor, item, on=on),
        "opens_plan": request.actor.has(*READER_ROLES),
        "page": page, "facts": _facts(page), "milestones": [_shown(row, on=on) for row in page.line.milestones],
    }  # fmt: skip
    return render(request, "blueprint/work_items/work.html", context)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_officer(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item, on = open_led_work(actor=request.actor, item_id=item_id), clock.today()
    form = forms.OfficerForm(
        request.POST or None, officers=choices.list_officers(item, on=on), initial={"officer": item.officer_id}
    )

    def act(version: int) -> object:
        return acts.name_officer(
            actor=request.actor, item_id=item_id, version=version, officer_id=int(form.cleaned_data["officer"]), on=on,
            now=clock.now(),
        )  # fmt: skip

    return _answer(request, item, form, act, title=gettext_lazy("Name the officer"))


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_lead(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item, on = open_kept_work(actor=request.actor, item_id=item_id), clock.today()
    form = forms.LeadForm(
        request.POST or None, units=choices.list_units(item), decisions=choices.list_decisions(item, on=on)
    )

    def act(version: int) -> object:
        return acts.change_lead(
            actor=request.actor, item_id=item_id, version=version, unit_code=form.cleaned_data["unit"],
            decision_id=form.decision_id(), reason=form.cleaned_data["reason"], on=on, now=clock.now(),
        )  # fmt: skip

    note = _("Another unit leads by an approved decision alone. The unit that leads now goes on as one that joins.")
    return _answer(request, item, form, act, title=gettext_lazy("Change the lead"), note=note)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_milestones(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item = open_kept_work(actor=request.actor, item_id=item_id)
    lines = forms.MilestoneLines(
        request.POST or None, prefix="lines", initial=_rows(request, choices.milestone_values(item))
    )

    def act(version: int) -> object:
        steps = forms.present(line.step() for line in lines)
        return acts.set_milestones(
            actor=request.actor, item_id=item_id, version=version, steps=steps, now=clock.now()
        )  # fmt: skip

    note = _("Those that were reached stay as they are and do not stand here.")
    return _answer(request, item, lines, act, title=gettext_lazy("Lay out the milestones"), note=note)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_reached(request: SunwardRequest, item_id: UUID, number: int) -> HttpResponse:
    item, on = open_kept_work(actor=request.actor, item_id=item_id), clock.today()
    name = choices.name_milestone(item, number)
    form = forms.ReachedForm(request.POST or None, today=on)

    def act(_version: int) -> object:
        return acts.reach_milestone(
            actor=request.actor, item_id=item_id, number=number, evidence=form.cleaned_data["evidence"],
            on=form.cleaned_data["on"], now=clock.now(),
        )  # fmt: skip

    return _answer(request, item, form, act, title=gettext_lazy("A milestone is reached"), note=name)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_parts(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item = open_kept_work(actor=request.actor, item_id=item_id)
    lines = forms.PartLines(
        request.POST or None, prefix="lines", initial=_rows(request, choices.part_values(item)),
        form_kwargs={"units": choices.list_units(item)},
    )  # fmt: skip

    def act(version: int) -> object:
        parts = forms.present(line.part() for line in lines)
        return acts.set_parts(actor=request.actor, item_id=item_id, version=version, parts=parts, now=clock.now())

    return _answer(request, item, lines, act, title=gettext_lazy("Lay out the parts of those who join"))


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_needs(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item = open_kept_work(actor=request.actor, item_id=item_id)
    form = forms.NeedsForm(request.POST or None, initial={"needs": choices.need_numbers(item)})

    def act(version: int) -> object:
        return acts.set_needs(
            actor=request.actor, item_id=item_id, version=version, numbers=form.cleaned_data["needs"],
            now=clock.now(),
        )  # fmt: skip

    return _answer(request, item, form, act, title=gettext_lazy("What it waits for"))


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def work_trajectory(request: SunwardRequest, item_id: UUID) -> HttpResponse:
    item = open_kept_work(actor=request.actor, item_id=item_id)
    lines = forms.PointLines(request.POST or None, prefix="lines", initial=_rows(request, choices.point_values(item)))

    def act(version: int) -> object:
        points = forms.present(line.point() for line in lines)
        return acts.set_trajectory(
            actor=request.actor, item_id=item_id, version=version, points=points, on=clock.today(), now=clock.now()
        )  # fmt: skip

    note = _(
        "From the start to the number that was decided, by the deadline that was decided; after the start say of each "
        "point what it assumes. Once the line was issued, what was expected until today stays as it is."
    )
    return _answer(request, item, lines, act, title=gettext_lazy("Lay out the trajectory"), note=note)


def _rows(request: SunwardRequest, rows: list[Any]) -> list[Any] | None:
    """A form that was sent stands for itself: a row that says what is there already is no empty one."""
    return None if request.method == "POST" else rows


def _answer(
    request: SunwardRequest, item: WorkItem, form: Any, act: Callable[[int], object], *, title: Text, note: str = ""
) -> HttpResponse:
    """A refusal keeps what was typed. After a change by somebody else, saving again is a decision of its own."""
    status, notice, version = 200, "", item.version
    if request.method == "POST":
        # A form of a POST without any field would take itself for one that was never sent.
        status = 422
        if form.is_bound and form.is_valid():
            try:
                act(version_of(request))
            except Conflict as refusal:
                status, notice = refusal.status, str(refusal.sentence)
            except Refusal as refusal:
                if refusal.status == 404:
                    raise
                status, notice = refusal.status, str(refusal.sentence)
                version = version_of(request)
            else:
                messages.success(request, _("Saved."))
                return redirect("blueprint:work", item.uid)
        else:
            version = version_of(request)
    context = {
        "item": item, "form": form, "is_set": hasattr(form, "management_form"), "title": title, "note": note,
        "notice": notice, "version": version, "opens_plan": True,
    }  # fmt: skip
    return render(request, "blueprint/work_items/act.html", context, status=status)


def _facts(page: WorkPage) -> list[Fact]:
    line = page.line
    end = _("Deadline") if line.has_end else _("Next review")
    return [
        Fact(_("Lead unit"), line.lead.name),
        Fact(_("Responsible officer"), line.officer),
        Fact(end, line.ends_on.isoformat(), note=line.decided_word),
        Fact(pgettext("line of work", "Indicator"), line.target_text),
        Fact(_("Question of the meeting"), f"{line.question_number}. {line.question}"),
    ]


def _shown(row: MilestoneRow, *, on: date) -> MilestoneShown:
    if row.reached_on:
        return MilestoneShown(row, _("Reached on %(day)s") % {"day": row.reached_on.isoformat()}, "good")
    if row.is_late(on=on):
        return MilestoneShown(row, pgettext("milestone", "Overdue"), "urgent")
    return MilestoneShown(row, pgettext("milestone", "Ahead"), "calm")
