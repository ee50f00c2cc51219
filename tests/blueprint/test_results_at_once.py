"""Two who act on one result or one enterprise in the same moment."""

from datetime import timedelta
from threading import Event
from uuid import uuid4

import pytest

from sunward.blueprint import intake
from sunward.blueprint.actions.enterprises import EnterpriseDetails, add_enterprise, change_enterprise, take_back_grade
from sunward.blueprint.actions.results import add_step, correct_step, take_back_step, write_down_result
from sunward.blueprint.enums import ResultStepKind as K
from sunward.blueprint.models import CertifiedGrade, DistrictEnterprise, ResearchResult, ResultStep
from sunward.ledger.queries import standing_facts
from sunward.registers.actions import commit_batch, request_commit
from sunward.registers.conducting import TerminalConductor
from sunward.registers.enums import BatchState
from tests.blueprint.meetings import make_keeper
from tests.blueprint.results import (
    FOUND_ON,
    details_of,
    lead_unit,
    make_enterprise,
    make_grade,
    make_result,
    step_of,
)
from tests.blueprint.test_enterprises_import import listed
from tests.employment.plans import read
from tests.factories import NOW, TODAY
from tests.pressing import at_once, refusals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def keeper():
    lead_unit()
    return make_keeper()


def test_two_steps_at_once_leave_one_and_the_other_is_told(keeper):
    result = make_result(keeper=keeper)
    step = {
        "actor": keeper, "result_id": result.uid, "version": 1, "kind": K.NEED_MATCHED, "on": TODAY, "now": NOW,
        "details": step_of(K.NEED_MATCHED, FOUND_ON + timedelta(days=1)),
    }  # fmt: skip
    assert refusals(at_once(*[lambda: add_step(**step, key=uuid4())] * 2)) == ["blueprint.result_edited"]
    assert ResultStep.objects.count() == standing_facts().count() == 2
    key = uuid4()
    again = step | {"version": 2, "kind": K.DEAD_END, "details": step_of(K.DEAD_END, TODAY)}
    assert refusals(at_once(*[lambda: add_step(**again, key=key)] * 2)) == []
    assert ResultStep.objects.filter(kind=K.DEAD_END).count() == 1


def test_a_step_corrected_and_taken_back_at_once_is_one_of_the_two(keeper):
    result = make_result(K.NEED_MATCHED, keeper=keeper)
    step = {
        "actor": keeper, "result_id": result.uid, "step_id": result.steps.get(kind=K.NEED_MATCHED).uid, "version": 2,
        "on": TODAY, "now": NOW, "why": "写错",
    }  # fmt: skip
    details = step_of(K.NEED_MATCHED, TODAY)
    refused = refusals(at_once(lambda: correct_step(**step, details=details), lambda: take_back_step(**step)))
    assert refused == ["blueprint.result_edited"]
    assert ResultStep.objects.filter(corrects__isnull=False).count() == 1


def test_a_form_of_an_enterprise_sent_twice_at_once_answers_with_the_one_row(keeper):
    firm = {
        "actor": keeper, "unit_code": "310110", "details": EnterpriseDetails("上海示例同时有限公司", "key_technology"),
        "key": uuid4(), "now": NOW,
    }  # fmt: skip
    answers = at_once(*[lambda: add_enterprise(**firm)] * 4)
    assert refusals(answers) == []
    assert {row.pk for row in answers} == {DistrictEnterprise.objects.get(name="上海示例同时有限公司").pk}


@pytest.mark.parametrize("is_changed", [False, True])
def test_an_enterprise_typed_while_a_workbook_is_taken_over_stands_once(keeper, monkeypatch, is_changed):
    """The workbook has looked for what is there when the form comes."""
    name, has_looked, is_typed = "上海示例同时有限公司", Event(), Event()
    batch = read(keeper, listed((name, "", "本土成长")), on=TODAY)
    request_commit(actor=keeper, batch_id=batch.uid, now=NOW, is_background=False)
    other = make_enterprise(keeper, name="原先的公司")
    known_in = intake._known_in

    def look(*asked):
        found = known_in(*asked)
        has_looked.set()
        is_typed.wait(0.3)
        return found

    monkeypatch.setattr(intake, "_known_in", look)
    written = {"actor": keeper, "details": EnterpriseDetails(name, "grown_here"), "now": NOW}

    def type_it():
        has_looked.wait(20)
        try:
            if is_changed:
                return change_enterprise(**written, enterprise_id=other.uid, version=other.version)
            return add_enterprise(**written, key=uuid4(), unit_code="310110")
        finally:
            is_typed.set()

    def take():
        commit_batch(batch_id=batch.pk, conductor=TerminalConductor(), on=TODAY, now=NOW)

    assert refusals(at_once(take, type_it)) == ["blueprint.enterprise_twice"]
    batch.refresh_from_db()
    assert (batch.state, DistrictEnterprise.objects.filter(name=name).count()) == (BatchState.COMMITTED, 1)


def test_a_form_sent_twice_at_once_is_one_result_and_one_enterprise(keeper):
    written = {
        "actor": keeper, "key": uuid4(), "details": details_of(), "found": step_of(K.FOUND, FOUND_ON), "on": TODAY,
        "now": NOW,
    }  # fmt: skip
    assert refusals(at_once(*[lambda: write_down_result(**written)] * 2)) == []
    assert (ResearchResult.objects.count(), ResultStep.objects.count(), standing_facts().count()) == (1, 1, 1)
    firm = {"actor": keeper, "unit_code": "310110", "details": EnterpriseDetails("同名企业", "grown_here"), "now": NOW}
    refused = refusals(at_once(*[lambda: add_enterprise(**firm, key=uuid4())] * 2))
    assert refused == ["blueprint.enterprise_twice"]
    assert DistrictEnterprise.objects.filter(name="同名企业").count() == 1


def test_a_grade_taken_back_by_two_at_once_is_taken_back_once(keeper):
    firm = make_enterprise(keeper)
    grade = make_grade(firm, keeper)
    take = {"actor": keeper, "enterprise_id": firm.uid, "grade_id": grade.uid, "why": "已取消", "now": NOW}
    assert refusals(at_once(*[lambda: take_back_grade(**take)] * 2)) == ["blueprint.grade_gone"]
    assert CertifiedGrade.objects.count() == 2
