"""Emergencies for casework people: the list, the live page, what is done on it, and the diary to print."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.auditing import record_looks
from sunward.accounts.enums import CASEWORK_ROLES
from sunward.casework.access import case_subject
from sunward.core import clock
from sunward.safeguarding.access.emergencies import find_emergency, get_emergency
from sunward.safeguarding.actions.emergencies import answer_emergency, end_emergency, hand_on, reopen_emergency
from sunward.safeguarding.actions.emergency_steps import add_note, record_authority
from sunward.safeguarding.forms.emergencies import AuthorityForm, EndForm, HandOnForm, NoteForm
from sunward.safeguarding.models import Emergency
from sunward.safeguarding.queries.emergencies import (
    emergency_contacts,
    list_emergencies,
    read_emergency,
    read_now,
    to_line,
)

LINES_ON_PAGE = 50
_STOP_ASKING = 286


@require_safe
@allow(*CASEWORK_ROLES)
def emergencies(request: SunwardRequest) -> HttpResponse:
    """All of the actor's units, the latest first; each child named is a look at a file."""
    now = clock.now()
    page = Paginator(list_emergencies(request.actor), LINES_ON_PAGE).get_page(request.GET.get("page"))
    record_looks(
        actor=request.actor, code="safeguarding.emergency_listed", now=now, purpose="open",
        at=[(case_subject(row.case), row.case.unit_path) for row in page],
    )  # fmt: skip
    lines = [to_line(row, now=now) for row in page]
    return render(request, "safeguarding/emergencies/list.html", {"page": page, "lines": lines})


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def emergency(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    found = get_emergency(actor=request.actor, emergency_id=emergency_id, purpose="emergency", now=clock.now())
    return _page(request, found)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def emergency_now(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    """What moves, asked for every few seconds; once it is over, no more."""
    found = find_emergency(actor=request.actor, emergency_id=emergency_id)
    state = read_now(found, actor=request.actor, now=clock.now())
    context = {"now": state, "is_fragment": True}
    status = _STOP_ASKING if state.is_over else 200
    return render(request, "safeguarding/emergencies/_now.html", context, status=status)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES)
def emergency_diary(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    """The diary from its beginning, to print."""
    now = clock.now()
    found = get_emergency(actor=request.actor, emergency_id=emergency_id, purpose="emergency", now=now)
    page = read_emergency(found, actor=request.actor, now=now)
    context = {"page": page, "diary": tuple(reversed(page.now.diary)), "printed_at": now}
    return render(request, "safeguarding/emergencies/diary.html", context)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def emergency_answer(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    answer_emergency(actor=request.actor, emergency_id=emergency_id, now=clock.now())
    messages.success(request, _("You are on it. Whoever was told hears so."))
    return redirect("safeguarding:emergency", emergency_id)


@require_POST
@never_cache
@allow(*CASEWORK_ROLES, writes=True)
def emergency_numbers(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    """The numbers of the pair and the guardians, with one tap that is written into the record of looks."""
    now = clock.now()
    found = get_emergency(actor=request.actor, emergency_id=emergency_id, purpose="contact_family", now=now)
    record_looks(
        actor=request.actor, code="safeguarding.numbers_shown", now=now, purpose="emergency",
        at=[(case_subject(found.case), found.case.unit_path)],
    )  # fmt: skip
    contacts = emergency_contacts(found, on=clock.today())
    if request.headers.get("HX-Request"):
        return render(request, "safeguarding/emergencies/_numbers.html", {"contacts": contacts})
    return _page(request, found, contacts=contacts)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def emergency_hand_on(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    found = find_emergency(actor=request.actor, emergency_id=emergency_id)
    page = read_emergency(found, actor=request.actor, now=clock.now())
    form = HandOnForm(request.POST, colleagues=page.colleagues)
    if not form.is_valid():
        return _again(request, emergency_id, hand_on_form=form)
    hand_on(
        actor=request.actor, emergency_id=emergency_id, to_user_id=form.cleaned_data["user"], now=clock.now()
    )  # fmt: skip
    messages.success(request, _("Handed on. The clock runs again until it is answered."))
    return redirect("safeguarding:emergency", emergency_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def emergency_note(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _again(request, emergency_id, note_form=form)
    add_note(actor=request.actor, emergency_id=emergency_id, now=clock.now(), **form.cleaned_data)
    return redirect("safeguarding:emergency", emergency_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def emergency_reported(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    form = AuthorityForm(request.POST, now=clock.now())
    if not form.is_valid():
        return _again(request, emergency_id, authority_form=form)
    record_authority(actor=request.actor, emergency_id=emergency_id, now=clock.now(), **form.cleaned_data)
    return redirect("safeguarding:emergency", emergency_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def emergency_over(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _again(request, emergency_id, end_form=form)
    end_emergency(actor=request.actor, emergency_id=emergency_id, now=clock.now(), **form.cleaned_data)
    return redirect("safeguarding:emergency", emergency_id)


@require_POST
@allow(*CASEWORK_ROLES, writes=True)
def emergency_reopen(request: SunwardRequest, emergency_id: UUID) -> HttpResponse:
    reopen_emergency(actor=request.actor, emergency_id=emergency_id, now=clock.now())
    return redirect("safeguarding:emergency", emergency_id)


def _again(request: SunwardRequest, emergency_id: UUID, **bound: forms.Form) -> HttpResponse:
    """With the child's name on it again, so that it is a look like the first."""
    found = get_emergency(actor=request.actor, emergency_id=emergency_id, purpose="emergency", now=clock.now())
    return _page(request, found, status=422, **bound)


def _page(request: SunwardRequest, found: Emergency, *, status: int = 200, **bound: Any) -> HttpResponse:
    now = clock.now()
    page = read_emergency(found, actor=request.actor, now=now)
    context = {
        "page": page,
        "now": page.now,
        "note_form": NoteForm(),
        "authority_form": AuthorityForm(now=now),
        "hand_on_form": HandOnForm(colleagues=page.colleagues),
        "end_form": EndForm(),
        **bound,
    }
    return render(request, "safeguarding/emergencies/emergency.html", context, status=status)
