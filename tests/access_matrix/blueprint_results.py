"""Results of universities: whole for who keeps or leads the district; for a unit what it leads, and no more."""

from datetime import date

from sunward.accounts.models import Unit
from sunward.blueprint.models import CertifiedGrade, DistrictEnterprise, ResearchResult, ResultStep
from tests import factories
from tests.access_matrix.blueprint_meetings import LEADERS, LEADERS_HERE, PLAN_OFFICERS
from tests.access_matrix.rows import DONE, Row, post
from tests.personas import World

WHOLE = f"plan_officer {LEADERS_HERE}"
OF_UNIT = "plan_officer_of_subdistrict"
ELSEWHERE = "plan_officer_elsewhere leader_elsewhere"
OTHER_KEEPERS = f"{OF_UNIT} plan_officer_elsewhere"


def made(lead: Unit | None = None) -> ResearchResult:
    """One that is matched, led by an office or by the sub-district."""
    district = factories.make_district()
    lead = lead or factories.make_unit("310110Q00", parent=district, kind=factories.UnitKind.DEPARTMENT)
    result = ResearchResult.objects.create(
        title="石墨烯海水淡化膜", university="10247", lead=lead, unit_path=lead.path, made_at=factories.NOW
    )
    row = {"result": result, "unit": lead, "happened_on": factories.TODAY, "recorded_at": factories.NOW}
    row |= {"proof_kind": "agreement", "proof": "示例协议"}
    ResultStep.objects.create(**row, kind="found")
    ResultStep.objects.create(**row, kind="need_matched", enterprise=firm())
    return result


def led() -> ResearchResult:
    return made(factories.make_subdistrict("310110012"))


def firm() -> DistrictEnterprise:
    district = factories.make_district()
    return DistrictEnterprise.objects.get_or_create(
        name="上海示例澄海膜科技有限公司", unit=district, unit_path=district.path,
        defaults={"kind": "grown_here", "made_at": factories.NOW},
    )[0]  # fmt: skip


def grade() -> CertifiedGrade:
    day = date(2025, 9, 1)
    return CertifiedGrade.objects.create(
        enterprise=firm(), grade="high_tech", issuer="示例机关", list_name="示例名单", list_on=day, source="示例文号",
        valid_from=day, valid_until=date(2028, 8, 31), recorded_at=factories.NOW,
    )  # fmt: skip


def result_of(world: World) -> dict[str, object]:
    return {"result_id": made().uid}


def led_result(world: World) -> dict[str, object]:
    return {"result_id": led().uid}


def next_step(world: World) -> dict[str, object]:
    return {**result_of(world), "kind": "concept_proved"}


def led_step(world: World) -> dict[str, object]:
    return {**led_result(world), "kind": "concept_proved"}


def last_step(world: World) -> dict[str, object]:
    return _last(made())


def led_last_step(world: World) -> dict[str, object]:
    return _last(led())


def enterprise_of(world: World) -> dict[str, object]:
    made()
    return {"enterprise_id": firm().uid}


def led_enterprise(world: World) -> dict[str, object]:
    led()
    return {"enterprise_id": firm().uid}


def graded(world: World) -> dict[str, object]:
    led()
    row = grade()
    return {"enterprise_id": row.enterprise.uid, "grade_id": row.uid}


def proved(world: World) -> dict[str, object]:
    return {"version": "1", "happened_on": factories.TODAY, "proof_kind": "test_report", "proof": "示例检测报告"}


def _last(result: ResearchResult) -> dict[str, object]:
    return {"result_id": result.uid, "step_id": result.steps.get(kind="need_matched").uid}


LISTS = ("results", "results_list", "dead_ends", "enterprises")
STEP_ACTS = ("result_step_correct", "result_step_take_back")
KEPT_ACTS, FIRM_ACTS = ("result_edit", "result_work"), ("enterprise_edit", "grade_new")
GRADE_ACTS = ("grade_correct", "grade_take_back")
ROWS = [
    *(Row(f"blueprint:{name}", f"{PLAN_OFFICERS} {LEADERS}") for name in LISTS),
    Row("blueprint:result", WHOLE, f"{OF_UNIT} {ELSEWHERE}", keys=result_of),
    Row("blueprint:result", f"{WHOLE} {OF_UNIT}", ELSEWHERE, keys=led_result, note="that the unit leads"),
    Row("blueprint:enterprise", WHOLE, f"{OF_UNIT} {ELSEWHERE}", keys=enterprise_of),
    Row("blueprint:enterprise", f"{WHOLE} {OF_UNIT}", ELSEWHERE, keys=led_enterprise, note="of a result that it leads"),
    *(Row(f"blueprint:{name}", PLAN_OFFICERS) for name in ("result_new", "enterprise_new")),
    *(post(f"blueprint:{name}", PLAN_OFFICERS) for name in ("result_new", "enterprise_new")),
    *(Row(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=led_result) for name in KEPT_ACTS),
    *(post(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=led_result) for name in KEPT_ACTS),
    Row("blueprint:result_step", "plan_officer", OTHER_KEEPERS, keys=next_step),
    post("blueprint:result_step", "plan_officer", OTHER_KEEPERS, keys=next_step, data=proved, status=DONE),
    Row("blueprint:result_step", f"plan_officer {OF_UNIT}", "plan_officer_elsewhere", keys=led_step),
    post(
        "blueprint:result_step", f"plan_officer {OF_UNIT}", "plan_officer_elsewhere", keys=led_step, data=proved,
        status=DONE, note="that the unit leads",
    ),
    *(Row(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=last_step) for name in STEP_ACTS),
    *(post(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=last_step) for name in STEP_ACTS),
    *(
        Row(f"blueprint:{name}", f"plan_officer {OF_UNIT}", "plan_officer_elsewhere", keys=led_last_step)
        for name in STEP_ACTS
    ),
    *(Row(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=led_enterprise) for name in FIRM_ACTS),
    *(post(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=led_enterprise) for name in FIRM_ACTS),
    *(Row(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=graded) for name in GRADE_ACTS),
    *(post(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=graded) for name in GRADE_ACTS),
]  # fmt: skip
