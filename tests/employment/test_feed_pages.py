"""The pages on which a district keeps its feeds: the key is shown once, and what would end is seen before it does."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.employment.actions.feed_taking import take_delivery
from sunward.employment.enums import FeedDirection
from sunward.employment.feeds.items import Delivery
from sunward.employment.models import FeedItem, Vacancy, VacancyFeed
from sunward.web.home_todo import read_todo_list
from tests.employment.test_feeds_in import told
from tests.employment.test_feeds_out import elsewhere, make_feed, officer
from tests.factories import NOW, TODAY, make_district, make_officer, make_subdistrict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def client():
    client = Client()
    client.force_login(make_officer(Role.EMPLOYMENT_OFFICER, make_district(), username="district"))
    return client


@pytest.fixture
def asking():
    feed = make_feed(direction=FeedDirection.IN, name="市平台").feed
    rows = [told(str(number), title=f"岗位{number}号") for number in range(4)]
    for items in (rows, rows[:1]):
        take_delivery(feed, Delivery(mode="snapshot", items=items), on=TODAY, now=NOW)
    return feed


def test_a_new_key_is_on_the_page_that_made_it_and_on_no_other(client):
    said = {"key": uuid4(), "direction": "out", "name": "市平台"}
    page = client.post(reverse("employment:feed_new"), said)
    feed = VacancyFeed.objects.get()
    assert "sunward-feed-" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    for address in (reverse("employment:feeds"), reverse("employment:feed", args=[feed.uid])):
        text = client.get(address).content.decode()
        assert "市平台" in text
        assert "sunward-feed-" not in text
    again = client.post(reverse("employment:feed_new"), said)
    assert (again.status_code, VacancyFeed.objects.count()) == (409, 1)


def test_what_was_typed_is_still_there_when_a_feed_cannot_be_made(client):
    make_feed(direction=FeedDirection.IN, name="市平台")
    page = client.post(reverse("employment:feed_new"), {"key": uuid4(), "direction": "in", "name": "市平台"})
    assert page.status_code == 422
    assert 'value="市平台"' in page.content.decode()


def test_another_key_shuts_the_one_before_out(client):
    made = make_feed()
    page = client.post(reverse("employment:feed_renew", args=[made.feed.uid]))
    assert "sunward-feed-" in page.content.decode()
    assert made.key not in page.content.decode()
    client.post(reverse("employment:feed_revoke", args=[made.feed.uid]))
    assert client.post(reverse("employment:feed_renew", args=[made.feed.uid])).status_code == 409


def decide(client, feed, word):
    address = reverse("employment:feed_missing", args=[feed.uid])
    page = client.get(address)
    return page, client.post(address, {"mark": page.context["page"].mark, "decision_word": word}, follow=True)


@pytest.mark.parametrize(("word", "closed"), [("keep", 0), ("end", 3)])
def test_an_officer_sees_what_would_end_and_decides(client, asking, word, closed):
    page, _after = decide(client, asking, word)
    text = page.content.decode()
    assert ["岗位0号" in text, "岗位1号" in text, "岗位3号" in text] == [False, True, True]
    assert Vacancy.objects.filter(state="closed").count() == closed
    assert not FeedItem.objects.exclude(missing_since=None).exists()


def test_who_decides_of_an_old_list_is_shown_the_new_one(client, asking):
    address = reverse("employment:feed_missing", args=[asking.uid])
    seen = client.get(address).context["page"].mark
    take_delivery(asking, Delivery(mode="snapshot", items=[told("1"), told("0")]), on=TODAY, now=NOW)
    assert client.post(address, {"mark": seen, "decision_word": "end"}).status_code == 409
    assert not Vacancy.objects.filter(state="closed").exists()


def test_the_question_waits_on_the_home_page_of_the_district_only(asking):
    def asked(actor):
        return [group.key for group in read_todo_list(actor, on=TODAY).groups if group.key == "feeds_asking"]

    assert asked(officer()) == ["feeds_asking"]
    for unit in (make_subdistrict("310110012"), elsewhere()):
        assert asked(officer(unit)) == []


def test_only_the_district_is_led_to_its_feeds(client):
    lead = reverse("employment:feeds")
    assert lead in client.get(reverse("employment:vacancies")).content.decode()
    client.force_login(make_officer(Role.EMPLOYMENT_OFFICER, make_subdistrict("310110012"), username="street"))
    assert lead not in client.get(reverse("employment:vacancies")).content.decode()


def test_the_list_of_feeds_asks_as_often_for_many_as_for_one(client, django_assert_max_num_queries):
    for number in range(6):
        make_feed(name=f"平台{number}")
    client.get(reverse("employment:feeds"))
    with django_assert_max_num_queries(14):
        client.get(reverse("employment:feeds"))
