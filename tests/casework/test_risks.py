"""Raising the level of risk takes effect at once; lowering needs a second person."""

import pytest

from sunward.casework.actions import assess_risk, confirm_lowering, decline_lowering
from sunward.casework.enums import AssessmentState, RiskLevel
from sunward.core.refusals import Conflict, NotAllowed, NotThere, Refusal
from sunward.ledger.models import Fact
from tests import factories as make

pytestmark = pytest.mark.django_db


def _actor():
    return make.actor_of(make.make_officer())


def _assess(actor, case, level, **more):
    return assess_risk(
        actor=actor, case_id=case.uid, level=level, on=make.TODAY, now=make.NOW, **({"reason": "家访所见"} | more)
    )


def _level(case):
    case.refresh_from_db()
    return case.risk_level


def test_raising_takes_effect_at_once():
    case = make.make_child(risk=RiskLevel.LOW)

    assessment = _assess(_actor(), case, RiskLevel.HIGH)

    assert _level(case) == RiskLevel.HIGH
    assert assessment.state == AssessmentState.IN_FORCE
    assert Fact.objects.get(kind="casework.risk_raised").attributes == {"programme": "mentoring", "level": 3}


def test_nothing_is_assessed_without_a_reason():
    case = make.make_child(risk=RiskLevel.LOW)

    with pytest.raises(Refusal, match="reason_missing"):
        _assess(_actor(), case, RiskLevel.HIGH, reason="  ")

    assert _level(case) == RiskLevel.LOW


def test_an_emergency_is_high_whatever_was_ticked():
    case = make.make_child(risk=RiskLevel.MEDIUM)

    _assess(_actor(), case, RiskLevel.LOW, is_emergency=True)

    assert _level(case) == RiskLevel.HIGH


def test_lowering_waits_until_a_second_person_confirms():
    first, second, case = _actor(), _actor(), make.make_child(risk=RiskLevel.HIGH)
    assessment = _assess(first, case, RiskLevel.LOW)
    assert _level(case) == RiskLevel.HIGH

    confirm_lowering(actor=second, case_id=case.uid, assessment_id=assessment.pk, on=make.TODAY, now=make.NOW)

    assessment.refresh_from_db()
    assert _level(case) == RiskLevel.LOW
    assert (assessment.state, assessment.second_by_id) == (AssessmentState.IN_FORCE, second.user_id)


def test_nobody_confirms_what_they_assessed():
    first, case = _actor(), make.make_child(risk=RiskLevel.HIGH)
    assessment = _assess(first, case, RiskLevel.LOW)

    with pytest.raises(NotAllowed, match="second_person"):
        confirm_lowering(actor=first, case_id=case.uid, assessment_id=assessment.pk, on=make.TODAY, now=make.NOW)

    assert _level(case) == RiskLevel.HIGH


def test_declining_leaves_the_level_and_the_proposer_may_take_it_back():
    first, case = _actor(), make.make_child(risk=RiskLevel.HIGH)
    assessment = _assess(first, case, RiskLevel.LOW)

    decline_lowering(actor=first, case_id=case.uid, assessment_id=assessment.pk, on=make.TODAY, now=make.NOW)

    assessment.refresh_from_db()
    assert (_level(case), assessment.state, assessment.second_by_id) == (RiskLevel.HIGH, AssessmentState.DECLINED, None)


def test_what_was_decided_is_not_decided_again():
    case = make.make_child(risk=RiskLevel.HIGH)
    assessment = _assess(_actor(), case, RiskLevel.LOW)
    decline_lowering(actor=_actor(), case_id=case.uid, assessment_id=assessment.pk, on=make.TODAY, now=make.NOW)

    with pytest.raises(NotThere):
        confirm_lowering(actor=_actor(), case_id=case.uid, assessment_id=assessment.pk, on=make.TODAY, now=make.NOW)


def test_only_one_lowering_waits_at_a_time():
    case = make.make_child(risk=RiskLevel.HIGH)
    _assess(_actor(), case, RiskLevel.MEDIUM)

    with pytest.raises(Conflict, match="lowering_waits"):
        _assess(_actor(), case, RiskLevel.LOW)


def test_a_raise_overtakes_the_lowering_that_waits():
    case = make.make_child(risk=RiskLevel.MEDIUM)
    waiting = _assess(_actor(), case, RiskLevel.LOW)

    _assess(_actor(), case, RiskLevel.HIGH)

    waiting.refresh_from_db()
    assert waiting.state == AssessmentState.DECLINED
    with pytest.raises(NotThere):
        confirm_lowering(actor=_actor(), case_id=case.uid, assessment_id=waiting.pk, on=make.TODAY, now=make.NOW)


def test_a_lowering_is_not_confirmed_through_another_childs_file():
    case, other = make.make_child(risk=RiskLevel.HIGH), make.make_child(risk=RiskLevel.HIGH)
    assessment = _assess(_actor(), case, RiskLevel.LOW)

    with pytest.raises(NotThere):
        confirm_lowering(actor=_actor(), case_id=other.uid, assessment_id=assessment.pk, on=make.TODAY, now=make.NOW)
