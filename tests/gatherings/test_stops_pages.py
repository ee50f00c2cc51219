"""Stops on the pages: the host's form and buttons, what others read, and what a neighbour mom reads out on the way."""

import pytest
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.gatherings.actions import add_stop, cancel_gathering
from sunward.gatherings.actions.stops import StopDetails
from tests.factories import NOW, TODAY, actor_of, make_committee, make_mentor, make_officer
from tests.gatherings.builders import OUTING, TRAINING, draft, planner, published

pytestmark = pytest.mark.django_db
TYPED = {"title": "杨树浦水厂", "place": "杨树浦路", "minutes": "30", "narration": "像一座城堡。"}
NARRATION = "一八八三年开始供水。"


@pytest.fixture(autouse=True)
def at(monkeypatch):
    monkeypatch.setattr(clock, "today", NOW.date)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def host(officer):
    return actor_of(officer)


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def phone(client):
    client.force_login(make_mentor("梅一", user=make_officer(Role.MENTOR, make_committee())).user)
    return client


def page_of(gathering, name="gathering", **more):
    return reverse(f"gatherings:{name}", kwargs={"gathering_id": gathering.uid} | more)


def with_stops(gathering, *titles, actor=None, **said):
    for title in titles:
        gathering.refresh_from_db()
        add_stop(
            actor=actor or planner(), gathering_id=gathering.uid, version=gathering.version,
            details=StopDetails(title, narration=NARRATION, **said), now=NOW,
        )  # fmt: skip
    gathering.refresh_from_db()
    return gathering


def titles(gathering):
    return list(gathering.stops.values_list("title", flat=True))


def read(client, address):
    return client.get(address).content.decode()


def test_the_host_adds_changes_moves_and_takes_out_stops_by_the_pages(desk, host):
    outing = with_stops(draft(actor=host), "毛麻仓库", actor=host)
    seen = {"version": outing.version}
    answer = desk.post(page_of(outing, "stop_new"), TYPED | seen)
    assert (answer.status_code, answer.url) == (302, page_of(outing) + "#stops")
    stop = outing.stops.get(number=2)
    page = read(desk, page_of(outing))
    assert "像一座城堡。" in page
    outing.refresh_from_db()
    changed = TYPED | {"title": "水厂", "version": outing.version}
    assert desk.post(page_of(outing, "stop_edit", stop_id=stop.pk), changed).status_code == 302
    outing.refresh_from_db()
    moved = {"towards": "earlier", "version": outing.version}
    assert desk.post(page_of(outing, "stop_move", stop_id=stop.pk), moved).status_code == 302
    assert titles(outing) == ["水厂", "毛麻仓库"]
    outing.refresh_from_db()
    gone = {"version": outing.version}
    assert desk.post(page_of(outing, "stop_remove", stop_id=stop.pk), gone).status_code == 302
    assert titles(outing) == ["毛麻仓库"]


def test_the_form_holds_what_is_written_and_brings_back_what_is_wrong(desk, host):
    outing = with_stops(published(actor=host), "杨浦大桥", actor=host)
    address = page_of(outing, "stop_edit", stop_id=outing.stops.get().pk)
    assert NARRATION in read(desk, address)
    for wrong, told in (
        ({"minutes": "481"}, "480"),
        ({"title": ""}, "这一项还没有填"),
        ({"lon": "121.5"}, "经度和纬度"),
        ({"narration": "字" * 3001}, "3000"),
    ):
        answer = desk.post(address, TYPED | {"version": outing.version} | wrong)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert titles(outing) == ["杨浦大桥"]


def test_whoever_saw_an_older_state_is_told_and_overwrites_nothing(desk, host):
    outing = with_stops(published(actor=host), "杨浦大桥", actor=host)
    address = page_of(outing, "stop_edit", stop_id=outing.stops.get().pk)
    assert desk.post(address, TYPED | {"version": outing.version - 1}).status_code == 409
    assert titles(outing) == ["杨浦大桥"]


