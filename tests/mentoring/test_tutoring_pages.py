"""The pages of tutoring online: what they ask the database for does not grow with what they show."""

from datetime import time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sunward.accounts.models import User
from sunward.core import clock
from sunward.mentoring.actions.tutoring_calendar import plan_sessions
from sunward.mentoring.models import Mentor, Tutoring
from sunward.mentoring.queries.pupils import read_pupil
from sunward.mentoring.queries.tutoring_page import read_tutoring_page
from sunward.mentoring.tutoring.calendar import moment_of
from sunward.mentoring.tutoring.enums import SessionState
from tests.factories import NOW, TODAY, make_officer
from tests.mentoring.tutoring_arrangements import (
    SATURDAY,
    agree,
    consent_to_tutoring,
    make_pupil,
    make_student,
    make_student_user,
    offer,
    run_tutoring,
)

pytestmark = pytest.mark.django_db
OPEN_DOOR = moment_of(SATURDAY, time(14, 30)) + timedelta(minutes=5)


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return make_student_user()


def add_pupils(first: Tutoring, *, hours: tuple[int, ...]) -> None:
    """More pupils of the same student, each at another hour of Saturday, with sessions of their own."""
    for hour in hours:
        case = make_pupil(f"陈小{hour}", unit=first.case.unit)
        Mentor.objects.filter(pk=first.mentor_id).update(capacity=9)
        row = Tutoring.objects.get(pk=first.pk)
        row.pk, row.uid, row.case, row.begins = None, UUID(int=hour), case, time(hour)
        row.save(force_insert=True)
        plan_sessions(row, from_on=SATURDAY)


def asked(client: Client, address: str) -> int:
    client.get(address)  # what is asked once for a session is asked here
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_and_pages_ask_as_much_for_many_as_for_one(client: Client, user: User) -> None:
    tutoring = run_tutoring(user=user)
    officer, student = Client(), client
    officer.force_login(make_officer())
    student.force_login(user)
    pages = [
        (officer, reverse("mentoring:tutorings"), 9),
        (officer, reverse("mentoring:tutoring", args=[tutoring.uid]), 15),
        (officer, reverse("mentoring:student", args=[tutoring.mentor.uid]), 17),
        (student, reverse("home"), 16),
        (student, reverse("mentoring:own_pupil", args=[tutoring.uid]), 14),
    ]
    few = [asked(visitor, address) for visitor, address, _most in pages]
    add_pupils(tutoring, hours=(8, 10, 16, 18))
    assert [asked(visitor, address) for visitor, address, _most in pages] == few
    assert [count for count, (_visitor, _address, most) in zip(few, pages, strict=True) if count > most] == []


def test_a_session_that_runs_is_entered_and_not_yet_told(
    client: Client, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tutoring = run_tutoring(user=user)
    client.force_login(user)
    page = reverse("mentoring:own_pupil", args=[tutoring.uid])
    for now, is_told in ((OPEN_DOOR, False), (OPEN_DOOR + timedelta(hours=1), True)):
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        monkeypatch.setattr(clock, "today", lambda: SATURDAY)
        body = client.get(page).content.decode()
        assert (tutoring.link in body, "还没记录" in body) == (not is_told, is_told)


def test_the_first_session_is_the_next_step_only_once_both_have_said_yes(user: User) -> None:
    case = make_pupil(is_consented=False)
    tutoring = offer(case, make_student("林知夏", user=user))

    def onward() -> list[bool]:
        tutoring.refresh_from_db()
        return [one.is_onward for one in read_tutoring_page(tutoring, on=TODAY, now=NOW).offers]

    assert onward() == [False, False]
    agree(tutoring, user)
    assert onward() == [False, False]
    consent_to_tutoring(case)
    assert onward() == [True, False]


def test_a_session_that_she_missed_is_told_to_the_student_as_hers_and_to_the_office_of_her(user: User) -> None:
    tutoring = run_tutoring(user=user)
    tutoring.sessions.filter(pk=tutoring.sessions.earliest("starts_at").pk).update(state=SessionState.MISSED_BY_STUDENT)
    later = OPEN_DOOR + timedelta(days=1)
    with override("zh-hans"):
        assert [str(one.state) for one in read_pupil(tutoring, on=later.date(), now=later).told] == ["您没来"]
        past = read_tutoring_page(tutoring, on=later.date(), now=later).past
        assert [str(one.state) for one in past] == ["大学生没来"]
