"""A fair with one booth and one time, an officer of its street, and a day that does not pass."""

import pytest

from sunward.core import clock
from tests import factories as make
from tests.employment.fair_acts import officer_named
from tests.employment.fair_builders import make_booth, make_fair, make_time
from tests.factories import NOW, TODAY


@pytest.fixture(autouse=True)
def _fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def user():
    return officer_named("gu")


@pytest.fixture
def actor(user):
    return make.actor_of(user)


@pytest.fixture
def page(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def fair():
    return make_fair()


@pytest.fixture
def booth(fair):
    return make_booth(fair)


@pytest.fixture
def slot(booth):
    return make_time(booth)
