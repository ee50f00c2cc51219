"""Meetings: the list, a new one from its minutes or by hand, its page, and its approval."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import (
    KEEPER_ROLES,
    READER_ROLES,
    get_meeting,
    kept_paths,
    open_kept_meeting,
    units_to_charge,
)
from sunward.blueprint.actions import meetings as acts
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.forms import papers as forms
from sunward.blueprint.forms.lines import SpeakerForm
from sunward.blueprint.models import Meeting
from sunward.blueprint.queries import meetings as queries
from sunward.blueprint.queries.meeting_page import read_meeting
from sunward.core import clock
from sunward.core.merging import merge, take_choices
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, NotAllowed, Refusal, show_above
from sunward.core.tables import read_ledger
from sunward.registers.uploads import refused_as_too_large
from sunward.registers.workbook.refusals import TooLarge

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*READER_ROLES)
def meetings(request: SunwardRequest) -> HttpResponse:
    page = read_ledger(
        queries.list_meetings(request.actor), asked=request.GET, columns=queries.COLUMNS, order="-met",
        shape=queries.to_row,
    )  # fmt: skip
    context = {"page": page, "is_keeper": bool(kept_paths(request.actor))}
    return render(request, "blueprint/meetings/list.html", context)


@require_safe
@never_cache
@allow(*READER_ROLES)
def meeting(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    return _show(request, meeting_id)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_new(request: SunwardRequest) -> HttpResponse:
    """From minutes. The same file again opens the meeting that is there."""
    units = _units_to_keep(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    plans = queries.list_plans_to_look_at(request.actor)
    form = forms.MinutesForm(*posted, units=units, plans=plans, initial={"looks_at": request.GET.get("plan", "")})
    if form.is_bound and _is_readable(request, form):
        unit_code = forms.chosen_unit(form, units)
        key = form.key(unit_code)
        is_there = queries.is_written_down(request.actor, key)
        try:
            found = acts.begin_meeting(
                actor=request.actor, key=key, unit_code=unit_code, details=form.details(), minutes=form.minutes,
                now=clock.now(), paper=form.told, looks_at=forms.chosen_plan(form),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            _tell_of_new(request, found, is_there=is_there)
            return redirect("blueprint:meeting", found.uid)
    context = {"form": form, "back": reverse("blueprint:meetings")}
    return render(request, "blueprint/meetings/upload.html", context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_by_hand(request: SunwardRequest) -> HttpResponse:
    units = _units_to_keep(request)
    plans, asked = queries.list_plans_to_look_at(request.actor), request.GET.get("plan", "")
    initial = {"key": uuid4(), "looks_at": asked, "questions": "\n".join(queries.questions_of(request.actor, asked))}
    typed = request.POST if request.method == "POST" else None
    form = forms.NewMeetingForm(typed, units=units, plans=plans, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            found = acts.begin_meeting(
                actor=request.actor, key=form.cleaned_data["key"], unit_code=forms.chosen_unit(form, units),
                details=form.details(), minutes=None, now=clock.now(), questions=form.cleaned_data["questions"],
                looks_at=forms.chosen_plan(form),
            )  # fmt: skip
        except Refusal as refusal:
            show_above(form, refusal)
        else:
            messages.success(request, _("Written down. Now enter its decisions and what was proposed."))
            return redirect("blueprint:meeting", found.uid)
    context = {"form": form, "title": _("Write down a meeting"), "back": reverse("blueprint:meetings")}
    return render(request, "blueprint/meetings/act.html", context, status=422 if form.is_bound else 200)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_edit(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    """If somebody else has changed it meanwhile, both are shown to choose from."""
    found = _open_draft(request, meeting_id)
    names = ("title", "met_on", "venue", "chair", "attended", "answers_due_on")
    fresh = forms.MeetingForm(initial={name: getattr(found, name) for name in names})
    if request.method != "POST":
        return _show_act(request, found, fresh, _("Put the meeting right"))
    form = forms.MeetingForm(take_choices(request.POST), initial=fresh.initial)
    if form.is_valid():
        try:
            acts.change_meeting(
                actor=request.actor, meeting_id=meeting_id, version=version_of(request), details=form.details(),
                now=clock.now(),
            )  # fmt: skip
            return _done(request, meeting_id, _("Saved."))
        except Conflict:
            context = {
                "merge": merge(form, fresh, version=found.version), "name": found.title, "version": found.version,
                "back": reverse("blueprint:meeting", args=[meeting_id]),
            }  # fmt: skip
            return render(request, "core/merge.html", context, status=409)
        except Refusal as refusal:
            show_above(form, refusal)
    return _show_act(request, found, form, _("Put the meeting right"), version=request.POST.get("version", ""))


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_questions(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    found = _open_draft(request, meeting_id)
    typed = request.POST if request.method == "POST" else None
    form = forms.QuestionsForm(typed, initial={"questions": "\n".join(queries.list_questions(found))})
    note = _("A line that answers a question which you take away has to be confirmed again.")
    if form.is_bound and form.is_valid():
        try:
            acts.set_questions(
                actor=request.actor, meeting_id=meeting_id, version=version_of(request),
                questions=form.cleaned_data["questions"], now=clock.now(),
            )  # fmt: skip
            return _done(request, meeting_id, _("Saved."))
        except Refusal as refusal:
            return _refused(request, found, form, _("Questions of the meeting"), refusal, note=note)
    return _show_act(request, found, form, _("Questions of the meeting"), note=note)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_breakdown(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    found = _open_draft(request, meeting_id)
    form = forms.BreakdownForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    title = _("Upload the breakdown")
    note = _("Its lines stand beside the decisions, and you confirm each of them as well.")
    if form.is_bound and _is_readable(request, form):
        try:
            count = acts.take_breakdown(
                actor=request.actor, meeting_id=meeting_id, breakdown=form.breakdown, now=clock.now(), paper=form.told
            )
        except Refusal as refusal:
            return _refused(request, found, form, title, refusal, note=note)
        text = ngettext("%(count)s line was read.", "%(count)s lines were read.", count) % {"count": count}
        return _done(request, meeting_id, text)
    return _show_act(request, found, form, title, note=note)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_speaker(request: SunwardRequest, meeting_id: UUID, number: int) -> HttpResponse:
    """Of which unit somebody is whom the minutes name otherwise; after the approval as well: it decides nothing."""
    found = open_kept_meeting(actor=request.actor, meeting_id=meeting_id)
    speaker = queries.find_speaker(found, number)
    units = [(unit.code, unit.name) for unit in units_to_charge(found).order_by("code")]
    form = SpeakerForm(request.POST if request.method == "POST" else None, units=units)
    title = _("Of which unit is %(name)s?") % {"name": speaker.name}
    note = _("The minutes say: %(unit)s") % {"unit": speaker.unit_written} if speaker.unit_written else ""
    if form.is_bound and form.is_valid():
        try:
            acts.place_speaker(
                actor=request.actor, meeting_id=meeting_id, version=version_of(request), number=number,
                unit_code=form.cleaned_data["unit"], now=clock.now(),
            )  # fmt: skip
            return _done(request, meeting_id, _("Saved. The unit reads what becomes of its proposals."))
        except Refusal as refusal:
            return _refused(request, found, form, title, refusal, note=note)
    return _show_act(request, found, form, title, note=note)


@require_POST
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_approve(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    try:
        plan = approve_meeting(
            actor=request.actor, meeting_id=meeting_id, version=version_of(request), on=clock.today(), now=clock.now()
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _show(request, meeting_id, status=refusal.status, notice=str(refusal.sentence))
    if plan.meeting.uid != meeting_id:
        messages.success(request, _("Approved. Nothing new was decided; the agenda is kept with the meeting."))
        return redirect("blueprint:meeting", meeting_id)
    messages.success(request, _("Approved. This is the plan that has come of it."))
    return redirect("blueprint:plan", plan.uid)


@require_POST
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def meeting_discard(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    try:
        acts.discard_meeting(
            actor=request.actor, meeting_id=meeting_id, version=version_of(request), now=clock.now()
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _show(request, meeting_id, status=refusal.status, notice=str(refusal.sentence))
    messages.success(request, _("Discarded. The minutes can be uploaded again at any time."))
    return redirect("blueprint:meetings")


def _units_to_keep(request: SunwardRequest) -> list[tuple[str, str]]:
    """A plan officer of an office or a sub-district has none, and writes no meeting down."""
    found = queries.list_units_to_keep(request.actor)
    if not found:
        raise NotAllowed("blueprint.keeps_no_meeting", _("The plan officers of the district write meetings down."))
    return found


def _open_draft(request: SunwardRequest, meeting_id: UUID) -> Meeting:
    found = open_kept_meeting(actor=request.actor, meeting_id=meeting_id)
    acts.refuse_approved(found)
    return found


def _show(request: SunwardRequest, meeting_id: UUID, *, status: int = 200, notice: str = "") -> HttpResponse:
    found = get_meeting(actor=request.actor, meeting_id=meeting_id)
    page = read_meeting(request.actor, found, on=clock.today())
    return render(request, "blueprint/meetings/meeting.html", {"page": page, "notice": notice}, status=status)


def _is_readable(request: HttpRequest, form: Any) -> bool:
    """A file that is too large was cut off while it came in: what is left of it is not read."""
    if not refused_as_too_large(request):
        return bool(form.is_valid())
    form.full_clean()
    form.errors.pop("paper", None)
    form.add_error("paper", str(TooLarge.text))
    return False


def _tell_of_new(request: HttpRequest, found: Meeting, *, is_there: bool) -> None:
    if is_there:
        messages.info(request, _("These minutes are here already. This is the meeting."))
    else:
        messages.success(request, _("The minutes were read. Look at each line: nothing is work before you approve."))


def _show_act(
    request: SunwardRequest, found: Meeting, form: Any, title: str, *, version: str = "", note: str = ""
) -> HttpResponse:
    context = {
        "form": form, "title": title, "note": note, "meeting": found, "version": version or str(found.version),
        "back": reverse("blueprint:meeting", args=[found.uid]),
    }  # fmt: skip
    return render(request, "blueprint/meetings/act.html", context, status=422 if form.is_bound else 200)


def _refused(
    request: SunwardRequest, found: Meeting, form: Any, title: str, refusal: Refusal, *, note: str = ""
) -> HttpResponse:
    """What was typed stays. After a conflict the newer version is taken over only by looking at it."""
    if refusal.status == 404:
        raise refusal
    form.add_error(None, str(refusal.sentence))
    response = _show_act(request, found, form, title, version=request.POST.get("version", ""), note=note)
    response.status_code = refusal.status
    return response


def _done(request: SunwardRequest, meeting_id: UUID, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("blueprint:meeting", meeting_id)
