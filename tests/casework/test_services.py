"""Records of contacts, and the one column that repeats them: the day of the last successful contact."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sunward.casework.actions import close_case, record_service, withdraw_service
from sunward.casework.enums import CloseReason, ContactOutcome, RiskLevel, ServiceKind
from sunward.casework.models import SILENCE_DAYS, Case, ServiceRecord
from sunward.core.refusals import NotThere, Refusal
from sunward.ledger.queries import standing_facts
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.actor_of(make.make_officer())


def _record(actor, case, *, days_ago=0, outcome=ContactOutcome.MADE, **more):
    return record_service(
        actor=actor, case_id=case.uid, kind=ServiceKind.HOME_VISIT, happened_on=make.TODAY - timedelta(days=days_ago),
        outcome=outcome, on=make.TODAY, now=make.NOW, **more,
    )  # fmt: skip


def _withdraw(actor, case, record):
    withdraw_service(
        actor=actor, case_id=case.uid, record_id=record.uid, reason="记错了人", on=make.TODAY, now=make.NOW
    )


def test_a_contact_made_ends_the_silence_and_is_a_fact(officer):
    case = make.make_child()

    record = _record(officer, case, days_ago=2, minutes=40)

    case.refresh_from_db()
    assert case.last_contact_on == make.TODAY - timedelta(days=2)
    fact = standing_facts().get(subject_kind="service_record", subject_id=record.pk)
    assert (fact.kind, fact.happened_on, fact.attributes["minutes"]) == (
        "casework.contact_made", make.TODAY - timedelta(days=2), 40,
    )  # fmt: skip


def test_an_attempt_ends_no_silence(officer):
    case = make.make_child()

    _record(officer, case, outcome=ContactOutcome.ATTEMPTED)

    case.refresh_from_db()
    assert case.last_contact_on is None
    assert standing_facts().get(subject_kind="service_record").kind == "casework.contact_attempted"


def test_an_older_visit_written_down_later_does_not_move_the_day_back(officer):
    case = make.make_child()
    _record(officer, case, days_ago=1)

    _record(officer, case, days_ago=9)

    case.refresh_from_db()
    assert case.last_contact_on == make.TODAY - timedelta(days=1)


def test_withdrawing_the_latest_brings_the_day_before_it_back(officer):
    case = make.make_child()
    _record(officer, case, days_ago=9)
    wrong = _record(officer, case, days_ago=1)

    _withdraw(officer, case, wrong)

    case.refresh_from_db()
    assert case.last_contact_on == make.TODAY - timedelta(days=9)
    assert not standing_facts().filter(subject_kind="service_record", subject_id=wrong.pk).exists()
    assert ServiceRecord.objects.get(pk=wrong.pk).withdraw_reason == "记错了人"


def test_a_record_is_withdrawn_once_and_with_a_reason(officer):
    case = make.make_child()
    record = _record(officer, case)

    with pytest.raises(Refusal, match="reason_missing"):
        withdraw_service(actor=officer, case_id=case.uid, record_id=record.uid, reason=" ", on=make.TODAY, now=make.NOW)
    _withdraw(officer, case, record)
    with pytest.raises(NotThere):
        _withdraw(officer, case, record)


def test_a_record_is_not_withdrawn_through_another_childs_file(officer):
    case, other = make.make_child(), make.make_child()
    record = _record(officer, case)

    with pytest.raises(NotThere):
        _withdraw(officer, other, record)


def test_tomorrow_cannot_be_recorded_and_a_day_has_its_minutes(officer):
    case = make.make_child()

    with pytest.raises(Refusal, match="day_in_future"):
        _record(officer, case, days_ago=-1)
    with pytest.raises(Refusal, match="minutes_impossible"):
        _record(officer, case, minutes=1441)
    assert not ServiceRecord.objects.exists()


def test_a_closed_file_takes_no_record(officer):
    case = make.make_child()
    close_case(actor=officer, case_id=case.uid, version=1, reason=CloseReason.HELPED, on=make.TODAY, now=make.NOW)

    with pytest.raises(Refusal, match="case_closed_now"):
        _record(officer, case)


steps = st.lists(
    st.tuples(st.sampled_from(["made", "attempted", "withdraw"]), st.integers(0, 30), st.integers(0, 7)), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_whatever_is_recorded_and_withdrawn_the_day_is_that_of_the_latest_contact_made(officer, steps):
    case = make.make_child()
    standing: list[ServiceRecord] = []
    for what, days_ago, which in steps:
        if what != "withdraw":
            standing.append(_record(officer, case, days_ago=days_ago, outcome=ContactOutcome(what)))
        elif standing:
            _withdraw(officer, case, standing.pop(which % len(standing)))

    case.refresh_from_db()
    assert case.last_contact_on == max((r.happened_on for r in standing if r.outcome == "made"), default=None)


@pytest.mark.parametrize("risk", list(RiskLevel))
def test_silence_begins_the_day_after_the_last_allowed_one(risk):
    """Seven days for a high risk: on the seventh the file is not silent yet, on the eighth it is."""
    allowed = SILENCE_DAYS[risk]
    for days, is_silent in ((allowed, False), (allowed + 1, True)):
        by_contact = make.make_child(risk=risk, opened_on=make.TODAY - timedelta(days=400))
        Case.objects.filter(pk=by_contact.pk).update(last_contact_on=make.TODAY - timedelta(days=days))
        by_opening = make.make_child(risk=risk, opened_on=make.TODAY - timedelta(days=days))
        for case in (by_contact, by_opening):
            case.refresh_from_db()
            assert case.contact_due_on == case.next_contact_due_on()
            assert Case.objects.silent(on=make.TODAY).filter(pk=case.pk).exists() is is_silent
            assert (case.next_contact_due_on() < make.TODAY) is is_silent
