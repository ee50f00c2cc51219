"""Stops on the pages: the host's form and buttons, what others read, and what a neighbour mom reads out on the way."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.gatherings.actions import add_stop, cancel_gathering, edit_gathering, remove_stop
from sunward.gatherings.actions.planning import SessionTime
from sunward.gatherings.actions.stops import StopDetails
from tests.factories import NOW, TODAY, actor_of, make_committee, make_mentor, make_officer
from tests.gatherings.builders import BEGINS, OUTING, TRAINING, details, draft, planner, published

pytestmark = pytest.mark.django_db
TYPED = {"title": "杨树浦水厂", "place": "杨树浦路", "minutes": "30", "narration": "像一座城堡。"}
NARRATION = "一八八三年开始供水。"
AFTER_FIELD = re.compile(r'name="after" value="(\d+)"')


@pytest.fixture(autouse=True)
def at(monkeypatch):
    def move(moment):
        monkeypatch.setattr(clock, "today", moment.date)
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOW)
    return move


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
        add_stop(
            actor=actor or planner(), gathering_id=gathering.uid, after=0,
            details=StopDetails(title, narration=NARRATION, **said), now=NOW,
        )  # fmt: skip
    return gathering


def opened(client, address):
    """What the form that is open in a browser would send: its fields, and what it was opened with."""
    answer = client.get(address)
    form, page = answer.context["form"], answer.content.decode()
    sent = {name: str(form[name].value() or "") for name in form.fields}
    return sent | {f"initial-{name}": value for name, value in sent.items()} | {"after": AFTER_FIELD.findall(page)[0]}


def titles(gathering):
    return list(gathering.stops.values_list("title", flat=True))


def read(client, address):
    return client.get(address).content.decode()


def test_the_host_adds_changes_moves_and_takes_out_stops_by_the_pages(desk, host):
    outing = with_stops(draft(actor=host), "毛麻仓库", actor=host)
    new = page_of(outing, "stop_new")
    sent = opened(desk, new) | TYPED
    for _press in range(2):
        answer = desk.post(new, sent)
        assert (answer.status_code, answer.url) == (302, page_of(outing) + "#stops")
    stop = outing.stops.get(number=2)
    assert "像一座城堡。" in read(desk, page_of(outing))
    edit = page_of(outing, "stop_edit", stop_id=stop.pk)
    assert desk.post(edit, opened(desk, edit) | {"title": "水厂"}).status_code == 302
    moved = {"towards": "earlier", "number": 2}
    assert desk.post(page_of(outing, "stop_move", stop_id=stop.pk), moved).status_code == 302
    assert titles(outing) == ["水厂", "毛麻仓库"]
    assert desk.post(page_of(outing, "stop_move", stop_id=stop.pk), moved).status_code == 409
    assert desk.post(page_of(outing, "stop_remove", stop_id=stop.pk)).status_code == 302
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
        answer = desk.post(address, TYPED | wrong)
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert titles(outing) == ["杨浦大桥"]


def test_a_long_narration_outlives_what_somebody_else_has_written_meanwhile(desk, host):
    outing = with_stops(published(actor=host), "杨浦大桥", actor=host)
    stop = outing.stops.get()
    address = page_of(outing, "stop_edit", stop_id=stop.pk)
    sent = opened(desk, address) | {"narration": "我写了\r\n很久的词。"}
    outing.stops.update(narration="别人先存的词。", place="江边")
    answer = desk.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "我写了\n很久的词。</textarea>" in page
    assert "别人先存的词。" in page[page.index("对方写的") :]
    assert "江边" not in page[page.index("对方写的</h2>") :], "what she did not touch is no dispute"
    assert 'value="江边"' in page
    assert outing.stops.get().narration == "别人先存的词。"
    assert desk.post(address, dict(answer.context["form"].data)).status_code == 302
    stop.refresh_from_db()
    assert (stop.narration, stop.place) == ("我写了\n很久的词。", "江边")


def test_a_change_of_the_gathering_itself_is_in_no_ones_way(desk, host):
    outing = with_stops(published(actor=host), "杨浦大桥", actor=host)
    address = page_of(outing, "stop_edit", stop_id=outing.stops.get().pk)
    sent = opened(desk, address) | {"narration": "写了很久的词。"}
    edit_gathering(
        actor=host, gathering_id=outing.uid, version=outing.version, details=details(title="春游"), on=TODAY, now=NOW
    )
    assert desk.post(address, sent).status_code == 302
    assert outing.stops.get().narration == "写了很久的词。"


def test_words_for_a_stop_that_is_gone_become_a_new_one(desk, host):
    outing = with_stops(published(actor=host), "杨浦大桥", actor=host)
    stop = outing.stops.get()
    address = page_of(outing, "stop_edit", stop_id=stop.pk)
    sent = opened(desk, address) | {"narration": "写了很久的词。"}
    remove_stop(actor=host, gathering_id=outing.uid, stop_id=stop.pk, now=NOW)
    assert desk.get(address).status_code == 404
    answer = desk.post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "写了很久的词。</textarea>" in page
    assert f'action="{page_of(outing, "stop_new")}"' in page
    assert desk.post(page_of(outing, "stop_new"), sent).status_code == 302
    assert outing.stops.get().narration == "写了很久的词。"


def test_what_was_taken_out_is_brought_back_from_its_page_for_half_an_hour(desk, host, at):
    outing = with_stops(published(actor=host), "毛麻仓库", "杨浦大桥", actor=host)
    first = outing.stops.get(number=1)
    back = page_of(outing, "stop_bring_back", stop_id=first.pk)
    desk.post(page_of(outing, "stop_remove", stop_id=first.pk))
    page = read(desk, page_of(outing))
    assert "“毛麻仓库”连同讲解词已去掉" in page
    assert back in page
    for _press in range(2):
        assert desk.post(back).status_code == 302
    assert titles(outing) == ["毛麻仓库", "杨浦大桥"]
    assert outing.stops.get(number=1).narration == NARRATION
    assert back not in read(desk, page_of(outing))
    desk.post(page_of(outing, "stop_remove", stop_id=first.pk))
    at(NOW + timedelta(minutes=31))
    assert back not in read(desk, page_of(outing))
    assert desk.post(back).status_code == 422
    assert titles(outing) == ["杨浦大桥"]


def test_only_who_took_it_out_is_offered_to_bring_it_back_and_only_to_that_outing(desk, host):
    outing, other = with_stops(published(actor=host), "毛麻仓库", actor=host), published(actor=host, title="另一次")
    stop = outing.stops.get()
    desk.post(page_of(outing, "stop_remove", stop_id=stop.pk))
    assert "连同讲解词已去掉" not in read(desk, page_of(other))
    assert desk.post(page_of(other, "stop_bring_back", stop_id=stop.pk)).status_code == 422
    assert not other.stops.exists()
    colleague = Client()
    colleague.force_login(make_officer(name="钱同事"))
    assert "连同讲解词已去掉" not in read(colleague, page_of(outing))
    assert colleague.post(page_of(outing, "stop_bring_back", stop_id=stop.pk)).status_code == 422


def test_over_two_days_the_time_is_that_of_one(desk, host):
    day = timedelta(days=1)
    hours = [SessionTime(BEGINS + n * day, BEGINS + n * day + timedelta(hours=2)) for n in range(2)]
    outing = with_stops(draft(actor=host, sessions=tuple(hours)), "甲", actor=host, minutes=100)
    assert "最长的一天 120 分钟" in read(desk, page_of(outing))
    with_stops(outing, "乙", actor=host, minutes=50)
    assert "分几天走才够" in read(desk, page_of(outing))
    with_stops(outing, "丙", actor=host, minutes=100)
    assert "各站加起来要 250 分钟" in read(desk, page_of(outing))


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
