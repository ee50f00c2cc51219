"""The home of those who see no person: the leader's figures, and the state of the record for whoever watches."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.accounts.models import User
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.web import home_figures
from sunward.web.home_figures import read_figures
from sunward.web.home_watch import read_chain_status
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    make_child,
    make_committee,
    make_district,
    make_match,
    make_mentor,
    make_officer,
    make_subdistrict,
)
from tests.figures.published.builders import told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cache.clear()


def home_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


# The leader's figures.


def leader() -> User:
    return make_officer(Role.LEADER)


def make_many(number: int, code: str) -> list[Case]:
    unit = make_committee(f"{code}001", name="居委", subdistrict=make_subdistrict(code, name=f"街道{code[-3:]}"))
    return [make_child(unit=unit) for _number in range(number)]


def live(user: User) -> list[int | None]:
    return [count.number for count in read_figures(actor_of(user), on=TODAY).live]


def test_who_waits_and_who_is_silent_is_told_of_the_district_rounded_and_not_while_it_is_small() -> None:
    cases = make_many(24, "310110012") + make_many(5, "310110019")
    for case in cases[:12]:
        make_match(case, make_mentor())
    Case.objects.filter(pk__in=[case.pk for case in cases[:9]]).update(opened_on=TODAY - 200 * DAY)
    assert live(leader()) == [15, None], "seventeen wait, nine are silent"


def test_a_leader_of_a_sub_district_is_told_nothing_live() -> None:
    """Whoever is silent there is a child there: it would bound what is hidden of another."""
    make_many(30, "310110012")
    assert live(make_officer(Role.LEADER, make_subdistrict("310110012"))) == []


def test_the_home_shows_what_was_published_and_nothing_else_of_a_sub_district() -> None:
    make_many(30, "310110012")
    street = make_subdistrict("310110012")
    assert "还没有公布过数字" in home_of(make_officer(Role.LEADER, street))
    told("mentoring.visits_made", street, 45)
    page = home_of(make_officer(Role.LEADER, street))
    assert ">45<" in page.replace("\n", "")
    assert ">30<" not in page.replace("\n", "")


def test_the_leaders_home_takes_as_many_queries_for_twelve_units_as_for_one() -> None:
    actor, asked = actor_of(leader()), []
    for codes in (["310110012"], [f"3101100{place}" for place in range(20, 31)]):
        for code in codes:
            make_many(2, code)
            told("mentoring.visits_made", make_subdistrict(code), 45)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            read_figures(actor, on=TODAY)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12


# Those who watch.


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_the_auditor_and_the_administrator_see_whether_the_record_is_unbroken(role: Role) -> None:
    watcher = make_officer(role)
    for _entry in range(3):
        record_act(actor=actor_of(watcher), code="test.act", now=NOW)
    page = home_of(watcher)
    assert "完整" in page
    assert "有断点" not in page


@pytest.mark.parametrize("harm", ["changed", "cut_off"])
def test_a_record_that_was_tampered_with_is_said_to_be_broken(harm: str) -> None:
    watcher = make_officer(Role.AUDITOR)
    for _entry in range(3):
        record_act(actor=actor_of(watcher), code="test.act", now=NOW)
    assert read_chain_status().is_intact
    _lift_triggers()
    last = AuditEntry.objects.order_by("-number")
    if harm == "changed":
        AuditEntry.objects.filter(pk=last[1].pk).update(code="test.other")
    else:
        last[0].delete()
    assert not read_chain_status().is_intact
    assert "有断点" in home_of(watcher)


def _lift_triggers() -> None:
    """What somebody with the database's own password could do."""
    table = AuditEntry._meta.db_table
    names = [f"{table}_append_only"] if connection.vendor == "postgresql" else [
        f"{table}_append_only_update", f"{table}_append_only_delete",
    ]  # fmt: skip
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}{on}")


def test_an_empty_record_is_unbroken() -> None:
    assert read_chain_status().is_intact


def test_who_waits_is_hidden_where_few_of_all_open_files_do_not(monkeypatch):
    """Of files that a bulletin tells everybody would know the few with somebody of their own."""
    leader = actor_of(make_officer(Role.LEADER, make_district()))
    for open_files, waiting in ((120, None), (130, 115)):
        rows = [SimpleNamespace(count=lambda number=number: number) for number in (115, 20, open_files)]
        monkeypatch.setattr(home_figures, "_sources", lambda paths, on, rows=rows: rows)
        cache.clear()
        assert [one.number for one in read_figures(leader, on=TODAY).live] == [waiting, 20]
