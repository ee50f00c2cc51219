"""An urgent worry that nobody takes up comes to whoever is reached instead, then to the district."""

from datetime import timedelta

import pytest

from sunward.accounts.enums import Role
from sunward.accounts.models import Absence
from sunward.core import clock
from sunward.ledger.queries import standing_facts
from sunward.outreach.models import Message
from sunward.safeguarding.actions import triage
from sunward.safeguarding.actions.worry_clock import climb_worry
from sunward.safeguarding.enums import WorryStepKind
from sunward.safeguarding.queries.due import list_due_worries
from sunward.safeguarding.rules import WORRY_AGAIN, WORRY_WAITS
from tests import factories
from tests.factories import NOW, TODAY
from tests.safeguarding.arrangements import supervisor_of, worry_of

pytestmark = pytest.mark.django_db
WHEN = {"on": TODAY, "now": NOW}
WAIT = WORRY_WAITS[0]
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _a_day_that_does_not_pass(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def here():
    return factories.make_committee()


@pytest.fixture
def worker(here):
    return factories.actor_of(factories.make_officer(Role.WORKER, here))


@pytest.fixture
def supervisor(here):
    return supervisor_of("310110012", name="督导甲")


@pytest.fixture
def officer(here):
    return factories.actor_of(factories.make_officer(name="区甲"))


def climb_at(now):
    """What the job of the minute does."""
    return [climb_worry(worry_pk=pk, now=now) for pk in list_due_worries(now=now)]


def heard(actor, worry):
    return Message.objects.filter(user_id=actor.user_id, reference=worry.reference).count()


def test_untaken_it_comes_to_the_district_and_then_to_all_again_until_somebody_takes_it(
    here, worker, supervisor, officer
):
    worry = worry_of(worker, here, is_urgent=True)
    assert (heard(supervisor, worry), heard(officer, worry)) == (1, 0)
    assert climb_at(NOW + WAIT - MINUTE) == []
    assert climb_at(NOW + WAIT) == [True]
    assert climb_at(NOW + WAIT) == [], "another worker, a second later"
    assert (heard(supervisor, worry), heard(officer, worry)) == (1, 1)
    climb_at(NOW + 2 * WAIT)
    assert (heard(supervisor, worry), heard(officer, worry)) == (2, 2), "nobody new stands higher: all of them"
    climb_at(NOW + 2 * WAIT + WORRY_AGAIN)
    assert (heard(supervisor, worry), heard(officer, worry)) == (3, 3)
    triage.take_up(actor=officer, worry_id=worry.uid, **WHEN)
    assert climb_at(NOW + timedelta(days=1)) == []
    assert worry.steps.filter(kind=WorryStepKind.CLIMBED, by=None).count() == 3
    assert standing_facts().filter(kind="safeguarding.worry_climbed", subject_id=worry.pk).count() == 3


def test_who_stands_in_hears_before_the_district_where_the_supervisor_is_away(here, worker, supervisor, officer):
    """The ladder goes on from whoever was reached in her place."""
    colleague = supervisor_of("310110012", name="督导乙")
    Absence.objects.create(
        user_id=supervisor.user_id, from_on=TODAY, until_on=TODAY + timedelta(days=1), recorded_at=NOW
    )
    worry = worry_of(worker, here, is_urgent=True)
    assert (heard(supervisor, worry), heard(colleague, worry), heard(officer, worry)) == (0, 1, 0)
    climb_at(NOW + WAIT)
    assert (heard(supervisor, worry), heard(colleague, worry), heard(officer, worry)) == (0, 1, 1)


def test_where_everybody_is_away_they_are_told_at_once_all_the_same(here, worker, supervisor, officer):
    for actor in (supervisor, officer):
        Absence.objects.create(
            user_id=actor.user_id, from_on=TODAY, until_on=TODAY + timedelta(days=1), recorded_at=NOW
        )
    worry = worry_of(worker, here, is_urgent=True)
    assert climb_at(NOW) == [True]
    assert (heard(supervisor, worry), heard(officer, worry)) == (1, 1)


def test_a_supervisor_hears_nothing_of_what_she_wrote_herself_but_the_district_does(here, supervisor, officer):
    worry = worry_of(supervisor, here, is_urgent=True)
    climb_at(NOW + WAIT)
    climb_at(NOW + 3 * WAIT)
    assert heard(supervisor, worry) == 0
    assert heard(officer, worry) > 0


@pytest.mark.parametrize("act", ["take_up", "settle", "tie_to_file"])
def test_whoever_does_something_about_it_stops_the_clock(act, here, worker, supervisor, officer):
    worry = worry_of(worker, here, is_urgent=True)
    more = {"settle": {"outcome": "奶奶在家"}, "tie_to_file": {"case_id": factories.make_child(unit=here).uid}}
    getattr(triage, act)(actor=supervisor, worry_id=worry.uid, **more.get(act, {}), **WHEN)
    assert climb_at(NOW + timedelta(days=1)) == []
    if act != "take_up":
        triage.undo(actor=supervisor, worry_id=worry.uid, **WHEN)
    triage.undo(actor=supervisor, worry_id=worry.uid, **WHEN)
    assert climb_at(NOW + WAIT) == [True], "left again, it begins anew"


def test_passed_on_it_climbs_where_it_is_now(here, worker, supervisor, officer):
    there = factories.make_subdistrict("310110019")
    elsewhere = supervisor_of("310110019", name="督导丙")
    worry = worry_of(worker, here, is_urgent=True)
    later = {"on": TODAY, "now": NOW + 10 * MINUTE}
    triage.pass_on(actor=supervisor, worry_id=worry.uid, unit_id=there.pk, words="", **later)
    assert climb_at(NOW + WAIT) == []
    climb_at(NOW + WAIT + 10 * MINUTE)
    assert (heard(elsewhere, worry), heard(supervisor, worry), heard(officer, worry)) == (1, 1, 1)


def test_what_is_not_urgent_does_not_climb(here, worker, supervisor, officer):
    worry_of(worker, here)
    assert climb_at(NOW + timedelta(days=9)) == []


def test_what_is_told_says_no_more_than_the_number(here, worker, supervisor, officer):
    worry = worry_of(worker, here, "闻小远", is_urgent=True, whereabouts="控江路一弄")
    climb_at(NOW + WAIT)
    said = Message.objects.get(user_id=officer.user_id, reference=worry.reference)
    assert "闻小远" not in said.body
    assert "控江路" not in said.body
    assert said.urgent_because
