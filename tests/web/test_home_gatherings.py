"""The home page of whoever plans gatherings: what waits for a day, an announcement, or the word of how it was."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering
from sunward.web.home_todo import Group, read_todo_list
from tests.employment.plans import bring_in, employment_officer, fair, fairs
from tests.factories import TODAY, make_child, make_committee
from tests.gatherings.builders import bring, planner, published, willing_child
from tests.registers.imports import officer

pytestmark = pytest.mark.django_db


def group_of(actor: Actor) -> Group | None:
    return next((group for group in read_todo_list(actor, on=TODAY).groups if group.key == "gatherings"), None)


def home_of(actor: Actor) -> str:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client.get(reverse("home")).content.decode()


def test_on_the_first_day_an_employment_officer_is_led_to_her_plan_and_hears_of_no_child():
    make_child("王小明", unit=make_committee())
    page = home_of(employment_officer())
    assert "从您的活动安排表开始" in page
    assert reverse("registers:batches") in page
    assert "困境儿童" not in page
    assert "王小明" not in page
    assert "邻家妈妈" not in page.partition("<main")[2]


def test_what_a_plan_left_open_waits_for_whoever_hosts_it_and_for_nobody_else():
    actor = employment_officer()
    told = {"主办单位": "控江路街道"}
    rows = [
        fair(1, 日期="2026年9月6日", **told),
        fair(2, 日期="2026年12月1日", **told),
        fair(3, 日期="2027年1月31日", **told),
        fair(4, 日期="待定", **told),
        fair(5, 日期="2027年3月中旬", **told),
        fair(6, 日期="2026年12月2日", 备注="取消", **told),
    ]
    bring_in(actor, fairs(*rows), on=TODAY)
    group = group_of(actor)
    assert group is not None
    assert [(line.title, str(line.word)) for line in group.lines] == [
        ("第2场专场", "尚未发布"),
        ("第4场专场", "日期未定"),
    ]
    assert group_of(employment_officer("310110012")) is not None
    assert group_of(employment_officer("310110019")) is None
    assert group_of(officer()) is None
    over = Gathering.objects.filter(title="第2场专场")
    over.update(state=GatheringState.PUBLISHED, begins_on="2026-11-20", ends_on="2026-11-20")
    page = home_of(actor)
    assert "请补写情况" in page
    assert "第3场专场" not in page
    assert "第6场专场" not in page


def test_a_consent_that_holds_no_longer_waits_for_the_host():
    gathering, case = published(), willing_child()
    bring(gathering, Head(case.person_id))
    assert group_of(planner()) is None
    cache.clear()
    case.person.consents.update(withdrawn_on=TODAY)
    group = group_of(planner())
    assert group is not None
    assert [(line.title, str(line.word), line.tone) for line in group.lines] == [("秋游", "监护人同意已失效", "warn")]
