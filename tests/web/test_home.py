"""The home of casework people and of mentors: what waits, ordered by who needs help, and her children."""

import pickle
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.casework.enums import AssessmentState, RiskLevel
from sunward.casework.models import Case, FollowUp, RiskAssessment
from sunward.core import clock
from sunward.ledger.actions import NewFact, record_fact
from sunward.matching.models import Policy, PolicyVersion, Proposal, Run
from sunward.mentoring.enums import MatchState
from sunward.mentoring.models import Match
from sunward.people.models import PossibleDuplicate
from sunward.registers.models import ImportBatch
from sunward.web.home_todo import LINES, LINES_TOGETHER, Group, read_todo_list
from sunward.web.home_work import CLIMBS_AFTER_DAYS
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_committee,
    make_district,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def home_of(user: User) -> str:
    response = signed_in(user).get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def groups_of(user: User) -> dict[str, Group]:
    cache.clear()
    return {group.key: group for group in read_todo_list(actor_of(user), on=TODAY).groups}


def titles(group: Group) -> list[str]:
    return [str(line.title) for line in group.lines]


def make_waiting_child(name: str = "", **more: Any) -> Case:
    return make_child(name, **({"willing": None} | more))


# What waits.


def test_whoever_needs_help_most_comes_first() -> None:
    officer, other = make_officer(), make_officer()
    emergency = make_waiting_child("急")
    RiskAssessment.objects.create(
        case=emergency, level=3, is_emergency=True, reason="x", assessed_on=TODAY, assessed_by=other
    )
    make_waiting_child("高", risk=RiskLevel.HIGH, opened_on=TODAY - 8 * DAY)
    make_waiting_child("中", risk=RiskLevel.MEDIUM, opened_on=TODAY - 31 * DAY)
    make_waiting_child("久", opened_on=TODAY - 91 * DAY)
    stopped = make_match(make_waiting_child("停"), make_mentor(), state=MatchState.PAUSED)
    Match.objects.filter(pk=stopped.pk).update(pause_reason="vetting_expired")
    over = make_match(make_waiting_child("试"), make_mentor(), state=MatchState.TRIAL)
    Match.objects.filter(pk=over.pk).update(trial_until_on=TODAY - DAY)
    lowered = make_waiting_child("降", risk=RiskLevel.MEDIUM)
    RiskAssessment.objects.create(
        case=lowered, level=1, state=AssessmentState.PROPOSED, reason="x", assessed_on=TODAY, assessed_by=other
    )
    FollowUp.objects.create(case=lowered, kind="call", due_on=TODAY, role=Role.DISTRICT_OFFICER)
    make_mentor("快到期", vetted_on=TODAY - 350 * DAY)
    make_child("等", willing=True)

    assert list(groups_of(officer)) == [
        "emergencies", "silent_high", "vetting", "silent_medium", "follow_ups", "lowerings", "silent_low", "trial_over",
        "expiring", "waiting",
    ]  # fmt: skip
    page = home_of(officer)
    assert [page.index(f'id="{key}"') for key in groups_of(officer)] == sorted(
        page.index(f'id="{key}"') for key in groups_of(officer)
    )


@pytest.mark.parametrize(("risk", "days"), [(RiskLevel.HIGH, 7), (RiskLevel.MEDIUM, 30), (RiskLevel.LOW, 90)])
def test_a_file_is_silent_the_day_after_its_time_and_not_before(risk: RiskLevel, days: int) -> None:
    officer = make_officer()
    make_waiting_child("刚好", risk=risk, opened_on=TODAY - days * DAY)
    late = make_waiting_child("过了", risk=risk, opened_on=TODAY - (days + 1) * DAY)
    heard = make_waiting_child("联系过", risk=risk, opened_on=TODAY - 400 * DAY)
    Case.objects.filter(pk=heard.pk).update(last_contact_on=TODAY - DAY)
    silent = [name for key, group in groups_of(officer).items() if key.startswith("silent_") for name in titles(group)]
    assert silent == [late.person.name]


def test_an_emergency_stands_until_somebody_has_assessed_the_child_again() -> None:
    officer = make_officer()
    case = make_waiting_child("急", risk=RiskLevel.HIGH)
    RiskAssessment.objects.create(case=case, level=3, is_emergency=True, reason="x", assessed_on=TODAY)
    RiskAssessment.objects.create(case=case, level=2, state=AssessmentState.PROPOSED, reason="x", assessed_on=TODAY)
    assert "emergencies" in groups_of(officer)
    RiskAssessment.objects.create(case=case, level=3, reason="x", assessed_on=TODAY)
    assert "emergencies" not in groups_of(officer)


