"""Results of universities, enterprises and their grades, made by the acts."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.blueprint.actions.enterprises import EnterpriseDetails, GradeDetails, add_enterprise, record_grade
from sunward.blueprint.actions.results import ResultDetails, StepDetails, add_step, write_down_result
from sunward.blueprint.enums import Grade, ResultStepKind
from sunward.blueprint.models import CertifiedGrade, DistrictEnterprise, ResearchResult
from sunward.blueprint.pipeline.chain import PROOFS, STAGES, WITH_ENTERPRISE
from tests.blueprint.meetings import make_keeper
from tests.blueprint.plans import make_offices
from tests.factories import NOW, TODAY

FOUND_ON = date(2026, 3, 2)
TITLE, FIRM = "石墨烯海水淡化膜", "上海示例澄海膜科技有限公司"
LIST = "2025年第二批专精特新中小企业名单（示例）"


def lead_unit() -> Unit:
    return make_offices(1)[0]


def details_of(title: str = TITLE, **changed: str) -> ResultDetails:
    said = {
        "text": "低压高通量的脱盐膜", "university": "10247", "scientist": "示例教授", "broker": "示例经理人",
        "broker_institution": "示例技术转移中心", "lead_code": lead_unit().code,
    }  # fmt: skip
    return ResultDetails(title, **said | changed)


def step_of(
    kind: ResultStepKind, on: date, *, firm: DistrictEnterprise | None = None, **changed: object
) -> StepDetails:
    said: dict[str, object] = {"happened_on": on}
    if kind in STAGES:
        said |= {"proof_kind": str(PROOFS[kind][0]), "proof": f"示例文件{STAGES.index(kind) + 1}号"}
    if kind in WITH_ENTERPRISE:
        said["enterprise_id"] = (firm or make_enterprise()).uid
    if kind == ResultStepKind.DEAD_END:
        said |= {"reason": "cost", "text": "每平方米成本高于进口膜一倍"}
    return StepDetails(**said | changed)


def make_enterprise(keeper: Actor | None = None, name: str = FIRM, **changed: str) -> DistrictEnterprise:
    known = DistrictEnterprise.objects.filter(name=name).first()
    if known is not None:
        return known
    lead_unit()
    details = EnterpriseDetails(name, **{"kind": "key_technology"} | changed)
    return add_enterprise(actor=keeper or make_keeper(), key=uuid4(), unit_code="310110", details=details, now=NOW)


def grade_of(**changed: object) -> GradeDetails:
    said = {
        "grade": Grade.SPECIALISED_SME, "issuer": "市经济信息化委", "list_name": LIST, "list_on": date(2025, 9, 1),
        "source": "https://example.org/lists/2025-2", "valid_from": date(2025, 9, 1), "valid_until": date(2028, 8, 31),
    }  # fmt: skip
    return GradeDetails(**said | changed)


def make_grade(firm: DistrictEnterprise, keeper: Actor | None = None, **changed: object) -> CertifiedGrade:
    return record_grade(
        actor=keeper or make_keeper(), enterprise_id=firm.uid, key=uuid4(), details=grade_of(**changed), on=TODAY,
        now=NOW,
    )  # fmt: skip


def make_result(
    *kinds: ResultStepKind, keeper: Actor | None = None, title: str = TITLE, key: UUID | None = None, **changed: str
) -> ResearchResult:
    """Found on FOUND_ON, and one of the `kinds` on each day after."""
    keeper = keeper or make_keeper()
    details = details_of(title, **changed)
    result = write_down_result(
        actor=keeper, key=key or uuid4(), details=details, found=step_of(ResultStepKind.FOUND, FOUND_ON), on=TODAY,
        now=NOW,
    )  # fmt: skip
    for number, kind in enumerate(kinds, 1):
        result = go_on(result, kind, FOUND_ON + timedelta(days=number), keeper=keeper)
    return result


def go_on(
    result: ResearchResult, kind: ResultStepKind, on: date, *, keeper: Actor | None = None, **changed: object
) -> ResearchResult:
    words = {"text": "示例说明"} if kind == ResultStepKind.TAKEN_UP else {}
    return add_step(
        actor=keeper or make_keeper(), result_id=result.uid, key=uuid4(), version=result.version, kind=kind,
        details=step_of(kind, on, **words | changed), on=TODAY, now=NOW,
    )  # fmt: skip
