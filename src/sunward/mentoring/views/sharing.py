"""Notes of experience: what others found out, and a neighbour mom's own."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core import clock
from sunward.core.posted import version_of
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.actions.sharing import bring_back_note, change_note, withdraw_note, write_note
from sunward.mentoring.forms.sharing import NoteForm
from sunward.mentoring.models import ExperienceNote
from sunward.mentoring.queries.sharing import (
    CHANGEABLE,
    list_own,
    list_published,
    list_tabs,
    read_own,
    read_published,
    read_words,
)
from sunward.mentoring.sharing import access
from sunward.mentoring.sharing.taken_back import keep_taken, list_taken

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
@allow(*CASEWORK_ROLES, Role.MENTOR)
def notes(request: SunwardRequest) -> HttpResponse:
    """All that is published in the district; a mentor who has left reads nothing any more."""
    actor = request.actor
    if not access.reading_districts(actor):
        raise access.note_not_there()
    context = {
        "page": list_published(actor, asked=request.GET),
        "words": read_words(request.GET),
        "tabs": list_tabs(actor, "published"),
        "may_write": access.find_sharing_mentor(actor) is not None,
    }
    return render(request, "mentoring/sharing/list.html", context)


@require_safe
@never_cache
@allow(*CASEWORK_ROLES, Role.MENTOR)
def note(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    found = access.get_note(among=access.published_notes(request.actor), note_id=note_id)
    return render(request, "mentoring/sharing/note.html", {"note": read_published(found, request.actor)})


@require_safe
@never_cache
@allow(Role.MENTOR)
def own_notes(request: SunwardRequest) -> HttpResponse:
    actor = request.actor
    access.get_sharing_mentor(actor)
    taken = list_taken(request.session, now=clock.now())
    context = {"rows": list_own(actor, taken=taken), "tabs": list_tabs(actor, "own")}
    return render(request, "mentoring/sharing/own_list.html", context)


@require_safe
@never_cache
@allow(Role.MENTOR)
def own_note(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    found = access.get_note(among=access.own_notes(request.actor), note_id=note_id)
    taken = list_taken(request.session, now=clock.now())
    return render(request, "mentoring/sharing/own_note.html", {"note": read_own(found, taken=taken)})


@get_or_post
@never_cache
@allow(Role.MENTOR, writes=True)
def own_note_new(request: SunwardRequest) -> HttpResponse:
    actor = request.actor
    access.get_sharing_mentor(actor)
    form = NoteForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_bound and form.try_to_say(
            lambda: write_note(
                actor=actor, key=form.cleaned_data["key"], told=form.told, on=clock.today(), now=clock.now()
            )
        ):
            return _handed_in(request)
    except Conflict as conflict:
        saved = access.get_note(among=access.own_notes(actor), note_id=form.cleaned_data["key"])
        return _show_moved(request, form, saved, conflict)
    return _show(request, form, {"back": reverse("mentoring:own_notes")})


@get_or_post
@never_cache
@allow(Role.MENTOR, writes=True)
def own_note_edit(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    actor = request.actor
    found = access.get_note(among=access.own_notes(actor), note_id=note_id)
    if request.method != "POST" and found.state not in CHANGEABLE:
        return redirect("mentoring:own_note", note_id=note_id)
    first = {"title": found.title, "words": found.words, "topics": found.topics}
    form = NoteForm(request.POST) if request.method == "POST" else NoteForm(initial=first)
    try:
        if form.is_bound and form.try_to_say(
            lambda: change_note(
                actor=actor, note_id=note_id, version=version_of(request), told=form.told, on=clock.today(),
                now=clock.now(),
            )
        ):  # fmt: skip
            return _handed_in(request)
    except Conflict as conflict:
        return _show_moved(request, form, found, conflict)
    version = version_of(request) if form.is_bound else found.version
    return _show(request, form, {"note": read_own(found, taken=()), "version": version, "back": _page_of(found)})


@require_POST
@allow(Role.MENTOR, writes=True)
def own_note_withdraw(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    """At once; her page says so, with the button that brings it back."""
    now = clock.now()
    keep_taken(request.session, withdraw_note(actor=request.actor, note_id=note_id, now=now), now=now)
    return redirect("mentoring:own_note", note_id=note_id)


@require_POST
@allow(Role.MENTOR, writes=True)
def own_note_bring_back(request: SunwardRequest, note_id: UUID) -> HttpResponse:
    now = clock.now()
    access.get_note(among=access.own_notes(request.actor), note_id=note_id)
    version = list_taken(request.session, now=now).get(note_id)
    if version is None:
        raise Refusal(
            "mentoring.experience_gone",
            _("This note cannot be brought back any more. Its words still stand on your page: write it anew."),
        )
    bring_back_note(actor=request.actor, note_id=note_id, version=version, now=now)
    messages.success(request, _("The note is yours again. It is read once more before others see it."))
    return redirect("mentoring:own_note", note_id=note_id)


def _handed_in(request: SunwardRequest) -> HttpResponse:
    messages.success(request, _("Handed in, thank you. It is read first, then the others learn from it."))
    return redirect("mentoring:own_notes")


def _page_of(found: ExperienceNote) -> str:
    return reverse("mentoring:own_note", args=[found.uid])


def _show(
    request: SunwardRequest, form: NoteForm, context: dict[str, Any], *, status: int = 422
) -> HttpResponse:  # fmt: skip
    return render(
        request, "mentoring/sharing/write.html", context | {"form": form}, status=status if form.is_bound else 200
    )


def _show_moved(request: SunwardRequest, form: NoteForm, found: ExperienceNote, conflict: Conflict) -> HttpResponse:
    """What she typed is kept beside what stands there now; it becomes a new one where that cannot be changed."""
    found.refresh_from_db()
    context: dict[str, Any] = {"note": read_own(found, taken=()), "is_moved": True, "back": _page_of(found)}
    if found.state in CHANGEABLE:
        context |= {"version": found.version, "action": reverse("mentoring:own_note_edit", args=[found.uid])}
        form.add_error(None, _("This note has changed meanwhile. If you hand it in now, your words take its place."))
    else:
        # Under a key of its own, or it would be taken for the one that is there.
        form.data = form.data.copy()  # type: ignore[attr-defined]
        form.data["key"] = str(uuid4())  # type: ignore[index]
        context["action"] = reverse("mentoring:own_note_new")
        form.add_error(None, _("This note has been published or taken back meanwhile. Your words become a new one."))
    return _show(request, form, context, status=conflict.status)
