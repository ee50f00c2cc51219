"""An hour without use ends a session; use moves its end on."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from sunward.core import clock
from tests.factories import make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


START = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def test_use_moves_the_end_of_a_session_on(client, at, settings):
    at(START)
    client.force_login(make_officer())
    client.get("/")
    first = Session.objects.get().expire_date
    at(START + timedelta(minutes=20))
    client.get("/")
    assert Session.objects.get().expire_date == first + timedelta(minutes=20)


def test_pages_read_within_five_minutes_write_the_session_once(client, at):
    at(START)
    client.force_login(make_officer())
    client.get("/")
    first = Session.objects.get().expire_date
    at(START + timedelta(minutes=4))
    client.get("/")
    assert Session.objects.get().expire_date == first


def test_a_session_left_alone_for_an_hour_asks_for_sign_in(client, at, settings):
    at(START)
    client.force_login(make_officer())
    assert client.get("/").status_code == 200
    at(START + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1))
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "address", ["/", "/mentoring/children/", "/search/?q=x", "/matching/", "/accounts/login/", "/nowhere/"]
)
def test_no_browser_keeps_a_page_for_whoever_sits_down_next(client, address):
    client.force_login(make_officer())
    assert "no-store" in client.get(address).headers["Cache-Control"]
