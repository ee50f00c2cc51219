"""Setting out and coming back: two taps of the mentor, and the page on which the staff see who is not back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.mentoring.access import get_way
from sunward.mentoring.actions.ways import close_way, come_back, set_out
from sunward.mentoring.forms.answers import CloseWayForm, SetOutForm
from sunward.mentoring.queries.ways import read_way_file
from sunward.mentoring.rules import WAY_MINUTES_AT_FIRST
from sunward.mentoring.views.offline import answer_refusal


@require_POST
@allow(Role.MENTOR, writes=True)
def way_out(request: SunwardRequest, match_id: UUID) -> HttpResponse:
    form = SetOutForm(request.POST)
    minutes = form.cleaned_data["minutes"] if form.is_valid() else WAY_MINUTES_AT_FIRST
    set_out(actor=request.actor, match_id=match_id, minutes=minutes, now=clock.now())
    messages.success(request, _("Take care. Tap “I am back safely” when you are."))
    return redirect("mentoring:own_child", match_id=match_id)


@require_POST
@allow(Role.MENTOR, writes=True)
def way_back(request: SunwardRequest, way_id: UUID) -> HttpResponse:
    """From a page, or from the phone's outbox, which wants to be told as a script is told."""
    is_outbox = request.headers.get("X-Outbox") == "yes"
    try:
        come_back(actor=request.actor, way_id=way_id, now=clock.now())
    except Refusal as refusal:
        if not is_outbox:
            raise
        return answer_refusal(refusal)
    messages.success(request, _("Good that you are back."))
    return JsonResponse({}) if is_outbox else redirect("home")


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def way(request: SunwardRequest, way_id: UUID) -> HttpResponse:
    return _page(request, way_id, CloseWayForm())


def _page(request: SunwardRequest, way_id: UUID, form: CloseWayForm, *, status: int = 200) -> HttpResponse:
    now = clock.now()
    found = get_way(actor=request.actor, way_id=way_id, now=now)
    context = {"way": read_way_file(found, now=now), "form": form}
    return render(request, "mentoring/visits/way.html", context, status=status)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def way_close(request: SunwardRequest, way_id: UUID) -> HttpResponse:
    form = CloseWayForm(request.POST)
    if not form.is_valid():
        return _page(request, way_id, form, status=422)
    close_way(actor=request.actor, way_id=way_id, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("Written down: she is well."))
    return redirect("mentoring:way", way_id=way_id)
