"""An officer of the street, people she keeps the files of, and a day that does not pass."""

import pytest

from sunward.core import clock
from tests import factories as make
from tests.employment.fair_acts import officer_named
from tests.employment.interest_builders import make_survey
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
def survey():
    return make_survey()
