"""Outgoing feeds: what a key opens, what is told, and that a reader who goes on from its cursor misses nothing."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.classification import Sensitivity, sensitivity
from sunward.core.refusals import Conflict, NotAllowed, NotThere
from sunward.employment.access.feeds import find_feed_by_key, get_feed
from sunward.employment.actions import feeds as acts
from sunward.employment.actions.feed_publishing import publish_district, publish_vacancies
from sunward.employment.enums import FeedDirection, VacancyCloseReason, VacancyState
from sunward.employment.feeds.cursors import Cursor, read_cursor, write_cursor
from sunward.employment.feeds.items import Changes, Problem, Snapshot, ToldVacancy
from sunward.employment.feeds.openapi import openapi_document
from sunward.employment.feeds.problems import PROBLEMS
from sunward.employment.feeds.telling import PUBLIC_COLUMNS, without_persons
from sunward.employment.models import Employer, PublishedVacancy, Vacancy, VacancyFeed
from sunward.employment.queries import feed_pages
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer, make_subdistrict, make_unit
from tests.house.sources import ROOT

pytestmark = pytest.mark.django_db
OUT, IN = FeedDirection.OUT, FeedDirection.IN
SNAPSHOT, CHANGES = "employment:feed_vacancies", "employment:feed_changes"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def elsewhere():
    return make_unit("310104", name="徐汇区")


def officer(unit=None):
    return actor_of(make_officer(Role.EMPLOYMENT_OFFICER, unit or make_district()))


def make_feed(actor=None, direction=OUT, **more):
    given_ = {"form_key": uuid4(), "direction": direction, "name": f"市平台{uuid4().hex[:6]}", "on": TODAY, "now": NOW}
    return acts.make_feed(actor=actor or officer(), **given_ | more)


def call(name, key="", **query):
    headers = {"authorization": f"Bearer {key}"} if key else {}
    etag = query.pop("etag", "")
    if etag:
        headers["if-none-match"] = etag
    return Client().get(reverse(name), query, headers=headers)


def publish(on=TODAY):
    return publish_district(make_district(), on=on, now=NOW)


def problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    return Problem.model_validate(answer.json()).code


# Keys.


def test_a_key_is_shown_once_and_opens_its_own_districts_feed():
    made = make_feed()
    assert made.key not in json.dumps([*VacancyFeed.objects.values()], default=str)
    assert find_feed_by_key(made.key, on=TODAY) == made.feed
    assert call(SNAPSHOT, made.key).status_code == 200
    assert AuditEntry.objects.filter(code="employment.feed_made").count() == 1


def test_a_form_that_is_sent_twice_makes_one_feed():
    actor, form_key = officer(), uuid4()
    make_feed(actor, form_key=form_key)
    with pytest.raises(Conflict):
        make_feed(actor, form_key=form_key)
    assert VacancyFeed.objects.count() == 1


def test_a_sub_districts_officer_makes_no_feed_of_the_district():
    with pytest.raises(NotAllowed):
        make_feed(officer(make_subdistrict("310110012")))


def test_another_districts_officer_reaches_no_feed_of_ours():
    made, other = make_feed(), officer(elsewhere())
    for act in (acts.renew_feed, acts.revoke_feed):
        more = {"on": TODAY} if act is acts.renew_feed else {}
        with pytest.raises(NotThere):
            act(actor=other, feed_id=made.feed.uid, now=NOW, **more)
    with pytest.raises(NotThere):
        get_feed(actor=other, feed_id=made.feed.uid)


def test_no_key_a_wrong_a_revoked_a_replaced_and_an_expired_one_get_the_same_answer(monkeypatch):
    actor = officer()
    revoked, replaced, expired = make_feed(actor), make_feed(actor), make_feed(actor)
    acts.revoke_feed(actor=actor, feed_id=revoked.feed.uid, now=NOW)
    fresh = acts.renew_feed(actor=actor, feed_id=replaced.feed.uid, on=TODAY, now=NOW)
    VacancyFeed.objects.filter(pk=expired.feed.pk).update(expires_on=TODAY - timedelta(days=1))
    keys = ("", "wrong", revoked.key, replaced.key, expired.key)
    answers = [call(name, key) for key in keys for name in (SNAPSHOT, CHANGES)]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0]["WWW-Authenticate"].startswith("Bearer")
    assert problem(answers[0]) == "key_missing_or_invalid"
    assert call(SNAPSHOT, fresh.key).status_code == 200


def test_a_key_for_the_other_direction_reads_nothing():
    make_vacancy()
    answer = call(SNAPSHOT, make_feed(direction=IN).key)
    assert (answer.status_code, problem(answer)) == (403, "key_of_the_other_direction")


def test_a_signed_in_officer_without_a_key_reads_nothing_over_the_feed():
    client = Client()
    client.force_login(make_officer(Role.EMPLOYMENT_OFFICER, make_district()))
    assert client.get(reverse(SNAPSHOT)).status_code == 401


def test_a_key_reads_its_own_district_only_and_no_cursor_of_another():
    here, there = make_feed(), make_feed(officer(elsewhere()))
    make_vacancy(title="这里的岗位")
    make_vacancy(make_employer(elsewhere()), title="那里的岗位")
    for unit in (make_district(), elsewhere()):
        publish_district(unit, on=TODAY, now=NOW)
    told = call(SNAPSHOT, here.key).json()
    assert [item["title"] for item in told["items"]] == ["这里的岗位"]
    assert problem(call(CHANGES, there.key, since=told["changes"])) == "cursor_invalid"


def test_calls_are_counted_and_too_many_within_a_minute_are_turned_away():
    made = make_feed()
    VacancyFeed.objects.update(minute=NOW.replace(second=0, microsecond=0), minute_uses=acts.CALLS_A_MINUTE - 1)
    assert call(SNAPSHOT, made.key).status_code == 200
    answer = call(SNAPSHOT, made.key)
    assert (answer.status_code, problem(answer), answer["Retry-After"]) == (429, "too_many_calls", "60")
    VacancyFeed.objects.update(minute=NOW - timedelta(minutes=5))
    assert call(SNAPSHOT, made.key).status_code == 200
    assert VacancyFeed.objects.get().uses == 3


# What is told.


def test_only_open_and_verified_vacancies_are_told():
    make_vacancy(title="开放")
    make_vacancy(title="待核实", state=VacancyState.WAITING)
    make_vacancy(title="挂起", state=VacancyState.HELD)
    make_vacancy(title="关闭", state=VacancyState.CLOSED, close_reason=VacancyCloseReason.FILLED)
    make_vacancy(title="过期", verified_until=TODAY - timedelta(days=1))
    publish()
    assert [item["title"] for item in call(SNAPSHOT, make_feed().key).json()["items"]] == ["开放"]


def test_no_person_leaves_with_a_vacancy():
    make_vacancy(
        contact_name="钱多多", contact_phone="13812345678", findings=[{"rule": "gender", "words": "限男"}],
        description="仓库收发。联系人：王经理，电话 138 1234 5678 或 021-65432100，微信号 qian_hr88，也可找钱多多。"
        "咨询我们，月薪5000-7000元。",
    )  # fmt: skip
    publish()
    told = call(SNAPSHOT, make_feed().key).content.decode()
    for word in ("钱多多", "王经理", "1234", "65432100", "qian_hr88", "contact", "gender", "限男"):
        assert word not in told, word
    assert "月薪5000-7000元" in told


@pytest.mark.parametrize(
    "text", ["5000-7000元", "年薪120000-150000", "15-20K·14薪", "8千-1.2万", "9:00-18:00", "2026-12-31"]
)
def test_pay_and_days_are_no_telephones(text):
    assert without_persons(text) == text


def test_every_told_column_is_public():
    assert {sensitivity(Vacancy, name) for name in PUBLIC_COLUMNS} == {Sensitivity.PUBLIC}
    own = {"reference"}
    of_employer = {"employer": "name", "uscc": "uscc", "industry": "industry"}
    assert {sensitivity(Employer, column) for column in of_employer.values()} == {Sensitivity.PUBLIC}
    rest = set(ToldVacancy.model_fields) - own - set(of_employer)
    assert {sensitivity(Vacancy, name) for name in rest} == {Sensitivity.PUBLIC}


def test_a_page_has_the_shape_that_is_promised():
    make_vacancy(education=30, valid_until=TODAY, shifts=["night"], description="字" * 60_000, title="<script>")
    publish()
    made = make_feed()
    answer = call(SNAPSHOT, made.key)
    page = Snapshot.model_validate_json(answer.content)
    assert page.items[0].education == "college"
    assert "<script>" in answer.content.decode(), "JSON is data; it is no page"
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


# Going on.


def test_pages_follow_one_another_in_one_order(monkeypatch):
    monkeypatch.setattr(feed_pages.read_snapshot, "__kwdefaults__", {"size": 2})
    rows = [make_vacancy(title=f"岗位{number}") for number in range(5)]
    publish()
    key, seen, cursor, pages = make_feed().key, [], {}, 0
    while cursor is not None:
        page = call(SNAPSHOT, key, **cursor).json()
        seen += [item["reference"] for item in page["items"]]
        cursor, pages = {"cursor": page["next"]} if page["next"] else None, pages + 1
    assert (seen, pages) == ([str(row.uid) for row in rows], 3)


def test_what_ends_by_its_day_or_by_an_act_is_told_as_ended_and_what_comes_back_as_open():
    closing, dying = make_vacancy(), make_vacancy(verified_until=TODAY)
    publish()
    key = make_feed().key
    since = call(SNAPSHOT, key).json()["changes"]
    assert call(CHANGES, key, since=since).json() == {"items": [], "next": since, "is_more": False}
    Vacancy.objects.filter(pk=closing.pk).update(state="closed", close_reason="unlawful", version=2)
    now = [item["reference"] for item in call(SNAPSHOT, key).json()["items"]]
    assert now == [str(dying.uid)], "at once, before anything is written down"
    publish(on=TODAY + timedelta(days=1))
    page = Changes.model_validate(call(CHANGES, key, since=since).json())
    assert [(one.reference, one.vacancy) for one in page.items] == [(str(closing.uid), None), (str(dying.uid), None)]
    Vacancy.objects.filter(pk=dying.pk).update(verified_until=TODAY + timedelta(days=9), version=3)
    publish()
    back = call(CHANGES, key, since=page.next).json()["items"]
    assert [(one["reference"], one["vacancy"]["title"]) for one in back] == [(str(dying.uid), "仓库管理员")]


def test_a_vacancy_that_left_the_district_has_ended_for_it():
    row = make_vacancy()
    publish()
    key = make_feed().key
    since = call(SNAPSHOT, key).json()["changes"]
    other = elsewhere()
    Vacancy.objects.filter(pk=row.pk).update(unit=other, unit_path=other.path)
    assert call(SNAPSHOT, key).json()["items"] == []
    publish()
    assert [one["vacancy"] for one in call(CHANGES, key, since=since).json()["items"]] == [None]


def test_words_that_were_changed_this_minute_are_not_told_any_more():
    row = make_vacancy(description="请找张先生")
    publish()
    key = make_feed().key
    since = write_cursor(Cursor(make_district().pk, 0))
    Vacancy.objects.filter(pk=row.pk).update(description="收货", version=2)
    assert call(SNAPSHOT, key).json()["items"] == []
    assert call(CHANGES, key, since=since).json()["items"] == []
    publish()
    assert [one["vacancy"]["description"] for one in call(CHANGES, key, since=since).json()["items"]] == ["收货"]


def test_writing_down_twice_counts_nothing():
    make_vacancy()
    assert (publish(), publish()) == (1, 0)
    row = PublishedVacancy.objects.get()
    assert publish_vacancies(make_district(), [row.vacancy_id], on=TODAY, now=NOW) == 0


def test_an_unchanged_page_answers_304_and_a_changed_one_does_not():
    row = make_vacancy()
    publish()
    key = make_feed().key
    etag = call(SNAPSHOT, key)["ETag"]
    assert call(SNAPSHOT, key, etag=etag).status_code == 304
    Vacancy.objects.filter(pk=row.pk).update(title="换了名字", version=2)
    publish()
    assert call(SNAPSHOT, key, etag=etag).status_code == 200


def test_a_cursor_from_the_future_of_a_restored_database_is_gone():
    made = make_feed()
    ahead = write_cursor(Cursor(made.feed.unit_id, 99))
    assert problem(call(CHANGES, made.key, since=ahead)) == "cursor_gone"


def test_odd_questions_are_problems_and_never_failures():
    key = make_feed().key
    assert problem(call(CHANGES, key)) == "cursor_missing"
    assert problem(call(SNAPSHOT, key, page=2)) == "parameter_unknown"
    for cursor in ("", "x", "p-1-2-3", "p-1-2-3.sig", "ü", "0" * 300):
        assert problem(call(SNAPSHOT, key, cursor=cursor)) == "cursor_invalid"
    answer = Client().delete(reverse(CHANGES), headers={"authorization": f"Bearer {key}"})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


# Laws.


@given(
    st.integers(1, 10**9), st.integers(0, 10**15), st.integers(0, 10**15), st.booleans(),
    st.integers(0, 200), st.characters(codec="utf-8"),
)  # fmt: skip
def test_a_cursor_comes_back_as_it_was_and_a_touched_one_does_not(unit, number, last, is_page, place, sign):
    cursor = Cursor(unit, number, last, is_page)
    text = write_cursor(cursor)
    assert read_cursor(text, unit_id=unit, is_page=is_page) == cursor
    assert read_cursor(text, unit_id=unit + 1, is_page=is_page) is None
    assert read_cursor(text, unit_id=unit, is_page=not is_page) is None
    place %= len(text)
    touched = text[:place] + sign + text[place + 1 :]
    if touched != text:
        assert read_cursor(touched, unit_id=unit, is_page=is_page) is None


STEPS = st.lists(
    st.tuples(st.sampled_from(["open", "close", "change", "publish", "read"]), st.integers(0, 4)), max_size=25
)


class TestReaders(HypothesisCase):
    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(STEPS, st.integers(1, 3))
    def test_a_reader_who_goes_on_from_its_cursors_holds_in_the_end_what_is_open(self, steps, size):
        """Whatever happens between its pages; it is small pages that tear."""
        district, employer = make_district(), make_employer()
        rows = [make_vacancy(employer, title=f"岗位{number}") for number in range(3)]
        held, cursor, since = {}, None, None
        for step, number in [*steps, ("publish", 0), *[("read", 0)] * 40]:
            row = rows[number % len(rows)]
            mine = Vacancy.objects.filter(pk=row.pk)
            if step == "open":
                rows.append(make_vacancy(employer, title=f"岗位{len(rows)}"))
            elif step == "close":
                mine.update(state="closed", close_reason="filled", version=mine.get().version + 1)
            elif step == "change":
                mine.update(state="open", close_reason="", title=f"改{number}", version=mine.get().version + 1)
            elif step == "publish":
                publish_district(district, on=TODAY, now=NOW)
            elif since is None:
                page = feed_pages.read_snapshot(district, cursor, on=TODAY, size=size).content
                held |= {one["reference"]: one for one in page["items"]}
                cursor = page["next"] and read_cursor(page["next"], unit_id=district.pk, is_page=True)
                since = None if page["next"] else read_cursor(page["changes"], unit_id=district.pk, is_page=False)
            else:
                page = feed_pages.read_changes(district, since, on=TODAY, size=size).content
                held |= {one["reference"]: one["vacancy"] for one in page["items"]}
                since = read_cursor(page["next"], unit_id=district.pk, is_page=False)
        still = Vacancy.objects.open(on=TODAY)
        assert {key: one["title"] for key, one in held.items() if one} == {str(row.uid): row.title for row in still}


# The document.


def test_the_shipped_document_is_the_one_that_the_code_makes_and_the_house_serves():
    shipped = json.loads((ROOT / "docs/openapi/vacancies.json").read_text())
    assert shipped == openapi_document(), "write it anew: see docs/how-to/exchange-vacancies.md"
    assert Client().get(reverse("employment:feed_openapi")).json() == shipped


def test_every_address_and_every_answer_of_the_document_is_there():
    document = openapi_document()
    assert set(document["paths"]) == {reverse(SNAPSHOT), reverse(CHANGES)}
    told = {
        code
        for methods in document["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
        for code in answer["description"].split(", ")
    }
    assert told == set(PROBLEMS) - {"method_not_allowed"}
