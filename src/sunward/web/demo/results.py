"""Results of universities in the demo: ten on their way, two of them at a dead end. All invented, but the universities.

A newcomer's first start waits for this: some thirty acts.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import User
from sunward.blueprint.actions.enterprises import EnterpriseDetails, GradeDetails, add_enterprise, record_grade
from sunward.blueprint.actions.results import ResultDetails, StepDetails, add_step, link_work, write_down_result
from sunward.blueprint.enums import EnterpriseKind, Grade, ResultStepKind
from sunward.blueprint.models import ResearchResult, WorkItem
from sunward.blueprint.pipeline.chain import STAGES, WITH_ENTERPRISE
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import DISTRICT

_K, _E, _G = ResultStepKind, EnterpriseKind, Grade
_LEAD, _OTHER_LEAD = f"{DISTRICT}ST", f"{DISTRICT}CM"
_SHOWN_BY = {
    _K.FOUND: ("record", "高校走访记录"), _K.NEED_MATCHED: ("agreement", "合作意向协议"),
    _K.CONCEPT_PROVED: ("test_report", "第三方检测报告"), _K.PILOTED: ("acceptance", "中试验收报告"),
    _K.FIRST_PRODUCT: ("order", "首批采购订单"), _K.GROWS: ("audit", "年度审计报告"),
}  # fmt: skip
# Name, kind, and of each grade: which, since how many days, for how many more.
_FIRMS = (
    ("上海示例澄海膜科技有限公司", _E.KEY_TECHNOLOGY, ((_G.LITTLE_GIANT, 700, 395), (_G.HIGH_TECH, 1030, 65))),
    ("上海示例远帆智能装备股份有限公司", _E.GLOBAL_MARKET, ((_G.CHAMPION, 400, 695),)),
    ("上海示例新禾数据技术有限公司", _E.GROWN_HERE, ((_G.TECH_SME, 380, -15),)),
)  # fmt: skip
# Title, what it is, university, enterprise, and how many days ago each step was made; None was passed over.
_RESULTS: tuple[tuple[str, str, str, int | None, tuple[int | None, ...]], ...] = (
    ("石墨烯海水淡化膜", "低压条件下高通量脱盐，可用于海岛供水。", "10264", 0, (390, 330, 270, 200, 120, 40)),
    ("桥梁拉索健康监测", "光纤传感加边缘计算，提前发现断丝。", "10247", 1, (360, 300, None, None, 20)),
    ("康复外骨骼步态算法", "按病人步态自动调节助力。", "10252", 1, (300, 240, None, 35)),
    ("城市内涝短临预报", "十分钟更新一次的街区积水预报。", "10247", None, (280, None, 60)),
    ("老年人跌倒风险评估", "手机拍步态，三十秒出评估。", "10277", 2, (260, 215)),
    ("配电网故障自愈终端", "故障区段毫秒级隔离。", "10256", 1, (290, 200)),
    ("中文合同风险条款识别", "逐条标出风险并给出依据。", "10272", 2, (150, 45)),
    ("低成本量子点显示墨水", "可用喷墨工艺的无镉墨水。", "10246", None, (70,)),
    ("可降解印刷包装涂层", "替代覆膜的水性涂层。", "10275", None, (25,)),
    ("水产养殖水质浮标", "多参数在线监测，一年免维护。", "10264", None, (340, None, 230)),
)
_PASSED_OVER = "课题组在此之前已自行完成，合作企业认可其结果。"
_ENDS = {
    9: ("cost", "单套成本是进口浮标的1.6倍，养殖户试用后不愿意买；电极三个月就要换。", 150),
    4: ("no_need", "走访三家养老机构，都已有同类免费服务，没有付费需求。", 80),
}


def make_results(moment: Moment) -> None:
    planner = read_actor(User.objects.get(username="planner"), on=moment.on)
    firms = _make_firms(planner, moment)
    for number in range(len(_RESULTS)):
        _make_result(planner, number, firms, moment)


def _make_firms(planner: Actor, at: Moment) -> list[UUID]:
    found: list[UUID] = []
    for name, kind, grades in _FIRMS:
        row = add_enterprise(
            actor=planner, key=uuid4(), unit_code=DISTRICT, details=EnterpriseDetails(name, kind), now=at.now
        )
        for grade, since, left in grades:
            begins = at.on - timedelta(days=since)
            details = GradeDetails(
                grade, "市级主管部门（示例）", f"{begins.year}年{grade.label}名单（示例）", begins,
                f"示例文号〔{begins.year}〕{len(found) + 1}号", begins, at.on + timedelta(days=left),
            )  # fmt: skip
            record_grade(actor=planner, enterprise_id=row.uid, key=uuid4(), details=details, on=at.on, now=at.now)
        found.append(row.uid)
    return found


def _make_result(planner: Actor, number: int, firms: list[UUID], moment: Moment) -> None:
    title, text, university, firm, days = _RESULTS[number]
    at = moment.earlier(days[0] or 0)
    details = ResultDetails(
        title, text, university, scientist="课题组（示例）", broker="技术经理人（示例）",
        broker_institution="高校技术转移中心（示例）", lead_code=_LEAD if number % 4 else _OTHER_LEAD,
    )  # fmt: skip
    row = write_down_result(
        actor=planner, key=uuid4(), details=details, found=_step(_K.FOUND, number, at), on=at.on, now=at.now
    )
    passed = ""
    for kind, day in zip(STAGES[1:], days[1:], strict=False):
        if day is None:
            passed = _PASSED_OVER
            continue
        chosen = firms[firm] if firm is not None and kind in WITH_ENTERPRISE else None
        _go_on(planner, row, kind, _step(kind, number, moment.earlier(day), firm=chosen, text=passed), moment, day)
        row.version, passed = row.version + 1, ""
    if number in _ENDS:
        reason, why, day = _ENDS[number]
        details_of_end = StepDetails(moment.earlier(day).on, reason=reason, text=why)
        _go_on(planner, row, _K.DEAD_END, details_of_end, moment, day)
    elif number == 0:
        line = WorkItem.objects.filter(goal__text="成果对接").values_list("uid", flat=True)
        link_work(actor=planner, result_id=row.uid, item_ids=list(line[:1]), now=moment.now)


def _go_on(
    planner: Actor, row: ResearchResult, kind: ResultStepKind, details: StepDetails, moment: Moment, day: int
) -> None:  # fmt: skip
    at = moment.earlier(day)
    add_step(
        actor=planner, result_id=row.uid, key=uuid4(), version=row.version, kind=kind, details=details, on=at.on,
        now=at.now,
    )  # fmt: skip


def _step(kind: ResultStepKind, number: int, at: Moment, *, firm: UUID | None = None, text: str = "") -> StepDetails:
    proof_kind, proof = _SHOWN_BY[kind]
    return StepDetails(at.on, proof_kind, f"{proof}（示例第{number + 1}号）", firm, text=text)
