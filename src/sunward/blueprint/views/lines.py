"""Lines of a meeting's papers: each is confirmed, left out, or taken up again; and one that stands in no paper."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import KEEPER_ROLES, open_kept_line, open_kept_meeting
from sunward.blueprint.actions import lines as acts
from sunward.blueprint.actions.meetings import refuse_approved
from sunward.blueprint.enums import LineState
from sunward.blueprint.forms.lines import LineForm
from sunward.blueprint.models import PaperLine
from sunward.blueprint.queries import line_page as queries
from sunward.blueprint.queries.follow_choices import offer_lessons
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Refusal

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
UNDO = "undo"


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def line(request: SunwardRequest, line_id: UUID) -> HttpResponse:
    """What was confirmed leads to the next line that is still to be looked at. What lines like it taught stands beside
    it from the beginning: the paper has its words."""
    found = open_kept_line(actor=request.actor, line_id=line_id)
    refuse_approved(found.meeting)
    form = LineForm(
        request.POST if request.method == "POST" else None, line=queries.read_line(found),
        choices=queries.list_choices(found.meeting),
    )  # fmt: skip
    status, notice = 422 if form.is_bound else 200, ""
    if form.is_bound and form.is_valid():
        try:
            acts.confirm_line(
                actor=request.actor, line_id=line_id, version=version_of(request), details=form.details(),
                now=clock.now(),
            )  # fmt: skip
            return _go_on(request, line_id)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            status, notice = refusal.status, str(refusal.sentence)
    context = {
        "form": form, "line": form.line, "meeting": found.meeting, "notice": notice,
        "version": request.POST.get("version", "") or found.version, "place": queries.read_place(found),
        "undone": _to_undo(request, found),
        "lessons": offer_lessons(request.actor, str(form["text"].value() or "")),
    }  # fmt: skip
    return render(request, "blueprint/meetings/line.html", context, status=status)


@get_or_post
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def line_new(request: SunwardRequest, meeting_id: UUID) -> HttpResponse:
    """What lines like it taught is shown once before anything is written; going on is a press more."""
    found = open_kept_meeting(actor=request.actor, meeting_id=meeting_id)
    refuse_approved(found)
    form = LineForm(
        request.POST if request.method == "POST" else None, line=queries.empty_line(found),
        choices=queries.list_choices(found),
    )  # fmt: skip
    status, notice = 422 if form.is_bound else 200, ""
    key, lessons = _key(request), offer_lessons(request.actor, request.POST.get("text", ""))
    is_first = bool(lessons) and not request.POST.get("seen")
    if form.is_bound and form.is_valid() and is_first:
        status = 200
    elif form.is_bound and form.is_valid():
        try:
            acts.add_line(actor=request.actor, meeting_id=meeting_id, key=key, details=form.details(), now=clock.now())
            messages.success(request, _("Written down and confirmed."))
            return redirect("blueprint:meeting", meeting_id)
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            status, notice = refusal.status, str(refusal.sentence)
    context = {
        "form": form, "line": form.line, "meeting": found, "notice": notice, "key": key, "lessons": lessons,
        "is_first": is_first,
    }  # fmt: skip
    return render(request, "blueprint/meetings/line.html", context, status=status)


@require_POST
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def line_leave_out(request: SunwardRequest, line_id: UUID) -> HttpResponse:
    """At once, and with a way back on the next page."""
    acts.leave_out_line(actor=request.actor, line_id=line_id, version=version_of(request), now=clock.now())
    return _go_on(request, line_id)


@require_POST
@never_cache
@allow(*KEEPER_ROLES, writes=True)
def line_reopen(request: SunwardRequest, line_id: UUID) -> HttpResponse:
    acts.reopen_line(actor=request.actor, line_id=line_id, version=version_of(request), now=clock.now())
    return redirect("blueprint:line", line_id)


def _go_on(request: SunwardRequest, line_id: UUID) -> HttpResponse:
    found = open_kept_line(actor=request.actor, line_id=line_id)
    place = queries.read_place(found)
    if place.next_open:
        return redirect(f"{reverse('blueprint:line', args=[place.next_open])}?{UNDO}={line_id}")
    messages.success(request, _("Every line has been looked at. The meeting can be approved."))
    return redirect("blueprint:meeting", found.meeting.uid)


def _to_undo(request: SunwardRequest, found: PaperLine) -> PaperLine | None:
    """The line that was just settled, if it is one of this meeting and still settled."""
    try:
        done = open_kept_line(actor=request.actor, line_id=UUID(request.GET.get(UNDO, "")))
    except (ValueError, Refusal):
        return None
    return done if done.meeting_id == found.meeting_id and done.state != LineState.OPEN else None


def _key(request: HttpRequest) -> UUID:
    """The form's own: sent twice, it is one line."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
