"""The meeting of October: three questions, thirty speakers, what was decided, and the plan that came of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from docx import Document

from sunward.accounts.access import Actor
from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.actions.lines import LineDetails, confirm_line
from sunward.blueprint.actions.meetings import MeetingDetails, begin_meeting
from sunward.blueprint.actions.proposals import answer_proposal
from sunward.blueprint.enums import Answer
from sunward.blueprint.models import Meeting, PaperLine
from sunward.blueprint.reading.minutes import read_minutes
from sunward.web.demo.sign_ins import DISTRICT
from sunward.web.demo.yangpu_2022.stage import Stage, at

MET, WRITTEN, APPROVED, ANSWERED = date(2022, 10, 17), date(2022, 10, 18), date(2022, 10, 21), date(2022, 10, 28)
SPEAKERS = 30
QUESTIONS = "会议围绕使命、机遇、状态三个问题开展学习讨论。"
DECISIONS = (
    "1．关于乐业空间。会议决定，建成12个乐业空间，2022年12月底前完成。（区人社局、区民政局、各街道）",
    "2．关于小课式巡讲。会议要求，举办巡讲30场，2022年12月底前完成。由区人社局牵头，区教育局配合。",
    "3．关于邻家妈妈。会议明确，结对儿童60名，2023年6月底前完成。由区妇联牵头，区民政局、各街道配合。",
    "4．关于长期失业青年。会议要求，帮助就业700名，2022年12月底前完成。由区人社局牵头，团区委配合。",
    "5．关于招聘活动。会议决定，举办专场招聘36场，2022年12月底前完成。（区人社局、区商务委、区总工会）",
    "6．关于线上走访。会议要求，走访企业200家，2023年3月底前完成。由区投促办牵头，区人社局、区科委配合。",
    "7．关于社群推送。会议明确，每个街道建一个社群，2022年11月底前完成。由区民政局牵头，各街道配合。",
    "8．关于成果转化。会议决定，征集高校成果20项，2023年6月底前完成。由区科委牵头，区发改委、区教育局配合。",
    "9．关于工作台账。会议明确，统一口径，2022年11月底前完成。由区府办牵头，区委办配合。",
)
_TOPICS = (
    "把岗位送到居民家门口", "建立回访制度", "减少重复报表", "为困境儿童建立联系人", "让企业和学校早一点见面",
    "把培训办到社区", "给志愿者买保险", "统一走访记录格式", "把空置房屋用作服务点", "请退休教师辅导作业",
)  # fmt: skip
_ANSWERS = (
    (Answer.ACCEPTED, "写入施工图，由牵头单位落实。"), (Answer.PARKED, "明年一季度再议，先做试点。"),
    (Answer.DECLINED, "现有渠道已经能办，不另设。"),
)  # fmt: skip


def make_meeting(stage: Stage) -> None:
    stage.tell("the meeting, its three questions and its plan")
    speeches = _speeches(stage)
    minutes = read_minutes(_write(speeches))
    keeper = stage.actor("planner", WRITTEN)
    meeting = begin_meeting(
        actor=keeper, key=uuid4(), unit_code=DISTRICT, minutes=minutes, now=at(WRITTEN, 9),
        details=MeetingDetails("区委学习讨论会", MET, ANSWERED, "区机关会议室", "", "各部门、各街道主要负责人"),
    )  # fmt: skip
    for line in meeting.lines.select_related("lead").order_by("number"):
        _confirm(keeper, line)
    meeting.refresh_from_db()
    approve_meeting(
        actor=stage.actor("planner", APPROVED), meeting_id=meeting.uid, version=meeting.version, on=APPROVED,
        now=at(APPROVED, 15),
    )  # fmt: skip
    _answer(stage.actor("planner", ANSWERED), meeting)


def _speeches(stage: Stage) -> list[tuple[str, str, str]]:
    """Unit, speaker and proposal: offices first, then sub-districts."""
    kinds = (UnitKind.DEPARTMENT, UnitKind.SUBDISTRICT)
    units = list(Unit.objects.filter(kind__in=kinds).order_by("kind", "code")[:SPEAKERS])
    return [
        (unit.name, stage.people.man(MET, youngest=40, oldest=58).name, _TOPICS[number % len(_TOPICS)])
        for number, unit in enumerate(units)
    ]


def _write(speeches: Sequence[tuple[str, str, str]]) -> Path:
    """The minutes as an office writes them; they stay beside the data."""
    paper = Document()
    paper.add_heading("区委学习讨论会纪要（演示数据，均为虚构）", 0)
    paper.add_paragraph(f"时间：{MET.year}年{MET.month}月{MET.day}日")
    paper.add_heading("一、学习情况", 1)
    paper.add_paragraph(QUESTIONS)
    paper.add_heading("二、交流发言", 1)
    for number, (unit, name, topic) in enumerate(speeches, 1):
        paper.add_paragraph(f"（{number}）{unit}　{name}")
        paper.add_paragraph(f"建议{topic}。")
    paper.add_heading("三、议定事项", 1)
    for text in DECISIONS:
        paper.add_paragraph(text)
    paper.add_heading("四、有关要求", 1)
    paper.add_paragraph("各单位要抓好落实（列第一位者为牵头单位，下同）。")
    path = Path(settings.HOME) / "demo-workbooks" / "学习讨论会纪要.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    paper.save(str(path))
    return path


def _confirm(keeper: Actor, line: PaperLine) -> None:
    """What the paper says, and each word for several units as it is meant: all that it may mean."""
    questions = list(line.meeting.questions.order_by("number"))
    details = LineDetails(
        text=line.text, goal=line.goal, section=line.section, lead_code=line.lead.code if line.lead else "",
        question_id=questions[line.number % len(questions)].pk, joint_codes=line.joint_codes,
        expansions={mark["written"]: mark["codes"] for mark in line.marks}, without=line.unknown, due_on=line.due_on,
        review_on=None if line.due_on else date(2023, 3, 31), target_text=line.target_text,
        target_number=line.target_number, target_unit=line.target_unit,
    )  # fmt: skip
    confirm_line(actor=keeper, line_id=line.uid, version=line.version, details=details, now=at(WRITTEN, 16))


@transaction.atomic
def _answer(keeper: Actor, meeting: Meeting) -> None:
    """Each within eleven days; what was proposed twice is merged with the first."""
    seen: dict[str, int] = {}
    for row in meeting.proposals.order_by("number"):
        answer, reason = _ANSWERS[row.number % len(_ANSWERS)]
        first = seen.setdefault(row.text, row.number)
        if first != row.number:
            answer, reason = Answer.MERGED, f"与第{first}条相同，合并办理。"
        answer_proposal(
            actor=keeper, proposal_id=row.uid, version=row.version, answer=answer, reason=reason, on=ANSWERED,
            merged_into=first if answer == Answer.MERGED else None, now=at(ANSWERED, 15),
        )  # fmt: skip
