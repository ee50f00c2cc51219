"""A district with offices, a meeting read from minutes, and the plan that comes of it."""

from datetime import date
from pathlib import Path
from uuid import uuid4

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.actions.lines import LineDetails, confirm_line
from sunward.blueprint.actions.meetings import MeetingDetails, begin_meeting
from sunward.blueprint.models import DeliveryPlan, Meeting, PaperLine, WorkItem
from sunward.blueprint.reading.minutes import Minutes, read_minutes
from tests.blueprint.papers import write_minutes
from tests.factories import NOW, TODAY, actor_of, make_district, make_officer, make_unit

MET = date(2026, 11, 2)
HR, CIVIL, WOMEN, EDUCATION = "310110HR", "310110CA", "310110WF", "310110ED"
STREETS = {"310110001": "定海路街道", "310110012": "控江路街道", "310110022": "殷行街道"}
DETAILS = MeetingDetails("学习讨论会", MET, date(2026, 12, 2), "区机关会议室", "钟主持")
DECISIONS = (
    "1．关于站点。会议决定，建成12个站点，2027年6月底前完成。（区人社局、区民政局、各街道）",
    "2．关于培训。会议要求，开展培训6期，年底前完成。由区妇联牵头，区教育局、区数字办配合。",
    "3．关于台账。会议明确，统一口径，长期坚持。（区民政局、区妇联）",
)
SPEECHES = (
    "（一）区人社局　黄平", "1．建议把岗位送到居民家门口。", "2．建议建立回访制度。",
    "（二）控江路街道　许涛", "建议：一是减少重复报表；二是统一走访记录格式。",
    "（三）区数字办　王平", "建议建设数据目录。",
)  # fmt: skip


def make_units() -> dict[str, Unit]:
    district = make_district()
    names = {HR: "区人社局", CIVIL: "区民政局", WOMEN: "区妇联", EDUCATION: "区教育局"}
    kind = UnitKind.DEPARTMENT
    units = {code: make_unit(code, parent=district, kind=kind, name=name) for code, name in names.items()}
    return units | {code: make_unit(code, parent=district, name=name) for code, name in STREETS.items()}


def unit_of(code: str) -> Unit:
    """One of the district, else one of another."""
    return Unit.objects.filter(code=code).first() or make_unit(code, name=code)


def make_keeper(unit: Unit | None = None) -> Actor:
    return actor_of(make_officer(Role.PLAN_OFFICER, unit))


def minutes_of(folder: Path, decisions: tuple[str, ...] = DECISIONS) -> Minutes:
    return read_minutes(write_minutes(folder, decisions, speeches=SPEECHES, time="2026年11月2日"))


def begin(keeper: Actor, minutes: Minutes | None, **more: object) -> Meeting:
    given = {"key": uuid4(), "unit_code": "310110", "details": DETAILS} | more
    return begin_meeting(actor=keeper, minutes=minutes, now=NOW, **given)


def details_of(line: PaperLine, **changed: object) -> LineDetails:
    """What a person would confirm who agrees with all that the paper says, and settles what it leaves open."""
    question = line.meeting.questions.order_by("number").first()
    assert question is not None
    said = {
        "text": line.text, "goal": line.goal, "section": line.section, "question_id": question.pk,
        "lead_code": line.lead.code if line.lead else "", "joint_codes": line.joint_codes,
        "expansions": {mark["written"]: mark["codes"] for mark in line.marks}, "without": line.unknown,
        "due_on": line.due_on, "review_on": None if line.due_on else date(2027, 3, 31),
        "target_text": line.target_text, "target_number": line.target_number, "target_unit": line.target_unit,
    }  # fmt: skip
    return LineDetails(**said | changed)


def confirm_all(keeper: Actor, meeting: Meeting) -> None:
    for line in meeting.lines.order_by("-is_decision", "number"):
        confirm_line(actor=keeper, line_id=line.uid, version=line.version, details=details_of(line), now=NOW)


def approved_plan(keeper: Actor, folder: Path, decisions: tuple[str, ...] = DECISIONS) -> DeliveryPlan:
    meeting = begin(keeper, minutes_of(folder, decisions))
    confirm_all(keeper, meeting)
    return approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)


def item_of(plan: DeliveryPlan, number: int = 1) -> WorkItem:
    return plan.items.select_related("lead").get(number=number)
