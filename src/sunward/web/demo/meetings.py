"""A meeting of the demo and the plan that came of it; and a second one, in preparation. All of it is invented.

A newcomer's first start waits for this: a few dozen acts, and of thirty proposals only some have been answered.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Assignment, Unit, User
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.actions.completing import accept_completion, claim_completion
from sunward.blueprint.actions.issuing import acknowledge, issue_plan
from sunward.blueprint.actions.learning import GaugeDetails, set_gauge
from sunward.blueprint.actions.lines import LineDetails, add_line, confirm_line
from sunward.blueprint.actions.meetings import MeetingDetails, PaperTold, begin_meeting
from sunward.blueprint.actions.obstacles import raise_obstacle
from sunward.blueprint.actions.proposals import answer_proposal
from sunward.blueprint.actions.reporting import Report
from sunward.blueprint.actions.work import Point, Step, reach_milestone, set_milestones, set_trajectory
from sunward.blueprint.enums import Answer, GaugeShape, Rhythm
from sunward.blueprint.models import DeliveryPlan, Meeting, PaperLine, WorkItem
from sunward.blueprint.reading.deadlines import Deadline
from sunward.blueprint.reading.lines import Charge, Unsure, WorkLine
from sunward.blueprint.reading.minutes import Minutes, ProposalRead, SpeakerRead
from sunward.blueprint.reading.targets import Target
from sunward.blueprint.reading.unit_names import NamedUnit
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import DISTRICT, SignIn, make_sign_in

# Before some deadlines and after others, so that the next one asks for what was promised at this one.
STOCKTAKE_DAYS_AGO = 32
_DECIDED = (
    ("公布各部门、各街道联络人名单。", "部门联络", 12),
    ("核定第二批合并的报表，列出停用日期。", "报表减负", 45),
)
QUESTIONS = ("守好哪些人", "抓住哪些机会", "以什么样的状态去做")
SPEAKERS, MET_DAYS_AGO = 30, 75
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
_GIVEN = ("立新", "慧敏", "建平", "雅琴", "志远", "晓岚", "国栋", "玉洁", "文涛", "春燕")
_PROPOSED = (
    "把岗位送到居民家门口，每个街道每月办一场小型招聘", "统一各条线的走访记录格式，减少重复填表",
    "邻家妈妈上岗前统一培训，并安排老志愿者带一次", "为照料孩子的祖辈开设隔代教育小课堂",
    "建立高校成果与企业需求的对接清单", "为重点企业配一名固定联络人",
    "把长期未就业青年逐一建档，三个月回访一次", "共享辖区可用的活动场地清单",
    "为困境儿童家庭提供寒暑假托管", "每季度公开一次建议的办理情况",
)  # fmt: skip
_ANSWERS = (
    (Answer.ACCEPTED, "写入施工图，由牵头单位落实。"), (Answer.PARKED, "先在两个街道试点，明年一季度再议。"),
    (Answer.DECLINED, "现有渠道已经能办，不另设。"), (Answer.ACCEPTED, "纳入年度工作安排。"),
)  # fmt: skip
_ANSWERED = (1, 2, 3, 4, 5, len(_PROPOSED) + 1)
# Goal, what is done, lead, who joins (各街道: all of them), days from the meeting to the deadline, number and unit.
_LINES = (
    ("服务站点", "每个街道建成1个家门口服务站点，配齐工作人员。", "区人社局", ("区民政局", "各街道"), 240, 12, "个"),
    ("青年就业", "对长期未就业青年逐人建档、逐人回访。", "区人社局", ("区教育局", "团区委"), 150, 300, "人"),
    ("社区招聘", "送岗位进社区，每月不少于2场。", "区人社局", ("各街道",), 180, 12, "场"),
    ("志愿者核查", "志愿者上岗前完成从业查询，未完成的不上门。", "区妇联", ("区公安分局", "区民政局"), 40, None, ""),
    ("结对陪伴", "为监护缺失的儿童配齐邻家妈妈。", "区妇联", ("区民政局", "各街道"), 200, 80, "对"),
    ("云上辅导", "组织大学生线上辅导，一对一。", "团区委", ("区教育局", "区妇联"), 160, 60, "名"),
    ("寒假托管", "寒假期间每个街道开设1个托管班。", "区教育局", ("区妇联", "各街道"), 90, 12, "个"),
    ("心理支持", "建立未成年人心理支持转介流程。", "区卫健委", ("区教育局", "区民政局"), 60, None, ""),
    ("成果对接", "梳理高校成果清单，促成企业对接。", "区科委", ("区商务委",), 270, 20, "项"),
    ("企业联络", "重点企业配备固定联络人。", "区商务委", ("区市场监管局",), 55, 100, "家"),
    ("报表减负", "合并重复报表，公布保留清单。", "区委办", ("区府办", "各街道"), 45, 10, "张"),
    ("走访规范", "统一走访记录的格式和留存期限。", "区民政局", ("区妇联", "各街道"), 120, None, ""),
)  # fmt: skip


def make_meetings(moment: Moment) -> SignIn:
    user, sign_in = make_sign_in(Role.PLAN_OFFICER, unit=Unit.objects.get(code=DISTRICT), on=moment.on)
    met = moment.earlier(MET_DAYS_AGO)
    codes = dict(Unit.objects.filter(kind__in=(UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT)).values_list("name", "code"))
    meeting = _begin(user, met, codes)
    plan = _approve(user, meeting, moment.earlier(MET_DAYS_AGO - 5))
    _answer(user, meeting, moment.earlier(MET_DAYS_AGO - 20))
    _lay_out(user, plan, met, moment)
    _close(user, plan, moment.earlier(MET_DAYS_AGO - 8), moment.earlier(20))
    _see_through(user, plan, moment)
    _hold_stocktake(user, plan, moment)
    _begin_next(user, moment.earlier(2))
    return sign_in


def _begin(user: User, met: Moment, codes: Mapping[str, str]) -> Meeting:
    streets = tuple(name for name in codes if name.endswith("街道"))
    speakers = [
        SpeakerRead(number, unit, _FAMILY[number] + _GIVEN[number % len(_GIVEN)], unit)
        for number, unit in enumerate(list(codes)[:SPEAKERS])
    ]
    minutes = Minutes(
        "区委学习讨论会", met.on, "区机关第一会议室", "", "各部门、各街道主要负责人", QUESTIONS, tuple(speakers),
        tuple(ProposalRead(one.place, one, _PROPOSED[one.place % len(_PROPOSED)]) for one in speakers),
        tuple(_line(number, one, met.on, streets) for number, one in enumerate(_LINES, 1)), True,
    )  # fmt: skip
    return _write_down(user, minutes, met)


def _line(number: int, told: tuple[str, str, str, tuple[str, ...], int, int | None, str], met: date,
          streets: tuple[str, ...]) -> WorkLine:  # fmt: skip
    goal, text, lead, joint, days, wanted, unit = told
    marks = tuple(NamedUnit(name, is_collective=True, expands_to=streets) for name in joint if name == "各街道")
    named = tuple(name for name in joint if name != "各街道")
    unsure = (Unsure("joint", "unit_generic"),) if marks else ()
    due = met + timedelta(days=days)
    return WorkLine(
        number, text, Charge(lead, named, marks, (), unsure), Deadline(due, written=f"{due:%Y年%-m月%-d日}前"),
        Target(f"{wanted}{unit}" if wanted else "", wanted, unit), str(number), goal=goal,
    )  # fmt: skip


def _write_down(user: User, minutes: Minutes, at: Moment) -> Meeting:
    return begin_meeting(
        actor=_actor(user, at), key=uuid4(), unit_code=DISTRICT, minutes=minutes, now=at.now,
        details=MeetingDetails(
            minutes.title, at.on, at.on + timedelta(days=90), minutes.venue, minutes.chair, minutes.attended
        ),
        paper=PaperTold(f"{minutes.title}纪要.docx"),
    )  # fmt: skip


def _approve(user: User, meeting: Meeting, at: Moment) -> DeliveryPlan:
    keeper = _actor(user, at)
    questions = list(meeting.questions.order_by("number"))
    for line in meeting.lines.select_related("lead").order_by("number"):
        question = questions[(line.number - 1) * len(questions) // len(_LINES)]
        confirm_line(
            actor=keeper, line_id=line.uid, version=line.version, details=_agree(line, question.pk), now=at.now
        )  # fmt: skip
    return approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=at.on, now=at.now)


def _agree(line: PaperLine, question_id: int) -> LineDetails:
    """With all that the paper says, and each word for several units as all that it may mean."""
    return LineDetails(
        text=line.text, goal=line.goal, lead_code=line.lead.code if line.lead else "", question_id=question_id,
        joint_codes=line.joint_codes, expansions={mark["written"]: mark["codes"] for mark in line.marks},
        due_on=line.due_on, target_text=line.target_text, target_number=line.target_number,
        target_unit=line.target_unit,
    )  # fmt: skip


def _answer(user: User, meeting: Meeting, at: Moment) -> None:
    """Some of them: what was proposed twice is merged with the first, the others still wait."""
    keeper = _actor(user, at)
    for row in meeting.proposals.filter(number__in=_ANSWERED).order_by("number"):
        answer, reason = _ANSWERS[row.number % len(_ANSWERS)]
        is_second = row.number == len(_PROPOSED) + 1
        answer_proposal(
            actor=keeper, proposal_id=row.uid, version=row.version, on=at.on, now=at.now,
            answer=Answer.MERGED if is_second else answer, merged_into=1 if is_second else None,
            reason="与第1条相同，合并办理。" if is_second else reason,
        )  # fmt: skip


def _lay_out(user: User, plan: DeliveryPlan, met: Moment, moment: Moment) -> None:
    """Milestones of some lines, the first of them reached, and the way that two numbers are to take."""
    keeper, start = _actor(user, met), met.on
    items = {item.number: item for item in plan.items.order_by("number")}
    for number, reached in ((1, True), (9, False)):
        item, later = items[number], moment.earlier(30)
        steps = [Step("制定方案并明确分工", start + timedelta(days=30)), Step("完成一半", start + timedelta(days=90))]
        version = set_milestones(actor=keeper, item_id=item.uid, version=1, steps=steps, now=met.now).version
        if item.target_number:
            _draw(keeper, item, version, start, met)
        if reached:
            reach_milestone(
                actor=_actor(user, later), item_id=item.uid, number=1, evidence="工作方案已印发", on=later.on,
                now=later.now,
            )  # fmt: skip


def _draw(keeper: Actor, item: WorkItem, version: int, start: date, met: Moment) -> None:
    end, number = item.due_on or start, item.target_number or Decimal(0)
    half = start + (end - start) / 2
    points = [
        Point(start, Decimal(0)), Point(half, (number / 3).quantize(Decimal(1)), "方案印发，场地和人员到位"),
        Point(end, number, "各街道同步推进"),
    ]  # fmt: skip
    set_trajectory(actor=keeper, item_id=item.uid, version=version, points=points, on=met.on, now=met.now)


def _close(user: User, plan: DeliveryPlan, issued: Moment, at: Moment) -> None:
    """All lines are issued; one was handed in by the unit that leads, and accepted as it was: eight of ten."""
    issue_plan(
        actor=_actor(user, issued), plan_id=plan.uid, by=issued.on + timedelta(days=7), on=issued.on, now=issued.now
    )  # fmt: skip
    item = plan.items.select_related("lead").get(number=11)
    follower = User.objects.create_user("planner2", name="季文")
    Assignment.objects.create(
        user=follower, role=Role.PLAN_OFFICER, unit=item.lead, from_on=issued.on - timedelta(days=300)
    )  # fmt: skip
    acknowledge(actor=_actor(follower, issued), item_id=item.uid, on=issued.on, now=issued.now)
    claim = claim_completion(
        actor=_actor(follower, at), item_id=item.uid, on=at.on, now=at.now,
        report=Report("保留清单已公布，合并后停用8张。", Decimal(8), at.on),
    )  # fmt: skip
    accept_completion(
        actor=_actor(user, at), item_id=item.uid, step_id=claim.uid, text="余下2张由市级统一调整。", on=at.on,
        now=at.now,
    )  # fmt: skip


def _see_through(user: User, plan: DeliveryPlan, moment: Moment) -> None:
    """One line is on course, one was caught up late, one is to be watched; those that are behind or cannot be told are
    there without any doing."""
    met, items = moment.earlier(MET_DAYS_AGO), {item.number: item for item in plan.items.filter(number__in=(3, 6, 12))}
    for number, text, day, reached, evidence in (
        (12, "统一格式印发", 50, 45, "格式已印发各街道"), (3, "首场社区招聘", 20, 40, "已在社区广场举办"),
        (6, "第一批大学生上线", MET_DAYS_AGO - 3, None, ""),
    ):  # fmt: skip
        item = items[number]
        version = item.version
        if item.target_number:
            details = GaugeDetails(GaugeShape.CALENDAR, "", Rhythm.WEEK, met.on)
            set_gauge(
                actor=_actor(user, met), item_id=item.uid, version=version, details=details, on=met.on, now=met.now
            )
            version += 1
        steps = [Step(text, met.on + timedelta(days=day))]
        set_milestones(actor=_actor(user, met), item_id=item.uid, version=version, steps=steps, now=met.now)
        if reached:
            at = moment.earlier(MET_DAYS_AGO - reached)
            reach_milestone(
                actor=_actor(user, at), item_id=item.uid, number=1, evidence=evidence, on=at.on, now=at.now
            )  # fmt: skip


def _hold_stocktake(user: User, plan: DeliveryPlan, moment: Moment) -> None:
    """Of what it decided one line is done and accepted; of the other the unit that leads waits for the district."""
    met, done, stuck = (moment.earlier(days) for days in (STOCKTAKE_DAYS_AGO, 21, 1))
    keeper, follower = _actor(user, met), _actor(User.objects.get(username="planner2"), met)
    meeting = begin_meeting(
        actor=keeper, key=uuid4(), unit_code=DISTRICT, minutes=None, now=met.now, looks_at=plan.uid,
        details=MeetingDetails("第一次推进会", met.on, met.on, "区机关第一会议室"),
    )  # fmt: skip
    question = meeting.questions.order_by("number").first()
    lead = plan.items.select_related("lead").get(number=11).lead
    for text, goal, days in _DECIDED:
        add_line(
            actor=keeper, meeting_id=meeting.uid, key=uuid4(), now=met.now,
            details=LineDetails(
                text=text, goal=goal, lead_code=lead.code, question_id=question.pk if question else 0,
                due_on=met.on + timedelta(days=days),
            ),
        )  # fmt: skip
    made = approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=met.on, now=met.now)
    issue_plan(actor=keeper, plan_id=made.uid, by=met.on + timedelta(days=3), on=met.on, now=met.now)
    first, second = made.items.order_by("number")
    for item in (first, second):
        acknowledge(actor=follower, item_id=item.uid, on=met.on, now=met.now)
    claim = claim_completion(
        actor=follower, item_id=first.uid, on=done.on, now=done.now, report=Report("名单已印发。", None, done.on)
    )
    accept_completion(
        actor=keeper, item_id=first.uid, step_id=claim.uid, text="", on=done.on, now=done.now
    )  # fmt: skip
    raise_obstacle(
        actor=follower, item_id=second.uid, text="3张报表由市级条线下发，区里不能自行停用。", unit_code=DISTRICT,
        by=moment.on + timedelta(days=4), on=stuck.on, now=stuck.now,
    )  # fmt: skip


def _begin_next(user: User, at: Moment) -> None:
    """Minutes that were read the day before yesterday; nobody has looked at a line yet."""
    speaker = SpeakerRead(1, "区民政局", "苏宁远", "区民政局")
    unknown = Charge("区民政局", ("区妇联",), (), ("区数字办",), (Unsure("joint", "unit_unknown"),))
    vague = Charge("", (), (), (), (Unsure("lead", "lead_missing"),))
    lines = (
        WorkLine(9, "冬季走访困难家庭，登记取暖需求。", unknown, Deadline(at.on + timedelta(days=40), written="年底前"),
                 Target("400户", 400, "户"), "1", goal="冬季走访"),
        WorkLine(11, "建立部门间信息共享的清单，长期坚持。", vague,
                 Deadline(None, "deadline_ongoing", "长期坚持"), Target(), "2", goal="信息共享"),
    )  # fmt: skip
    minutes = Minutes(
        "冬季关爱专题会", at.on, "区机关第二会议室", "", "", QUESTIONS, (speaker,),
        (ProposalRead(4, speaker, "把取暖需求登记并入日常走访"),), lines, True,
    )  # fmt: skip
    _write_down(user, minutes, at)


def _actor(user: User, at: Moment) -> Actor:
    return read_actor(user, on=at.on)
