"""What meetings leave for a plan officer stands on the home page, and on nobody else's."""

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from tests.blueprint.meetings import DETAILS, HR, approved_plan, begin, confirm_all, make_units, minutes_of, unit_of
from tests.factories import NOW, TODAY, actor_of, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fixed(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def keeper():
    make_units()
    return make_officer(Role.PLAN_OFFICER)


def home_of(user) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("home")).content.decode()


def test_a_keeper_is_told_of_lines_to_look_at_and_of_proposals_without_an_answer(keeper, tmp_path):
    assert "等您处理的会议" not in home_of(keeper)
    meeting = begin(actor_of(keeper), minutes_of(tmp_path))
    page = home_of(keeper)
    assert "3 条待核对" in page
    assert "5 条建议未答复" in page
    confirm_all(actor_of(keeper), meeting)
    assert "已逐条核对" in home_of(keeper)


def test_an_approved_meeting_waits_for_its_answers_alone_and_is_overdue_after_their_day(keeper, tmp_path, monkeypatch):
    approved_plan(actor_of(keeper), tmp_path)
    page = home_of(keeper)
    assert "5 条建议未答复" in page
    assert "条待核对" not in page
    assert "逾期" not in page
    monkeypatch.setattr(clock, "today", lambda: DETAILS.answers_due_on.replace(day=DETAILS.answers_due_on.day + 1))
    assert "逾期" in home_of(keeper)


@pytest.mark.parametrize(("role", "code"), [(Role.PLAN_OFFICER, HR), (Role.PLAN_OFFICER, "310109"), (Role.LEADER, HR)])
def test_nobody_else_is_told_of_a_meeting_in_preparation(role, code, keeper, tmp_path):
    begin(actor_of(keeper), minutes_of(tmp_path))
    page = home_of(make_officer(role, unit_of(code)))
    assert DETAILS.title not in page
    assert "条待核对" not in page
