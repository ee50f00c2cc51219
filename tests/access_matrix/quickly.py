"""The matrix asks twenty thousand times; what is the same each time is made once. No gate and no page is left out.

Of a refusal only the frame is missing, menu and all: it is the same on every page of a persona, and stands on each that
opens. A test of the matrix looks at refusals with their frame.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import Engine, Template
from django.test.utils import _TestState

from sunward.accounts import middleware, sessions
from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.web import refusals
from tests.factories import NOW

_FRAME = "{% block title %}{% endblock %}{% block page %}{% endblock %}"


@contextmanager
def asked_quickly() -> Iterator[None]:
    """Meanwhile everybody and their posts are read once: whatever a request changes is taken back after it."""
    users: dict[Any, User | None] = {}
    actors: dict[tuple[int, date], Actor] = {}
    found = ModelBackend.get_user

    def get_user(self: ModelBackend, key: Any) -> User | None:
        if key not in users:
            users[key] = found(self, key)
        return copy(users[key])

    def actor_of(user: User, *, on: date) -> Actor:
        if (user.pk, on) not in actors:
            actors[user.pk, on] = read_actor(user, on=on)
        return actors[user.pk, on]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ModelBackend, "get_user", get_user)
        patch.setattr(middleware, "read_actor", actor_of)
        patch.setattr(refusals, "render", _render_without_frame)
        # What Django keeps for a test of each template and of its context: nobody here asks for it.
        patch.setattr(Template, "_render", _TestState.saved_data.template_render)
        yield


@contextmanager
def with_frames() -> Iterator[None]:
    """Refusals as people see them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refusals, "render", render)
        yield


def mark_used(session: Any) -> None:
    """Used at this very moment: else each request would write that into the session, and each time it is taken back."""
    session[sessions._TOUCHED] = int(NOW.timestamp())


def _render_without_frame(request: HttpRequest, page: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    return render(request, page, context | {"layout": _frame()}, status=status)


@cache
def _frame() -> Template:
    return Engine.get_default().from_string(_FRAME)
