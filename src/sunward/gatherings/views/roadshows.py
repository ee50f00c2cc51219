"""Roadshows: ask for one, look at it, repair it by hand, plan it again, make gatherings of it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.furniture import Progress, Tab
from sunward.core.jobs.models import RunState
from sunward.core.polling import answer_poll
from sunward.core.posted import version_of
from sunward.core.refusals import NotAllowed, NotThere
from sunward.core.workbooks import workbook_response
from sunward.gatherings.access import get_roadshow, roadshow_kinds
from sunward.gatherings.actions import roadshows as acts
from sunward.gatherings.enums import HalfDay
from sunward.gatherings.forms.roadshows import OPEN, ChoiceForm, PublishForm, Wish, bind_wish, filled_wish, new_wish
from sunward.gatherings.models import Roadshow, RoadshowSlot
from sunward.gatherings.queries.roadshow_days import read_months, read_options
from sunward.gatherings.queries.roadshow_previews import read_preview
from sunward.gatherings.queries.roadshow_sheets import workbook_sheets
from sunward.gatherings.queries.roadshows import list_roadshows, planning_unit, read_roadshow, subdistrict_choices
from sunward.gatherings.roadshow.days import years_without_holidays
from sunward.gatherings.roadshow.shapes import Placement
from sunward.gatherings.roadshow_plans import asked_of
from sunward.gatherings.roles import PLANNERS

get_or_post = require_http_methods(["GET", "POST"])


@require_safe
@allow(*PLANNERS)
def roadshows(request: SunwardRequest) -> HttpResponse:
    may_plan = bool(roadshow_kinds(request.actor))
    context = {"roadshows": list_roadshows(request.actor), "may_plan": may_plan}
    return render(request, "gatherings/roadshows.html", context)


@get_or_post
@allow(*PLANNERS, writes=True)
def roadshow_new(request: SunwardRequest) -> HttpResponse:
    """Empty, or as an old one was (``?copy=``)."""
    kinds, unit = roadshow_kinds(request.actor), planning_unit(request.actor)
    if not kinds or unit is None:
        raise NotAllowed("gatherings.no_roadshows", _("Roadshows are planned by whoever plans courses."))
    choices = subdistrict_choices(request.actor)
    wish = bind_wish(request.POST, choices) if request.method == "POST" else _first_wish(request, choices)
    if request.method == "POST" and "more" not in request.POST and wish.is_valid():
        made = acts.ask_for_roadshow(
            actor=request.actor, kind=kinds[0].code, unit_id=unit.pk, title=wish.form.cleaned_data["title"],
            asked=wish.asked, hours=wish.form.hours(), on=clock.today(), now=clock.now(),
        )  # fmt: skip
        return redirect("gatherings:roadshow", made.uid)
    return _ask(request, wish, {"heading": _("Plan a roadshow"), "back": reverse("gatherings:roadshows")})


@get_or_post
@allow(*PLANNERS, writes=True)
def roadshow_edit(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    found = get_roadshow(actor=request.actor, roadshow_id=roadshow_id)
    choices = subdistrict_choices(request.actor)
    wish = bind_wish(request.POST, choices) if request.method == "POST" else _wish_of(found, choices, is_copy=False)
    if request.method == "POST" and "more" not in request.POST and wish.is_valid():
        acts.ask_again(
            actor=request.actor, roadshow_id=roadshow_id, version=version_of(request),
            title=wish.form.cleaned_data["title"], asked=wish.asked, hours=wish.form.hours(), on=clock.today(),
            now=clock.now(),
        )  # fmt: skip
        return redirect("gatherings:roadshow", roadshow_id)
    back = reverse("gatherings:roadshow", args=[roadshow_id])
    return _ask(request, wish, {"heading": _("Change what is asked for"), "back": back, "name": found.title})


def _first_wish(request: SunwardRequest, choices: list[tuple[str, str]]) -> Wish:
    try:
        copied = UUID(request.GET["copy"])
    except (KeyError, ValueError):
        return new_wish(choices)
    return _wish_of(get_roadshow(actor=request.actor, roadshow_id=copied), choices, is_copy=True)


def _wish_of(found: Roadshow, choices: list[tuple[str, str]], *, is_copy: bool) -> Wish:
    title = gettext("%(title)s (copy)") % {"title": found.title} if is_copy else found.title
    hours = acts.Hours.read(found.request["hours"])
    return filled_wish(asked_of(found), hours, choices, title=title, version=None if is_copy else found.version)


def _ask(request: SunwardRequest, wish: Wish, context: dict[str, Any]) -> HttpResponse:
    """The form; "more lines" sends what is typed and comes back with room, whatever else is missing."""
    wants_more = "more" in request.POST
    if wants_more:
        wish = _with_room(request, wish)
    is_wrong = request.method == "POST" and not wants_more
    return render(request, "gatherings/roadshow_form.html", context | {"wish": wish}, status=422 if is_wrong else 200)


def _with_room(request: SunwardRequest, wish: Wish) -> Wish:
    data = request.POST.copy()
    for prefix in ("speakers", "venues"):
        if request.POST["more"] == prefix:
            name = f"{prefix}-TOTAL_FORMS"
            data[name] = str(min(int(data.get(name) or 0) + 3, 60))
    return bind_wish(data, subdistrict_choices(request.actor))


@require_safe
@allow(*PLANNERS)
def roadshow(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    """The timetable; while the planner is at work, how far it is."""
    found = get_roadshow(actor=request.actor, roadshow_id=roadshow_id)
    context = _about(found, "timetable") | {"progress": _progress_under_way(found), "publish_form": PublishForm()}
    return render(request, "gatherings/roadshow.html", context)


@require_safe
@allow(*PLANNERS)
def roadshow_calendar(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    found = get_roadshow(actor=request.actor, roadshow_id=roadshow_id)
    return render(
        request, "gatherings/roadshow_calendar.html", _about(found, "calendar") | {"parts": read_months(found)}
    )


@require_safe
@allow(*PLANNERS)
def roadshow_progress(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    return answer_poll(request, _progress(get_roadshow(actor=request.actor, roadshow_id=roadshow_id)))


@require_safe
@allow(*PLANNERS)
def roadshow_export(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    """No person is in it but the speakers, whose names are announced anyway: nobody is asked for the password."""
    found = get_roadshow(actor=request.actor, roadshow_id=roadshow_id)
    note = f"{request.actor.unit_name} · {request.actor.name} · {clock.today().isoformat()}"
    return workbook_response(workbook_sheets(found, note=note), file_name=f"{found.title}.xlsx")


@require_POST
@allow(*PLANNERS, writes=True)
def roadshow_plan(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    acts.plan_again(actor=request.actor, roadshow_id=roadshow_id, version=version_of(request), now=clock.now())
    return redirect("gatherings:roadshow", roadshow_id)


@get_or_post
@allow(*PLANNERS, writes=True)
def roadshow_preview(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    """What the new plan changes; nothing stands before somebody has accepted it."""
    found = get_roadshow(actor=request.actor, roadshow_id=roadshow_id)
    if request.method == "POST":
        accepts = "accept" in request.POST
        act: Callable[..., Roadshow] = acts.accept_plan if accepts else acts.decline_plan
        act(actor=request.actor, roadshow_id=roadshow_id, version=version_of(request), now=clock.now())
        messages.success(request, _("The new plan stands.") if accepts else _("Everything stays as it was."))
        return redirect("gatherings:roadshow", roadshow_id)
    if not found.proposed:
        return redirect("gatherings:roadshow", roadshow_id)
    context = _about(found, "") | {"preview": read_preview(found)}
    return render(request, "gatherings/roadshow_preview.html", context)


@get_or_post
@allow(*PLANNERS, writes=True)
def roadshow_slot(request: SunwardRequest, roadshow_id: UUID, slot_id: UUID) -> HttpResponse:
    """Another day for one session: every half day that is possible, and why the others are not."""
    found = get_roadshow(actor=request.actor, roadshow_id=roadshow_id)
    slot = _slot_of(found, slot_id)
    if request.method == "POST":
        return _move(request, found, slot, on=clock.today())
    chooser = acts.read_chooser(found, slot, on=clock.today())
    months = read_options(slot, chooser.request.months, chooser.walk(slot.subdistrict.code))
    context = _about(found, "") | {
        "slot": slot,
        "half": HalfDay(slot.half_day).label if slot.half_day else "",
        "options": months,
    }
    return render(request, "gatherings/roadshow_slot.html", context)


def _move(request: SunwardRequest, found: Roadshow, slot: RoadshowSlot, *, on: date) -> HttpResponse:
    form = ChoiceForm(request.POST)
    to = _placement(slot, form.cleaned_data["to"]) if form.is_valid() else None
    if to is None:
        messages.error(request, _("Choose one of the half days first."))
        return redirect("gatherings:roadshow_slot", found.uid, slot.uid)
    acts.move_slot(
        actor=request.actor, roadshow_id=found.uid, slot_id=slot.uid, version=form.cleaned_data["version"], to=to,
        on=on, now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("The session is fixed there. Whoever plans again leaves it."))
    return redirect("gatherings:roadshow", found.uid)


def _placement(slot: RoadshowSlot, key: str) -> Placement | None:
    try:
        day, half, venue, speaker, occupation = key.split("|")
        return Placement(slot.subdistrict.code, date.fromisoformat(day), HalfDay(half), venue, speaker, occupation)
    except ValueError:
        return None


@require_POST
@allow(*PLANNERS, writes=True)
def roadshow_slot_fix(request: SunwardRequest, roadshow_id: UUID, slot_id: UUID) -> HttpResponse:
    is_fixed = "release" not in request.POST
    acts.fix_slot(
        actor=request.actor, roadshow_id=roadshow_id, slot_id=slot_id, version=version_of(request), is_fixed=is_fixed,
        now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("The session is fixed.") if is_fixed else _("The planner may move this session again."))
    return redirect("gatherings:roadshow", roadshow_id)


@require_POST
@allow(*PLANNERS, writes=True)
def roadshow_publish(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    form = PublishForm(request.POST)
    is_open = form.is_valid() and form.cleaned_data["how"] == OPEN
    acts.publish_roadshow(
        actor=request.actor, roadshow_id=roadshow_id, version=version_of(request), is_open=is_open, on=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    messages.success(request, _("The gatherings are made."))
    return redirect("gatherings:roadshow", roadshow_id)


@require_POST
@allow(*PLANNERS, writes=True)
def roadshow_take_back(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    acts.take_back_roadshow(
        actor=request.actor, roadshow_id=roadshow_id, version=version_of(request), on=clock.today(), now=clock.now()
    )
    messages.success(request, _("The gatherings are gone; the plan can be changed again."))
    return redirect("gatherings:roadshow", roadshow_id)


@require_POST
@allow(*PLANNERS, writes=True)
def roadshow_discard(request: SunwardRequest, roadshow_id: UUID) -> HttpResponse:
    acts.discard_roadshow(actor=request.actor, roadshow_id=roadshow_id, version=version_of(request), now=clock.now())
    messages.success(request, _("The roadshow is thrown away."))
    return redirect("gatherings:roadshows")


def _about(found: Roadshow, tab: str) -> dict[str, Any]:
    views = (
        ("timetable", gettext("Timetable"), "gatherings:roadshow"),
        ("calendar", gettext("Calendar"), "gatherings:roadshow_calendar"),
    )
    return {
        "page": read_roadshow(found),
        "tabs": [Tab(label, reverse(url, args=[found.uid]), code == tab) for code, label, url in views],
        "unknown_years": years_without_holidays(asked_of(found).months),
    }


def _slot_of(found: Roadshow, slot_id: UUID) -> RoadshowSlot:
    slot = found.slots.select_related("subdistrict").filter(uid=slot_id).first()
    if slot is None:
        raise NotThere("gatherings.slot_not_there", _("There is no such session in this roadshow any more."))
    return slot


def _progress_under_way(found: Roadshow) -> Progress | None:
    """None once the planner has answered; what went wrong stays to be read."""
    return _progress(found) if found.job and found.job.state != RunState.DONE else None


def _progress(found: Roadshow) -> Progress:
    job, here = found.job, reverse("gatherings:roadshow", args=[found.uid])
    next_href = reverse("gatherings:roadshow_preview", args=[found.uid]) if found.proposed else here
    return Progress(
        url=reverse("gatherings:roadshow_progress", args=[found.uid]),
        label=gettext("The planner is at work"),
        done=job.done if job else 0,
        total=job.total if job else None,
        note=job.sentence if job and job.state != RunState.DONE else "",
        is_over=job is None or job.is_finished,
        has_failed=bool(job and job.state == RunState.DEAD),
        next_href=next_href,
        next_label=_("Look at the plan"),
    )
