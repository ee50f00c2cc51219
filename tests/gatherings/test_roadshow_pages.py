"""The pages of a roadshow: the form reads what officers type, and every button does what it says."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.jobs.worker import drain
from sunward.gatherings.actions.roadshows import fix_slot
from sunward.gatherings.enums import GatheringState, HalfDay, RoadshowState
from sunward.gatherings.forms.roadshow_lines import read_days, read_names
from sunward.gatherings.forms.roadshows import read_months
from sunward.gatherings.models import Gathering, Roadshow
from sunward.gatherings.queries.roadshow_days import key_of
from sunward.gatherings.roadshow.shapes import Speaker
from sunward.gatherings.roadshow_plans import asked_of, placement_of
from tests.factories import NOW, TODAY, actor_of, make_officer
from tests.gatherings.roadshow_builders import MONTHS, ask, begin, streets

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def user():
    return make_officer(Role.EMPLOYMENT_OFFICER)


@pytest.fixture
def page(user):
    browser = Client()
    browser.force_login(user)
    return browser


def planned(user, asked=None):
    roadshow = begin(actor_of(user), asked)
    drain()
    roadshow.refresh_from_db()
    return roadshow


def typed(**said):
    first, second = streets()
    return {
        "title": "冬季小课",
        "first_month": MONTHS[0],
        "last_month": MONTHS[1],
        "subdistricts": [first.code, second.code],
        "counted": "total",
        "sessions": "4",
        "occupations": "养老护理员\n咖啡师\n\n咖啡师",
        "on_in": "1月：咖啡师",
        "one_a_month": "on",
        "day_rule": "workdays",
        "morning": "09:30",
        "afternoon": "14:00",
        "minutes": "90",
        "places": "25",
        "speakers-TOTAL_FORMS": "2",
        "speakers-INITIAL_FORMS": "0",
        "speakers-0-name": "何老师",
        "speakers-0-teaches": "养老护理员、咖啡师",
        "speakers-0-weekly": ["0am", "1am", "1pm", "3pm"],
        "speakers-0-not_on": "12-8、2027-01-05",
        "speakers-0-per_month": "3",
        "speakers-1-name": "",
        "venues-TOTAL_FORMS": "2",
        "venues-INITIAL_FORMS": "0",
        "venues-0-name": "甲中心",
        "venues-0-subdistrict": first.code,
        "venues-0-weekly": ["0am", "1am", "1pm"],
        "venues-1-name": "乙中心",
        "venues-1-subdistrict": second.code,
        "venues-1-weekly": ["0am", "3pm"],
        "venues-1-also_on": "12月9日",
    } | said


def test_what_is_typed_is_what_the_planner_is_asked(page):
    answer = page.post(reverse("gatherings:roadshow_new"), typed())
    roadshow = Roadshow.objects.get()
    assert answer.url == reverse("gatherings:roadshow", args=[roadshow.uid])
    asked = asked_of(roadshow)
    assert asked.occupations == ("养老护理员", "咖啡师")
    assert asked.occupations_in(MONTHS[1]) == ("咖啡师",)
    assert asked.occupations_in(MONTHS[0]) == asked.occupations
    (speaker,) = asked.speakers
    assert speaker.free.not_on == {date(2026, 12, 8), date(2027, 1, 5)}
    assert speaker.free.weekly == {
        (0, HalfDay.MORNING), (1, HalfDay.MORNING), (1, HalfDay.AFTERNOON), (3, HalfDay.AFTERNOON),
    }  # fmt: skip
    assert speaker.per_month == 3
    assert asked.venues[1].free.also_on == {date(2026, 12, 9)}
    assert roadshow.request["hours"]["places"] == 25
    drain()
    shown = page.get(answer.url).content.decode()
    assert shown.count("road-session") == 4


def test_a_number_for_each_sub_district_is_a_quota(page):
    page.post(reverse("gatherings:roadshow_new"), typed(counted="each", sessions="3"))
    asked = asked_of(Roadshow.objects.get())
    assert asked.asked == 6
    assert set(asked.quota.values()) == {3}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last_month": "2026-11"}, "结束月份不能早于开始月份"),
        ({"subdistricts": []}, "请至少选一个街道"),
        ({"on_in": "1月：飞行员"}, "“飞行员”不在上面的岗位里"),
        ({"on_in": "3月：咖啡师"}, "这一行看不懂"),
        ({"speakers-0-teaches": "飞行员"}, "“飞行员”不在上面的岗位里"),
        ({"speakers-0-not_on": "下周二"}, "“下周二”不是日期"),
        ({"speakers-0-not_on": "2-30"}, "“2-30”不是日期"),
        ({"speakers-0-name": ""}, "请至少填一位讲师"),
        ({"speakers-1-name": "何老师"}, "有两位讲师同名"),
        ({"venues-0-subdistrict": ""}, "请选场地所在街道"),
        ({"venues-0-name": "", "venues-1-name": ""}, "请至少填一处场地"),
        ({"morning": "13:00"}, "上午场须在 12 点前开始"),
    ],
)
def test_what_is_wrong_is_said_where_it_was_typed_and_nothing_is_planned(page, wrong, sentence):
    answer = page.post(reverse("gatherings:roadshow_new"), typed(**wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Roadshow.objects.exists()


def test_more_lines_keep_what_is_typed(page):
    answer = page.post(reverse("gatherings:roadshow_new"), typed(more="speakers", title=""))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="speakers-4-name"' in text
    assert 'value="何老师"' in text
    assert not Roadshow.objects.exists()


def test_a_copy_holds_everything_that_was_asked(page, user):
    roadshow = planned(user, ask(speakers=(Speaker("何老师", frozenset({"咖啡师"}), per_month=4),)))
    text = page.get(reverse("gatherings:roadshow_new"), {"copy": roadshow.uid}).content.decode()
    for value in ("冬季小课（副本）", MONTHS[0], MONTHS[1], "何老师", "甲中心", "乙中心"):
        assert f'value="{value}"' in text


def test_another_day_is_chosen_from_those_that_are_free(page, user):
    roadshow = planned(user)
    slot = roadshow.slots.select_related("subdistrict").first()
    address = reverse("gatherings:roadshow_slot", args=[roadshow.uid, slot.uid])
    text = page.get(address).content.decode()
    there = placement_of(slot)
    assert f'value="{key_of(there)}"' in text
    assert "双休日" in text
    key = next(line for line in text.split('value="')[1:] if line.startswith("2027-01-2")).split('"')[0]
    answer = page.post(address, {"version": roadshow.version, "to": key})
    assert answer.url == reverse("gatherings:roadshow", args=[roadshow.uid])
    slot.refresh_from_db()
    assert key_of(placement_of(slot)) == key
    assert slot.is_fixed


def test_nothing_chosen_or_nonsense_moves_nothing(page, user):
    roadshow = planned(user)
    slot = roadshow.slots.select_related("subdistrict").first()
    address, stood = reverse("gatherings:roadshow_slot", args=[roadshow.uid, slot.uid]), placement_of(slot)
    for to in ("", "2027-01-20", "x|am|y|z|w", "2027-01-20|xx|甲中心|何老师|咖啡师"):
        assert page.post(address, {"version": roadshow.version, "to": to}).url == address
    # The speaker does not teach it.
    answer = page.post(address, {"version": roadshow.version, "to": "2027-01-20|am|甲中心|何老师|飞行员"})
    assert answer.status_code == 409
    slot.refresh_from_db()
    assert placement_of(slot) == stood


def test_a_new_plan_is_shown_before_it_stands(page, user):
    roadshow = planned(user)
    here = reverse("gatherings:roadshow", args=[roadshow.uid])
    page.post(reverse("gatherings:roadshow_edit", args=[roadshow.uid]), typed(version=roadshow.version, sessions="6"))
    drain()
    assert "看看有哪些变化" in page.get(here).content.decode()
    preview = reverse("gatherings:roadshow_preview", args=[roadshow.uid])
    text = page.get(preview).content.decode()
    assert "采用新排期" in text
    assert "新增" in text
    roadshow.refresh_from_db()
    assert roadshow.slots.exclude(day=None).count() == 4
    page.post(preview, {"version": roadshow.version, "accept": "1"})
    assert roadshow.slots.count() == 6
    assert not Roadshow.objects.get().proposed


def test_what_has_no_day_is_told_with_its_reasons_and_what_would_help(page, user):
    roadshow = planned(user, ask(sessions=6, speakers=(Speaker("何老师", per_month=2),)))
    text = page.get(reverse("gatherings:roadshow", args=[roadshow.uid])).content.decode()
    assert "2 场没有排上" in text
    assert "何老师不限每月场次：可多排 2 场。" in text
    assert "讲师本月场次已满" in text
    assert "2027 年的放假安排这里还没有" in text


def test_the_gatherings_are_made_and_taken_back(page, user):
    roadshow = planned(user)
    page.post(reverse("gatherings:roadshow_publish", args=[roadshow.uid]), {"version": roadshow.version, "how": "open"})
    assert {one.state for one in Gathering.objects.all()} == {GatheringState.PUBLISHED}
    assert {one.title for one in Gathering.objects.all()} <= {"小课式：养老护理员", "小课式：咖啡师"}
    roadshow.refresh_from_db()
    page.post(reverse("gatherings:roadshow_take_back", args=[roadshow.uid]), {"version": roadshow.version})
    roadshow.refresh_from_db()
    assert roadshow.state == RoadshowState.DRAFT
    assert not Gathering.objects.exists()


def test_without_a_choice_drafts_are_made(page, user):
    roadshow = planned(user)
    page.post(reverse("gatherings:roadshow_publish", args=[roadshow.uid]), {"version": roadshow.version})
    assert {one.state for one in Gathering.objects.all()} == {GatheringState.DRAFT}


def test_the_workbook_holds_every_session_by_sub_district_and_by_day(page, user):
    roadshow = planned(user)
    book = load_workbook(BytesIO(page.get(reverse("gatherings:roadshow_export", args=[roadshow.uid])).content))
    assert book.sheetnames == ["按街道", "按日期"]
    days = {slot.day for slot in roadshow.slots.all()}
    for sheet in book:
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        assert [row[0] for row in rows] == [1, 2, 3, 4]
        assert {row[3].date() for row in rows} == days
    assert book["按日期"].page_setup.orientation == "landscape"


def test_a_fixed_session_says_so_and_can_be_released(page, user):
    roadshow = planned(user)
    slot = roadshow.slots.first()
    address = reverse("gatherings:roadshow_slot_fix", args=[roadshow.uid, slot.uid])
    page.post(address, {"version": roadshow.version})
    assert "is-fixed" in page.get(reverse("gatherings:roadshow", args=[roadshow.uid])).content.decode()
    roadshow.refresh_from_db()
    page.post(address, {"version": roadshow.version, "release": "1"})
    assert not roadshow.slots.filter(is_fixed=True).exists()


def test_the_page_of_somebody_who_was_slower_changes_nothing(page, user):
    roadshow = planned(user)
    slot = roadshow.slots.first()
    fix_slot(
        actor=actor_of(user),
        roadshow_id=roadshow.uid,
        slot_id=slot.uid,
        version=roadshow.version,
        is_fixed=True,
        now=NOW,
    )
    answer = page.post(reverse("gatherings:roadshow_discard", args=[roadshow.uid]), {"version": roadshow.version})
    assert answer.status_code == 409
    assert Roadshow.objects.exists()


def test_days_are_read_as_people_write_them():
    months = ("2026-12", "2027-01")
    assert read_days("12-8、1月5日 2027/1/6,12.9", months) == [
        date(2026, 12, 8), date(2027, 1, 5), date(2027, 1, 6), date(2026, 12, 9),
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        read_days("12", months)


def test_names_are_read_as_people_write_them():
    known = ("养老护理员", "咖啡师", "care worker")
    assert read_names("养老护理员 咖啡师，care worker", known) == list(known)
    assert read_names("", known) == []


def test_months_are_read_as_people_write_them():
    months, known = ("2026-12", "2027-01"), ("养老护理员", "咖啡师")
    assert read_months("2026-12: 咖啡师\n1月：养老护理员、咖啡师", months, known) == {
        "2026-12": ("咖啡师",),
        "2027-01": known,
    }
