"""The calendar: the right days, what is special about them, what clashes, and for whom it is shown."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import make_aware
from icalendar import Calendar as ICalendar

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.gatherings import actions as acts
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Duty
from sunward.gatherings.holidays import is_announced, mark_of
from sunward.gatherings.models import CalendarFeed
from sunward.gatherings.queries.calendar import CalendarQuestion, View, read_calendar
from tests.factories import NOW, TODAY, actor_of, make_committee, make_officer, make_subdistrict
from tests.gatherings.builders import BEGINS, FAIR, OUTING, TRAINING, adult, bring, draft, planner, published

pytestmark = pytest.mark.django_db
DAY = BEGINS.date()
MONTH = CalendarQuestion(View.MONTH, DAY)


@pytest.fixture(autouse=True)
def still(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def at(day: date, hour: int, hours: int = 2) -> SessionTime:
    begins = make_aware(datetime.combine(day, time(hour)))
    return SessionTime(begins, begins + timedelta(hours=hours))


def on_day(calendar, day):
    return next(cell for cell in calendar.days if cell.on == day)


def titles(calendar):
    return [entry.title for cell in calendar.days for entry in cell.entries]


def test_a_month_fills_whole_weeks_from_monday_to_sunday():
    calendar = read_calendar(planner(), MONTH, on=TODAY)
    assert (calendar.first, calendar.last) == (date(2026, 11, 30), date(2027, 1, 3))
    assert all(len(week) == 7 and week[0].on.weekday() == 0 for week in calendar.weeks)
    assert [cell.is_outside for cell in calendar.days].count(False) == 31


@pytest.mark.parametrize("first", [date(2026, month, 1) for month in range(1, 13)])
def test_earlier_and_later_lead_through_the_months_one_by_one(first):
    asked = CalendarQuestion(View.MONTH, first.replace(day=28))
    assert CalendarQuestion(View.MONTH, asked.later).earlier == first
    assert asked.later.day == asked.earlier.day == 1
    assert (asked.later - asked.earlier).days in range(59, 63)


def test_each_session_stands_on_its_own_day_and_a_gathering_without_sessions_on_none():
    actor = planner(TRAINING)
    draft(TRAINING, actor=actor, sessions=(at(DAY, 9), at(DAY + timedelta(days=2), 14)))
    undated = draft(TRAINING, actor=actor, sessions=(), title="日期未定", month="2026-12")
    calendar = read_calendar(actor, MONTH, on=TODAY)
    assert [entry.times for entry in on_day(calendar, DAY).entries] == ["09:00–11:00"]
    assert [entry.times for entry in on_day(calendar, DAY + timedelta(days=2)).entries] == ["14:00–16:00"]
    assert [entry.uid for entry in calendar.undated] == [str(undated.uid)]
    assert not titles(read_calendar(actor, CalendarQuestion(View.MONTH, date(2027, 1, 5)), on=TODAY))


def test_a_day_begins_in_the_district_and_not_in_greenwich():
    actor = planner(TRAINING)
    draft(TRAINING, actor=actor, sessions=(at(DAY, 1, hours=1),))
    assert on_day(read_calendar(actor, MONTH, on=TODAY), DAY).entries


def test_holidays_and_the_weekends_worked_for_them_are_marked():
    asked = CalendarQuestion(View.MONTH, date(2026, 10, 1))
    calendar = read_calendar(planner(), asked, on=TODAY)
    marked = {cell.on: cell.mark.kind for cell in calendar.days if cell.mark}
    assert {day for day, kind in marked.items() if kind == "holiday"} == {date(2026, 10, day) for day in range(1, 8)}
    assert [day for day, kind in marked.items() if kind == "workday"] == [date(2026, 10, 10)]
    assert mark_of(date(2026, 10, 11)) is None
    assert is_announced(2026)
    assert not is_announced(2050)
    assert mark_of(date(2050, 10, 1)) is None


def test_the_same_place_at_overlapping_times_clashes_and_one_after_the_other_does_not():
    actor = planner(TRAINING)
    first = draft(TRAINING, actor=actor, sessions=(at(DAY, 9),), title="甲", place="三楼 会议室")
    draft(TRAINING, actor=actor, sessions=(at(DAY, 10),), title="乙", place="三楼会议室")
    draft(TRAINING, actor=actor, sessions=(at(DAY, 12),), title="丙", place="三楼会议室")
    calendar = read_calendar(actor, MONTH, on=TODAY)
    entries = {entry.title: entry for entry in on_day(calendar, DAY).entries}
    assert [conflict.other_title for conflict in entries["甲"].conflicts] == ["乙"]
    assert [conflict.other_id for conflict in entries["乙"].conflicts] == [first.pk]
    assert not entries["丙"].conflicts
    assert len(calendar.clashes) == 1


def test_a_steward_and_a_person_cannot_be_at_two_places_at_once():
    actor = planner(TRAINING)
    rooms = [published(TRAINING, actor=actor, title=title, place=title) for title in ("甲", "乙")]
    somebody = adult()
    for room in rooms:
        acts.name_steward(actor=actor, gathering_id=room.uid, duty=Duty.LEAD, user_id=actor.user_id, on=TODAY, now=NOW)
        bring(room, Head(somebody.person_id), actor=actor)
    entry = on_day(read_calendar(actor, MONTH, on=TODAY), DAY).entries[0]
    said = " ".join(conflict.sentence for conflict in entry.conflicts)
    assert actor.name in said
    assert "有 1 人" in said
    assert somebody.person.name not in said


def test_who_only_sees_that_two_gatherings_are_is_not_told_who_goes_to_both():
    actor = planner(TRAINING)
    somebody = adult()
    for title in ("甲", "乙"):
        bring(published(TRAINING, actor=actor, title=title, place=title), Head(somebody.person_id), actor=actor)
    worker = actor_of(make_officer(Role.WORKER, make_committee()))
    entries = on_day(read_calendar(worker, MONTH, on=TODAY), DAY).entries
    assert len(entries) == 2
    assert not any(entry.conflicts for entry in entries)


def test_a_draft_is_seen_by_those_who_plan_and_by_nobody_else():
    draft(TRAINING, title="草稿")
    published(TRAINING, title="已发布")
    assert titles(read_calendar(planner(TRAINING), MONTH, on=TODAY)) == ["草稿", "已发布"]
    for role in (Role.WORKER, Role.MENTOR):
        actor = actor_of(make_officer(role, make_committee()))
        assert titles(read_calendar(actor, MONTH, on=TODAY)) == ["已发布"], role
    for role in (Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR):
        assert not titles(read_calendar(actor_of(make_officer(role)), MONTH, on=TODAY)), role


def test_mine_are_those_i_made_or_have_a_duty_at():
    colleague, me = planner(TRAINING), planner(TRAINING)
    mine = draft(TRAINING, actor=me, title="我的")
    helping = draft(TRAINING, actor=colleague, title="帮忙")
    draft(TRAINING, actor=colleague, title="别人的")
    acts.name_steward(
        actor=colleague, gathering_id=helping.uid, duty=Duty.HELPER, user_id=me.user_id, on=TODAY, now=NOW
    )
    asked = CalendarQuestion(View.MONTH, DAY, is_mine=True)
    assert titles(read_calendar(me, asked, on=TODAY)) == [mine.title, helping.title]


def test_the_page_asks_as_often_for_forty_gatherings_as_for_two(client, django_assert_max_num_queries):
    user = make_officer()
    client.force_login(user)
    actor = actor_of(user)
    address = f"{reverse('gatherings:calendar')}?day={DAY}"

    def ask(most):
        with django_assert_max_num_queries(most) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    for number in range(2):
        draft(TRAINING, actor=actor, title=f"一{number}")
    ask(20)  # the first page of all reads more: the session is new
    few = ask(15)
    for number in range(38):
        draft(TRAINING, actor=actor, title=f"二{number}")
    assert ask(few) == few


@pytest.mark.parametrize("view", ["month", "week", "list", "nonsense"])
def test_every_view_opens_and_a_swap_equals_a_reload(client, view):
    client.force_login(make_officer())
    draft(title="一个很长很长的标题：邻家妈妈和孩子们一起走五公里", place="杨浦滨江")
    address = f"{reverse('gatherings:calendar')}?view={view}&day={DAY}&unit=nowhere&kind=none"
    page = client.get(address).content.decode()
    swapped = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "一个很长很长的标题" in page or view == "nonsense"
    cut = [text[text.index('id="calendar"') : text.index("</main>")] for text in (page, swapped)]
    assert cut[0] == cut[1]


def feed_of(actor, **said):
    return acts.make_feed(actor=actor, now=NOW, **said)


def read(token: str) -> ICalendar:
    answer = Client().get(reverse("gatherings:feed", args=[token]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return ICalendar.from_ical(answer.content)


def test_a_calendar_program_reads_published_facts_and_no_person():
    actor = planner(TRAINING)
    made = published(TRAINING, actor=actor, title="青春期沟通", place="201 室")
    draft(TRAINING, actor=actor, title="草稿")
    somebody = adult()
    bring(made, Head(somebody.person_id), actor=actor)
    token = feed_of(actor, unit_path=actor.unit_path).token
    (event,) = read(token).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("青春期沟通", "201 室")
    assert event["DTSTART"].dt == BEGINS
    assert str(event["DESCRIPTION"]) == made.reference
    content = Client().get(reverse("gatherings:feed", args=[token])).content.decode()
    assert somebody.person.name not in content
    assert CalendarFeed.objects.get().last_read_at == NOW


def test_an_unchanged_calendar_answers_that_it_is_unchanged_and_a_cancelled_one_says_so():
    actor = planner(TRAINING)
    made = published(TRAINING, actor=actor)
    address = reverse("gatherings:feed", args=[feed_of(actor, unit_path=actor.unit_path).token])
    mark = Client().get(address)["ETag"]
    assert Client().get(address, headers={"If-None-Match": mark}).status_code == 304
    acts.cancel_gathering(actor=actor, gathering_id=made.uid, version=made.version, reason="台风", on=TODAY, now=NOW)
    answer = Client().get(address, headers={"If-None-Match": mark})
    assert answer.status_code == 200
    (event,) = ICalendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["STATUS"]) == "CANCELLED"
    assert "台风" not in answer.content.decode()


def test_a_wrong_link_and_a_revoked_one_get_the_same_answer():
    actor = planner(TRAINING)
    made = feed_of(actor)
    acts.revoke_feed(actor=actor, feed_id=made.feed.pk, now=NOW)
    answers = [Client().get(reverse("gatherings:feed", args=[token])) for token in (made.token, "never-made")]
    assert [answer.status_code for answer in answers] == [404, 404]
    told = [answer.content.decode().split("<main")[1].split("</main>")[0] for answer in answers]
    assert told[0] == told[1]


def test_a_link_shows_nothing_any_more_once_its_owner_has_no_post():
    user = make_officer()
    actor = actor_of(user)
    published(TRAINING, actor=actor)
    token = feed_of(actor, unit_path=actor.unit_path).token
    assert read(token).walk("VEVENT")
    user.assignments.update(until_on=TODAY)
    assert not read(token).walk("VEVENT")


def test_the_link_is_on_the_answer_that_made_it_and_on_no_other_page(client):
    client.force_login(make_officer(Role.EMPLOYMENT_OFFICER, make_subdistrict()))
    made = client.post(reverse("gatherings:feeds"), {"unit": ""}).content.decode()
    link = made.split('id="address" value="')[1].split('"')[0]
    assert Client().get(link.removeprefix("http://testserver")).status_code == 200
    assert link not in client.get(reverse("gatherings:feeds")).content.decode()


def test_only_the_kinds_one_plans_are_offered_but_those_that_are_open_are_shown():
    published(FAIR, title="招聘会")
    published(OUTING, title="秋游")
    officer = actor_of(make_officer(Role.EMPLOYMENT_OFFICER))
    assert titles(read_calendar(officer, MONTH, on=TODAY)) == ["招聘会"]
    assert sorted(titles(read_calendar(planner(), MONTH, on=TODAY))) == ["招聘会", "秋游"]
