"""A page of the running site, somebody signed in, and what makes a page unfit for anybody."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from sunward.accounts.models import User
from sunward.accounts.preferences import set_language, set_large_type

DESKTOP, PHONE = 1440, 390
# What is still fading in has the contrast of a shadow, so it is brought to its end. It is not waited for: a crowded
# machine may draw no frame for minutes, a paused animation never ends, and such a wait has no limit of its own.
_STAND_STILL = """() => document.getAnimations()
    .filter((one) => isFinite(one.effect.getComputedTiming().endTime))
    .forEach((one) => one.finish())"""


@pytest.fixture
def site(live_server: Any, open_door: None, open_page: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """``site("/style/", user=…, language="en", width=PHONE, is_large=True)``: the page, opened.

    Whatever the browser complains about on the way (a script's error, a resource the content policy refused, a missing
    file) fails the test. A page that is meant to answer with an error names its `status`; a test that provokes another
    complaint names a part of it in `complaining`.
    """
    complaints: list[str] = []

    def open_site(
        path: str,
        *,
        user: User | None = None,
        language: str = "zh-hans",
        width: int = DESKTOP,
        is_large: bool = False,
        status: int = 200,
        complaining: str = "",
    ) -> Any:
        awaited = complaining or (f"status of {status}" if status >= 400 else "")
        page = open_page(width=width, height=900 if width > 600 else 844)
        page.context.add_cookies([_cookie(live_server, settings.LANGUAGE_COOKIE_NAME, language)])
        if user:
            set_language(user_id=user.pk, language=language)
            set_large_type(user_id=user.pk, is_large_type=is_large)
            page.context.add_cookies([_session(live_server, user)])
        page.on("pageerror", lambda error: complaints.append(f"{path}: {error}"))
        page.on("console", lambda message: _complain(complaints, path, message, awaited=awaited))
        response = page.goto(f"{live_server.url}{path}")
        assert response.status == status, f"{path} answered {response.status}"
        return page

    yield open_site
    assert not complaints


def _cookie(live_server: Any, name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value, "url": live_server.url}


def _session(live_server: Any, user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return _cookie(live_server, settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)


def _complain(complaints: list[str], path: str, message: Any, *, awaited: str) -> None:
    is_awaited = awaited and awaited in message.text
    if message.type == "error" and not is_awaited:
        complaints.append(f"{path}: {message.text}")


@pytest.fixture
def find_barriers() -> Callable[[Any], list[str]]:
    """What axe and the width of the screen object to on a page; empty when it is fit for everybody."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()

    def find(page: Any) -> list[str]:
        page.evaluate(_STAND_STILL)
        found = [
            f"{page.url}: {violation['id']} at {node['target']}: {node['failureSummary']}"
            for violation in axe.run(page).response["violations"]
            for node in violation["nodes"]
        ]
        width = page.viewport_size["width"]
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            found.append(f"{page.url}: needs {needed} pixels on a screen of {width}")
        return found

    return find