def test_an_approved_match_waits_for_its_first_meeting_with_whoever_may_arrange_it() -> None:
    worker, elsewhere = (
        make_officer(Role.WORKER, make_committee()),
        make_officer(Role.WORKER, make_committee("310110012002")),
    )
    match = make_match(make_waiting_child("等"), make_mentor("梅"), state=MatchState.PROPOSED)
    assert titles(groups_of(worker)["to_begin"]) == ["等 · 梅"]
    assert groups_of(elsewhere) == {}
    Match.objects.filter(pk=match.pk).update(state=MatchState.TRIAL)
    assert "to_begin" not in groups_of(worker)


def test_ones_own_proposal_to_lower_a_risk_waits_for_somebody_else() -> None:
    officer, other = make_officer(), make_officer()
    RiskAssessment.objects.create(
        case=make_waiting_child("降"), level=1, state=AssessmentState.PROPOSED, reason="x", assessed_on=TODAY,
        assessed_by=officer,
    )  # fmt: skip
    assert "lowerings" not in groups_of(officer)
    assert titles(groups_of(other)["lowerings"]) == ["降"]


def test_a_follow_up_is_its_roles_and_after_a_week_everybodys_above() -> None:
    worker = make_officer(Role.WORKER, make_committee())
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict())
    due_on = {"明天": TODAY + DAY, "今天": TODAY, "七天": TODAY - CLIMBS_AFTER_DAYS * DAY, "八天": TODAY - 8 * DAY}
    for name, day in due_on.items():
        FollowUp.objects.create(case=make_waiting_child(name), kind="call", due_on=day, role=Role.WORKER)
    FollowUp.objects.create(case=make_waiting_child("完"), kind="call", due_on=TODAY, role=Role.WORKER, state="done")
    assert titles(groups_of(worker)["follow_ups"]) == ["八天", "七天", "今天"]
    assert titles(groups_of(supervisor)["follow_ups"]) == ["八天"]


def test_everyone_sees_the_work_of_their_own_units_only() -> None:
    here, next_door = make_committee(), make_committee("310110012002")
    make_waiting_child("这里", unit=here, risk=RiskLevel.HIGH, opened_on=TODAY - 30 * DAY)
    make_waiting_child("隔壁", unit=next_door, risk=RiskLevel.HIGH, opened_on=TODAY - 30 * DAY)
    worker = make_officer(Role.WORKER, here)
    former = make_user()
    give_post(former, Role.WORKER, here, until_on=TODAY)
    assert titles(groups_of(worker)["silent_high"]) == ["这里"]
    assert groups_of(former) == {}
    assert "隔壁" not in home_of(worker)


def test_a_long_group_shows_its_first_lines_its_count_and_the_way_to_all() -> None:
    officer = make_officer()
    for number in range(LINES + 3):
        make_waiting_child(f"久{number}", opened_on=TODAY - (100 + number) * DAY)
    group = groups_of(officer)["silent_low"]
    assert (group.count, titles(group)) == (LINES + 3, [f"久{number}" for number in range(LINES + 2, 2, -1)])
    page = signed_in(officer).get(group.href).content.decode()
    assert f"<strong>{LINES + 3}</strong>" in page


def test_what_no_ledger_lists_has_a_page_of_its_own_with_all_of_it() -> None:
    officer = make_officer()
    for number in range(60):
        case = make_waiting_child(f"孩子{number:02d}")
        FollowUp.objects.create(case=case, kind="call", due_on=TODAY - number * DAY, role=Role.DISTRICT_OFFICER)
    client, address = signed_in(officer), groups_of(officer)["follow_ups"].href
    pages = [client.get(address, {"page": number}).content.decode() for number in (1, 2)]
    assert [page.count('class="sun-todo"') for page in pages] == [50, 10]
    assert pages[0].index("孩子59") < pages[0].index("孩子58")
    stranger = signed_in(make_officer(Role.WORKER, make_committee("310110012009")))
    assert "孩子59" not in stranger.get(address).content.decode()


def test_a_list_that_does_not_exist_is_not_there() -> None:
    for key in ("nonsense", "proposals"):
        assert signed_in(make_officer()).get(reverse("work", args=[key])).status_code == 404


