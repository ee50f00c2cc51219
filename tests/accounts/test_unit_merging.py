"""Two units become one: everybody's rows follow, what happened stays, and whoever worked in the old one is out."""

from datetime import timedelta

import pytest
from django.apps import apps

from sunward.accounts.access import read_actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, Unit, UnitSuccession
from sunward.accounts.unit_merging import Merged, merge_units
from sunward.audit.models import AuditEntry
from sunward.core.models import AppendOnly
from sunward.core.refusals import Refusal
from sunward.ledger.actions import NewFact, record_fact
from sunward.ledger.models import Fact
from sunward.mentoring.access import visible_children
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
OLD, NEW = "310110012", "310110016"


@pytest.fixture
def streets():
    return make_subdistrict(OLD), make_subdistrict(NEW, name="五角场街道")


def merge(old=OLD, new=NEW, reason="沪府〔2026〕1号", on=TODAY) -> Merged:
    return merge_units(old_code=old, new_code=new, reason=reason, on=on, now=NOW)


def test_files_and_matches_follow_with_their_committees(streets):
    committee = make_committee("310110012001")
    case = make_child(unit=committee)
    match = make_match(case, make_mentor(unit=committee))
    taking_over = make_officer(Role.SUPERVISOR, streets[1])
    assert not visible_children(actor_of(taking_over)).exists()
    merge()
    assert visible_children(actor_of(taking_over)).get() == case
    committee.refresh_from_db()
    match.refresh_from_db()
    assert committee.path == match.unit_path == f"{streets[1].path}310110012001/"
    assert committee.parent == streets[1]


def test_no_row_that_may_change_is_left_below_the_closed_unit(streets):
    make_match(make_child(unit=make_committee("310110012001")), make_mentor(unit=streets[0]))
    merge()
    models = [model for model in apps.get_models() if hasattr(model, "unit_path") and not issubclass(model, AppendOnly)]
    assert len(models) > 30
    for model in models:
        assert not model._base_manager.filter(unit_path__startswith=streets[0].path).exists(), model
    assert not Unit.objects.filter(path__startswith=streets[0].path).exclude(code=OLD).exists()


def test_what_happened_keeps_the_path_of_its_day_and_the_succession_says_where_it_leads(streets):
    record_fact(
        NewFact(
            kind="mentoring.visit_made", subject_kind="case", subject_id=1, happened_on=TODAY, unit_path=streets[0].path
        ),
        now=NOW,
    )
    merge()
    assert Fact.objects.get().unit_path == streets[0].path
    row = UnitSuccession.objects.get()
    assert (row.old_path, row.new_path, row.on) == (streets[0].path, streets[1].path, TODAY)
    assert AuditEntry.objects.filter(code="accounts.units_merged").count() == 1


def test_who_worked_in_the_old_unit_sees_nothing_of_the_new_one_until_somebody_gives_a_post(streets):
    make_child(unit=make_committee("310110016001", subdistrict=streets[1]))
    user = make_officer(Role.SUPERVISOR, streets[0])
    Assignment.objects.create(user=user, role=Role.WORKER, unit=streets[0], from_on=TODAY + timedelta(days=3))
    today = make_officer(Role.SUPERVISOR, streets[0])
    today.assignments.update(from_on=TODAY)
    assert merge().posts == 3
    assert not read_actor(user, on=TODAY).posts
    assert today.assignments.get().until_on == TODAY + timedelta(days=1)
    assert not visible_children(actor_of(today)).exists()
    assert not read_actor(user, on=TODAY + timedelta(days=9)).posts


def test_who_works_in_a_committee_that_moved_goes_on_there(streets):
    committee = make_committee("310110012001")
    user = make_officer(Role.WORKER, committee)
    case = make_child(unit=committee)
    merge()
    assert visible_children(actor_of(user)).get() == case


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (OLD, OLD, "x"), (OLD, "310110", "x"), (OLD, "310110012001", "x"), (OLD, NEW, "  "), ("999", NEW, "x"),
    ],
    ids=["into itself", "into what is above", "into what is below", "without a reason", "of none"],
)  # fmt: skip
def test_what_is_no_merger_is_refused_and_nothing_moves(streets, old, new, reason):
    committee = make_committee("310110012001")
    with pytest.raises(Refusal):
        merge(old, new, reason)
    committee.refresh_from_db()
    assert committee.path == f"{streets[0].path}310110012001/"


def test_a_unit_that_was_merged_is_not_merged_again(streets):
    merge()
    for pair in ((OLD, NEW), (NEW, OLD)):
        with pytest.raises(Refusal):
            merge(*pair)
