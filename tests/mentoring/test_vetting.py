"""Vetting facts are added, never edited; the newest of a kind decides, and a bad one pauses at once."""

from datetime import date, timedelta

import pytest

from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.mentoring.actions.matches import approve_match, resume_match
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.enums import MatchState, VettingKind, VettingResult
from sunward.mentoring.models import Mentor
from sunward.mentoring.pairing.reading import read_mentors
from sunward.mentoring.queries.mentors import with_vetting
from sunward.mentoring.vetting import read_standing
from tests import factories as make
from tests.casework.test_cases import NEAR_MISSES, near_miss
from tests.mentoring.tutoring_arrangements import run_tutoring

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


@pytest.mark.parametrize("kind", VettingKind)
def test_unfit_in_anything_ends_her_access_at_once_and_leads_to_no_other_child(officer, kind):
    mentor = make.make_mentor(capacity=2)
    match = make.make_match(make.make_child(), mentor)

    _record(officer, mentor, kind=kind, result=VettingResult.UNFIT)

    match.refresh_from_db()
    assert (match.state, match.pause_reason) == (MatchState.PAUSED, "vetting_expired")
    assert not _standing(mentor).may_match
    child = make.make_child()
    with pytest.raises(Refusal, match="vetting_not_clear"):
        approve_match(actor=officer, case_id=child.pk, mentor_id=mentor.pk, on=make.TODAY, now=make.NOW)
    with pytest.raises(Refusal, match="vetting_not_clear"):
        resume_match(actor=officer, match_id=match.uid, on=make.TODAY, now=make.NOW)
    (facts,) = read_mentors(Mentor.objects.filter(pk=mentor.pk), on=make.TODAY, elsewhere={})
    assert not facts.is_active
    found = {wanted: with_vetting(Mentor.objects.all(), wanted, on=make.TODAY) for wanted in ("ready", "lacking")}
    assert {wanted: rows.count() for wanted, rows in found.items()} == {"ready": 0, "lacking": 1}


def test_unfit_pauses_a_students_tutoring_in_the_same_breath(officer):
    tutoring = run_tutoring()

    _record(officer, tutoring.mentor, kind=VettingKind.INTERVIEW, result=VettingResult.UNFIT)

    tutoring.refresh_from_db()
    assert (tutoring.state, tutoring.pause_reason) == ("paused", "vetting_expired")
    assert not tutoring.sessions.filter(state="planned", starts_at__gt=make.NOW).exists()


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
