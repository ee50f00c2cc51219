"""Somebody reads what a mentor writes, says so, and answers; she sees it and answers back."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.core import clock
from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions.answers import answer_visit, mark_read, reply_to_answer
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match, Visit, VisitAnswer
from sunward.mentoring.queries.visit_file import list_unread_visits
from sunward.outreach.models import Message
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
    make_user,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_visit(
    match: Match, *, by: User, mood: str = "", happened_on: date = TODAY, withdrawn_at: datetime | None = None
) -> Visit:
    record = ServiceRecord.objects.create(
        case=match.case, kind=ServiceKind.HOME_VISIT, happened_on=happened_on, minutes=30, outcome=ContactOutcome.MADE,
        by=by, recorded_at=NOW, unit_path=match.unit_path, note="包饺子", withdrawn_at=withdrawn_at,
    )  # fmt: skip
    return Visit.objects.create(match=match, record=record, mood=mood)


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


@pytest.fixture
def worker() -> User:
    user = make_officer(Role.WORKER, make_committee())
    user.name = "王老师"
    user.save()
    return user


@pytest.fixture
def mom() -> User:
    user = make_user(name="李芳")
    give_post(user, Role.MENTOR, make_committee())
    return user


@pytest.fixture
def visit(mom: User) -> Visit:
    return make_visit(make_match(make_child("陈小雨"), make_mentor(user=mom)), by=mom, mood="low")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def answer(user: User, visit: Visit, words: str = "谢谢您", **more: Any) -> VisitAnswer:
    given = {"key": uuid4(), "now": NOW} | more
    return answer_visit(actor=actor_of(user), record_id=visit.record.uid, words=words, **given)


def reply(user: User, visit: Visit, words: str = "好的", **more: Any) -> VisitAnswer:
    given = {"key": uuid4(), "now": NOW} | more
    return reply_to_answer(actor=actor_of(user), record_id=visit.record.uid, words=words, **given)


def test_a_visit_in_the_file_leads_to_what_was_said_under_it(client: Client, worker: User, mom: User) -> None:
    match = make_match(make_child(unit=make_committee()), make_mentor(user=mom))
    visit, struck = make_visit(match, by=mom), make_visit(match, by=mom, withdrawn_at=NOW)
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("mentoring:child", args=[match.case.uid])).content.decode()
    assert reverse("mentoring:child_visit", args=[visit.record.uid]) in page
    assert reverse("mentoring:child_visit", args=[struck.record.uid]) not in page


def test_the_first_who_reads_it_is_named_and_whoever_reads_it_later_changes_nothing(visit: Visit, worker: User) -> None:
    mark_read(actor=actor_of(worker), record_id=visit.record.uid, now=NOW)
    supervisor = actor_of(make_officer(Role.SUPERVISOR, make_subdistrict()))
    mark_read(actor=supervisor, record_id=visit.record.uid, now=NOW + HOUR)
    visit.refresh_from_db()
    assert (visit.read_by, visit.read_at) == (worker, NOW)
    assert standing_facts().filter(kind="mentoring.visit_read").count() == 1


def test_an_answer_is_sealed_counts_as_read_and_is_told_to_her_by_reference_alone(
    visit: Visit, worker: User, mom: User
) -> None:
    given = answer(worker, visit, "外婆的药我去问")
    answer(worker, visit, "外婆的药我去问", key=given.uid)
    visit.refresh_from_db()
    assert visit.read_by == worker
    assert VisitAnswer.objects.count() == 1
    stored = str(list(VisitAnswer.objects.extra(select={"raw": "words"}).values("raw"))) + str(
        list(AuditEntry.objects.values())
    )
    assert "外婆" not in stored
    message = Message.objects.get()
    assert message.user_id == mom.pk
    assert not [word for word in ("陈小雨", "外婆", visit.match.case.reference) if word in message.body]
    assert message.path == reverse("mentoring:own_child", args=[visit.match.uid])


def test_she_answers_back_and_whoever_spoke_last_is_told(visit: Visit, worker: User, mom: User) -> None:
    with pytest.raises(NotThere):
        reply(mom, visit)
    answer(worker, visit)
    reply(mom, visit, "好的，周三去")
    assert [message.user_id for message in Message.objects.order_by("pk")] == [mom.pk, worker.pk]


def test_her_word_back_ends_with_her_access_and_nothing_is_told_to_whom_cannot_read_it(
    visit: Visit, worker: User, mom: User
) -> None:
    answer(worker, visit)
    Match.objects.update(state=MatchState.PAUSED)
    with pytest.raises(NotThere):
        reply(mom, visit)
    answer(worker, visit, "再说一句")
    assert Message.objects.count() == 1


def test_near_misses_read_and_answer_nothing(visit: Visit, worker: User) -> None:
    answer(worker, visit)
    neighbour = make_officer(Role.WORKER, make_committee("310110012002"))
    former = make_user()
    give_post(former, Role.WORKER, make_committee(), until_on=TODAY)
    other = make_user()
    give_post(other, Role.MENTOR, make_committee())
    make_match(make_child(), make_mentor(user=other))
    for user in (neighbour, former, other):
        with pytest.raises(NotThere):
            mark_read(actor=actor_of(user), record_id=visit.record.uid, now=NOW)
        with pytest.raises(NotThere):
            answer(user, visit)
        with pytest.raises(NotThere):
            reply(user, visit)


def test_nobody_reads_her_own_visit_and_it_is_not_on_her_list(visit: Visit, mom: User) -> None:
    give_post(mom, Role.WORKER, make_committee())
    assert not list_unread_visits(actor_of(mom), on=TODAY).exists()
    with pytest.raises(Refusal, match="own_visit_unread"):
        mark_read(actor=actor_of(mom), record_id=visit.record.uid, now=NOW)


@pytest.mark.parametrize(("words", "code"), [(" ", "answer_empty"), ("好" * 1001, "answer_too_long")])
def test_an_answer_without_words_or_with_too_many_is_refused(visit: Visit, worker: User, words: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        answer(worker, visit, words)


def test_unread_are_the_standing_visits_of_the_last_weeks_the_unwell_first(
    visit: Visit, worker: User, mom: User
) -> None:
    actor = actor_of(worker)
    calm = make_visit(visit.match, by=mom, mood="calm")
    old = make_visit(visit.match, by=mom, happened_on=TODAY - timedelta(days=61))
    edge = make_visit(visit.match, by=mom, happened_on=TODAY - timedelta(days=60))
    struck = make_visit(visit.match, by=mom, mood="tense", withdrawn_at=NOW)
    tense = make_visit(visit.match, by=mom, mood="tense")
    found = list(list_unread_visits(actor, on=TODAY))
    assert found == [visit, tense, calm, edge]
    assert old not in found
    assert struck not in found
    assert not list_unread_visits(actor_of(make_officer()), on=TODAY).exists()


# The pages.


def test_from_the_list_to_the_tap_and_on_to_her_own_page(visit: Visit, worker: User, mom: User) -> None:
    desk = signed_in(worker)
    address = reverse("mentoring:child_visit", args=[visit.record.uid])
    assert address in desk.get(reverse("home")).content.decode()
    page = desk.get(address).content.decode()
    for wanted in ("陈小雨", "难过", "包饺子"):
        assert wanted in page
    visit.refresh_from_db()
    assert visit.read_at is None
    assert AuditEntry.objects.filter(code="mentoring.visit_opened", subject_id=visit.match.case_id).count() == 1
    desk.post(reverse("mentoring:child_visit_read", args=[visit.record.uid]))
    cache.clear()
    assert address not in desk.get(reverse("home")).content.decode()
    hers = signed_in(mom).get(reverse("mentoring:own_child", args=[visit.match.uid])).content.decode()
    assert re.search(r"王老师\s*已读，2026-11-25", hers)


def test_an_answer_typed_on_the_page_stands_on_hers_and_hers_on_the_page(visit: Visit, worker: User, mom: User) -> None:
    desk, phone = signed_in(worker), signed_in(mom)
    address = reverse("mentoring:child_visit_answer", args=[visit.record.uid])
    assert desk.post(address, {"key": uuid4(), "words": ""}).status_code == 422
    assert desk.post(address, {"key": uuid4(), "words": "辛苦了"}).status_code == 302
    back = reverse("mentoring:visit_reply", args=[visit.record.uid])
    assert back in phone.get(reverse("mentoring:own_child", args=[visit.match.uid])).content.decode()
    assert "辛苦了" in phone.get(back).content.decode()
    assert phone.post(back, {"key": uuid4(), "words": ""}).status_code == 422
    assert phone.post(back, {"key": uuid4(), "words": "不辛苦"}).status_code == 302
    assert "不辛苦" in desk.get(reverse("mentoring:child_visit", args=[visit.record.uid])).content.decode()


def test_the_page_costs_as_many_queries_with_many_answers(visit: Visit, worker: User) -> None:
    desk, address = signed_in(worker), reverse("mentoring:child_visit", args=[visit.record.uid])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    count()
    answer(worker, visit)
    before = count()
    for _number in range(5):
        answer(worker, visit)
    assert count() == before <= 13
