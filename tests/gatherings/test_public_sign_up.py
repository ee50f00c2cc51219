"""Signing up without an account: who may, what the answer gives away, and what a crowd cannot do."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from sunward.core import clock
from sunward.core.refusals import NotThere
from sunward.gatherings.actions import make_feed, public_sign_up, sign_up_in_public
from sunward.gatherings.actions.public_sign_up import MOST_AT_ONCE
from sunward.gatherings.enums import GatheringState, SignedUpBy, SignUpState
from sunward.gatherings.icalendars import write_calendar
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.queries.feeds import list_feed_events
from tests.factories import NOW, TODAY
from tests.gatherings.builders import AFTER, FAIR, OUTING, TRAINING, bring, draft, guests, planner, published, refused

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


@pytest.fixture(autouse=True)
def _on_the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def fair(**said):
    return published(FAIR, is_public=True, **said)


def come(gathering, *, phone=PHONE, **said):
    asked = {"name": "来宾甲", "party": uuid4(), "on": TODAY, "now": NOW} | said
    sign_up_in_public(gathering_id=gathering.uid, phone=phone, **asked)


def typed(**said):
    return {"name": "来宾甲", "phone": PHONE, "party": str(uuid4())} | said


def words_of(answer):
    """Everything but the token that every page has anew."""
    return re.sub(r"\b\w{64}\b", "", answer.content.decode())


def page_of(gathering):
    return reverse("join", args=[gathering.uid])


def test_somebody_without_an_account_gets_a_place_under_name_and_phone(client):
    gathering = fair()
    answer = client.post(page_of(gathering), typed())
    row = SignUp.objects.get()
    assert answer.status_code == 200
    assert (row.state, row.signed_up_by, row.guest_name, row.person) == (
        SignUpState.PLACED, SignedUpBy.SELF, "来宾甲", None,
    )  # fmt: skip
    assert row.guest_phone.endswith(PHONE)
    assert row.code not in answer.content.decode()


def test_the_answer_is_the_same_for_whoever_is_on_the_list_already(client):
    gathering = fair()
    first = client.post(page_of(gathering), typed())
    again = client.post(page_of(gathering), typed(name="来宾乙"))
    assert SignUp.objects.get().guest_name == "来宾甲"
    assert (first.status_code, words_of(first)) == (again.status_code, words_of(again))


@pytest.mark.parametrize(
    ("made", "asked", "most_at_once"),
    [
        ({"places": 1}, {}, MOST_AT_ONCE),
        ({"age_min": 16, "age_max": 35}, {"age": "12"}, MOST_AT_ONCE),
        ({"sign_up_until": NOW - timedelta(hours=1)}, {}, MOST_AT_ONCE),
        ({}, {}, 1),
    ],
    ids=["full", "too young", "too late", "a crowd"],
)
def test_what_is_refused_is_refused_in_the_same_words_to_whoever_is_on_the_list(
    client, monkeypatch, made, asked, most_at_once
):
    gathering = fair()
    come(gathering)
    Gathering.objects.filter(pk=gathering.pk).update(**made)
    monkeypatch.setattr(public_sign_up, "MOST_AT_ONCE", most_at_once)
    numbers = (PHONE, "13800004321")
    known, stranger = (client.post(page_of(gathering), typed(**asked, phone=number)) for number in numbers)
    assert known.status_code == stranger.status_code >= 400
    without = [re.sub("|".join(numbers) + r"|[0-9a-f-]{36}", "", words_of(answer)) for answer in (known, stranger)]
    assert without[0] == without[1]
    assert SignUp.objects.count() == 1


def test_whoever_presses_twice_for_the_last_place_is_thanked_twice(client):
    gathering, form = fair(places=1), typed()
    first, again = (client.post(page_of(gathering), form) for _ in range(2))
    assert (first.status_code, words_of(first)) == (again.status_code, words_of(again))
    assert SignUp.objects.count() == 1


def test_the_same_form_sent_twice_is_one_place():
    gathering, party = fair(), uuid4()
    come(gathering, party=party)
    come(gathering, party=party)
    assert SignUp.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"is_public": False},
        {"audience": "children"},
        {"kind": OUTING},
        {"kind": TRAINING},
        {"kind": "former.fair"},
        {"state": GatheringState.DRAFT},
        {"state": GatheringState.CANCELLED},
        {"state": GatheringState.HELD},
    ],
)
def test_whatever_is_not_for_everybody_is_not_there(client, change):
    gathering = fair()
    Gathering.objects.filter(pk=gathering.pk).update(**change)
    assert client.get(page_of(gathering)).status_code == 404
    assert client.post(page_of(gathering), typed()).status_code == 404
    with pytest.raises(NotThere):
        come(gathering)
    assert not SignUp.objects.exists()


def test_a_full_gathering_takes_nobody_whom_no_message_would_reach(client):
    gathering = fair(places=2)
    bring(gathering, *guests(2))
    refused(lambda: come(gathering), "gatherings.full")
    assert "form" not in client.get(page_of(gathering)).content.decode().split("<main", 1)[1].split("</main", 1)[0]


def test_after_the_deadline_nobody_signs_up_any_more(client):
    gathering = fair(sign_up_until=NOW + timedelta(hours=1))
    refused(lambda: come(gathering, now=NOW + timedelta(hours=2)), "gatherings.too_late")
    refused(lambda: come(fair(), now=AFTER), "gatherings.too_late")


def test_what_is_no_mobile_number_is_said_beside_the_form(client):
    gathering = fair()
    answer = client.post(page_of(gathering), typed(phone="65431234"))
    assert answer.status_code == 422
    assert "手机号" in answer.content.decode()
    assert not SignUp.objects.exists()


def test_where_there_is_an_age_limit_the_age_is_asked_for(client):
    gathering = fair(age_min=16, age_max=35)
    assert client.post(page_of(gathering), typed()).status_code == 422
    refused(lambda: come(gathering, age=12), "gatherings.age_out_of_range")
    assert client.post(page_of(gathering), typed(age="20")).status_code == 200
    assert SignUp.objects.get().guest_age == 20


def test_a_program_cannot_fill_a_hall_in_a_minute():
    gathering = fair(places=500)
    for number in range(MOST_AT_ONCE):
        come(gathering, phone=f"1380000{number:04d}")
    refused(lambda: come(gathering, phone="13800009999"), "gatherings.too_many_at_once")
    come(gathering, phone="13800009999", now=NOW + timedelta(minutes=11))
    assert SignUp.objects.count() == MOST_AT_ONCE + 1


def test_the_public_page_names_no_person_and_no_link_to_the_room(client):
    gathering = fair(fields={"organiser": "欧阳老师"}, mode="hybrid", online_link="https://meeting.example/secret-room")
    bring(gathering, *guests(1))
    page = client.get(page_of(gathering)).content.decode()
    assert gathering.title in page
    assert not any(word in page for word in ("欧阳老师", "secret-room", "来宾0"))


def test_a_draft_has_no_public_page(client):
    assert client.get(page_of(draft(FAIR, is_public=True))).status_code == 404


def test_a_map_point_is_a_link_that_a_phone_opens_and_stands_in_the_calendar(client):
    gathering = fair(lat=31.2706, lon=121.5254)
    page = client.get(page_of(gathering)).content.decode()
    assert "geo:31.27060,121.52540" in page
    assert "31.27060, 121.52540" in page
    feed = make_feed(actor=planner(FAIR), unit_path=gathering.unit_path, now=NOW).feed
    assert b"GEO:31.2706;121.5254" in write_calendar(list_feed_events(feed, on=TODAY), name="日历")
