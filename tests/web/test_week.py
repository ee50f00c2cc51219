"""The supervisor's week: one message on Mondays and the page behind it, in agreement with every list and figure."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Absence, User
from sunward.casework.enums import CaseState, ContactOutcome, RiskLevel, ServiceKind
from sunward.casework.models import SILENCE_DAYS, Case, ServiceRecord
from sunward.core import clock
from sunward.core.furniture import ToDo
from sunward.core.jobs.queue import enqueue
from sunward.core.jobs.schedule import next_moment
from sunward.outreach.models import Message
from sunward.web import home_figures, jobs
from sunward.web.home_todo import read_todo_list
from sunward.web.week.letters import list_recipients, write_letter
from sunward.web.week.queries import WeekLine
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_district,
    make_mentor,
    make_officer,
    make_subdistrict,
)
from tests.mentoring.experts.sharing_builders import make_sharer, write

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SILENT = ("silent_high", "silent_medium", "silent_low")


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(user: User, **asked: str) -> str:
    response = signed_in(user).get(reverse("week"), asked)
    assert response.status_code == 200
    return response.content.decode()


def letters(on: date = TODAY) -> dict[str, str]:
    """What each recipient is told, by her name."""
    return {str(one.user): write_letter(one, on=on, now=NOW).body for one in list_recipients(on=on)}


def away(user: User) -> None:
    Absence.objects.create(user=user, from_on=TODAY, until_on=TODAY + 3 * DAY, recorded_at=NOW)


def test_the_message_counts_and_refers_and_names_nobody_and_the_page_names_them() -> None:
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict(), name="李督导")
    child = make_child("欧阳明珠", risk=RiskLevel.HIGH, opened_on=TODAY - 34 * DAY)
    mentor = make_mentor("王美兰", vetted_on=TODAY - 350 * DAY)
    body = letters()["李督导"]
    assert child.reference in body
    assert "34" in body
    assert mentor.reference in body
    assert str(TODAY + 15 * DAY) in body
    assert not [name for name in ("欧阳明珠", "王美兰") if name in body]
    page = page_of(supervisor)
    assert "欧阳明珠" in page
    assert child.reference in page
    assert mentor.reference in page


def test_what_neighbour_moms_have_written_and_nobody_has_read_is_counted_and_not_quoted() -> None:
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict(), name="李督导")
    write(make_sharer(make_committee()), title="作业之前")
    assert "邻家妈妈的经验待审阅：1" in letters()["李督导"]
    assert "作业之前" not in letters()["李督导"]
    page = page_of(supervisor)
    assert "作业之前" in page
    assert reverse("mentoring:waiting_notes") in page


def test_a_quiet_week_says_so_in_one_warm_line() -> None:
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict(), name="李督导")
    body = letters()["李督导"]
    assert len(body.splitlines()) == 2
    assert "谢谢" in body
    assert "谢谢" in page_of(supervisor)


def test_two_workers_on_monday_and_a_late_one_on_thursday_write_one_message_and_the_next_week_another(
    run_jobs: Callable[[], int],
) -> None:
    make_officer(Role.SUPERVISOR, make_subdistrict())
    for _worker in range(2):
        enqueue(jobs.write_week_letters)
    assert run_jobs() == 2
    letters(TODAY + DAY)
    assert Message.objects.filter(about="week").count() == 1
    letters(TODAY + 7 * DAY)
    assert Message.objects.filter(about="week").count() == 2


def test_the_job_comes_on_mondays_at_eight_in_shanghai() -> None:
    cron = jobs.write_week_letters.cron
    assert next_moment(cron, after=NOW) == datetime(2026, 11, 30, 0, 0, tzinfo=UTC)


def test_whoever_stands_in_finds_the_absent_ones_unit_marked_and_nobody_next_door_does() -> None:
    here, next_door = make_subdistrict(name="控江路街道"), make_subdistrict("310110013", name="四平路街道")
    supervisor = make_officer(Role.SUPERVISOR, here, name="李督导")
    make_officer(Role.SUPERVISOR, next_door, name="邻督导")
    make_officer(Role.DISTRICT_OFFICER, make_district(), name="区专员")
    child = make_child(risk=RiskLevel.HIGH, opened_on=TODAY - 34 * DAY)
    assert set(letters()) == {"李督导", "邻督导"}
    away(supervisor)
    found = letters(TODAY + 7 * DAY - DAY * 7)
    assert child.reference in found["区专员"]
    assert "李督导" in found["区专员"]
    assert child.reference in found["李督导"]
    assert child.reference not in found["邻督导"]


def test_two_supervisors_of_one_unit_hear_once_each_and_the_one_who_is_there_is_told_that_she_stands_in() -> None:
    first, _second = (make_officer(Role.SUPERVISOR, make_subdistrict(), name=name) for name in ("李督导", "赵督导"))
    away(first)
    bodies = letters()
    assert "李督导" in bodies["赵督导"]
    assert Message.objects.filter(about="week").count() == 2


def test_a_district_officer_looks_at_one_sub_district_and_a_supervisor_at_no_other() -> None:
    first, second = make_subdistrict(name="控江路街道"), make_subdistrict("310110013", name="四平路街道")
    make_child("陈一", risk=RiskLevel.HIGH, opened_on=TODAY - 34 * DAY)
    other = make_child("陈二", unit=make_committee("310110013001"), risk=RiskLevel.HIGH, opened_on=TODAY - 34 * DAY)
    officer = make_officer(Role.DISTRICT_OFFICER, make_district())
    assert other.reference in page_of(officer)
    assert other.reference not in page_of(officer, unit=first.code)
    supervisor = make_officer(Role.SUPERVISOR, first)
    assert other.reference not in page_of(supervisor)
    assert signed_in(supervisor).get(reverse("week"), {"unit": second.code}).status_code == 404


def test_the_page_takes_as_many_queries_for_many_as_for_few() -> None:
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict())
    client, counts = signed_in(supervisor), []
    client.get(reverse("week"))  # the first page of a sign-in reads more
    for _time in range(3):
        for _child in range(4):
            make_child(risk=RiskLevel.HIGH, opened_on=TODAY - 34 * DAY)
            make_mentor(vetted_on=TODAY - 350 * DAY)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("week"))
        counts.append(len(queries))
    assert counts[0] == counts[-1] <= 36


def test_new_silences_are_told_to_whoever_works_there_once_with_references_only(run_jobs: Callable[[], int]) -> None:
    worker = make_officer(Role.WORKER, make_committee(), name="王小芳")
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict())
    child = make_child("欧阳明珠", risk=RiskLevel.HIGH, opened_on=TODAY - 8 * DAY)
    for _time in range(2):
        enqueue(jobs.tell_new_silences)
        assert run_jobs() == 1
    told = Message.objects.get(about="silence")
    assert told.user_id == worker.pk
    assert child.reference in told.body
    assert "欧阳明珠" not in told.body
    away(worker)
    again = make_child(risk=RiskLevel.HIGH, opened_on=TODAY - 9 * DAY)
    enqueue(jobs.tell_new_silences)
    assert run_jobs() == 1
    assert again.reference in Message.objects.get(about="silence", user=supervisor).body


@pytest.mark.parametrize("seed", range(6))
def test_list_message_home_page_and_figure_always_agree(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Random histories of many files in two sub-districts, held against the definition said in plain words."""
    monkeypatch.setattr(home_figures, "RULE", None)
    random = Random(seed)
    streets = [make_subdistrict(), make_subdistrict("310110013", name="四平路街道")]
    committees = [make_committee(f"{street.code}001", subdistrict=street) for street in streets]
    supervisor = make_officer(Role.SUPERVISOR, streets[0], name="李督导")
    silent = {street.path: set[str]() for street in streets}
    for _number in range(25):
        committee = random.choice(committees)
        level = random.choice(list(RiskLevel))
        opened = TODAY - random.randrange(100) * DAY
        case = make_child(unit=committee, risk=level, opened_on=opened)
        last = _live_through(case, opened, random)
        is_open = random.random() < 0.85
        state = {} if is_open else {"state": CaseState.CLOSED, "closed_on": TODAY}
        Case.objects.filter(pk=case.pk).update(last_contact_on=last, **state)
        if is_open and (TODAY - (last or opened)).days > SILENCE_DAYS[level]:
            silent[committee.path.rsplit("/", 2)[0] + "/"].add(case.reference)
    here = silent[streets[0].path]
    actor = actor_of(supervisor)
    assert _in_ledger(supervisor, len(here))
    assert sum(group.count for group in read_todo_list(actor, on=TODAY).groups if group.key in SILENT) == len(here)
    told = set(re.findall(r"C\d{6}", "\n".join(line for line in letters()["李督导"].splitlines() if "联系" in line)))
    assert told == here
    page = page_of(supervisor)
    assert {reference for reference in here | silent[streets[1].path] if reference in page} == here
    leader = make_officer(Role.LEADER)
    assert _figure(actor_of(leader)) == sum(map(len, silent.values()))


