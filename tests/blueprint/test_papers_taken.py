"""What is kept of papers, what a person adds that stands in none, and what is decided otherwise later."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from sunward.accounts.enums import Role
from sunward.blueprint.actions.lines import LineDetails, add_line, confirm_line
from sunward.blueprint.actions.meetings import (
    PaperTold,
    change_meeting,
    discard_meeting,
    take_breakdown,
)
from sunward.blueprint.actions.proposals import add_proposal, answer_proposal
from sunward.blueprint.enums import Answer, LineState
from sunward.blueprint.models import Decision, Meeting, MeetingProposal, PaperLine, Speaker
from sunward.blueprint.reading.breakdown import read_breakdown
from sunward.core.refusals import Conflict, NotThere, Refusal
from tests.blueprint.meetings import (
    CIVIL,
    DETAILS,
    HR,
    MET,
    approved_plan,
    begin,
    confirm_all,
    details_of,
    make_keeper,
    make_units,
    minutes_of,
    unit_of,
)
from tests.blueprint.papers import write_breakdown
from tests.factories import NOW, TODAY, actor_of, make_officer

pytestmark = pytest.mark.django_db
ROW = (1, "建站", "选址", "区人社局", "甲 13912345678", "区民政局", "2027年3月底", "12个")


@pytest.fixture
def keeper():
    make_units()
    return make_keeper()


@pytest.fixture
def meeting(keeper, tmp_path) -> Meeting:
    return begin(keeper, minutes_of(tmp_path), paper=PaperTold("纪要.docx", "ab"))


def refused_code(act) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code.removeprefix("blueprint.")


def test_a_meeting_keeps_which_papers_were_read_and_what_they_left_open(keeper, meeting, tmp_path):
    assert meeting.papers == [{"kind": "minutes", "name": "纪要.docx", "digest": "ab", "notes": ["speaker_unknown"]}]
    breakdown = read_breakdown(write_breakdown(tmp_path, [ROW], title="重点工作分解表"))
    take_breakdown(
        actor=keeper, meeting_id=meeting.uid, breakdown=breakdown, now=NOW, paper=PaperTold("表.xlsx", "cd")
    )  # fmt: skip
    meeting.refresh_from_db()
    assert [(one["kind"], one["notes"]) for one in meeting.papers] == [
        ("minutes", ["speaker_unknown"]), ("breakdown", ["year_unknown", "numbers_left_out"]),
    ]  # fmt: skip


def test_no_telephone_of_a_paper_is_kept(keeper, tmp_path):
    decision = "1．关于站点。会议决定，建站，联系人13912345678，2027年6月底前完成。（区人社局、区民政局）"
    minutes = minutes_of(tmp_path, (decision,))
    said = replace(minutes.proposals[0], text="请拨打13912345678")
    meeting = begin(keeper, replace(minutes, proposals=(said,)))
    assert meeting.papers[0]["notes"][-1] == "numbers_left_out"
    kept = " ".join((*meeting.lines.values_list("text", flat=True), *meeting.proposals.values_list("text", flat=True)))
    assert "139" not in kept
    assert kept.count("（电话）") == 2


def test_the_same_workbook_again_changes_nothing_even_after_somebody_looked_at_its_lines(keeper, meeting, tmp_path):
    breakdown = read_breakdown(write_breakdown(tmp_path, [ROW]))

    def take(digest: str) -> int:
        paper = PaperTold("表.xlsx", digest)
        return take_breakdown(actor=keeper, meeting_id=meeting.uid, breakdown=breakdown, now=NOW, paper=paper)

    assert take("cd") == 1
    row = meeting.lines.get(is_decision=False)
    confirm_line(actor=keeper, line_id=row.uid, version=row.version, details=details_of(row), now=NOW)
    assert take("cd") == 1
    assert meeting.lines.get(is_decision=False).state == LineState.CONFIRMED
    assert refused_code(lambda: take("ef")) == "breakdown_looked_at"


def test_a_meeting_is_written_down_by_hand(keeper):
    meeting = begin(keeper, None, questions=("使命", "机遇", "使命", "状态"))
    assert list(meeting.questions.order_by("number").values_list("text", flat=True)) == ["使命", "机遇", "状态"]
    assert meeting.papers is None
    details = LineDetails(
        text="建成12个站点", goal="建站", lead_code=HR, question_id=meeting.questions.first().pk, joint_codes=(CIVIL,),
        due_on=date(2027, 6, 30),
    )  # fmt: skip
    key = uuid4()
    for _time in range(2):
        line = add_line(actor=keeper, meeting_id=meeting.uid, key=key, details=details, now=NOW)
    assert (line.number, line.state, line.is_decision) == (1, LineState.CONFIRMED, True)
    again = add_line(actor=keeper, meeting_id=meeting.uid, key=uuid4(), details=details, now=NOW)
    assert again.number == 2
    assert refused_code(
        lambda: add_line(
            actor=keeper, meeting_id=meeting.uid, key=uuid4(), details=replace(details, lead_code=""), now=NOW
        )
    ) == "line_lead"  # fmt: skip
    assert PaperLine.objects.count() == 2


def test_a_proposal_is_added_once_and_one_person_is_one_speaker(keeper, meeting):
    def add(key, text="建议共享数据", name="黄平", unit_code=HR):
        return add_proposal(
            actor=keeper, meeting_id=meeting.uid, key=key, unit_code=unit_code, name=name, text=text, now=NOW
        )

    key = uuid4()
    assert add(key) == add(key)
    row = MeetingProposal.objects.get(uid=key)
    assert (row.number, row.speaker.number) == (6, 1)
    assert add(uuid4(), unit_code=CIVIL).speaker.number == 4
    assert Speaker.objects.count() == 4
    assert refused_code(lambda: add(uuid4(), unit_code="nowhere")) == "speaker_unit"
    assert refused_code(lambda: add(uuid4(), text=" ")) == "proposal_text"
    assert refused_code(lambda: add(uuid4(), text="打13912345678")) == "numbers"


def test_name_and_day_of_a_meeting_are_put_right_until_it_is_approved(keeper, meeting):
    def change(version: int, **changed):
        return change_meeting(
            actor=keeper, meeting_id=meeting.uid, version=version, details=replace(DETAILS, **changed), now=NOW
        )

    assert change(meeting.version, title="大讨论").title == "大讨论"
    with pytest.raises(Conflict):
        change(meeting.version, title="别的")
    now = meeting.version + 1
    assert refused_code(lambda: change(now, chair="钟 13912345678")) == "numbers"
    assert refused_code(lambda: change(now, answers_due_on=date(2026, 11, 1))) == "answers_too_early"
    confirm_all(keeper, meeting)
    late = {"met_on": date(2027, 1, 4), "answers_due_on": date(2027, 2, 4)}
    assert refused_code(lambda: change(now, **late)) == "meeting_too_late"


def test_a_meeting_begun_by_mistake_goes_unless_somebody_answered_in_it(keeper, meeting, tmp_path):
    row = meeting.proposals.first()
    answer_proposal(
        actor=keeper, proposal_id=row.uid, version=row.version, answer=Answer.ACCEPTED, reason="可行", on=TODAY, now=NOW
    )

    def discard(one: Meeting) -> None:
        discard_meeting(actor=keeper, meeting_id=one.uid, version=one.version, now=NOW)

    assert refused_code(lambda: discard(meeting)) == "meeting_answered"
    approved = approved_plan(keeper, tmp_path).meeting
    assert refused_code(lambda: discard(approved)) == "meeting_approved"
    other = begin(keeper, minutes_of(tmp_path))
    discard(other)
    assert set(Meeting.objects.all()) == {meeting, approved}
    assert not PaperLine.objects.exclude(meeting__in=[meeting, approved]).exists()


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_changes_no_word_of_it(keeper, tmp_path):
    first = approved_plan(keeper, tmp_path).meeting
    old = first.decisions.get(number=2)
    second = begin(keeper, minutes_of(tmp_path))
    row = second.lines.get(number=2)
    stray = begin(keeper, minutes_of(tmp_path)).lines.get(number=1)

    def confirm(line: PaperLine, earlier):
        return confirm_line(
            actor=keeper, line_id=line.uid, version=line.version, details=details_of(line, instead_of=earlier), now=NOW
        )

    assert refused_code(lambda: confirm(stray, uuid4())) == "line_instead"
    assert confirm(row, old.uid).instead_of == old
    for line in second.lines.exclude(pk=row.pk):
        confirm(line, None)
    from sunward.blueprint.actions.approving import approve_meeting

    approve_meeting(actor=keeper, meeting_id=second.uid, version=second.version, on=TODAY, now=NOW)
    assert Decision.objects.get(meeting=second, number=2).instead_of == old
    assert [one.meeting for one in old.otherwise.all()] == [second]


def test_a_decision_of_the_meeting_itself_or_of_a_later_day_is_not_replaced_by_it(keeper, tmp_path):
    later = approved_plan(keeper, tmp_path).meeting
    early = begin(keeper, minutes_of(tmp_path), details=replace(DETAILS, met_on=MET.replace(day=1)))
    row = early.lines.get(number=1)
    told = details_of(row, instead_of=later.decisions.first().uid)
    act = lambda: confirm_line(actor=keeper, line_id=row.uid, version=row.version, details=told, now=NOW)  # noqa: E731
    assert refused_code(act) == "line_instead"


@pytest.mark.parametrize(
    ("role", "code"), [(Role.LEADER, "310110"), (Role.PLAN_OFFICER, HR), (Role.PLAN_OFFICER, "310109")]
)
def test_nobody_else_writes_into_a_meeting(role, code, keeper, meeting):
    stranger = actor_of(make_officer(role, unit_of(code)))
    details = details_of(meeting.lines.first())
    told = {"actor": stranger, "meeting_id": meeting.uid, "now": NOW}
    for act in (
        lambda: add_line(key=uuid4(), details=details, **told),
        lambda: add_proposal(key=uuid4(), unit_code=HR, name="甲", text="乙", **told),
        lambda: change_meeting(version=meeting.version, details=DETAILS, **told),
        lambda: discard_meeting(version=meeting.version, **told),
    ):
        with pytest.raises(NotThere):
            act()
