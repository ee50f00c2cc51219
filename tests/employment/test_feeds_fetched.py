"""Feeds that we fetch: which addresses may be asked at all, page by page, and what becomes of a bad answer."""

from contextlib import nullcontext
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunward.core import clock
from sunward.employment.actions import feed_fetching, feeds
from sunward.employment.actions.feed_fetching import feeds_to_fetch, fetch_feed
from sunward.employment.actions.feed_publishing import publish_district
from sunward.employment.enums import FeedDirection
from sunward.employment.feeds import fetching
from sunward.employment.feeds.fetching import Fetched, fetch, may_be_called, read_address
from sunward.employment.forms.feeds import FeedForm
from sunward.employment.models import FeedItem, PublishedVacancy, Vacancy, VacancyFeed
from tests.employment.builders import make_employer, make_vacancy
from tests.employment.test_feeds_in import told
from tests.employment.test_feeds_out import elsewhere, make_feed, officer
from tests.factories import NOW, TODAY

IN, OUT = FeedDirection.IN, FeedDirection.OUT
ADDRESS = "https://jobs.example.cn/feed/"


# Addresses.


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://jobs.example.cn/feed/", ADDRESS), ("https://jobs.example.cn/feed", ADDRESS),
        (" https://jobs.example.cn/feed/vacancies.json ", ADDRESS),
        ("https://Jobs.Example.cn:8443", "https://jobs.example.cn:8443/"),
        ("http://jobs.example.cn/", ""), ("ftp://jobs.example.cn/", ""), ("file:///etc/passwd", ""),
        ("jobs.example.cn", ""),
        ("https://user:pass@jobs.example.cn/", ""), ("https://jobs.example.cn/?a=1", ""),
        ("https://jobs.example.cn/#a", ""),
        ("https://", ""), ("https://jobs.example.cn:0/", ""), ("https://jobs.example.cn:99999/", ""),
        ("https://[::1", ""),
        ("https://a b.cn/", ""), ("https://" + "a" * 400, ""), ("", ""),
    ],
)  # fmt: skip
def test_an_address_is_read_or_refused(typed, read):
    assert read_address(typed) == read


@pytest.mark.parametrize(
    "inside",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "198.18.0.1", "192.0.2.1",
    ],
)  # fmt: skip
def test_nothing_inside_a_network_is_called(inside, monkeypatch):
    assert not may_be_called(ip_address(inside))
    monkeypatch.setattr(fetching, "look_up", lambda host, port: (ip_address("8.8.8.8"), ip_address(inside)))
    assert fetch(ADDRESS, "changes", key="", params={}).failure == "address_inside"


def test_what_the_internet_reaches_is_called():
    assert may_be_called(ip_address("8.8.8.8"))
    assert may_be_called(ip_address("2400:3200::1"))


@given(st.integers(0, 2**32 - 1))
def test_an_address_of_the_sixth_version_leads_to_no_other_of_the_fourth(number):
    plain = ip_address(number)
    assert may_be_called(ip_address(f"::ffff:{plain}")) == may_be_called(plain)


def test_the_call_goes_to_the_address_that_was_looked_at(monkeypatch):
    """Else a name could mean something else a moment later."""
    asked = []

    class Client:
        def __init__(self, **more):
            assert (more["follow_redirects"], more["trust_env"]) == (False, False)

        def __enter__(self):
            return self

        def __exit__(self, *error):
            return None

        def stream(self, method, url, **more):
            asked.append((url, more["headers"]["Host"], more["extensions"]["sni_hostname"]))
            raise fetching.httpx.ConnectError("no")

    monkeypatch.setattr(fetching.httpx, "Client", Client)
    monkeypatch.setattr(fetching, "look_up", lambda host, port: (ip_address("8.8.8.8"),))
    assert fetch(ADDRESS, "changes", key="k", params={}).failure == "no_connection"
    assert asked == [("https://8.8.8.8/feed/changes", "jobs.example.cn", "jobs.example.cn")]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"direction": "in", "address": "http://10.0.0.1/"}, "address"),
        ({"direction": "out", "address": ADDRESS}, "address"),
        ({"direction": "in", "address": ADDRESS, "remote_key": "ключ\r\nX: 1"}, "remote_key"),
    ],
)
def test_the_form_says_which_address_or_key_it_cannot_take(said, wrong):
    form = FeedForm({"key": "7e0fb8a2-8d7b-4a0e-9d5b-1d1d1d1d1d1d", "name": "市平台", **said})
    assert not form.is_valid()
    assert set(form.errors) == {wrong}


# Pages.


@pytest.fixture
def fetched(db):
    return make_feed(direction=IN, name="外区", address=ADDRESS, remote_key="theirs")


@pytest.fixture
def other_side(monkeypatch):
    """What the other side answers, by the question; and the questions it was asked."""
    answers, asked = {}, []

    def answer(address, name, *, key, params):
        asked.append((name, dict(params)))
        assert (address, key) == (ADDRESS, "theirs")
        said = answers.get((name, *params.values()))
        return said if isinstance(said, Fetched) else Fetched(said or {}, "" if said else "http_500")

    monkeypatch.setattr(feed_fetching, "fetch", answer)
    return answers, asked


