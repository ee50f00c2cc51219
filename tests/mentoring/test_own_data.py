"""A copy of what is kept about somebody: what is theirs is in it, what others said is not; and it says so, and why."""

from datetime import time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.casework.actions import record_service
from sunward.casework.enums import ContactOutcome, RiskLevel, ServiceKind
from sunward.casework.models import Case
from sunward.core import clock
from sunward.core.workbooks import write_workbook
from sunward.mentoring.enums import CORRECTION
from sunward.mentoring.models import FamilyRefusal, MentorApplication
from sunward.mentoring.queries.child_file import purpose_word, read_looks
from sunward.mentoring.queries.own_data import list_child_sheets, list_mentor_sheets, list_requesters
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_match,
    make_mentor,
    make_officer,
    make_person,
)
from tests.mentoring.tutoring_arrangements import make_student

pytestmark = pytest.mark.django_db
# None of this is the child's own: who said something, what was thought of it, who else is known.
FORBIDDEN = ("梅阿姨", "王小芳", "悄悄话", "疑似家暴", "欧阳外婆", "欧阳小弟")


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def make_file() -> Case:
    unit = make_committee()
    case = make_child("欧阳明珠", unit=unit)
    worker = make_officer(Role.WORKER, unit, name="王小芳")
    case.person.address, case.person.phone = "控江路一千号", "+8613800001234"
    case.person.save()
    guardian = make_person("欧阳外婆", unit=unit)
    case.person.guardianships.create(guardian=guardian, relation="外婆", from_on=TODAY - timedelta(days=9))
    case.assessments.create(level=RiskLevel.LOW, reason="疑似家暴", assessed_on=TODAY)
    case.follow_ups.create(kind="call", note="欧阳小弟", due_on=TODAY, role=Role.WORKER)
    record_service(
        actor=actor_of(worker), case_id=case.uid, kind=ServiceKind.HOME_VISIT, happened_on=TODAY, minutes=40,
        outcome=ContactOutcome.MADE, on=TODAY, now=NOW, note="悄悄话",
    )  # fmt: skip
    make_match(case, make_mentor("梅阿姨", unit=unit))
    return Case.objects.select_related("person__unit", "child").get(pk=case.pk)