def test_open_proposals_of_the_newest_matching_and_imports_with_rows_to_repair_are_counted() -> None:
    officer = make_officer()
    policy = Policy.objects.create(programme="mentoring", name="x")
    version = PolicyVersion.objects.create(policy=policy, number=1, content={}, made_at=NOW)
    place = {"unit_path": make_district().path, "matched_on": TODAY, "state": "done"}
    older = Run.objects.create(version=version, made_at=NOW - DAY, **place)
    newest = Run.objects.create(version=version, made_at=NOW, **place)
    for run, left, state in ((older, 1, "open"), (newest, 1, "open"), (newest, 2, "open"), (newest, 3, "approved")):
        Proposal.objects.create(
            run=run, left_id=left, right_id=left, fit=1, state=state, unit_path=make_committee().path
        )
    batch = {"unit": make_district(), "unit_path": make_district().path, "judged_on": TODAY, "made_at": NOW}
    ImportBatch.objects.create(state="staged", counts={"rejected": 4}, **batch)
    ImportBatch.objects.create(state="staged", counts={"rejected": 0}, **batch)
    ImportBatch.objects.create(state="committed", counts={"rejected": 4}, **batch)
    groups = groups_of(officer)
    assert groups["proposals"].count == 2
    assert (groups["repairs"].count, str(groups["repairs"].lines[0].note)) == (1, "4 行待修正")
    assert "repairs" not in groups_of(make_officer(Role.WORKER, make_committee()))


@pytest.mark.parametrize(
    ("key", "make"),
    [
        ("silent_high", lambda: make_waiting_child("甲", risk=RiskLevel.HIGH, opened_on=TODAY - 30 * DAY)),
        ("silent_low", lambda: make_waiting_child("甲", opened_on=TODAY - 100 * DAY)),
        ("waiting", lambda: make_child("甲", willing=True)),
        ("expiring", lambda: make_mentor("甲", vetted_on=TODAY - 350 * DAY)),
    ],
)
def test_the_link_of_a_group_opens_what_it_counts(key: str, make: Callable[[], Any]) -> None:
    officer = make_officer()
    make()
    make_waiting_child("乙")
    make_mentor("乙")
    page = signed_in(officer).get(groups_of(officer)[key].href).content.decode()
    assert re.findall(r'<th role="rowheader"[^>]*>.*?(甲|乙)', page, re.DOTALL)[:1] == ["甲"]
    assert f"<strong>{groups_of(officer)[key].count}</strong>" in page


def test_on_the_first_day_the_officer_is_led_to_her_two_workbooks_and_the_worker_is_not() -> None:
    assert read_todo_list(actor_of(make_officer()), on=TODAY).is_first_day
    assert "从您的两张表开始" in home_of(make_officer())
    assert 'href="/registers/' not in home_of(make_officer(Role.WORKER, make_committee())).partition("sun-empty")[2]


def test_two_files_of_perhaps_one_person_are_counted_for_whoever_settles_them() -> None:
    one, other = make_child("同名"), make_child("同名")
    first, second = sorted((one.person_id, other.person_id))
    PossibleDuplicate.objects.create(first_id=first, second_id=second, points=75, reasons=[], unit_path=one.unit_path)
    assert groups_of(make_officer())["duplicates"].count == 1
    assert "duplicates" not in groups_of(make_officer(Role.WORKER, one.unit))


def test_when_nothing_waits_it_says_so() -> None:
    make_match(make_child(), make_mentor())
    assert "今天都办完了" in home_of(make_officer())


def test_the_number_of_queries_stays_the_same_for_few_and_for_many() -> None:
    officer = make_officer()

    def fill(times: int) -> None:
        for _time in range(times):
            make_waiting_child(risk=RiskLevel.HIGH, opened_on=TODAY - 30 * DAY)
            make_child(opened_on=TODAY - 100 * DAY)
            make_mentor(vetted_on=TODAY - 350 * DAY)
            trial = make_match(make_waiting_child(), make_mentor(), state=MatchState.TRIAL)
            Match.objects.filter(pk=trial.pk).update(trial_until_on=TODAY - DAY)
            FollowUp.objects.create(case=trial.case, kind="call", due_on=TODAY, role=Role.DISTRICT_OFFICER)

    def count() -> int:
        client = signed_in(officer)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("home"))
        return len(queries)

    fill(LINES + 1)
    few = count()
    fill(10)
    assert count() == few
    assert few <= 36


