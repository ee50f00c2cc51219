"""How one person wishes to be told. Reached from the person's file, whichever programme keeps it."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_look
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.core import clock
from sunward.core.furniture import Text
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict
from sunward.outreach.access import get_person, person_subject
from sunward.outreach.actions import end_suspension, set_preference, suspend_messages
from sunward.outreach.forms.persons import SuspendForm, WishesForm
from sunward.outreach.queries.person_pages import (
    read_person,
    read_version,
    read_wishes,
    say_wishes,
    stored_email,
)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def person(request: SunwardRequest, person_id: UUID) -> HttpResponse:
    return _show(request, person_id)


@require_POST
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def wishes(request: SunwardRequest, person_id: UUID) -> HttpResponse:
    form = WishesForm(request.POST)
    if not form.is_valid():
        return _show(request, person_id, wishes_form=form)
    found = get_person(actor=request.actor, person_id=person_id)
    said = form.cleaned_data | {"email": form.cleaned_data["email"] or stored_email(found)}
    if said["channel_kind"] == "email" and not said["email"]:
        form.add_error("email", _("Write down the e-mail address too."))
        return _show(request, person_id, wishes_form=form)
    given: dict[str, Any] = {
        "person_id": person_id,
        "now": clock.now(),
        "version": version_of(request, unread=-1),
    } | said
    try:
        set_preference(actor=request.actor, **given)
    except Conflict:
        # What was typed stays in the form; beside it stands what the other has written.
        return _show(request, person_id, wishes_form=form, overtaken_by=say_wishes(found) or _("as usual"))
    return _done(request, person_id, _("Saved."))


@require_POST
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def reminders_suspend(request: SunwardRequest, person_id: UUID) -> HttpResponse:
    on = clock.today()
    form = SuspendForm(request.POST, on=on)
    if not form.is_valid():
        return _show(request, person_id, suspend_form=form)
    suspend_messages(actor=request.actor, person_id=person_id, from_on=on, on=on, now=clock.now(), **form.cleaned_data)
    return _done(request, person_id, _("Reminders are suspended; what is urgent is still told."))


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def reminders_resume(request: SunwardRequest, person_id: UUID, suspension_id: int) -> HttpResponse:
    get_person(actor=request.actor, person_id=person_id)
    end_suspension(actor=request.actor, suspension_id=suspension_id, now=clock.now())
    return _done(request, person_id, _("Reminders go on."))


def _show(
    request: SunwardRequest,
    person_id: UUID,
    *,
    wishes_form: WishesForm | None = None,
    suspend_form: SuspendForm | None = None,
    overtaken_by: Text = "",
) -> HttpResponse:
    on, now = clock.today(), clock.now()
    found = get_person(actor=request.actor, person_id=person_id)
    record_look(
        actor=request.actor, code="outreach.wishes_opened", now=now, subject=person_subject(found.pk),
        unit_path=found.unit_path, purpose="open",
    )  # fmt: skip
    context = {
        "person": read_person(request.actor, found, on=on),
        "form": wishes_form or WishesForm(initial=read_wishes(found)),
        "suspend_form": suspend_form or SuspendForm(on=on),
        "back": _back(request),
        "overtaken_by": overtaken_by,
        # A slip in a field keeps the version that was seen: what somebody else has written since is still news.
        "version": version_of(request, unread=-1) if wishes_form and not overtaken_by else read_version(found),
    }
    status = 409 if overtaken_by else 422 if wishes_form or suspend_form else 200
    return render(request, "outreach/persons/person.html", context, status=status)


def _done(request: SunwardRequest, person_id: UUID, sentence: object) -> HttpResponse:
    messages.success(request, sentence)  # type: ignore[arg-type]
    answer = redirect("outreach:person", person_id)
    back = _back(request)
    if back:
        answer["Location"] += f"?back={quote(back)}"
    return answer


def _back(request: SunwardRequest) -> str:
    """The file from which somebody came: an address of this house, in one line, or none."""
    asked = request.GET.get("back", "")
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_ours and asked.isprintable() else ""
