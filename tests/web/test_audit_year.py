"""The yearly report on access: counted by definition from the record, by number and never by name."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sunward.accounts.auditing import record_act, record_look
from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.access import case_subject
from sunward.casework.enums import GlassReason
from sunward.casework.models import BrokenGlass
from sunward.core import clock
from sunward.web.audit_pages.yearly import YearReport, read_year
from tests.factories import NOW, TODAY, actor_of, give_post, make_child, make_committee, make_officer, make_subdistrict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def counts(report: YearReport, key: str) -> dict[str, int]:
    part = next(part for part in report.parts if part.key == key)
    return {str(line.name): line.count for line in part.lines}


def look(user: User, case, at: datetime, purpose: str = "open") -> None:  # type: ignore[no-untyped-def]
    record_look(
        actor=actor_of(user), code="mentoring.child_opened", now=at, subject=case_subject(case),
        unit_path=case.unit_path, purpose=purpose,
    )  # fmt: skip


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_what_the_report_counts_is_what_somebody_would_count_entry_by_entry() -> None:
    random, auditor = Random(7), make_officer(Role.AUDITOR)
    here, there = (
        make_committee(),
        make_committee("310110013001", subdistrict=make_subdistrict("310110013", name="四平")),
    )
    workers = [make_officer(Role.WORKER, unit, name=f"工{unit.code[-4:]}") for unit in (here, there)]
    cases = [make_child(unit=unit) for unit in (here, here, there)]
    for _look in range(80):
        at = datetime(2025, 11, 1, 12, tzinfo=UTC) + timedelta(minutes=random.randrange(550_000))
        look(random.choice(workers), random.choice(cases), at, random.choice(["open", "report"]))
    report = read_year(actor_of(auditor), 2026)
    looks = [
        (entry, timezone.localtime(entry.at))
        for entry in AuditEntry.objects.filter(kind="look")
        if timezone.localtime(entry.at).year == 2026
    ]
    assert report.looks == len(looks) < 80
    outside = [entry for entry, at in looks if not 7 <= at.hour < 20 or at.isoweekday() > 5]
    assert report.outside == len(outside) > 0
    assert counts(report, "outside") == Counter(entry.actor_name for entry in outside)
    assert counts(report, "months") == Counter(f"{at:%Y-%m}" for _entry, at in looks)
    assert counts(report, "references") == Counter(f"C{entry.subject_id:06d}" for entry, _at in looks)
    assert sum(counts(report, "units").values()) == sum(counts(report, "purposes").values()) == len(looks)
    assert counts(report, "units")["四平"] == len([entry for entry, _at in looks if "310110013" in entry.unit_path])


def test_a_look_counts_for_the_post_held_on_its_day() -> None:
    user, case = make_officer(Role.WORKER, make_committee()), make_child(unit=make_committee())
    user.assignments.update(until_on=date(2026, 6, 1))
    give_post(user, Role.SUPERVISOR, make_subdistrict(), from_on=date(2026, 6, 1))
    for month in (5, 6, 7):
        look(user, case, datetime(2026, month, 1, 3, tzinfo=UTC))
    found = counts(read_year(actor_of(make_officer(Role.AUDITOR)), 2026), "roles")
    assert sorted(found.values()) == [1, 2]


def test_exports_and_files_opened_in_need_are_in_it_and_another_district_is_not() -> None:
    auditor, case, worker = make_officer(Role.AUDITOR), make_child(unit=make_committee()), make_officer()
    record_act(actor=actor_of(worker), code="mentoring.children_exported", now=NOW, unit_path=case.unit_path)
    record_act(actor=actor_of(worker), code="mentoring.children_exported", now=NOW, unit_path="/310109/")
    BrokenGlass.objects.create(
        case=case, user=worker, reason=GlassReason.DANGER, words="呼救", opened_at=NOW, unit_path=case.unit_path,
        until_at=NOW + timedelta(hours=1), is_justified=True, reviewed_at=NOW,
    )  # fmt: skip
    report = read_year(actor_of(auditor), 2026)
    assert list(counts(report, "exports").values()) == [1]
    assert list(counts(report, "glass").values()) == [1]
    assert read_year(actor_of(worker), 2026).acts == 0


def test_the_page_and_its_table_name_no_child_and_take_few_queries() -> None:
    auditor, case = make_officer(Role.AUDITOR), make_child("欧阳明珠", unit=make_committee())
    worker = make_officer(Role.WORKER, make_committee(), name="=王小芳")
    look(worker, case, datetime(2026, 11, 22, 3, tzinfo=UTC))
    client = signed_in(auditor)
    page = client.get(reverse("audit:year")).content.decode()
    assert case.reference in page
    assert "欧阳明珠" not in page
    table = client.get(reverse("audit:year_table"), {"year": "2026"}).content.decode()
    rows = list(csv.reader(StringIO(table.removeprefix("\ufeff"))))
    assert [row[1] for row in rows if "王小芳" in row[1]] == ["'=王小芳"]
    assert "欧阳明珠" not in table
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("audit:year"), {"year": "²"})
    assert len(queries) <= 22
