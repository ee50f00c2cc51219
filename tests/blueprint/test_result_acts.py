"""Results of universities: what the acts write, refuse, correct and count."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from sunward.accounts.enums import Role
from sunward.accounts.unit_merging import merge_units
from sunward.blueprint.access_results import visible_enterprises, visible_results
from sunward.blueprint.actions.enterprises import (
    EnterpriseDetails,
    change_enterprise,
    correct_grade,
    take_back_grade,
)
from sunward.blueprint.actions.results import (
    FACTS,
    add_step,
    change_result,
    correct_step,
    link_work,
    take_back_step,
    write_down_result,
)
from sunward.blueprint.enums import ResultStepKind as K
from sunward.blueprint.models import CertifiedGrade, ResearchResult, ResultStep, WorkItem
from sunward.blueprint.pipeline.chain import STAGES, read_way
from sunward.blueprint.queries.result_ways import read_rows
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from tests.blueprint.meetings import make_keeper, unit_of
from tests.blueprint.plans import make_offices, make_plan
from tests.blueprint.results import (
    FIRM,
    FOUND_ON,
    details_of,
    go_on,
    grade_of,
    lead_unit,
    make_enterprise,
    make_grade,
    make_result,
    step_of,
)
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def keeper():
    lead_unit()
    return make_keeper()


def way_of(result: ResearchResult):
    return read_way(read_rows([result.pk])[result.pk])


def last_step(result: ResearchResult) -> ResultStep:
    return result.steps.get(pk=way_of(result).rows[-1].id)


def standing(result: ResearchResult) -> list[tuple[str, date]]:
    rows = standing_facts().filter(subject_kind="research_result", subject_id=result.pk).order_by("pk")
    return list(rows.values_list("kind", "happened_on"))


def test_a_result_goes_from_step_to_step_and_each_leaves_a_fact_of_its_own_day(keeper):
    result = make_result(*STAGES[1:], keeper=keeper)
    way = way_of(result)
    assert [row.kind for row in way.rows] == list(STAGES)
    assert standing(result) == [(FACTS[kind], FOUND_ON + DAY * place) for place, kind in enumerate(STAGES)]
    assert set(Fact.objects.values_list("unit_path", flat=True)) == {lead_unit().path}
    assert result.version == len(STAGES)


@pytest.mark.parametrize(
    ("code", "kind", "changed"),
    [
        ("skips", K.CONCEPT_PROVED, {}),
        ("enterprise", K.NEED_MATCHED, {"enterprise_id": None}),
        ("proof", K.NEED_MATCHED, {"proof": " "}),
        ("backwards", K.FOUND, {}),
        ("future", K.NEED_MATCHED, {"happened_on": TODAY + DAY}),
        ("before", K.NEED_MATCHED, {"happened_on": FOUND_ON - DAY}),
        ("words", K.DEAD_END, {"text": ""}),
        ("not_ended", K.TAKEN_UP, {}),
    ],
)
def test_what_the_chain_refuses_is_refused_with_a_sentence_and_nothing_is_written(keeper, code, kind, changed):
    result = make_result(keeper=keeper)
    with pytest.raises(Refusal) as refused:
        go_on(result, kind, FOUND_ON + DAY, keeper=keeper, **changed)
    assert refused.value.code == f"blueprint.result_{code}"
    assert (ResultStep.objects.count(), len(standing(result))) == (1, 1)


def test_a_telephone_number_is_taken_nowhere(keeper):
    for field in ("title", "text", "scientist", "broker", "broker_institution"):
        with pytest.raises(Refusal) as refused:
            make_result(keeper=keeper, **{field: "王老师13800005678"})
        assert refused.value.code == "blueprint.numbers"
    with pytest.raises(Refusal):
        go_on(make_result(keeper=keeper), K.NEED_MATCHED, FOUND_ON, keeper=keeper, proof="联系电话 021-00005678")
    result = make_result(K.NEED_MATCHED, keeper=keeper)
    last = last_step(result)
    put = {"actor": keeper, "result_id": result.uid, "step_id": last.uid, "version": 2, "on": TODAY, "now": NOW}
    firm = make_enterprise(keeper)
    grade = make_grade(firm, keeper)
    act = {"actor": keeper, "enterprise_id": firm.uid, "grade_id": grade.uid, "why": "问13800005678", "now": NOW}
    for attempt in (
        lambda: correct_step(**put, details=step_of(K.NEED_MATCHED, FOUND_ON), why="问13800005678"),
        lambda: take_back_step(**put, why="问13800005678"),
        lambda: make_grade(firm, keeper, source="问13800005678"),
        lambda: correct_grade(**act, details=grade_of(), on=TODAY),
        lambda: take_back_grade(**act),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "blueprint.numbers"


def test_the_same_form_sent_twice_is_one_result_and_one_step(keeper):
    key = uuid4()
    assert make_result(keeper=keeper, key=key).pk == make_result(keeper=keeper, key=key).pk
    result = ResearchResult.objects.get()
    step = {
        "actor": keeper, "result_id": result.uid, "key": uuid4(), "version": 1, "kind": K.NEED_MATCHED, "on": TODAY,
        "details": step_of(K.NEED_MATCHED, FOUND_ON), "now": NOW,
    }  # fmt: skip
    add_step(**step)
    add_step(**step)
    assert [row.kind for row in way_of(result).rows] == [K.FOUND, K.NEED_MATCHED]
    with pytest.raises(Conflict):
        add_step(**step | {"key": uuid4()})


def test_a_step_put_right_stays_in_its_place_and_its_fact_moves_to_the_right_day(keeper):
    result = make_result(K.NEED_MATCHED, K.CONCEPT_PROVED, keeper=keeper)
    matched = result.steps.get(kind=K.NEED_MATCHED)
    correct = {"actor": keeper, "result_id": result.uid, "step_id": matched.uid, "version": 3, "on": TODAY, "now": NOW}
    right = step_of(K.NEED_MATCHED, FOUND_ON, proof="协议二号")
    with pytest.raises(Refusal):
        correct_step(**correct, details=right, why=" ")
    result = correct_step(**correct, details=right, why="协议编号和日期写错")
    assert [(row.kind, row.proof) for row in way_of(result).rows][1] == (K.NEED_MATCHED, "协议二号")
    assert ResultStep.objects.filter(kind=K.NEED_MATCHED).count() == 2
    assert sorted(standing(result))[1:] == [
        ("blueprint.need_matched", FOUND_ON), ("blueprint.result_found", FOUND_ON),
    ]  # fmt: skip
    with pytest.raises(Conflict):
        correct_step(**correct | {"version": 4}, details=right, why="再改一次")


def test_only_the_last_step_is_taken_back_and_its_fact_no_longer_counts(keeper):
    result = make_result(K.NEED_MATCHED, K.CONCEPT_PROVED, keeper=keeper)
    take = {"actor": keeper, "result_id": result.uid, "on": TODAY, "now": NOW, "why": "报告属于另一项成果"}
    with pytest.raises(Refusal) as refused:
        take_back_step(**take, step_id=result.steps.get(kind=K.NEED_MATCHED).uid, version=3)
    assert refused.value.code == "blueprint.result_not_last"
    result = take_back_step(**take, step_id=last_step(result).uid, version=3)
    assert way_of(result).stage == K.NEED_MATCHED
    assert [kind for kind, _day in standing(result)] == ["blueprint.result_found", "blueprint.need_matched"]
    assert result.steps.count() == 4
    assert way_of(go_on(result, K.CONCEPT_PROVED, TODAY, keeper=keeper)).stage == K.CONCEPT_PROVED


def test_steps_and_grades_can_be_neither_changed_nor_removed_by_anybody(keeper):
    result = make_result(K.DEAD_END, keeper=keeper)
    make_grade(make_enterprise(keeper), keeper)
    for act in (
        lambda: ResultStep.objects.update(text="改写"), lambda: ResultStep.objects.all().delete(),
        lambda: CertifiedGrade.objects.update(issuer="本企业"), lambda: CertifiedGrade.objects.all().delete(),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        result.delete()
    assert ResearchResult.objects.count() == 1


def test_the_database_itself_wants_a_proof_an_enterprise_and_a_reason(keeper):
    result, firm = make_result(keeper=keeper), make_enterprise(keeper)
    row = {"result": result, "unit": result.lead, "happened_on": TODAY, "recorded_at": NOW}
    proof = {"proof_kind": "order", "proof": "首单"}
    for wrong in (
        {"kind": K.FIRST_PRODUCT, "enterprise": firm}, {"kind": K.FIRST_PRODUCT, **proof},
        {"kind": K.DEAD_END, "reason": "cost"}, {"kind": K.DEAD_END, "text": "成本"},
        {"kind": K.GROWS, "enterprise": firm, **proof, "is_withdrawal": True},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            ResultStep.objects.create(**row | wrong)
    ResultStep.objects.create(**row, kind=K.FIRST_PRODUCT, enterprise=firm, **proof)


def test_the_unit_that_leads_adds_steps_and_changes_nothing_else(keeper):
    result = make_result(keeper=keeper)
    make_enterprise(keeper)
    own, other = (actor_of(make_officer(Role.PLAN_OFFICER, unit)) for unit in make_offices(2))
    for stranger in (other, make_keeper(unit_of("310115")), actor_of(make_officer(Role.LEADER))):
        with pytest.raises(NotThere):
            go_on(result, K.NEED_MATCHED, FOUND_ON, keeper=stranger)
    result = go_on(result, K.NEED_MATCHED, FOUND_ON, keeper=own)
    with pytest.raises(NotThere):
        change_result(actor=own, result_id=result.uid, version=2, details=details_of("另一项"), now=NOW)
    with pytest.raises(NotThere):
        link_work(actor=own, result_id=result.uid, item_ids=[], now=NOW)
    with pytest.raises(Refusal):
        make_result(keeper=own)


def test_who_leads_reads_its_own_results_and_their_enterprises_and_no_others(keeper):
    make_result(K.NEED_MATCHED, keeper=keeper)
    make_enterprise(keeper, "上海示例另一家有限公司")
    own, other = (actor_of(make_officer(Role.PLAN_OFFICER, unit)) for unit in make_offices(2))
    leader, elsewhere = actor_of(make_officer(Role.LEADER)), make_keeper(unit_of("310115"))
    worker = actor_of(make_officer(Role.EMPLOYMENT_OFFICER))
    told = {
        name: (visible_results(actor).count(), visible_enterprises(actor).count())
        for name, actor in (
            ("keeper", keeper), ("own", own), ("other", other), ("leader", leader), ("elsewhere", elsewhere),
            ("worker", worker),
        )
    }  # fmt: skip
    assert told == {
        "keeper": (1, 2), "leader": (1, 2), "own": (1, 1), "other": (0, 0), "elsewhere": (0, 0), "worker": (0, 0),
    }  # fmt: skip


def test_another_lead_has_the_next_steps_and_the_former_keeps_its_facts(keeper):
    result, (first, second) = make_result(keeper=keeper), make_offices(2)
    result = change_result(
        actor=keeper, result_id=result.uid, version=1, details=details_of(lead_code=second.code), now=NOW
    )
    go_on(result, K.NEED_MATCHED, FOUND_ON, keeper=keeper)
    assert list(Fact.objects.order_by("pk").values_list("unit_path", flat=True)) == [first.path, second.path]
    merge_units(old_code=second.code, new_code=first.code, reason="机构改革", on=TODAY, now=NOW)
    result.refresh_from_db()
    assert (result.lead, result.unit_path) == (first, first.path)


@pytest.mark.parametrize(
    "changed",
    [
        {"university": ""}, {"institution": "某研究所"}, {"university": "99999"}, {"title": " "}, {"lead_code": ""},
        {"lead_code": "310110"},
    ],
)  # fmt: skip
def test_a_result_is_of_one_institution_and_led_by_one_office(keeper, changed):
    with pytest.raises(Refusal):
        make_result(keeper=keeper, **changed)
    assert not ResearchResult.objects.exists()


def test_an_enterprise_of_another_district_is_not_chosen(keeper):
    result, firm = make_result(keeper=keeper), make_enterprise(keeper)
    other = unit_of("310115")
    type(firm).objects.update(unit=other, unit_path=other.path)
    with pytest.raises(Refusal) as refused:
        go_on(result, K.NEED_MATCHED, FOUND_ON, keeper=keeper)
    assert refused.value.code == "blueprint.result_enterprise"


def test_a_result_is_tied_to_lines_of_its_district_by_a_link_alone(keeper):
    plan, result = make_plan(), make_result(keeper=keeper)
    first, second, _third = plan.items.order_by("number")
    link = {"actor": keeper, "result_id": result.uid, "now": NOW}
    link_work(**link, item_ids=[first.uid, second.uid])
    link_work(**link, item_ids=[second.uid])
    assert [one.item for one in result.links.all()] == [second]
    type(plan).objects.update(unit_path="/310115/")
    with pytest.raises(Refusal):
        link_work(**link, item_ids=[first.uid])
    assert WorkItem.objects.count() == 3


def test_a_grade_is_read_from_an_official_list_and_put_right_in_words(keeper):
    firm = make_enterprise(keeper)
    for wrong in ({"source": " "}, {"issuer": ""}, {"list_on": TODAY + DAY}, {"valid_until": date(2025, 8, 31)}):
        with pytest.raises(Refusal):
            make_grade(firm, keeper, **wrong)
    grade = make_grade(firm, keeper)
    act = {"actor": keeper, "enterprise_id": firm.uid, "now": NOW}
    with pytest.raises(Refusal):
        take_back_grade(**act, grade_id=grade.uid, why="")
    right = correct_grade(
        **act, grade_id=grade.uid, details=grade_of(valid_until=date(2028, 9, 1)), why="截止日写错", on=TODAY
    )
    with pytest.raises(Conflict):
        take_back_grade(**act, grade_id=grade.uid, why="已被取消")
    take_back_grade(**act, grade_id=right.uid, why="2026年公告取消")
    assert firm.grades.count() == 3


def test_a_name_or_a_code_is_written_down_once(keeper):
    firm = make_enterprise(keeper)
    other = make_enterprise(keeper, "上海示例另一家有限公司")
    change = {"actor": keeper, "enterprise_id": other.uid, "version": 1, "now": NOW}
    for details in (EnterpriseDetails(FIRM, "grown_here"), EnterpriseDetails("新名", "grown_here", "91310110MA1")):
        with pytest.raises(Refusal):
            change_enterprise(**change, details=details)
    good = EnterpriseDetails("上海示例更名有限公司", "grown_here", "91310110MA1H00000M")
    assert change_enterprise(**change, details=good).credit_code == "91310110MA1H00000M"
    with pytest.raises(Conflict):
        change_enterprise(**change, details=good)
    assert firm.version == 1


def test_two_forms_with_one_key_and_different_people_do_not_meet(keeper):
    """A key tells of nothing that is not the keeper's own."""
    result = make_result(keeper=keeper)
    elsewhere = make_keeper(unit_of("310115"))
    with pytest.raises((Refusal, NotThere)):
        write_down_result(
            actor=elsewhere, key=result.uid, details=details_of(), found=step_of(K.FOUND, FOUND_ON), on=TODAY, now=NOW
        )
    assert make_district().path == "/310110/"
