"""The pages of matches: the list and its filters, one match, each of its steps, and two people at once."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment
from sunward.audit.models import AuditEntry
from sunward.casework.enums import RiskLevel
from sunward.core import clock
from sunward.mentoring.actions.matches import pause_match
from sunward.mentoring.enums import MatchState, PauseReason
from sunward.mentoring.models import Match, Mentor
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(role: Role = Role.DISTRICT_OFFICER, unit: Any = None) -> Client:
    client = Client()
    client.force_login(make_officer(role, unit), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer() -> Client:
    return signed_in()


def rows(client: Client, **asked: str) -> list[str]:
    page = client.get(reverse("mentoring:matches"), asked).content.decode()
    return re.findall(r'<th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>', page)


def page_of(client: Client, match: Match) -> str:
    return client.get(reverse("mentoring:match", args=[match.uid])).content.decode()


def take(client: Client, match: Match, act: str, **said: Any) -> Any:
    return client.post(reverse("mentoring:match_step", args=[match.uid, act]), said)


def state_of(match: Match) -> str:
    return Match.objects.get(pk=match.pk).state


# The list.


def test_whoever_has_not_been_heard_of_for_longest_comes_first_high_risk_before_low(officer: Client) -> None:
    for name, risk, days in (("低久", 1, 200), ("高近", 3, 1), ("高久", 3, 20), ("低近", 1, 2)):
        make_match(make_child(name, risk=RiskLevel(risk), opened_on=TODAY - timedelta(days=days)), make_mentor())
    assert rows(officer) == ["高久", "高近", "低久", "低近"]


def test_the_filters_narrow_by_state_name_unit_and_care(officer: Client) -> None:
    other = make_committee("310110019001", subdistrict=make_subdistrict("310110019", name="五角场街道"))
    make_match(make_child("运行"), make_mentor("王阿姨"))
    make_match(make_child("结束"), make_mentor(), state=MatchState.CLOSED)
    make_match(make_child("别处", unit=other), make_mentor(unit=other))
    make_match(make_child("安静", opened_on=TODAY - timedelta(days=91)), make_mentor())
    make_match(make_child("刚好", opened_on=TODAY - timedelta(days=90)), make_mentor())
    over = make_match(make_child("试完"), make_mentor(), state=MatchState.TRIAL)
    Match.objects.filter(pk=over.pk).update(trial_until_on=TODAY - timedelta(days=1))
    last_day = make_match(make_child("试着"), make_mentor(), state=MatchState.TRIAL)
    Match.objects.filter(pk=last_day.pk).update(trial_until_on=TODAY)
    stopped = make_match(make_child("停下"), make_mentor(), state=MatchState.PAUSED)
    Match.objects.filter(pk=stopped.pk).update(pause_reason="vetting_expired")

    assert set(rows(officer)) == {"运行", "别处", "安静", "刚好", "试完", "试着", "停下"}
    assert rows(officer, state="closed") == ["结束"]
    assert "结束" in rows(officer, state="all")
    assert rows(officer, q="王阿") == ["运行"]
    assert rows(officer, q="别处") == ["别处"]
    assert rows(officer, unit="310110019") == ["别处"]
    assert rows(officer, care="silent") == ["安静"]
    assert rows(officer, care="trial_over") == ["试完"]
    assert rows(officer, care="vetting") == ["停下"]


def test_a_link_with_nonsense_in_it_still_opens(officer: Client) -> None:
    make_match(make_child("运行"), make_mentor())
    assert rows(officer, state="nonsense", care="x", unit="y", sort="z", page="-4") == ["运行"]


def test_everyone_sees_the_matches_of_their_own_units_only() -> None:
    here, there = make_committee(), make_committee("310110012002")
    make_match(make_child("这里", unit=here), make_mentor(unit=here))
    make_match(make_child("那里", unit=there), make_mentor(unit=there))
    assert rows(signed_in(Role.WORKER, here)) == ["这里"]
    assert set(rows(signed_in(Role.SUPERVISOR, make_subdistrict()))) == {"这里", "那里"}


def test_the_number_of_queries_does_not_grow(officer: Client) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(address).status_code == 200
        return len(queries)

    match = make_match(make_child(), make_mentor())
    addresses = [
        reverse("mentoring:matches"),
        reverse("mentoring:match", args=[match.uid]),
        reverse("mentoring:match_step", args=[match.uid, "handover"]),
    ]
    for address in addresses:
        officer.get(address)
    before = [count(address) for address in addresses]
    for _number in range(30):
        make_match(make_child(), make_mentor())
        make_mentor()
    after = [count(address) for address in addresses]
    assert all(now <= then for now, then in zip(after, before, strict=True)), (before, after)
    assert before[0] <= 8
    assert before[1] <= 16


# One match.


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("proposed", {"trial", "close"}),
        ("trial", {"confirm", "pause", "close"}),
        ("active", {"pause", "handover", "close"}),
        ("paused", {"resume", "close"}),
        ("handover", {"keep", "close"}),
        ("closed", set()),
    ],
)
def test_there_are_buttons_for_the_possible_steps_and_no_others(officer: Client, state: str, offered: set[str]) -> None:
    match = make_match(make_child(), make_mentor(), state=MatchState(state))
    base = reverse("mentoring:match", args=[match.uid])
    assert set(re.findall(rf'{base}(\w+)/"', page_of(officer, match))) - {"paper"} == offered


def test_the_page_writes_who_looked_at_the_child(officer: Client) -> None:
    match = make_match(make_child(), make_mentor())
    page_of(officer, match)
    look = AuditEntry.objects.get(code="mentoring.match_opened")
    assert (look.kind, look.subject_kind, look.subject_id) == ("look", "case", match.case_id)


def test_the_road_marks_where_the_match_stands(officer: Client) -> None:
    match = make_match(make_child(), make_mentor(), state=MatchState.TRIAL)
    road = page_of(officer, match).partition('<ol class="sun-steps"')[2].partition("</ol>")[0]
    assert re.findall(r"<li([^>]*)>", road) == [' class="is-done"', ' aria-current="step"', "", ""]


# Steps.


def test_a_match_is_led_from_proposed_to_closed_by_the_pages_alone(officer: Client) -> None:
    match = make_match(make_child(), make_mentor(), state=MatchState.PROPOSED)
    with_whom = str(Assignment.objects.get(role=Role.DISTRICT_OFFICER).user_id)
    days = {"first_meeting_on": "2026-11-25", "until_on": "2026-12-25"}
    take(officer, match, "trial", **days, first_meeting_with=with_whom, agreed_times="每周六")
    assert state_of(match) == "trial"
    for act, said, state in (
        ("agreement", {"signed_on": "2026-11-25", "agreed_times": "每周六"}, "trial"),
        ("confirm", {}, "active"),
        ("pause", {"why": "child_away"}, "paused"),
        ("resume", {}, "active"),
        ("close", {"why": "goal_reached", "reason": "孩子开朗多了"}, "closed"),
        ("farewell", {"said_on": "2026-11-25", "words": "谢谢阿姨"}, "closed"),
    ):
        answer = take(officer, match, act, **said)
        assert (answer.status_code, state_of(match)) == (302, state)
    page = page_of(officer, match)
    for wanted in ("每周六", "孩子开朗多了", "谢谢阿姨", "约定的目标已达成", "孩子暂时不在"):
        assert wanted in page


@pytest.mark.parametrize(
    ("act", "said", "field"),
    [
        ("trial", {"first_meeting_on": ""}, "first_meeting_on"),
        ("pause", {}, "why"),
        ("pause", {"why": "vetting_expired"}, "why"),
        ("close", {"why": "handed_over"}, "why"),
        ("handover", {"until_on": "2026-12-01"}, "mentor"),
    ],
)
def test_what_is_missing_or_not_for_people_to_choose_is_asked_for_again(
    officer: Client, act: str, said: dict[str, str], field: str
) -> None:
    state = MatchState.PROPOSED if act == "trial" else MatchState.ACTIVE
    match = make_match(make_child(), make_mentor(), state=state)
    answer = take(officer, match, act, **said)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert state_of(match) == state


def test_a_step_that_is_not_in_the_table_has_no_page(officer: Client) -> None:
    match = make_match(make_child(), make_mentor(), state=MatchState.CLOSED)
    assert take(officer, match, "explode").status_code == 404
    answer = officer.get(reverse("mentoring:match_step", args=[match.uid, "pause"]))
    assert answer.url == reverse("mentoring:match", args=[match.uid])


def test_a_handover_offers_the_near_the_free_and_the_vetted(officer: Client) -> None:
    here, near = make_committee(), make_committee("310110012002")
    far = make_committee("310110019001", subdistrict=make_subdistrict("310110019", name="五角场街道"))
    match = make_match(make_child(unit=here), make_mentor("现任", unit=here))
    make_mentor("远处", unit=far)
    make_mentor("邻居委", unit=near)
    make_mentor("同居委", unit=here)
    full = make_mentor("满了", unit=here)
    make_match(make_child(), full)
    make_mentor("过期", unit=here, vetted_on=TODAY - timedelta(days=365))
    address = reverse("mentoring:match_step", args=[match.uid, "handover"])

    def offered(**asked: str) -> list[str]:
        return [successor.name for successor in officer.get(address, asked).context["successors"]]

    assert offered() == ["同居委", "邻居委", "远处"]
    assert offered(q="远") == ["远处"]


def test_a_handover_leads_on_to_the_new_match(officer: Client) -> None:
    match = make_match(make_child(), make_mentor())
    successor = make_mentor()
    answer = take(officer, match, "handover", mentor=str(successor.uid), until_on="2026-12-05")
    follower = Match.objects.get(mentor=successor)
    assert answer.url == reverse("mentoring:match", args=[follower.uid])
    assert state_of(match) == "handover"


def test_two_people_at_once_the_second_sees_what_the_first_did_and_overwrites_nothing(officer: Client) -> None:
    match = make_match(make_child(), make_mentor())
    seen = match.version
    colleague = make_officer(name="赵干事")
    pause_match(actor=actor_of(colleague), match_id=match.uid, why=PauseReason.CONCERN, on=TODAY, now=NOW, version=seen)
    answer = take(officer, match, "close", why="moved", version=str(seen))
    page = answer.content.decode()
    assert answer.status_code == 409
    for wanted in ("赵干事", "已暂停", "有情况需要先了解", "结束结对"):
        assert wanted in page
    assert state_of(match) == "paused"


def test_the_undo_stands_on_the_page_until_it_is_used(officer: Client) -> None:
    match = make_match(make_child(), make_mentor())
    take(officer, match, "pause", why="child_away")
    assert "今天之内可以撤回" in page_of(officer, match)
    assert "今天之内可以撤回" not in page_of(signed_in(), match)
    take(officer, match, "undo", version=str(Match.objects.get(pk=match.pk).version))
    assert state_of(match) == "active"
    assert "今天之内可以撤回" not in page_of(officer, match)


def test_a_refusal_says_what_is_wrong_and_changes_nothing(officer: Client) -> None:
    match = make_match(make_child(), make_mentor(vetted_on=TODAY - timedelta(days=365)), state=MatchState.PAUSED)
    answer = take(officer, match, "resume")
    assert answer.status_code == 422
    assert "已失效" in answer.content.decode()
    assert state_of(match) == "paused"


def test_a_mentors_name_with_markup_in_it_stays_text(officer: Client) -> None:
    mentor: Mentor = make_mentor("<b>阿姨</b>")
    match = make_match(make_child(), mentor)
    assert "<b>阿姨</b>" not in page_of(officer, match)


def test_the_list_leaves_as_a_workbook_after_the_password_and_the_record_knows() -> None:
    officer = Client()
    officer.force_login(make_officer(password="a long password"), backend="django.contrib.auth.backends.ModelBackend")
    make_match(make_child("=甲一"), make_mentor("王阿姨"))
    make_match(make_child("乙二"), make_mentor(), state=MatchState.CLOSED)
    address = reverse("mentoring:matches_export")
    assert reverse("account_reauthenticate") in officer.get(address)["Location"]

    officer.post(reverse("account_reauthenticate"), {"password": "a long password"})
    answer = officer.get(address, {"q": "甲"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows[3:]] == [["=甲一", "王阿姨"]]
    assert AuditEntry.objects.get(code="mentoring.matches_exported").detail == {"rows": 1, "filters": ["q"]}
    looked = AuditEntry.objects.filter(kind="look", code="mentoring.file_exported")
    match = Match.objects.get(case__person__name="=甲一")
    assert set(looked.values_list("subject_kind", "subject_id")) == {
        ("case", match.case_id),
        ("mentor", match.mentor_id),
    }
