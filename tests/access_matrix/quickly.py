"""The matrix asks twenty thousand times; what is the same each time is made once. No gate and no page is left out.

Of a refusal only the frame is missing, menu and all: it is the same on every page of a persona, and stands on each that
opens. A test of the matrix looks at refusals with their frame, another at two of the same words at different addresses.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Engine, Template
from django.test.utils import _TestState
from django.utils.translation import get_language

from sunward.accounts import middleware, sessions
from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.web import refusals
from tests.factories import NOW

# A conflict's page (409) leads back to the address.
_ALIKE_EVERYWHERE = ("403.html", "404.html")
_FRAME = "{% block title %}{% endblock %}{% block page %}{% endblock %}"


@contextmanager
def asked_quickly() -> Iterator[None]:
    """Meanwhile everybody and their posts are read once: whatever a request changes is taken back after it."""
    users: dict[Any, User | None] = {}
    actors: dict[tuple[int, date], Actor] = {}
    sessions_kept: dict[str, dict[str, Any]] = {}
    found, opened, saved = ModelBackend.get_user, SessionStore.load, SessionStore.save

    def get_user(self: ModelBackend, key: Any) -> User | None:
        if key not in users:
            users[key] = found(self, key)
        return copy(users[key])

    def actor_of(user: User, *, on: date) -> Actor:
        if (user.pk, on) not in actors:
            actors[user.pk, on] = read_actor(user, on=on)
        return actors[user.pk, on]

    def load(self: SessionStore) -> dict[str, Any]:
        if self.session_key not in sessions_kept:
            sessions_kept[self.session_key] = opened(self)
        return deepcopy(sessions_kept[self.session_key])

    def save(self: SessionStore, *args: Any, **named: Any) -> None:
        sessions_kept.pop(self.session_key, None)
        saved(self, *args, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ModelBackend, "get_user", get_user)
        patch.setattr(SessionStore, "load", load)
        patch.setattr(SessionStore, "save", save)
        patch.setattr(middleware, "read_actor", actor_of)
        patch.setattr(refusals, "render", _remember_refusals())
        # What Django keeps for a test of each template and of its context: nobody here asks for it.
        patch.setattr(Template, "_render", _TestState.saved_data.template_render)
        yield


@contextmanager
def taken_back() -> Iterator[None]:
    """Nothing stays of what is done meanwhile."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def with_frames() -> Iterator[None]:
    """Refusals as people see them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refusals, "render", render)
        yield


@contextmanager
def with_refusals_made_anew() -> Iterator[None]:
    """None is remembered, so that they can be held against each other."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refusals, "render", _render_without_frame)
        yield


def mark_used(session: Any) -> None:
    """Used at this very moment: else each request would write that into the session, and each time it is taken back."""
    session[sessions._TOUCHED] = int(NOW.timestamp())


def _render_without_frame(request: HttpRequest, page: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, page, context | {"layout": _frame()}, status=status)


def _remember_refusals() -> Callable[..., HttpResponse]:
    """The same words to the same person are the same page, whatever was asked for."""
    kept: dict[tuple[Any, ...], bytes] = {}

    def render_once(request: HttpRequest, page: str, context: dict[str, Any], *, status: int) -> HttpResponse:
        if page not in _ALIKE_EVERYWHERE:
            return _render_without_frame(request, page, context, status=status)
        key = (page, request.user.pk, get_language(), *sorted((name, str(said)) for name, said in context.items()))
        if key not in kept:
            kept[key] = _render_without_frame(request, page, context, status=status).content
        return HttpResponse(kept[key], status=status)

    return render_once


@cache
def _frame() -> Template:
    return Engine.get_default().from_string(_FRAME)
