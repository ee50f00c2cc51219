"""The home of those who see no person: the leader's figures, and the state of the record for whoever watches."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.accounts.auditing import record_act
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, User
from sunward.audit.models import AuditEntry
from sunward.casework.models import Case
from sunward.core import clock
from sunward.figures.disclosure.attack import attack
from sunward.figures.disclosure.rules import IN_HOUSE
from sunward.mentoring.enums import MatchState
from sunward.web import home_figures
from sunward.web.home_figures import _shown, home_system, read_figures
from sunward.web.home_watch import read_chain_status
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
    make_unit,
)

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


def cells(user: User) -> dict[str, list[int | None]]:
    return {str(row.name): [cell.number for cell in row.cells] for row in read_figures(actor_of(user), on=TODAY).rows}


def test_the_figures_count_files_and_matches_by_sub_district() -> None:
    first, second = make_many(12, "310110012"), make_many(9, "310110019")
    for case in first[:6]:
        make_match(case, make_mentor())
    make_match(first[6], make_mentor(), state=MatchState.PROPOSED)
    make_match(first[7], make_mentor(), state=MatchState.CLOSED)
    for case in second[:5]:
        make_match(case, make_mentor(), state=MatchState.PAUSED)
    # Four wait in the second: hidden, and all together with them, lest nine less the five of the first betray the four.
    # So are those who have somebody: nine less five would be the four.
    assert cells(leader()) == {
        "街道012": [12, None, 5, 0], "街道019": [9, None, None, 0], "合计": [21, 11, None, 0],
    }  # fmt: skip


def test_nothing_stands_there_that_bulletins_publish_to_the_same_leaders() -> None:
    """What is hidden here could be reckoned from what is told there."""
    assert [key for key, _label in home_figures.COLUMNS] == ["children", "with_mentor", "waiting", "silent"]


def test_what_is_hidden_in_a_district_does_not_depend_on_who_asks_for_another_as_well() -> None:
    for number, code in ((2, "310110012"), (7, "310110019")):
        make_many(number, code)
    street = make_unit("310104003", parent=make_unit("310104"), name="徐家汇路")
    for _number in range(3):
        make_child(unit=street)
    both = leader()
    Assignment.objects.create(user=both, role=Role.LEADER, unit=street, from_on=TODAY - DAY)
    alone = cells(leader())
    total = alone.pop("合计")
    assert None in (alone["街道019"][0], total[0]), "two are hidden, or the second is told by the rest"
    told = cells(both)
    assert {name: row for name, row in told.items() if name in alone} == alone
    assert told.keys() == {*alone, "徐家汇路"}


def test_the_leaders_page_names_nobody_and_opens_nobody() -> None:
    case = make_many(6, "310110012")[0]
    match = make_match(case, make_mentor("王阿姨"))
    page = home_of(leader())
    assert not [text for text in (case.person.name, "王阿姨", str(case.uid), str(match.uid)) if text in page]
    assert "已隐藏" in page


def test_a_leader_of_a_sub_district_sees_its_figures_only() -> None:
    make_many(6, "310110012")
    make_many(8, "310110019")
    assert list(cells(make_officer(Role.LEADER, make_subdistrict("310110012")))) == ["街道012"]


HOMES = st.lists(
    st.integers(0, 25).flatmap(
        lambda files: st.tuples(st.just(files), st.integers(0, files), st.integers(0, files))
    ).flatmap(lambda row: st.tuples(*map(st.just, row), st.integers(0, row[0] - row[1]))),
    min_size=1, max_size=4,
)  # fmt: skip


def columns(rows: list[tuple[int, ...]]) -> dict[str, list[int]]:
    """Of each unit: files, with somebody, silent, waiting."""
    files, with_mentor, silent, waiting = (list(column) for column in zip(*rows, strict=True))
    return {"children": files, "with_mentor": with_mentor, "waiting": waiting, "silent": silent}


@settings(max_examples=8, deadline=None)
@given(HOMES)
def test_whoever_reckons_with_all_of_the_page_learns_no_small_number(rows: list[tuple[int, ...]]) -> None:
    """By the attack, which shares nothing with what hides: each small number could be anything from none to five."""
    counts = columns(rows)
    shown, system = _shown(counts), home_system(counts)
    published = {
        (key, unit): number for key, column in shown.items() for unit, number in enumerate(column) if number is not None
    }
    small = [key for key, cell in system.cells.items() if cell.reach]
    assert not set(small) & published.keys()
    for lowest, highest in attack(published, system.equations, asked=small).values():
        assert lowest == 0
        assert highest is None or highest >= IN_HOUSE.threshold


def test_zeros_and_large_numbers_are_told_and_a_lone_small_one_takes_the_least_with_it() -> None:
    counts = columns([(20, 10, 0, 5), (30, 15, 3, 5), (40, 20, 9, 5), (50, 25, 30, 5)])
    shown = _shown(counts)
    assert shown["children"] == [20, 30, 40, 50, 140]
    assert shown["silent"] == [0, None, None, 30, 42]


def test_a_page_of_which_no_solver_is_sure_tells_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(*_args: Any, **_said: Any) -> None:
        raise ArithmeticError

    monkeypatch.setattr(home_figures, "protect", unsure)
    assert set(_shown(columns([(20, 10, 0, 5)]))["children"]) == {None}


def test_two_leaders_who_lay_their_pages_together_see_what_one_of_them_sees() -> None:
    make_many(12, "310110012")
    make_many(3, "310110019")
    make_many(9, "310110020")
    district, street = cells(leader()), cells(make_officer(Role.LEADER, make_subdistrict("310110020")))
    assert district["街道019"][0] is district["街道020"][0] is None
    assert street == {"街道020": district["街道020"]}


def test_the_figures_take_five_queries_whatever_their_size() -> None:
    for code in ("310110012", "310110019", "310110020"):
        make_many(3, code)
    actor = actor_of(leader())
    with CaptureQueriesContext(connection) as queries:
        read_figures(actor, on=TODAY)
    assert len(queries) == 5


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