def read(content: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def words(book: dict[str, list[list[Any]]]) -> str:
    return "\n".join(str(value) for rows in book.values() for row in rows for value in row if value is not None)


def signed_in(case: Case) -> Client:
    client = Client()
    client.force_login(make_officer(Role.WORKER, case.unit), backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": NOW.timestamp() + 10**9}]
    session.save()
    return client


def test_theirs_is_in_it_and_other_peoples_is_not_and_what_is_left_out_is_said() -> None:
    case = make_file()
    said = words(read(write_workbook(list_child_sheets(case, on=TODAY))))
    for own in ("欧阳明珠", "控江路一千号", "+8613800001234", case.person.id_number, case.reference):
        assert own in said
    assert [word for word in FORBIDDEN if word in said] == []
    assert len(list_child_sheets(case, on=TODAY)[-1].rows) == 4  # type: ignore[arg-type]


def test_a_mentor_gets_hers_without_any_child_s_name() -> None:
    case = make_file()
    mentor = case.matches.get().mentor
    said = words(read(write_workbook(list_mentor_sheets(mentor, on=TODAY))))
    assert "梅阿姨" in said
    assert case.reference in said
    assert "欧阳明珠" not in said


def test_what_a_volunteer_wrote_when_she_applied_her_certificates_and_her_tutoring_are_in_it() -> None:
    student = make_student("林知夏")
    case = make_file()
    case.tutorings.create(
        mentor=student, unit_path=case.unit_path, state="running", weekday=5, begins=time(14, 30), proposed_on=TODAY,
        running_from_on=TODAY - timedelta(days=3), term_until_on=TODAY, helpful="欧阳小弟", student_agreed_on=TODAY, link="https://meeting.example.org/1",
    )  # fmt: skip
    MentorApplication.objects.create(
        mentor=student, name="林知夏", phone="+8613800007777", unit=case.unit, unit_path=case.unit_path,
        state="accepted", applied_at=NOW, motive="想陪陪孩子",
    )  # fmt: skip
    student.certificates.create(
        number="V2026-000001", from_on=TODAY, until_on=TODAY, visits=4, minutes=240, code_index="x", issued_at=NOW,
        issued_by_id=1, code="ABCDE-FGHJK", content={},
    )  # fmt: skip
    hers = words(read(write_workbook(list_mentor_sheets(student, on=TODAY))))
    for own in ("想陪陪孩子", "+8613800007777", "V2026-000001", case.tutorings.get().reference):
        assert own in hers
    # The code is for whoever holds the paper; the child's name and file are not hers to have.
    assert [word for word in (*FORBIDDEN, "ABCDE", "欧阳明珠", case.reference) if word in hers] == []
    childs = words(read(write_workbook(list_child_sheets(case, on=TODAY))))
    assert str(TODAY - timedelta(days=3)) in childs
    assert "林知夏" not in childs


def test_a_guardian_who_was_refused_is_not_among_those_who_may_ask() -> None:
    case = make_file()
    guardian = case.person.guardianships.get().guardian
    assert [name for _key, name in list_requesters(case, on=TODAY)] == ["欧阳外婆 · 外婆", "欧阳明珠"]
    FamilyRefusal.objects.create(case=case, guardian=guardian, words="不安全", decided_at=NOW, decided_by_id=1)
    assert [name for _key, name in list_requesters(case, on=TODAY)] == ["欧阳明珠"]


def test_whoever_is_of_age_asks_alone() -> None:
    case = make_file()
    case.person.birth_date = TODAY.replace(year=TODAY.year - 18) + timedelta(days=1)
    assert len(list_requesters(case, on=TODAY)) == 2
    assert [key for key, _name in list_requesters(case, on=TODAY + timedelta(days=1))] == ["self"]


def test_that_somebody_called_for_help_or_reported_is_not_told_by_the_looks() -> None:
    case = make_file()
    client = signed_in(case)
    client.post(reverse("safeguarding:call", args=[case.uid]), {"kind": "violence"})
    (emergency,) = case.emergencies.all()
    client.get(reverse("safeguarding:emergency", args=[emergency.uid]))
    client.get(reverse("safeguarding:report_of_emergency", args=[emergency.uid]))
    client.get(reverse("safeguarding:emergency_diary", args=[emergency.uid]))
    # The office itself sees that it was looked at because of an emergency, and not who reported.
    assert {str(look.purpose) for look in read_looks(case, most=50)} == {str(purpose_word("emergency"))}
    (looks,) = (sheet for sheet in list_child_sheets(case, on=TODAY) if sheet.name == gettext("Who has looked"))
    assert {row[2] for row in looks.rows} == {str(purpose_word("open"))}


def test_the_page_asks_how_they_were_known_and_leaves_an_act_and_a_look() -> None:
    case = make_file()
    client, address = signed_in(case), reverse("mentoring:child_own_data", args=[case.uid])
    assert client.get(address).status_code == 200
    assert client.post(address, {"requester": "self"}).status_code == 422
    assert not AuditEntry.objects.filter(code="mentoring.own_data_given").exists()
    answer = client.post(address, {"requester": "self", "checked_by": "document"})
    assert answer.status_code == 200
    assert "欧阳明珠" in words(read(answer.content))
    act = AuditEntry.objects.get(code="mentoring.own_data_given")
    assert (act.subject_id, act.detail) == (case.pk, {"checked_by": "document", "requester": "self"})
    assert AuditEntry.objects.filter(kind="look", subject_id=case.pk).count() == 3


def test_without_the_password_of_just_now_nothing_is_handed_out() -> None:
    case = make_file()
    client = Client()
    officer = make_officer(password="a-long-enough-password")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1}]
    session.save()
    answer = client.post(
        reverse("mentoring:child_own_data", args=[case.uid]), {"requester": "self", "checked_by": "document"}
    )
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


def test_what_they_hold_to_be_wrong_goes_onto_the_list_with_a_day() -> None:
    case = make_file()
    address = reverse("mentoring:child_correction", args=[case.uid])
    assert signed_in(case).post(address, {"words": "生日是五月七日"}).status_code == 302
    task = case.follow_ups.get(kind=CORRECTION)
    assert (task.note, task.due_on) == ("生日是五月七日", TODAY + timedelta(days=15))
    assert signed_in(case).post(address, {"words": " "}).status_code == 422


def test_the_workbook_takes_as_many_queries_for_a_long_file_as_for_a_short_one() -> None:
    case, counts = make_file(), []
    for _time in range(2):
        for _record in range(5):
            case.service_records.create(
                kind=ServiceKind.PHONE_CALL, happened_on=TODAY, outcome=ContactOutcome.MADE, recorded_at=NOW
            )
        with CaptureQueriesContext(connection) as queries:
            write_workbook(list_child_sheets(case, on=TODAY))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8