def test_it_says_when_the_stops_take_longer_than_there_is_time(desk, host):
    outing = with_stops(published(actor=host), "甲", actor=host, minutes=100)
    assert "还有 80 分钟走路" in read(desk, page_of(outing))
    with_stops(outing, "乙", actor=host, minutes=100)
    assert "各站加起来要 200 分钟" in read(desk, page_of(outing))


def test_a_training_shows_no_stops_and_has_no_form_for_them(desk, host):
    training = published(TRAINING, actor=host)
    assert "沿途站点" not in read(desk, page_of(training))
    assert desk.get(page_of(training, "stop_new")).status_code == 422


def test_whoever_does_not_plan_it_reads_the_stops_and_finds_no_buttons(client):
    outing = with_stops(published(), "杨浦大桥")
    client.force_login(make_officer(Role.WORKER, make_committee()))
    page = read(client, page_of(outing))
    assert "杨浦大桥" in page
    assert NARRATION in page
    assert page_of(outing, "stop_new") not in page
    assert page_of(outing, "stop_remove", stop_id=outing.stops.get().pk) not in page


def test_an_outing_without_stops_says_nothing_of_them_to_others(client):
    outing = published()
    client.force_login(make_officer(Role.WORKER, make_committee()))
    assert "沿途站点" not in read(client, page_of(outing))


def test_what_is_over_keeps_its_stops_and_loses_the_buttons(desk, host):
    outing = with_stops(published(actor=host), "杨浦大桥", actor=host)
    cancel_gathering(actor=host, gathering_id=outing.uid, version=outing.version, reason="台风", on=TODAY, now=NOW)
    page = read(desk, page_of(outing))
    assert "杨浦大桥" in page
    assert page_of(outing, "stop_new") not in page


def test_what_is_typed_is_text_and_no_markup(desk, host):
    outing = with_stops(published(actor=host), "<b>桥</b>", actor=host)
    assert "<b>桥</b>" not in read(desk, page_of(outing))


def test_a_neighbour_mom_reads_the_stops_on_her_phone(phone):
    outing = with_stops(published(), "杨树浦水厂", "杨浦大桥")
    page = read(phone, reverse("mentoring:own_gathering", args=[outing.uid]))
    assert page.index("1. 杨树浦水厂") < page.index("2. 杨浦大桥")
    assert page.count(NARRATION) == 2
    assert "stops/new" not in page


def test_on_the_phone_what_was_called_off_and_a_training_have_no_stops(phone):
    outing, training = with_stops(published(), "杨浦大桥"), published(TRAINING)
    cancel_gathering(actor=planner(), gathering_id=outing.uid, version=outing.version, reason="台风", on=TODAY, now=NOW)
    for gathering in (outing, training):
        assert "沿途讲解" not in read(phone, reverse("mentoring:own_gathering", args=[gathering.uid]))


def count_of(client, address, assert_most):
    client.get(address)
    with assert_most(60) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_ten_stops_are_one_question_more_at_the_desk(desk, host, django_assert_max_num_queries):
    outing = published(OUTING, actor=host)
    with_stops(outing, "甲", actor=host)
    few = count_of(desk, page_of(outing), django_assert_max_num_queries)
    with_stops(outing, *"乙丙丁戊己庚辛壬癸", actor=host)
    assert count_of(desk, page_of(outing), django_assert_max_num_queries) == few
    with django_assert_max_num_queries(60) as asked:
        desk.get(page_of(outing))
    assert sum('"gatherings_stop"' in query["sql"] for query in asked.captured_queries) == 1


def test_ten_stops_are_one_question_more_on_the_phone(phone, django_assert_max_num_queries):
    outing = with_stops(published(), *"甲乙丙丁戊己庚辛壬癸")
    with django_assert_max_num_queries(40) as asked:
        phone.get(reverse("mentoring:own_gathering", args=[outing.uid]))
    assert sum('"gatherings_stop"' in query["sql"] for query in asked.captured_queries) == 1
