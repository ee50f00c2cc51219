"""Incoming feeds: each row by itself, sent twice nothing changes, and what would empty the list asks a person first."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere
from sunward.employment.actions import feeds as acts
from sunward.employment.actions.feed_ending import decide_missing, mark_of_missing
from sunward.employment.actions.feed_publishing import publish_district
from sunward.employment.actions.feed_taking import take_delivery
from sunward.employment.actions.vacancies import close_vacancy, verify_vacancy
from sunward.employment.enums import FeedDirection, VacancyState
from sunward.employment.feeds.items import Delivery, Problem, Receipt
from sunward.employment.models import (
    Employer,
    FeedItem,
    PublishedVacancy,
    Vacancy,
    VacancyFeed,
    VacancyLikeness,
    VacancySource,
)
from sunward.employment.queries.feed_pages import read_snapshot
from sunward.ledger.models import Fact
from tests.employment.builders import make_vacancy
from tests.employment.test_feeds_out import elsewhere, make_feed, officer
from tests.factories import NOW, TODAY, make_subdistrict

pytestmark = pytest.mark.django_db
PUSH = "employment:feed_vacancies"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def feed():
    return make_feed(direction=FeedDirection.IN, name="市平台")


def told(reference="A1", **more):
    return {
        "reference": reference, "title": f"仓库管理员{reference}", "employer": "上海示例仓储有限公司",
        "salary_text": "8千-1.2万·13薪", "places_min": 2, "places_max": 3, "description": "收货、发货、盘点。",
        "workplace": "控江路1200号", "education": "college",
    } | more  # fmt: skip


def push(key, body, **headers):
    content = body if isinstance(body, bytes | str) else json.dumps(body, ensure_ascii=False)
    return Client().post(
        reverse(PUSH), content, content_type=headers.pop("content_type", "application/json"),
        headers={"authorization": f"Bearer {key}"} | headers,
    )  # fmt: skip


def snapshot(key, *items, **more):
    answer = push(key, {"mode": "snapshot", "items": [*items], **more})
    assert answer.status_code == 200, answer.content
    Receipt.model_validate(answer.json())
    return answer.json()


def changes(key, *items):
    rows = [
        {"reference": one, "vacancy": None} if isinstance(one, str) else {"reference": one["reference"], "vacancy": one}
        for one in items
    ]
    answer = push(key, {"mode": "changes", "items": rows})
    assert answer.status_code == 200, answer.content
    return answer.json()


def state(reference):
    return FeedItem.objects.get(reference=reference).vacancy.state


def written():
    return [
        [*model.objects.order_by("pk").values()] for model in (Vacancy, VacancySource, Employer, VacancyLikeness, Fact)
    ] + [AuditEntry.objects.count()]  # fmt: skip


# Rows.


def test_a_told_vacancy_is_read_like_a_row_of_a_workbook_and_waits_to_be_verified(feed):
    receipt = snapshot(feed.key, told(subdistrict=make_subdistrict().name))
    assert (receipt["new"], receipt["rows"][0]["outcome"]) == (1, "new")
    row = Vacancy.objects.get()
    assert (row.state, row.salary_min, row.salary_max, row.salary_months) == ("waiting", 8000, 12000, 13)
    assert (row.places_min, row.places_max, row.education) == (2, 3, 30)
    assert row.unit == make_subdistrict(), "its office verifies it"
    source = VacancySource.objects.get()
    assert (source.channel, source.name, source.reference) == ("feed", "市平台", "A1")


def test_what_the_check_finds_is_held(feed):
    snapshot(feed.key, told(title="客服（限女性，35岁以下）"))
    row = Vacancy.objects.get()
    assert row.state == VacancyState.HELD
    assert {one["rule"] for one in row.findings} >= {"disc_gender", "disc_age"}


def test_the_same_post_from_another_channel_is_offered_as_a_likeness(feed):
    snapshot(feed.key, told(reference="A"))
    known = Vacancy.objects.get()
    other = make_feed(direction=FeedDirection.IN, name="区人才网")
    snapshot(other.key, told(reference="B", title=known.title))
    pair = VacancyLikeness.objects.get()
    assert pair.first == known
    assert Vacancy.objects.count() == 2, "a person says whether they are one"
    assert Employer.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"places_min": 0, "places_max": 0}, {"headcount_not_credible"}),
        ({"places_min": 10_000, "places_max": 10_000}, {"headcount_not_credible"}),
        ({"salary_text": "1-100万"}, {"salary_not_credible"}),
        ({"description": ""}, {"description_missing"}),
        ({"description": "字" * 60_000}, {"description_long"}),
        ({"valid_until": "2020-01-01"}, {"vacancy_expired"}),
        ({"valid_until": "2026-99-99"}, {"date_unreadable"}),
        ({"uscc": "91310110MA1G00000O"}, {"uscc_checksum"}),
    ],
)
def test_what_is_odd_is_said_and_the_vacancy_is_kept(feed, more, codes):
    receipt = snapshot(feed.key, told(**more))
    said = {note["code"] for note in receipt["rows"][0]["notes"]}
    assert (receipt["new"], said & codes) == (1, codes), said
    assert Vacancy.objects.get().salary_max in (12_000, None)


@pytest.mark.parametrize(
    "broken",
    [
        told(title="<script>alert(1)</script>"), told(employer="=1+1"), told(title=""), told(title=" \u200b "),
        told(title=7), told(reference=""), told(places_min=-1), told(places_min=True), told(kind="slavery"),
        told(description="字" * 100_001), told(title="\ud800"), told(valid_until="soon"), {"reference": "B"}, "text",
        None, 5, [], {},
    ],
    ids=lambda row: str(row)[:20].encode("ascii", "replace").decode(),
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_a_sentence_and_keeps_no_other_out(feed, broken):
    answer = push(feed.key, json.dumps({"mode": "snapshot", "items": [broken, told(reference="good")]}))
    receipt = answer.json()
    assert [row["outcome"] for row in receipt["rows"]] == ["refused", "new"]
    assert receipt["rows"][0]["notes"][0]["sentence"]
    assert [row.title for row in Vacancy.objects.all()] == ["仓库管理员good"]


def test_signs_that_no_database_holds_do_no_harm(feed):
    snapshot(feed.key, told(description="收货\x00发货", contact_name="钱\x00多", title="仓管\x00员"))
    assert Vacancy.objects.get().title == "仓管员"


def test_a_reference_told_twice_in_one_delivery_is_taken_once(feed):
    receipt = snapshot(feed.key, told(), told(title="别的"))
    assert [row["outcome"] for row in receipt["rows"]] == ["new", "refused"]
    assert [item["outcome"] for item in changes(feed.key, told(), "A1")["rows"]] == ["same", "refused"]


# Again.


def test_a_delivery_that_is_sent_twice_changes_nothing(feed):
    body = [told(str(number)) for number in range(4)]
    snapshot(feed.key, *body)
    before = written()
    for _ in range(2):
        assert snapshot(feed.key, *body)["same"] == 4
    assert changes(feed.key, *body)["same"] == 4
    assert written() == before


def test_a_change_asks_for_the_verification_again_and_a_small_one_does_not(feed):
    snapshot(feed.key, told())
    row = Vacancy.objects.get()
    until = TODAY + timedelta(days=30)
    verify_vacancy(actor=officer(), vacancy_id=row.uid, version=1, until=until, on=TODAY, now=NOW)
    changes(feed.key, told(places_max=9))
    row.refresh_from_db()
    assert (row.places_max, row.state) == (9, "open")
    changes(feed.key, told(places_max=9, salary_text="9千-1.2万"))
    row.refresh_from_db()
    assert (row.salary_min, row.state, row.verified_until) == (9000, "waiting", None)


def test_what_an_office_has_changed_stays_until_the_channel_says_something_else_and_then_too(feed):
    snapshot(feed.key, told())
    Vacancy.objects.update(title="仓管（已核对）", version=2)
    receipt = changes(feed.key, told(title="仓库主管", places_max=5))
    row = Vacancy.objects.get()
    assert (row.title, row.places_max) == ("仓管（已核对）", 5)
    assert "kept_by_office" in {note["code"] for note in receipt["rows"][0]["notes"]}


def test_new_words_that_the_check_finds_hold_an_open_vacancy(feed):
    snapshot(feed.key, told())
    row = Vacancy.objects.get()
    verify_vacancy(actor=officer(), vacancy_id=row.uid, version=1, until=TODAY, on=TODAY, now=NOW)
    changes(feed.key, told(title="仓管（限男性）"))
    assert state("A1") == "held"


def test_what_the_office_has_closed_stays_closed(feed):
    snapshot(feed.key, told())
    row = Vacancy.objects.get()
    close_vacancy(actor=officer(), vacancy_id=row.uid, version=1, reason="not_true", on=TODAY, now=NOW)
    assert changes(feed.key, told(title="又来了"))["rows"][0]["outcome"] == "kept"
    assert state("A1") == "closed"


def test_what_ended_and_is_told_again_is_open_to_be_verified_once_more(feed):
    snapshot(feed.key, *(told(str(number)) for number in range(10)))
    assert changes(feed.key, "3")["rows"][0]["outcome"] == "ended"
    row = FeedItem.objects.get(reference="3").vacancy
    assert (row.state, row.close_reason) == ("closed", "withdrawn")
    assert changes(feed.key, "3")["rows"][0]["outcome"] == "same"
    assert changes(feed.key, told("3"))["rows"][0]["outcome"] == "changed"
    row.refresh_from_db()
    assert (row.state, row.close_reason) == ("waiting", "")


def test_what_another_channel_tells_as_well_does_not_end_with_one(feed):
    snapshot(feed.key, *(told(str(number)) for number in range(10)))
    row = FeedItem.objects.get(reference="3").vacancy
    VacancySource.objects.create(vacancy=row, channel="visit", told_at=NOW)
    assert changes(feed.key, "3")["rows"][0]["outcome"] == "ended"
    assert state("3") == "waiting"


# Too much at once.


def fill(feed, count=10):
    snapshot(feed.key, *(told(str(number)) for number in range(count)))


def kept(*numbers):
    return [told(str(number)) for number in numbers]


def test_up_to_three_tenths_end_by_themselves(feed):
    fill(feed)
    assert snapshot(feed.key, *kept(*range(7)))["ended"] == 3
    assert Vacancy.objects.filter(state="closed").count() == 3


@pytest.mark.parametrize("left", [0, 1, 6])
def test_more_than_that_asks_first_and_nothing_ends(feed, left):
    fill(feed)
    for _ in range(2):
        receipt = snapshot(feed.key, *kept(*range(left)))
        assert (receipt["ended"], receipt["asked"]) == (0, 10 - left)
    assert not Vacancy.objects.filter(state="closed").exists()
    assert AuditEntry.objects.filter(code="employment.feed_taken").count() == 2, "one for telling, one for asking"


def test_many_small_steps_are_one_large_one(feed):
    fill(feed)
    outcomes = [changes(feed.key, str(number))["rows"][0]["outcome"] for number in range(5)]
    assert outcomes == ["ended"] * 3 + ["asked"] * 2


def test_a_person_lets_it_end(feed):
    fill(feed)
    snapshot(feed.key)
    mark, actor = mark_of_missing(feed.feed), officer()
    for count in (10, 0):
        assert decide_missing(actor=actor, feed_id=feed.feed.uid, mark=mark, ends=True, on=TODAY, now=NOW) == count
    assert Vacancy.objects.filter(state="closed", close_reason="withdrawn").count() == 10


def test_a_person_keeps_it_and_is_not_asked_again_for_the_same(feed):
    fill(feed)
    snapshot(feed.key)
    mark = mark_of_missing(feed.feed)
    decide_missing(actor=officer(), feed_id=feed.feed.uid, mark=mark, ends=False, on=TODAY, now=NOW)
    assert snapshot(feed.key)["asked"] == 0
    assert changes(feed.key, "3")["rows"][0]["outcome"] == "kept"
    assert not Vacancy.objects.filter(state="closed").exists()
    snapshot(feed.key, *kept(*range(10)))
    assert snapshot(feed.key)["asked"] == 10, "what is told again can go missing again"


def test_what_is_told_again_is_not_missing_any_more_and_who_decides_has_seen_it(feed):
    fill(feed)
    snapshot(feed.key)
    seen = mark_of_missing(feed.feed)
    changes(feed.key, told("4"))
    assert FeedItem.objects.filter(missing_since=None).count() == 1
    with pytest.raises(Conflict):
        decide_missing(actor=officer(), feed_id=feed.feed.uid, mark=seen, ends=True, on=TODAY, now=NOW)
    assert not Vacancy.objects.filter(state="closed").exists()


def test_nobody_elsewhere_decides(feed):
    fill(feed)
    snapshot(feed.key)
    for actor in (officer(elsewhere()), officer(make_subdistrict("310110012"))):
        with pytest.raises(NotThere):
            decide_missing(
                actor=actor, feed_id=feed.feed.uid, mark=mark_of_missing(feed.feed), ends=True, on=TODAY, now=NOW
            )


def test_a_row_that_is_refused_is_told_all_the_same_and_ends_nothing(feed):
    fill(feed)
    receipt = snapshot(feed.key, *kept(*range(1, 10)), told("0", places_min=-1))
    assert (receipt["refused"], receipt["ended"], receipt["asked"]) == (1, 0, 0)
    receipt = snapshot(feed.key, *kept(*range(1, 10)), {"title": "无编号"})
    assert (receipt["refused"], receipt["ended"], receipt["asked"]) == (1, 0, 0), "it may be that row"


# In parts.


def test_a_snapshot_in_parts_ends_only_what_no_part_told(feed):
    fill(feed)
    assert snapshot(feed.key, *kept(*range(4)), snapshot_id="s1", is_last=False)["ended"] == 0
    changes(feed.key, told("new"))
    assert snapshot(feed.key, *kept(*range(4, 9)), snapshot_id="s1")["ended"] == 1
    assert state("9") == "closed"
    assert state("new") == "waiting"


def test_a_last_part_that_is_sent_again_ends_nothing(feed):
    fill(feed)
    for _ in range(2):
        snapshot(feed.key, *kept(*range(5)), snapshot_id="s1", is_last=False)
        receipt = snapshot(feed.key, *kept(*range(5, 10)), snapshot_id="s1")
    assert (receipt["same"], receipt["ended"], receipt["asked"]) == (5, 0, 0)
    receipt = snapshot(feed.key, *kept(*range(5, 10)), snapshot_id="s1")
    assert (receipt["ended"], receipt["asked"], receipt["notes"][0]["code"]) == (0, 0, "snapshot_id_used")


def test_a_torn_part_keeps_the_whole_snapshot_from_ending_anything(feed):
    fill(feed)
    snapshot(feed.key, {"title": "无编号"}, *kept(*range(5)), snapshot_id="s1", is_last=False)
    assert snapshot(feed.key, *kept(*range(5, 9)), snapshot_id="s1")["ended"] == 0


# Keys and bodies.


def problem(answer):
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, Problem.model_validate(answer.json()).code


def test_no_wrong_key_tells_anything(feed):
    revoked = make_feed(direction=FeedDirection.IN)
    acts.revoke_feed(actor=officer(), feed_id=revoked.feed.uid, now=NOW)
    expired = make_feed(direction=FeedDirection.IN)
    VacancyFeed.objects.filter(pk=expired.feed.pk).update(expires_on=TODAY - timedelta(days=1))
    body = {"mode": "snapshot", "items": [told()]}
    for key in ("", "wrong", revoked.key, expired.key):
        assert problem(push(key, body)) == (401, "key_missing_or_invalid")
    assert problem(push(make_feed().key, body)) == (403, "key_of_the_other_direction")
    assert not Vacancy.objects.exists()


def test_two_districts_tell_the_same_reference_without_meeting(feed):
    other = make_feed(officer(elsewhere()), direction=FeedDirection.IN, name="市平台（徐汇）")
    snapshot(feed.key, told())
    snapshot(other.key, told())
    assert sorted(Vacancy.objects.values_list("unit__code", flat=True)) == ["310104", "310110"]
    assert snapshot(other.key)["asked"] == 1
    assert FeedItem.objects.filter(missing_since=None).get().feed == feed.feed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"{", (400, "body_unreadable")), (b"\xff\xfe", (400, "body_unreadable")),
        (b"[" * 100_000, (400, "body_unreadable")), (b"[]", (422, "delivery_invalid")),
        (b'{"mode":"snapshot","items":NaN}', (422, "delivery_invalid")),
        ({"mode": "all", "items": []}, (422, "delivery_invalid")),
        ({"mode": "snapshot", "items": [], "is_last": False}, (422, "delivery_invalid")),
        ({"mode": "snapshot", "items": [None] * 201}, (422, "too_many_items")),
        (b"x" * (6 * 1024 * 1024), (413, "body_too_large")),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_a_problem_and_takes_nothing(feed, body, expected):
    assert problem(push(feed.key, body)) == expected


def test_other_types_of_content_are_refused_and_the_language_is_the_readers(feed):
    assert problem(push(feed.key, b"{}", content_type="text/plain"))[0] == 415
    said = [push(feed.key, b"{", **{"accept-language": tag}).json()["detail"] for tag in ("zh-CN", "en")]
    assert "JSON" in said[0]
    assert said[0] != said[1]
    assert said[1].startswith("This is no JSON")


# Between two of our own.


def test_what_one_district_tells_another_takes_as_it_stands(feed):
    there = elsewhere()
    from tests.employment.builders import make_employer

    row = make_vacancy(
        make_employer(there), salary_text="5000-7000元/月", education=40, shifts=["night"], valid_until=TODAY
    )
    publish_district(there, on=TODAY, now=NOW)
    assert PublishedVacancy.objects.count() == 1
    items = json.loads(json.dumps(read_snapshot(there, None, on=TODAY).content["items"]))
    assert snapshot(feed.key, *items)["new"] == 1
    taken = FeedItem.objects.get().vacancy
    for name in ("title", "salary_min", "salary_max", "education", "shifts", "workplace", "places_min", "valid_until"):
        assert getattr(taken, name) == getattr(row, name), name


# Laws.

ROWS = st.lists(
    st.one_of(
        st.builds(told, st.sampled_from("abcdef"), places_max=st.integers(1, 3)),
        st.sampled_from([{"reference": "a"}, {"title": "x"}, None]),
    ),
    max_size=6,
)


class TestDeliveries(HypothesisCase):
    @given(st.lists(st.tuples(st.booleans(), ROWS), max_size=5))
    def test_whatever_was_told_before_telling_it_twice_changes_nothing(self, deliveries):
        feed = make_feed(direction=FeedDirection.IN).feed
        for whole, rows in deliveries:
            if whole:
                delivery = Delivery(mode="snapshot", items=rows)
            else:
                wrapped = [row and {"reference": row.get("reference"), "vacancy": row} for row in rows]
                delivery = Delivery(mode="changes", items=wrapped)
            take_delivery(feed, delivery, on=TODAY, now=NOW)
            before = written()
            again = take_delivery(feed, delivery, on=TODAY, now=NOW).counts()
            assert written() == before
            assert (again["new"], again["changed"], again["ended"]) == (0, 0, 0)
        assert FeedItem.objects.values("reference").distinct().count() == Vacancy.objects.count()
