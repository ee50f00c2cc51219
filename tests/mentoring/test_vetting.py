"""Vetting facts are added, never edited; the newest of a kind decides, and a bad one pauses at once."""

from datetime import date, timedelta

import pytest

from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.enums import MatchState, VettingKind, VettingResult
from sunward.mentoring.vetting import read_standing
from tests import factories as make
from tests.casework.test_cases import NEAR_MISSES, near_miss

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer())


def _record(actor, mentor, *, kind=VettingKind.BACKGROUND_CHECK, result=VettingResult.CLEAR, **more):
    return record_vetting(
        actor=actor, mentor_id=mentor.uid, kind=kind, result=result, on=make.TODAY, now=make.NOW,
        **({"happened_on": make.TODAY} | more),
    )  # fmt: skip


def _standing(mentor):
    return read_standing(mentor.vetting_facts.all(), on=make.TODAY)


def test_a_background_check_without_an_end_ends_after_twelve_months(officer):
    fact = _record(officer, make.make_mentor(vetted=False), happened_on=date(2024, 2, 29))

    assert fact.expires_on == date(2025, 3, 1)


def test_a_training_does_not_end(officer):
    assert _record(officer, make.make_mentor(vetted=False), kind=VettingKind.TRAINING).expires_on is None


def test_check_and_training_make_her_ready(officer):
    mentor = make.make_mentor(vetted=False)
    _record(officer, mentor)
    assert not _standing(mentor).may_match

    _record(officer, mentor, kind=VettingKind.TRAINING)

    assert _standing(mentor).may_match
    assert Fact.objects.filter(kind="mentoring.vetting_recorded", subject_id=mentor.pk).count() == 2


def test_unfit_pauses_her_matches_in_the_same_breath(officer):
    mentor = make.make_mentor(capacity=2)
    match = make.make_match(make.make_child(), mentor)

    _record(officer, mentor, result=VettingResult.UNFIT)

    match.refresh_from_db()
    assert match.state == MatchState.PAUSED


def test_a_renewal_pauses_nothing(officer):
    mentor = make.make_mentor()
    match = make.make_match(make.make_child(), mentor)

    _record(officer, mentor)

    match.refresh_from_db()
    assert match.state == MatchState.ACTIVE


def test_an_older_paper_found_later_does_not_overrule_the_newest(officer):
    mentor = make.make_mentor(vetted_on=make.TODAY - timedelta(days=10))

    _record(officer, mentor, result=VettingResult.UNFIT, happened_on=make.TODAY - timedelta(days=100))

    assert _standing(mentor).step(VettingKind.BACKGROUND_CHECK).is_clear


def test_days_that_cannot_be_are_refused(officer):
    mentor = make.make_mentor()

    with pytest.raises(Refusal, match="day_in_future"):
        _record(officer, mentor, happened_on=make.TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="ends_before"):
        _record(officer, mentor, expires_on=make.TODAY)


@pytest.mark.parametrize(("days", "is_flagged"), [(90, True), (91, False), (1, True)])
def test_what_ends_within_ninety_days_is_flagged(officer, days, is_flagged):
    mentor = make.make_mentor(vetted_on=make.TODAY - timedelta(days=400))
    _record(officer, mentor, happened_on=make.TODAY - timedelta(days=300), expires_on=make.TODAY + timedelta(days=days))
    _record(officer, mentor, kind=VettingKind.TRAINING)

    assert _standing(mentor).is_expiring is is_flagged


@pytest.mark.parametrize("who", NEAR_MISSES)
def test_whoever_is_not_in_charge_records_nothing(who):
    mentor = make.make_mentor(unit=make.make_committee())

    with pytest.raises(NotThere):
        _record(near_miss(who), mentor, result=VettingResult.UNFIT)

    assert _standing(mentor).may_match