def visit_fact(case: Case, happened_on: date) -> Any:
    return record_fact(
        NewFact(
            kind="mentoring.visit_made", subject_kind="service_record", subject_id=1, happened_on=happened_on,
            person_id=case.person_id, unit_id=case.unit_id, unit_path=case.unit_path,
        ),
        now=NOW,
    )  # fmt: skip


def test_counting_is_kept_for_some_seconds_and_renewed_by_whoever_does_something() -> None:
    officer = make_officer()
    silent = make_waiting_child("久", opened_on=TODAY - 100 * DAY)
    client = signed_in(officer)
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("home"))
    assert len(queries) <= 12
    make_waiting_child("又", opened_on=TODAY - 100 * DAY)
    assert ">又<" not in client.get(reverse("home")).content.decode()
    visit_fact(silent, TODAY)
    assert ">又<" in client.get(reverse("home")).content.decode()


def test_what_is_settled_or_no_longer_hers_is_not_shown_even_while_the_count_is_kept() -> None:
    officer = make_officer()
    case = make_waiting_child("久", opened_on=TODAY - 100 * DAY)
    client = signed_in(officer)
    assert ">久<" in client.get(reverse("home")).content.decode()
    Case.objects.filter(pk=case.pk).update(last_contact_on=TODAY)
    assert ">久<" not in client.get(reverse("home")).content.decode()


def test_no_name_lies_in_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Any] = []
    monkeypatch.setattr(cache, "set", lambda key, value, **more: kept.append((key, value)))
    make_waiting_child("绝密姓名", opened_on=TODAY - 100 * DAY)
    assert "绝密姓名" in home_of(make_officer())
    assert kept
    assert "绝密姓名".encode() not in pickle.dumps(kept)


def test_all_lines_together_stay_few_and_every_kind_keeps_its_figure() -> None:
    officer = make_officer()
    for risk in RiskLevel:
        for _child in range(LINES + 2):
            make_child(risk=risk, opened_on=TODAY - 200 * DAY)
    for _mentor in range(LINES + 2):
        make_mentor(vetted_on=TODAY - 350 * DAY)
    groups = groups_of(officer)
    assert sum(len(group.lines) for group in groups.values()) == LINES_TOGETHER
    assert groups["waiting"].lines == ()
    page = home_of(officer)
    assert all(f'href="{group.href}"'.replace("&", "&amp;") in page for group in groups.values())


# Her children.


def test_a_mentor_sees_the_child_whose_visit_is_due_first_and_no_closed_match() -> None:
    mom = make_user(name="王芳")
    give_post(mom, Role.MENTOR, make_committee())
    mentor = make_mentor(user=mom, capacity=5)
    low = make_match(make_child("低风险"), mentor)
    high = make_match(make_child("高风险", risk=RiskLevel.HIGH), mentor)
    for match in (low, high):
        Match.objects.filter(pk=match.pk).update(trial_from_on=TODAY + (10 * DAY if match == low else 5 * DAY))
    for name, state in (("暂停了", MatchState.PAUSED), ("结束了", MatchState.CLOSED)):
        make_match(make_child(name), mentor, state=state)
    page = home_of(mom)
    assert page.index(">高风险</a>") < page.index(">低风险</a>")
    assert not [name for name in ("暂停了", "结束了") if name in page]


def test_a_mentor_without_a_child_is_told_that_nothing_is_asked_of_her() -> None:
    mom = make_user()
    give_post(mom, Role.MENTOR, make_committee())
    make_match(make_child("还没见面"), make_mentor(user=mom), state=MatchState.PROPOSED)
    page = home_of(mom)
    assert "什么都不用做" in page
    assert "还没见面" not in page


# Several kinds of work.


def test_somebody_with_two_kinds_of_work_sees_both() -> None:
    user = make_officer(Role.WORKER, make_committee())
    give_post(user, Role.MENTOR, make_committee())
    make_match(make_child("我的孩子"), make_mentor(user=user))
    make_waiting_child("我的档案", risk=RiskLevel.HIGH, opened_on=TODAY - 30 * DAY)
    page = home_of(user)
    assert "我的孩子" in page
    assert "我的档案" in page


def test_whoever_holds_no_post_has_no_home() -> None:
    make_district()
    assert signed_in(make_user()).get(reverse("home")).status_code == 403
