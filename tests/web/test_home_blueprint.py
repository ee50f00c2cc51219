"""What plans leave at home: for the unit that leads or joins, for who is asked, and for who keeps the plan."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.models import User
from sunward.blueprint.actions.completing import claim_completion, return_completion
from sunward.blueprint.actions.extending import ask_extension, decide_extension
from sunward.blueprint.actions.issuing import acknowledge
from sunward.blueprint.actions.obstacles import answer_obstacle, let_go_up, raise_obstacle
from sunward.blueprint.actions.reporting import Report
from sunward.core import clock
from sunward.web.home_todo import read_todo_list
from tests.blueprint.following import TOMORROW, Cast, act, cast_of
from tests.blueprint.meetings import EDUCATION
from tests.factories import NOW, TODAY
from tests.test_access_matrix import prove_anew

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(tmp_path) -> Cast:
    return cast_of(tmp_path)


def waits(who) -> dict[str, int]:
    """Each list that has something in it, and how much."""
    return {group.key: group.count for group in read_todo_list(who, on=TODAY).groups}


def test_a_line_waits_at_home_until_the_own_unit_has_acknowledged_it(cast):
    assert waits(cast.lead) == {"work_to_acknowledge": 1}
    assert waits(cast.joint) == {"work_to_acknowledge": 2}
    assert waits(cast.other) == {"work_to_acknowledge": 1}
    assert waits(cast.keeper) == {}
    act(acknowledge, cast.lead, cast)
    assert waits(cast.lead) == {}
    assert waits(cast.joint) == {"work_to_acknowledge": 2}
    act(acknowledge, cast.joint, cast)
    assert waits(cast.joint) == {"work_to_acknowledge": 1}


def test_an_obstacle_waits_for_who_is_asked_and_once_it_went_up_for_who_keeps_the_plan(cast):
    act(acknowledge, cast.lead, cast)
    row = act(raise_obstacle, cast.lead, cast, text="缺教室", unit_code=EDUCATION, by=TOMORROW)
    assert waits(cast.other).get("work_obstacles") == 1
    for who in (cast.keeper, cast.lead, cast.joint):
        assert "work_obstacles" not in waits(who)
    late = TOMORROW + timedelta(1)
    let_go_up(item_id=cast.item.pk, on=late, now=NOW)
    assert waits(cast.keeper) == {"work_obstacles": 1}
    assert "work_obstacles" not in waits(cast.other)
    act(answer_obstacle, cast.keeper, cast, step_id=row.uid, text="区里协调", on=late)
    assert waits(cast.keeper) == {}


def test_more_time_and_completions_wait_for_who_keeps_the_plan_until_they_are_settled(cast):
    act(acknowledge, cast.lead, cast)
    until = cast.item.due_on + timedelta(30)
    asked = act(ask_extension, cast.lead, cast, text="场地未定", until=until)
    claim = act(claim_completion, cast.lead, cast, report=Report("验收单", 12, TODAY))
    expected = {"work_completions": 1, "work_extensions": 1}
    assert (waits(cast.keeper), waits(cast.second_keeper)) == (expected, expected)
    assert (waits(cast.lead), waits(cast.other).keys() & expected) == ({}, set())
    act(decide_extension, cast.keeper, cast, step_id=asked.uid, until=None, text="不必")
    act(return_completion, cast.second_keeper, cast, step_id=claim.uid, text="缺照片")
    assert waits(cast.keeper) == {}


def test_a_plan_officers_home_shows_the_lines_and_leads_to_all_of_them(cast, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    client = Client()
    client.force_login(User.objects.get(pk=cast.lead.user_id))
    prove_anew(client)
    home = client.get(reverse("home")).content.decode()
    assert reverse("blueprint:work", args=[cast.item.uid]) in home
    assert reverse("safeguarding:worry_new") not in home  # it would not open for her
    listed = client.get(reverse("work", args=["work_to_acknowledge"])).content.decode()
    assert reverse("blueprint:work", args=[cast.item.uid]) in listed