def _live_through(case: Case, opened: date, random: Random) -> date | None:
    """Contacts made, attempted and withdrawn; the day of the last that counts."""
    last = None
    for _contact in range(random.randrange(4)):
        day = opened + random.randrange((TODAY - opened).days + 1) * DAY
        is_made, is_withdrawn = random.random() < 0.7, random.random() < 0.3
        ServiceRecord.objects.create(
            case=case, kind=ServiceKind.PHONE_CALL, happened_on=day, recorded_at=NOW,
            outcome=ContactOutcome.MADE if is_made else ContactOutcome.ATTEMPTED,
            withdrawn_at=NOW if is_withdrawn else None,
        )  # fmt: skip
        if is_made and not is_withdrawn:
            last = max(day, last or day)
    return last


def _in_ledger(user: User, count: int) -> bool:
    response = signed_in(user).get(reverse("mentoring:children"), {"silent": "yes"})
    return len(response.context["page"].rows) == count


def _figure(actor: Actor) -> int | None:
    _waiting, silent = home_figures.read_figures(actor, on=TODAY).live
    return silent.number


def test_a_title_that_begins_with_its_number_is_not_numbered_again() -> None:
    assert WeekLine("W000001", ToDo("W000001 · 没来上学", "/")).is_named_by_reference
    assert not WeekLine("M000144", ToDo("孙桂慧", "/")).is_named_by_reference
    assert not WeekLine("", ToDo("孙桂慧", "/")).is_named_by_reference
