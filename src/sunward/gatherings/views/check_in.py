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
from sunward.gatherings.access import get_planned_gathering, open_list
from sunward.gatherings.enums import Presence
from sunward.gatherings.queries.check_in import CheckInPage, find_session, read_check_in
from sunward.gatherings.roles import PLANNERS

UNMARKED = "none"


@require_safe
@never_cache
@allow(*PLANNERS)
def check_in(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    get_planned_gathering(actor=request.actor, gathering_id=gathering_id)
    page = _read(request, gathering_id, words=request.GET.get("q", ""), session=request.GET.get("session", ""))
    if page is None:
        return redirect("gatherings:gathering", gathering_id)
    return render(request, "gatherings/check_in/list.html", {"page": page, "words": request.GET.get("q", "")})


@require_POST
@never_cache
@allow(*PLANNERS, writes=True)
def check_in_mark(request: SunwardRequest, gathering_id: UUID, sign_up_id: UUID) -> HttpResponse:
    """One tap. Under htmx the list comes back, else the page."""
    typed, now = request.POST.get("mark", ""), clock.now()
    session = request.POST.get("session", "")
    given = {"actor": request.actor, "gathering_id": gathering_id, "sign_up_id": sign_up_id, "now": now}
    session_id = int(session) if session.isdecimal() else None
    if typed == UNMARKED:
        acts.undo_check_in(**given, session_id=session_id)  # type: ignore[arg-type]
    else:
        acts.check_in(**given, session_id=session_id)  # type: ignore[arg-type]
    return _answer(request, gathering_id, session)


@require_POST
@never_cache
@allow(*PLANNERS, writes=True)
def check_in_rest(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    """At the end: whoever was not checked in did not come."""
    session = request.POST.get("session", "")
    page = _read(request, gathering_id, words="", session=session)
    missing = [UUID(line.uid) for line in page.lines if not line.presence] if page else []
    count = acts.mark_attendance(
        actor=request.actor, gathering_id=gathering_id, session_id=int(session) if session.isdecimal() else 0,
        marks=dict.fromkeys(missing, Presence.ABSENT), on=clock.today(), now=clock.now(),
    )  # fmt: skip
    messages.success(
        request, ngettext("%(count)d is marked as absent.", "%(count)d are marked as absent.", count) % {"count": count}
    )
    return redirect(_href(gathering_id, session))


def _read(request: SunwardRequest, gathering_id: UUID, *, words: str, session: str) -> CheckInPage | None:
    now = clock.now()
    gathering, rows = open_list(actor=request.actor, gathering_id=gathering_id, purpose="check_in", now=now)
    found = find_session(gathering, session, now=now)
    return read_check_in(gathering, rows, found, words=words, now=now) if found else None


def _answer(request: SunwardRequest, gathering_id: UUID, session: str) -> HttpResponse:
    words = request.POST.get("q", "")
    if not getattr(request, "htmx", False):
        return redirect(_href(gathering_id, session, words))
    page = _read(request, gathering_id, words=words, session=session)
    return render(request, "gatherings/check_in/_list.html", {"page": page, "words": words})


def _href(gathering_id: UUID, session: str, words: str = "") -> str:
    asked = {key: value for key, value in (("session", session), ("q", words)) if value}
    return f"{reverse('gatherings:check_in', args=[gathering_id])}?{urlencode(asked)}"
