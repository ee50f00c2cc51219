"""Notes of experience as those read them who publish them: supervisors and officers of the writer's units."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal, show_above
from sunward.mentoring.actions.sharing import publish_note, return_note
from sunward.mentoring.forms.sharing import ReasonForm
from sunward.mentoring.queries.sharing import list_returned, list_tabs, list_waiting, read_judged
from sunward.mentoring.sharing.access import JUDGING_ROLES, get_note, judged_notes


@require_safe
@never_cache
@allow(*JUDGING_ROLES)
def waiting_notes(request: SunwardRequest) -> HttpResponse:
    context = {
        "page": list_waiting(request.actor, asked=request.GET),
        "returned": list_returned(request.actor),
        "tabs": list_tabs(request.actor, "waiting"),
    }
    return render(request, "mentoring/sharing/waiting.html", context)


@require_safe
@never_cache
@allow(*JUDGING_ROLES)
def note_judge(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    return _show(request, note_id, ReasonForm())


@require_POST
@never_cache
@allow(*JUDGING_ROLES, writes=True)
def note_publish(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    try:
        publish_note(actor=request.actor, note_id=note_id, version=version_of(request), now=clock.now())
    except Conflict as conflict:
        return _show(request, note_id, ReasonForm(), conflict=conflict)
    messages.success(request, _("Published. All neighbour moms of the district can read it now."))
    return redirect("mentoring:waiting_notes")


@require_POST
@never_cache
@allow(*JUDGING_ROLES, writes=True)
def note_return(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    """Given back before it is published, or taken down afterwards; each with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, note_id, form, status=422)
    try:
        return_note(
            actor=request.actor, note_id=note_id, version=version_of(request), reason=form.cleaned_data["reason"],
            now=clock.now(),
        )  # fmt: skip
    except Conflict as conflict:
        return _show(request, note_id, form, conflict=conflict)
    except Refusal as refusal:
        show_above(form, refusal)
        return _show(request, note_id, form, status=422)
    messages.success(request, _("Given back. She sees your reason, and nobody else sees the note."))
    return redirect("mentoring:waiting_notes")


def _show(
    request: SunwardRequest, note_id: UUID, form: ReasonForm, *, conflict: Conflict | None = None, status: int = 200
) -> HttpResponse:
    """The note as it stands now; after a conflict with what was typed, so that it is read anew before it is judged."""
    note = read_judged(get_note(among=judged_notes(request.actor), note_id=note_id))
    context: dict[str, Any] = {"note": note, "form": form, "has_moved": conflict is not None}
    return render(request, "mentoring/sharing/judge.html", context, status=conflict.status if conflict else status)
