"""A mentor's pages: what is on them, what is not, and what happens to what she types."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.models import Need, ServiceRecord
from sunward.core import clock
from sunward.mentoring.actions.visits import save_draft
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match, VisitDraft
from sunward.mentoring.visiting import DraftText
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_person,
    make_user,
)

pytestmark = pytest.mark.django_db
ADDRESS, PHONE, GUARDIAN_PHONE = "控江路一百号", "+8613800001234", "+8613900004321"


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def mom() -> User:
    user = make_user(name="王芳")
    give_post(user, Role.MENTOR, make_committee())
    return user


@pytest.fixture
def match(mom: User) -> Match:
    match = make_match(make_child("陈小雨"), make_mentor(user=mom))
    person = match.case.person
    person.address, person.phone = ADDRESS, PHONE
    person.save()
    guardian = make_person("陈建国", phone=GUARDIAN_PHONE)
    Guardianship.objects.create(child=person, guardian=guardian, relation="外公")
    Need.objects.create(case=match.case, kind="companionship", from_on=TODAY)
    return match


def share(match: Match, **more: Any) -> None:
    given = {"given_on": TODAY, "legal_basis": LegalBasis.CONSENT, "purpose": Purpose.SHARING} | more
    ConsentRecord.objects.create(person=match.case.person, **given)


@pytest.fixture
def phone(mom: User) -> Client:
    client = Client()
    client.force_login(mom, backend="django.contrib.auth.backends.ModelBackend")
    return client


def read(client: Client, name: str, *keys: Any, status: int = 200) -> str:
    response = client.get(reverse(f"mentoring:{name}", args=keys))
    assert response.status_code == status
    return response.content.decode()


def filled(desk: str, **more: Any) -> dict[str, Any]:
    """The form as she would send it, with the key that the page holds."""
    key = re.search(r'name="key" value="([^"]+)"', desk)
    assert key
    given = {"key": key[1], "outcome": "made", "kind": "home_visit", "day": TODAY.isoformat(), "minutes": "45"}
    return given | {"topics": ["school"], "note": "写作业"} | more


# What is on the child's page.


def test_the_page_shows_what_she_needs_and_says_so_to_the_record_of_looks(phone: Client, match: Match) -> None:
    share(match)
    page = read(phone, "own_child", match.uid)
    for wanted in ("陈小雨", "陈建国", f"tel:{GUARDIAN_PHONE}", ADDRESS, match.case.unit.name, "陪伴"):
        assert wanted in page
    look = AuditEntry.objects.get(code="mentoring.child_opened_by_mentor")
    assert (look.subject_kind, look.subject_id, look.kind) == ("case", match.case_id, "look")


def test_what_she_does_not_need_is_not_on_any_of_her_pages(phone: Client, match: Match) -> None:
    share(match)
    match.case.remark = "母亲服刑"
    match.case.risk_level = 3
    match.case.save()
    ServiceRecord.objects.create(
        case=match.case, kind="counselling", happened_on=TODAY, outcome="made", note="咨询师的记录", recorded_at=NOW
    )
    pages = [read(phone, name, match.uid) for name in ("own_child", "own_visits", "visit")]
    pages.append(phone.get(reverse("home")).content.decode())
    person = match.case.person
    hidden = (
        person.id_number,
        person.id_number[-6:],
        PHONE,
        "母亲服刑",
        "咨询师的记录",
        "高风险",
        match.case.reference,
    )
    for page in pages:
        assert not [text for text in hidden if text in page]


@pytest.mark.parametrize(
    "basis",
    [
        None,
        {"purpose": Purpose.MATCHING},
        {"withdrawn_on": TODAY},
        {"expires_on": TODAY},
        {"given_on": TODAY + timedelta(days=1)},
    ],
)
def test_without_a_valid_basis_for_sharing_there_is_no_number_and_no_address(
    phone: Client, match: Match, basis: dict[str, Any] | None
) -> None:
    if basis is not None:
        share(match, **basis)
    page = read(phone, "own_child", match.uid)
    assert not [text for text in ("陈建国", GUARDIAN_PHONE, ADDRESS) if text in page]
    assert "没有同意" in page


def test_in_a_handover_the_address_is_gone_and_the_call_stays(phone: Client, match: Match) -> None:
    share(match)
    Match.objects.filter(pk=match.pk).update(state=MatchState.HANDOVER, handover_until_on=TODAY)
    page = read(phone, "own_child", match.uid)
    assert ADDRESS not in page
    assert GUARDIAN_PHONE in page


def test_a_guardian_whose_time_is_over_is_not_called(phone: Client, match: Match) -> None:
    share(match)
    Guardianship.objects.update(until_on=TODAY)
    assert GUARDIAN_PHONE not in read(phone, "own_child", match.uid)


def count_queries(client: Client, name: str, match: Match) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(client, name, match.uid)
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_visits(phone: Client, match: Match) -> None:
    share(match)
    pages = {"own_child": 18, "own_visits": 13, "visit": 14}
    desk = read(phone, "visit", match.uid)  # the first look ever opens the record of looks
    phone.post(reverse("mentoring:visit", args=[match.uid]), filled(desk))
    before = {name: count_queries(phone, name, match) for name in pages}
    for number in range(12):
        desk = read(phone, "visit", match.uid)
        phone.post(reverse("mentoring:visit", args=[match.uid]), filled(desk, note=f"第{number}次"))
    read(phone, "own_child", match.uid)  # takes the message of the last saving
    assert {name: count_queries(phone, name, match) for name in pages} == before
    assert all(before[name] <= most for name, most in pages.items()), before


# Saving.


def test_opening_the_form_writes_nothing(phone: Client, match: Match) -> None:
    read(phone, "visit", match.uid)
    assert not VisitDraft.objects.exists()


def test_a_saved_visit_stands_on_the_childs_page(phone: Client, match: Match) -> None:
    desk = read(phone, "visit", match.uid)
    response = phone.post(reverse("mentoring:visit", args=[match.uid]), filled(desk), follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(reverse("mentoring:own_child", args=[match.uid]), 302)]
    for wanted in ("辛苦您了", "45 分钟", "写作业", "学校和作业"):
        assert wanted in page


def test_the_same_form_sent_twice_is_one_visit(phone: Client, match: Match) -> None:
    sent = filled(read(phone, "visit", match.uid))
    for _attempt in range(2):
        assert phone.post(reverse("mentoring:visit", args=[match.uid]), sent).status_code == 302
    assert ServiceRecord.objects.count() == 1


def test_a_second_window_with_other_words_is_asked_and_may_save_a_second_visit(phone: Client, match: Match) -> None:
    first, second = read(phone, "visit", match.uid), read(phone, "visit", match.uid)
    address = reverse("mentoring:visit", args=[match.uid])
    phone.post(address, filled(first))
    answer = phone.post(address, filled(second, note="另一次"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "另一个窗口" in page
    assert "另一次" in page
    assert phone.post(address, filled(page, note="另一次")).status_code == 302
    assert ServiceRecord.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"minutes": ""}, "minutes"),
        ({"minutes": "601"}, "minutes"),
        ({"day": "other"}, "other_day"),
        ({"kind": "counselling"}, "kind"),
        ({"topics": ["gossip"]}, "topics"),
    ],
)
def test_a_form_that_lacks_something_comes_back_with_her_words(
    phone: Client, match: Match, more: dict[str, Any], field: str
) -> None:
    answer = phone.post(reverse("mentoring:visit", args=[match.uid]), filled(read(phone, "visit", match.uid), **more))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "写作业" in answer.content.decode()


def test_a_day_to_come_and_a_day_before_the_match_are_refused_in_words(phone: Client, match: Match) -> None:
    for day in (TODAY + timedelta(days=1), match.proposed_on - timedelta(days=1)):
        sent = filled(read(phone, "visit", match.uid), day="other", other_day=day.isoformat())
        answer = phone.post(reverse("mentoring:visit", args=[match.uid]), sent)
        assert answer.status_code == 422
        assert answer.context["form"].non_field_errors()


def test_a_form_opened_before_midnight_is_saved_under_the_day_that_was_chosen(
    phone: Client, match: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = read(phone, "visit", match.uid)
    the_day_before = (TODAY - timedelta(days=2)).isoformat()
    monkeypatch.setattr(clock, "today", lambda: TODAY + timedelta(days=1))
    answer = phone.post(reverse("mentoring:visit", args=[match.uid]), filled(desk, day=the_day_before))
    assert answer.status_code == 302
    assert ServiceRecord.objects.get().happened_on == TODAY - timedelta(days=2)


def test_minutes_typed_before_she_chose_nobody_met_do_not_count(phone: Client, match: Match) -> None:
    sent = filled(read(phone, "visit", match.uid), outcome="attempted")
    assert phone.post(reverse("mentoring:visit", args=[match.uid]), sent).status_code == 302
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.topics, record.outcome) == (0, [], "attempted")


# Drafts.


def test_what_she_typed_is_there_again_after_the_phone_was_closed(phone: Client, match: Match, mom: User) -> None:
    sent = filled(read(phone, "visit", match.uid), seen="", day=(TODAY - timedelta(days=9)).isoformat())
    answer = phone.post(reverse("mentoring:visit_draft", args=[match.uid]), sent, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    desk = read(phone, "visit", match.uid)
    assert "写作业" in desk
    assert (TODAY - timedelta(days=9)).isoformat() in desk
    assert "接着写" in phone.get(reverse("home")).content.decode()
    phone.post(reverse("mentoring:visit_draft_discard", args=[match.uid]))
    assert "写作业" not in read(phone, "visit", match.uid)


def test_the_answer_to_a_saving_carries_the_mark_for_the_next(phone: Client, match: Match) -> None:
    address = reverse("mentoring:visit_draft", args=[match.uid])
    sent = filled(read(phone, "visit", match.uid))
    mark = re.search(r'name="seen" id="draft-mark" value="([^"]+)"', phone.post(address, sent).content.decode())
    assert mark
    assert phone.post(address, sent | {"seen": mark[1], "note": "再写"}).status_code == 200


def test_a_window_with_older_words_is_told_and_may_insist(phone: Client, match: Match, mom: User) -> None:
    address = reverse("mentoring:visit_draft", args=[match.uid])
    sent = filled(read(phone, "visit", match.uid))
    save_draft(actor=actor_of(mom), match_id=match.uid, key=uuid4(), text=DraftText(note="新窗口"), seen="", now=NOW)
    answer = phone.post(address, sent)
    assert answer.status_code == 409
    assert "另一个窗口" in answer.content.decode()
    assert phone.post(address, sent | {"force": "yes"}).status_code == 200


# Corrections.


def test_a_visit_is_corrected_from_the_list_within_the_day(phone: Client, match: Match) -> None:
    phone.post(reverse("mentoring:visit", args=[match.uid]), filled(read(phone, "visit", match.uid)))
    record = ServiceRecord.objects.get()
    address = reverse("mentoring:visit_correct", args=[record.uid])
    assert address in read(phone, "own_child", match.uid)
    assert "写作业" in phone.get(address).content.decode()
    sent = {"outcome": "made", "kind": "phone_call", "day": TODAY.isoformat(), "minutes": "15", "note": "打了电话"}
    page = phone.post(address, sent, follow=True).content.decode()
    assert "打了电话" in page
    assert "写作业" not in page
    assert ServiceRecord.objects.standing().get().kind == "phone_call"


def test_after_a_day_there_is_no_correction(phone: Client, match: Match, monkeypatch: pytest.MonkeyPatch) -> None:
    phone.post(reverse("mentoring:visit", args=[match.uid]), filled(read(phone, "visit", match.uid)))
    address = reverse("mentoring:visit_correct", args=[ServiceRecord.objects.get().uid])
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=24))
    assert address not in read(phone, "own_child", match.uid)
    assert phone.get(address).status_code == 404


def test_students_use_the_same_pages(phone: Client, match: Match) -> None:
    match.mentor.kind = "student"
    match.mentor.save()
    assert "陈小雨" in read(phone, "own_child", match.uid)