def run(made):
    return fetch_feed(made.feed.pk, step=nullcontext, on=TODAY, now=NOW)


def test_a_fetched_feed_has_no_key_of_ours_and_keeps_theirs_sealed(fetched):
    assert fetched.key == ""
    assert feeds_to_fetch(on=TODAY) == [fetched.feed.pk]
    stored = VacancyFeed.objects.extra(select={"raw": "remote_key"}).values("raw", "key_index").get()
    assert stored["key_index"] is None
    assert "theirs" not in stored["raw"]
    feeds.revoke_feed(actor=officer(), feed_id=fetched.feed.uid, now=NOW)
    assert feeds_to_fetch(on=TODAY) == []


def test_all_is_fetched_page_by_page_and_then_what_has_changed(fetched, other_side):
    answers, asked = other_side
    answers["vacancies.json",] = {"items": [told("a"), told("b")], "next": "p2", "changes": "c1"}
    answers["vacancies.json", "p2"] = {
        "items": [told("c"), *(told(str(n)) for n in range(9))],
        "next": None,
        "changes": "c2",
    }
    answers["changes", "c1"] = {"items": [{"reference": "a", "vacancy": None}], "next": "c3", "is_more": True}
    answers["changes", "c3"] = {"items": [], "next": "c3", "is_more": False}
    assert [run(fetched) for _ in range(3)] == ["", "", ""]
    assert asked == [
        ("vacancies.json", {}), ("vacancies.json", {"cursor": "p2"}), ("changes", {"since": "c1"}),
        ("changes", {"since": "c3"}), ("changes", {"since": "c3"}),
    ]  # fmt: skip
    assert Vacancy.objects.count() == 12
    assert FeedItem.objects.get(reference="a").vacancy.state == "closed"


def test_a_page_that_fails_halfway_ends_nothing_and_is_begun_anew(fetched, other_side):
    answers, _asked = other_side
    answers["vacancies.json",] = {"items": [told("a"), told("b")], "next": None, "changes": "c1"}
    run(fetched)
    answers["changes", "c1"] = Fetched(failure="http_410")
    assert run(fetched) == "http_410"
    answers["vacancies.json",] = {"items": [told("a")], "next": "p2", "changes": "c1"}
    assert run(fetched) == "http_500"
    assert VacancyFeed.objects.get().failure == "http_500"
    assert not Vacancy.objects.filter(state="closed").exists()
    assert not FeedItem.objects.exclude(missing_since=None).exists()


def test_an_empty_answer_of_a_broken_source_asks_first(fetched, other_side):
    answers, _asked = other_side
    answers["vacancies.json",] = {"items": [told(str(n)) for n in range(5)], "next": None, "changes": None}
    run(fetched)
    answers["vacancies.json",] = {"items": [], "next": None, "changes": None}
    assert run(fetched) == ""
    assert FeedItem.objects.exclude(missing_since=None).count() == 5
    assert not Vacancy.objects.filter(state="closed").exists()


@pytest.mark.parametrize("body", [{"items": 5}, {}, {"items": [], "next": 7}, {"items": [None] * 5_001}])
def test_nonsense_is_no_feed(fetched, other_side, body):
    other_side[0]["vacancies.json",] = Fetched(body)
    assert run(fetched) == "no_sense"


def test_pages_without_end_are_given_up(fetched, other_side, monkeypatch):
    monkeypatch.setattr(feed_fetching, "MOST_PAGES", 3)
    answers, asked = other_side
    answers["vacancies.json",] = answers["vacancies.json", "p"] = {"items": [], "next": "p", "changes": "c"}
    assert (run(fetched), len(asked)) == ("too_many_pages", 3)


# From one of our own to another, over the wire.


@pytest.mark.django_db(transaction=True)
def test_one_district_fetches_what_another_tells(live_server, open_door, settings):
    settings.SUNWARD_FEED_HOSTS_INSIDE = frozenset(("localhost",))
    there, today, now = elsewhere(), clock.today(), clock.now()
    rows = [
        make_vacancy(make_employer(there), title=f"收银员{n}", verified_on=today, verified_until=today)
        for n in range(4)
    ]
    publish_district(there, on=today, now=now)
    key = make_feed(officer(there), direction=OUT, on=today, now=now).key
    made = make_feed(
        direction=IN, name="徐汇区", address=f"{live_server.url}/employment/feed/", remote_key=key, on=today, now=now
    )

    def fetch_all():
        return fetch_feed(made.feed.pk, step=nullcontext, on=today, now=now)

    assert fetch_all() == ""
    taken = Vacancy.objects.filter(unit_path__startswith="/310110/")
    assert sorted(taken.values_list("title", flat=True)) == [row.title for row in rows]
    Vacancy.objects.filter(pk=rows[0].pk).update(state="closed", close_reason="filled", version=2)
    publish_district(there, on=today, now=now)
    assert PublishedVacancy.objects.filter(is_open=False).count() == 1
    assert fetch_all() == ""
    assert taken.filter(state="closed").count() == 1
    VacancyFeed.objects.filter(pk=made.feed.pk).update(remote_key="")
    settings.SUNWARD_FEED_HOSTS_INSIDE = frozenset()
    assert fetch_all() == "unusable_address", "http is for hosts inside only"
