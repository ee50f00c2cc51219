"""The list at the door, on a phone: a tap for each who comes, another takes it back."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_planned_gathering, get_sign_up, open_list
from sunward.gatherings.enums import Presence
from sunward.gatherings.queries.check_in import find_session, list_unmarked, read_check_in, read_tap
from sunward.gatherings.roles import PLANNERS

UNMARKED = "none"


@require_safe
@never_cache
@allow(*PLANNERS)
def check_in(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    now, words = clock.now(), request.GET.get("q", "")
    gathering, rows = open_list(actor=request.actor, gathering_id=gathering_id, purpose="check_in", now=now)
    session = find_session(gathering, request.GET.get("session", ""), now=now)
    if session is None:
        return redirect("gatherings:gathering", gathering_id)
    page = read_check_in(gathering, rows, session, words=words, now=now)
    return render(request, "gatherings/check_in/list.html", {"page": page, "words": words})


@require_POST
@never_cache
@allow(*PLANNERS, writes=True)
def check_in_mark(request: SunwardRequest, gathering_id: UUID, sign_up_id: UUID) -> HttpResponse:
    """One tap. Under htmx its line comes back with the count, else the list: who looked at it is written already."""
    session_id, now = _session(request), clock.now()
    act = acts.undo_check_in if request.POST.get("mark") == UNMARKED else acts.check_in
    act(actor=request.actor, gathering_id=gathering_id, sign_up_id=sign_up_id, now=now, session_id=session_id)
    if not getattr(request, "htmx", False):
        return redirect(_href(gathering_id, session_id))
    gathering, row = get_sign_up(actor=request.actor, gathering_id=gathering_id, sign_up_id=sign_up_id)
    tapped = read_tap(gathering, row, session_id)
    context = {
        "line": tapped.line, "came": tapped.came, "total": tapped.total, "uid": gathering_id, "session_id": session_id
    }  # fmt: skip
    return render(request, "gatherings/check_in/_tapped.html", context)


@require_POST
@never_cache
@allow(*PLANNERS, writes=True)
def check_in_rest(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """At the end: whoever was not checked in did not come."""
    session_id = _session(request)
    gathering = get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    marks = dict.fromkeys(list_unmarked(gathering, session_id), Presence.ABSENT)
    count = acts.mark_attendance(
        actor=request.actor, gathering_id=gathering_id, session_id=session_id, marks=marks, on=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    messages.success(
        request, ngettext("%(count)d is marked as absent.", "%(count)d are marked as absent.", count) % {"count": count}
    )
    return redirect(_href(gathering_id, session_id))


def _session(request: SunwardRequest) -> int:
    """The session of the list that was open; what is no number is none that is there."""
    typed = request.POST.get("session", "")
    return int(typed) if typed.isdecimal() else 0


def _href(gathering_id: UUID, session_id: int) -> str:
    return f"{reverse('gatherings:check_in', args=[gathering_id])}?{urlencode({'session': session_id})}"
