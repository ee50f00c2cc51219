"""An assessment by ticks: what the table says holds, and nobody talks it down alone."""

import pytest

from sunward.casework.actions import assess_by_table, confirm_lowering
from sunward.casework.enums import AssessmentState, RiskLevel
from sunward.casework.models import RiskAssessment
from sunward.casework.risk_tables import Ticks
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.ledger.models import Fact
from tests import factories as make
from tests.casework.small_table import SMALL

pytestmark = pytest.mark.django_db

LOW, MEDIUM, HIGH = RiskLevel
TICKED = {LOW: (), MEDIUM: ("four",), HIGH: ("one", "four")}


@pytest.fixture
def actor():
    return make.actor_of(make.make_officer())


def _assess(actor, case, *indicators, triggers=(), **more):
    ticks = Ticks(SMALL, tuple(indicators), tuple(triggers))
    return assess_by_table(actor=actor, case_id=case.uid, ticks=ticks, on=make.TODAY, now=make.NOW, **more)


def _level(case):
    case.refresh_from_db()
    return case.risk_level


def test_the_ticks_are_reason_enough_and_are_kept_with_their_table(actor):
    case = make.make_child(risk=LOW)

    _assess(actor, case, "one", "four")

    row = RiskAssessment.objects.get()
    assert (row.table, row.indicators, row.triggers, row.score) == ("old", ["four", "one"], [], 5)
    assert _level(case) == HIGH
    assert Fact.objects.get(kind="casework.risk_raised").attributes == {"programme": "mentoring", "level": 3}


def test_a_trigger_is_high_at_once_though_a_low_level_was_chosen(actor):
    case = make.make_child(risk=LOW)

    row = _assess(actor, case, triggers=("now",), level=LOW)

    assert row.is_emergency
    assert row.state == AssessmentState.IN_FORCE
    assert _level(case) == HIGH


@pytest.mark.parametrize("current", RiskLevel)
@pytest.mark.parametrize("proposed", RiskLevel)
@pytest.mark.parametrize("chosen", [None, *RiskLevel])
def test_every_case_of_present_proposed_and_chosen_level(actor, current, proposed, chosen):
    """By definition: the higher of what is and what the table says stands, unless the table itself says lower, which
    a second person confirms; a higher choice stands at once; any choice beside the table's wants a reason.
    """
    case = make.make_child(risk=current)
    wanted = proposed if chosen is None else chosen
    if wanted != proposed or wanted < current:
        with pytest.raises(Refusal, match="reason_missing"):
            _assess(actor, case, *TICKED[proposed], level=chosen)
        assert not RiskAssessment.objects.exists()

    _assess(actor, case, *TICKED[proposed], level=chosen, reason="家访所见")

    stands = max(current, proposed, wanted) if wanted < max(current, proposed) else wanted
    assert _level(case) == stands
    waiting = list(RiskAssessment.objects.filter(state=AssessmentState.PROPOSED).values_list("level", flat=True))
    assert waiting == ([wanted] if wanted < stands else [])


def test_a_level_below_the_tables_own_waits_for_a_second_person(actor):
    case = make.make_child(risk=LOW)
    _assess(actor, case, "one", "four", level=LOW, reason="已有人照料")
    waiting = RiskAssessment.objects.get(state=AssessmentState.PROPOSED)
    assert _level(case) == HIGH
    given = {"case_id": case.uid, "assessment_id": waiting.pk, "on": make.TODAY, "now": make.NOW}

    with pytest.raises(NotAllowed):
        confirm_lowering(actor=actor, **given)
    confirm_lowering(actor=make.actor_of(make.make_officer()), **given)

    assert _level(case) == LOW


def test_a_second_lower_level_is_not_proposed_while_one_waits(actor):
    case = make.make_child(risk=HIGH)
    _assess(actor, case, reason="好转")

    with pytest.raises(Conflict, match="lowering_waits"):
        _assess(actor, case, reason="好转")
