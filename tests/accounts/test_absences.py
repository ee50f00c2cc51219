"""Saying that somebody is away: who may, for whom, and what the page and the home page tell."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.absences.actions import LONGEST_DAYS, end_absence, note_absence
from sunward.accounts.enums import AbsenceReason, Role
from sunward.accounts.models import Absence, User
from sunward.audit.models import AuditEntry
from sunward.core import clock
from sunward.core.refusals import Conflict, NotThere, Refusal
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_district,
    make_officer,
    make_subdistrict,
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


def note(who: User, whom: User, *, first: int = 0, back: int = 3) -> Absence:
    return note_absence(
        actor=actor_of(who), user_id=whom.pk, from_on=TODAY + first * DAY, until_on=TODAY + back * DAY,
        reason=AbsenceReason.ILL, on=TODAY, now=NOW,
    )  # fmt: skip


def test_a_supervisor_notes_for_her_workers_and_for_nobody_elses() -> None:
    worker, elsewhere = (make_officer(Role.WORKER, make_committee(code)) for code in ("310110012001", "310110013001"))
    supervisor, other = make_officer(Role.SUPERVISOR, make_subdistrict()), make_officer(Role.MENTOR, make_committee())
    note(supervisor, worker)
    for whom in (elsewhere, other, make_officer(Role.SUPERVISOR, make_subdistrict())):
        with pytest.raises(NotThere):
            note(supervisor, whom)
    with pytest.raises(NotThere):
        note(worker, supervisor)
    note(make_officer(), supervisor)
    assert Absence.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "back", "code"),
    [
        (-1, 3, "accounts.day_passed"),
        (2, 2, "accounts.absence_without_days"),
        (0, LONGEST_DAYS + 1, "accounts.absence_too_long"),
    ],
)
def test_days_that_cannot_be_are_refused_with_a_sentence(first: int, back: int, code: str) -> None:
    worker = make_officer(Role.WORKER, make_committee())
    with pytest.raises(Refusal) as refused:
        note(worker, worker, first=first, back=back)
    assert refused.value.code == code
    assert not Absence.objects.exists()


def test_the_same_days_are_noted_once_and_the_day_of_return_is_free_again() -> None:
    worker = make_officer(Role.WORKER, make_committee())
    note(worker, worker, back=3)
    with pytest.raises(Conflict):
        note(worker, worker, first=2, back=5)
    note(worker, worker, first=3, back=5)


def test_who_comes_back_early_is_there_from_that_day_and_pressing_twice_changes_nothing() -> None:
    worker = make_officer(Role.WORKER, make_committee())
    absence = Absence.objects.create(user=worker, from_on=TODAY - 2 * DAY, until_on=TODAY + DAY, recorded_at=NOW)
    coming = note(worker, worker, first=5, back=6)
    for absence_id in (absence.pk, coming.pk):
        end_absence(actor=actor_of(worker), absence_id=absence_id, on=TODAY, now=NOW)
        with pytest.raises(NotThere):
            end_absence(actor=actor_of(worker), absence_id=absence_id, on=TODAY, now=NOW)
    assert list(Absence.objects.values_list("until_on", flat=True)) == [TODAY]
    assert AuditEntry.objects.filter(code="accounts.absence_ended").count() == 2


def test_the_page_notes_shows_and_ends_and_says_who_is_reached_meanwhile() -> None:
    worker = make_officer(Role.WORKER, make_committee(), name="王小芳")
    make_officer(Role.SUPERVISOR, make_subdistrict(), name="李督导")
    client, address = signed_in(worker), reverse("absences:absences")
    page = client.get(address).content.decode()
    assert "李督导" in page
    said = {"user_id": worker.pk, "from_on": TODAY, "until_on": TODAY + 2 * DAY, "reason": "leave"}
    assert client.post(address, said).status_code == 302
    absence = worker.absences.get()
    assert reverse("absences:absence_end", args=[absence.pk]) in client.get(address).content.decode()
    assert client.post(reverse("absences:absence_end", args=[absence.pk])).status_code == 302
    assert not worker.absences.exists()


def test_the_list_of_whoever_stands_in_holds_what_the_absent_was_to_do_and_says_for_whom() -> None:
    worker = make_officer(Role.WORKER, make_committee(), name="王小芳")
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict())
    case = make_child("陈一", unit=make_committee())
    case.follow_ups.create(kind="call", due_on=TODAY, role=Role.WORKER)
    assert "王小芳" not in signed_in(supervisor).get(reverse("home")).content.decode()
    assert "follow_ups" not in _groups(supervisor)
    note(worker, worker)
    cache.clear()
    assert "王小芳" in signed_in(supervisor).get(reverse("home")).content.decode()
    assert "follow_ups" in _groups(supervisor)
    # The district is not reached as long as the supervisor is there.
    assert "follow_ups" not in _groups(make_officer(Role.DISTRICT_OFFICER, make_district()))


def test_the_page_takes_as_many_queries_for_many_as_for_few() -> None:
    supervisor = make_officer(Role.SUPERVISOR, make_subdistrict())
    client, counts = signed_in(supervisor), []
    for number in range(1, 7):
        worker = make_officer(Role.WORKER, make_committee(f"31011001200{number}"))
        note(supervisor, worker)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("absences:absences"))
        counts.append(len(queries))
    assert counts[1] == counts[-1] <= 14


def _groups(user: User) -> set[str]:
    from sunward.web.home_todo import read_todo_list

    cache.clear()
    return {group.key for group in read_todo_list(actor_of(user), on=TODAY).groups}
