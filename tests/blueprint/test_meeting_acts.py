"""From the minutes of a meeting to its plan: what a person has to settle, and what is frozen afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sunward.accounts.enums import Role
from sunward.audit.models import AuditEntry
from sunward.blueprint.access import visible_proposals
from sunward.blueprint.actions.approving import approve_meeting
from sunward.blueprint.actions.lines import confirm_line, leave_out_line, reopen_line
from sunward.blueprint.actions.meetings import place_speaker, set_questions, take_breakdown
from sunward.blueprint.actions.proposals import answer_proposal
from sunward.blueprint.enums import Answer, LineState
from sunward.blueprint.models import Decision, DeliveryPlan, Meeting, MeetingProposal, PaperLine, WorkItem
from sunward.blueprint.queries.meetings import list_meetings
from sunward.blueprint.reading.breakdown import read_breakdown
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.ledger.models import Fact
from sunward.web.home_meetings import read_meetings
from tests.blueprint.meetings import (
    CIVIL,
    EDUCATION,
    HR,
    STREETS,
    WOMEN,
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
from tests.factories import NOW, TODAY, actor_of, make_officer, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_units()


@pytest.fixture
def keeper(units):
    return make_keeper()


@pytest.fixture
def meeting(keeper, tmp_path) -> Meeting:
    return begin(keeper, minutes_of(tmp_path))


def line(meeting: Meeting, number: int, **told: object) -> PaperLine:
    return meeting.lines.select_related("meeting", "lead").get(number=number, **{"is_decision": True} | told)


def confirm(keeper, row: PaperLine, **changed: object) -> PaperLine:
    return confirm_line(actor=keeper, line_id=row.uid, version=row.version, details=details_of(row, **changed), now=NOW)


def approve(keeper, meeting: Meeting) -> DeliveryPlan:
    meeting.refresh_from_db()
    return approve_meeting(actor=keeper, meeting_id=meeting.uid, version=meeting.version, on=TODAY, now=NOW)


def code_of(refused) -> str:
    return refused.value.code.removeprefix("blueprint.")


def test_minutes_become_a_meeting_with_questions_speakers_proposals_and_lines_to_be_looked_at(meeting):
    assert list(meeting.questions.order_by("number").values_list("text", flat=True)) == ["使命", "机遇", "状态"]
    speakers = meeting.speakers.order_by("number")
    assert [(row.unit.name if row.unit else row.unit_written, row.name) for row in speakers] == [
        ("区人社局", "黄平"), ("控江路街道", "许涛"), ("区数字办", "王平"),
    ]  # fmt: skip
    assert meeting.proposals.count() == 5
    assert {row.state for row in meeting.lines.all()} == {LineState.OPEN}
    first, second, third = (line(meeting, number) for number in (1, 2, 3))
    assert (first.lead.code, first.joint_codes, first.due_on) == (HR, [CIVIL], date(2027, 6, 30))
    assert first.marks == [{"written": "各街道", "codes": list(STREETS)}]
    assert (first.target_number, first.target_unit) == (12, "个")
    assert (second.unknown, second.due_on) == (["区数字办"], date(2026, 12, 31))
    assert [entry[1] for entry in third.open] == ["deadline_ongoing"]
    assert not WorkItem.objects.exists()
    assert not Decision.objects.exists()


def test_the_same_form_sent_twice_is_one_meeting(keeper, tmp_path):
    key = uuid4()
    first, second = (begin(keeper, minutes_of(tmp_path), key=key) for _ in range(2))
    assert first == second
    assert Meeting.objects.count() == 1
    assert MeetingProposal.objects.count() == 5


def test_a_unit_that_the_house_has_not_is_left_to_a_person_like_one_that_nobody_knows(keeper, tmp_path):
    row = line(begin(keeper, minutes_of(tmp_path, ("1．关于甲。年底前完成。（区科委、区民政局）",))), 1)
    assert row.lead is None
    assert row.unknown == ["区科委"]
    assert ["lead", "lead_unknown"] in row.open


@pytest.mark.parametrize(
    ("number", "changed", "code"),
    [
        (1, {"expansions": {}}, "line_marks"),
        (1, {"lead_code": ""}, "line_lead"),
        (1, {"lead_code": "310109HR"}, "line_lead"),
        (1, {"joint_codes": ["nowhere"]}, "line_unit"),
        (1, {"expansions": {"各街道": ["310109001"]}}, "line_unit"),
        (1, {"question_id": 0}, "line_question"),
        (1, {"text": " "}, "line_text"),
        (1, {"due_on": None}, "line_end"),
        (1, {"review_on": date(2027, 1, 1)}, "line_end"),
        (1, {"due_on": date(2026, 11, 1)}, "line_past"),
        (2, {"without": ()}, "line_unknown"),
    ],
)
def test_nothing_that_the_paper_left_open_is_settled_by_silence(number, changed, code, keeper, meeting):
    other = make_unit("310109", name="虹口区")
    make_unit("310109HR", parent=other, kind="department", name="虹口区人社局")
    row = line(meeting, number)
    with pytest.raises(Refusal) as refused:
        confirm(keeper, row, **changed)
    assert code_of(refused) == code
    row.refresh_from_db()
    assert row.state == LineState.OPEN


def test_the_question_of_another_meeting_is_none_of_this_one(keeper, meeting, tmp_path):
    strange = begin(keeper, minutes_of(tmp_path)).questions.first()
    with pytest.raises(Refusal) as refused:
        confirm(keeper, line(meeting, 1), question_id=strange.pk)
    assert code_of(refused) == "line_question"


def test_a_confirmed_expansion_joins_and_who_leads_does_not_join(keeper, meeting):
    row = confirm(keeper, line(meeting, 1), lead_code="310110012")
    assert set(row.joint_codes) == {CIVIL, "310110001", "310110022"}
    assert (row.marks, row.unknown, row.open, row.state) == ([], [], [], LineState.CONFIRMED)


def test_a_word_for_several_units_may_mean_none(keeper, meeting):
    assert confirm(keeper, line(meeting, 1), expansions={"各街道": []}).joint_codes == [CIVIL]


def test_the_database_keeps_a_confirmed_line_from_having_no_lead_no_question_or_no_end(keeper, meeting):
    row = confirm(keeper, line(meeting, 1))
    for changed in ({"lead": None}, {"question": None}, {"due_on": None}, {"review_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperLine.objects.filter(pk=row.pk).update(**changed)


def test_two_who_look_at_one_line_do_not_overwrite_each_other(keeper, meeting):
    row = line(meeting, 1)
    confirm(keeper, row)
    with pytest.raises(Conflict):
        confirm(keeper, row)
    with pytest.raises(Conflict):
        leave_out_line(actor=keeper, line_id=row.uid, version=row.version, now=NOW)


def test_a_meeting_is_approved_only_when_every_line_was_looked_at_and_something_was_decided(keeper, meeting):
    with pytest.raises(Refusal) as refused:
        approve(keeper, meeting)
    assert code_of(refused) == "lines_open"
    for row in meeting.lines.all():
        leave_out_line(actor=keeper, line_id=row.uid, version=row.version, now=NOW)
    with pytest.raises(Refusal) as refused:
        approve(keeper, meeting)
    assert code_of(refused) == "nothing_decided"
    assert not DeliveryPlan.objects.exists()


def test_an_approved_meeting_has_its_decisions_and_a_plan_with_one_lead_to_each_line(keeper, meeting):
    row = line(meeting, 3)
    leave_out_line(actor=keeper, line_id=row.uid, version=row.version, now=NOW)
    for number in (1, 2):
        confirm(keeper, line(meeting, number))
    plan = approve(keeper, meeting)
    assert [(row.number, row.topic) for row in meeting.decisions.order_by("number")] == [(1, "站点"), (2, "培训")]
    first, second = plan.items.select_related("lead", "decision", "goal").order_by("number")
    assert (first.lead.code, first.unit_path, first.decision.number) == (HR, first.lead.path, 1)
    assert (second.lead.code, second.due_on, second.target_number) == (WOMEN, date(2026, 12, 31), 6)
    assert {part.unit.code for part in first.parts.select_related("unit")} == {CIVIL, *STREETS}
    assert [part.unit.code for part in second.parts.select_related("unit")] == [EDUCATION]
    assert Fact.objects.filter(kind="blueprint.work_begun").count() == 2
    entry = AuditEntry.objects.order_by("-number").first()
    assert (entry.code, entry.detail) == ("blueprint.meeting_approved", {"decisions": 2, "work_lines": 2})


def test_after_approval_nothing_of_the_meeting_is_changed(keeper, tmp_path):
    plan = approved_plan(keeper, tmp_path)
    meeting = plan.meeting
    row = meeting.lines.first()
    acts = (
        lambda: confirm(keeper, row),
        lambda: leave_out_line(actor=keeper, line_id=row.uid, version=row.version, now=NOW),
        lambda: reopen_line(actor=keeper, line_id=row.uid, version=row.version, now=NOW),
        lambda: approve(keeper, meeting),
        lambda: set_questions(
            actor=keeper, meeting_id=meeting.uid, version=meeting.version, questions=["别的"], now=NOW
        ),
    )
    for act in acts:
        with pytest.raises(Refusal) as refused:
            act()
        assert code_of(refused) == "meeting_approved"


@pytest.mark.parametrize("change", [lambda rows: rows.update(text="别的"), lambda rows: rows.delete()])
def test_the_database_itself_refuses_to_change_a_decision(change, keeper, tmp_path):
    approved_plan(keeper, tmp_path)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Decision.objects.all())
    assert Decision.objects.count() == 3


def test_a_breakdown_stands_beside_the_decisions_and_becomes_work_under_its_goals(keeper, meeting, tmp_path):
    rows = [(1, "建站", "选址", "区人社局", "甲", "区民政局", "2027年3月底", "12个"),
            (None, None, "开放", "区民政局", "乙", "各街道", "2027年6月底", None)]  # fmt: skip
    breakdown = read_breakdown(write_breakdown(tmp_path, rows, merges=["B3:B4"], title="2027年重点工作分解表"))
    assert take_breakdown(actor=keeper, meeting_id=meeting.uid, breakdown=breakdown, now=NOW) == 2
    assert take_breakdown(actor=keeper, meeting_id=meeting.uid, breakdown=breakdown, now=NOW) == 2
    assert meeting.lines.filter(is_decision=False).count() == 2
    confirm_all(keeper, meeting)
    plan = approve(keeper, meeting)
    assert plan.items.count() == 5
    assert plan.items.filter(decision=None).count() == 2
    assert plan.goals.get(text="建站").items.count() == 2
    assert meeting.decisions.count() == 3


def test_a_second_workbook_does_not_throw_away_what_a_person_settled(keeper, meeting, tmp_path):
    rows = [(1, "建站", "选址", "区人社局", "甲", "区民政局", "2027年3月底", "12个")]
    breakdown = read_breakdown(write_breakdown(tmp_path, rows))
    take_breakdown(actor=keeper, meeting_id=meeting.uid, breakdown=breakdown, now=NOW)
    confirm(keeper, line(meeting, 1, is_decision=False))
    with pytest.raises(Refusal) as refused:
        take_breakdown(actor=keeper, meeting_id=meeting.uid, breakdown=breakdown, now=NOW)
    assert code_of(refused) == "breakdown_looked_at"


def test_questions_that_change_open_the_lines_that_answered_one_that_is_gone(keeper, meeting):
    confirm(keeper, line(meeting, 1))
    meeting.refresh_from_db()
    set_questions(
        actor=keeper, meeting_id=meeting.uid, version=meeting.version, questions=["机遇", "担当", "机遇"], now=NOW
    )
    assert list(meeting.questions.order_by("number").values_list("text", flat=True)) == ["机遇", "担当"]
    row = line(meeting, 1)
    assert (row.state, row.question) == (LineState.OPEN, None)


def test_questions_that_change_leave_out_what_was_left_out(keeper, meeting):
    row = confirm(keeper, line(meeting, 1))
    row = leave_out_line(actor=keeper, line_id=row.uid, version=row.version, now=NOW)
    meeting.refresh_from_db()
    set_questions(actor=keeper, meeting_id=meeting.uid, version=meeting.version, questions=["担当"], now=NOW)
    row.refresh_from_db()
    assert (row.state, row.question) == (LineState.LEFT_OUT, None)


def test_a_telephone_number_in_a_question_is_left_out_of_what_is_read_and_refused_in_what_is_typed(keeper, tmp_path):
    read = replace(minutes_of(tmp_path), questions=("怎样联系王老师13800005678？", "使命"))
    meeting = begin(keeper, read)
    assert list(meeting.questions.order_by("number").values_list("text", flat=True)) == [
        "怎样联系王老师（电话）？", "使命",
    ]  # fmt: skip
    assert "numbers_left_out" in meeting.papers[-1]["notes"]
    with pytest.raises(Refusal) as refused:
        begin(keeper, None, questions=("怎样联系王老师13800005678？",))
    assert code_of(refused) == "numbers"


def answer(keeper, row: MeetingProposal, what: Answer, reason: str = "可行", **more: object) -> MeetingProposal:
    return answer_proposal(
        actor=keeper, proposal_id=row.uid, version=row.version, answer=what, reason=reason, on=TODAY, now=NOW, **more
    )


def test_every_answer_has_a_reason_and_keeps_the_proposer_named(keeper, meeting):
    row = meeting.proposals.get(number=1)
    with pytest.raises(Refusal) as refused:
        answer(keeper, row, Answer.DECLINED, " ")
    assert code_of(refused) == "answer_reason"
    answered = answer(keeper, row, Answer.DECLINED, "今年没有经费")
    assert (answered.answer, answered.speaker.name, answered.answered_on) == ("declined", "黄平", TODAY)
    assert Fact.objects.get(kind="blueprint.proposal_answered").attributes == {"answer": "declined"}
    with pytest.raises(Conflict):
        answer(keeper, row, Answer.PARKED)


def test_a_proposal_is_merged_with_another_that_stands_by_itself(keeper, meeting):
    first, second, third = meeting.proposals.order_by("number")[:3]
    merged = answer(keeper, first, Answer.MERGED, merged_into=2)
    assert merged.merged_into == second
    for row, into in ((third, 1), (third, 3), (third, None), (second, 3)):
        with pytest.raises(Refusal) as refused:
            answer(keeper, row, Answer.MERGED, merged_into=into)
        assert code_of(refused) == "merged_into"
    again = answer(keeper, MeetingProposal.objects.get(pk=first.pk), Answer.ACCEPTED)
    assert again.merged_into is None


def test_a_speaker_of_an_unknown_unit_is_placed_and_the_unit_then_reads_its_proposals(keeper, tmp_path):
    meeting = approved_plan(keeper, tmp_path).meeting
    place = {"actor": keeper, "meeting_id": meeting.uid, "number": 3, "now": NOW}
    with pytest.raises(Refusal) as refused:
        place_speaker(version=meeting.version, unit_code="nowhere", **place)
    assert code_of(refused) == "speaker_unit"
    follower = actor_of(make_officer(Role.PLAN_OFFICER, unit_of(EDUCATION)))
    assert not visible_proposals(follower).exists()
    assert place_speaker(version=meeting.version, unit_code=EDUCATION, **place).unit.code == EDUCATION
    assert [row.text for row in visible_proposals(follower)] == ["建设数据目录"]


def test_proposals_without_an_answer_are_overdue_after_their_day(keeper, meeting):
    answer(keeper, meeting.proposals.get(number=1), Answer.PARKED)
    assert meeting.proposals.overdue(on=meeting.answers_due_on).count() == 0
    assert meeting.proposals.overdue(on=meeting.answers_due_on + timedelta(days=1)).count() == 4
    assert meeting.proposals.unanswered().count() == 4


def test_a_longer_paper_asks_the_database_no_more_often(keeper, tmp_path):
    def count(decisions: int) -> int:
        texts = tuple(
            f"{number}．关于事项{number}。年底前完成。（区民政局、区妇联）" for number in range(1, decisions + 1)
        )
        with CaptureQueriesContext(connection) as asked:
            meeting = begin(keeper, minutes_of(tmp_path, texts))
        begun = len(asked)
        confirm_all(keeper, meeting)
        with CaptureQueriesContext(connection) as asked:
            approve(keeper, meeting)
        return begun + len(asked)

    count(1)  # the first entry of the record of acts makes its head
    assert count(3) == count(24)


def test_the_database_keeps_an_answer_from_having_no_reason(keeper, meeting):
    for changed in ({"answer": "accepted"}, {"reason": "x"}, {"answer": "merged", "reason": "x", "answered_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MeetingProposal.objects.filter(meeting=meeting).update(**changed)


def test_what_waits_in_a_meeting_is_counted_without_multiplying_its_lines_by_its_proposals(keeper, meeting):
    answer(keeper, meeting.proposals.get(number=1), Answer.ACCEPTED)
    confirm(keeper, line(meeting, 1))
    with CaptureQueriesContext(connection) as asked:
        [row] = list_meetings(keeper)
        [open_to_do, answers_to_do] = read_meetings(keeper, on=TODAY)
    assert (row.open_lines, row.unanswered) == (meeting.lines.count() - 1, 4)
    assert (str(row.open_lines) in str(open_to_do.note), "4" in str(answers_to_do.note)) == (True, True)
    assert not any('JOIN "blueprint_paperline"' in one["sql"] for one in asked)


def test_proposals_are_not_due_before_the_meeting(keeper):
    from tests.blueprint.meetings import DETAILS

    with pytest.raises(Refusal) as refused:
        begin(keeper, None, details=replace(DETAILS, answers_due_on=date(2026, 11, 1)))
    assert code_of(refused) == "answers_too_early"


@pytest.mark.parametrize(
    ("role", "code"),
    [
        (Role.LEADER, "310110"),
        (Role.PLAN_OFFICER, HR),
        (Role.PLAN_OFFICER, "310110012"),
        (Role.DISTRICT_OFFICER, "310110"),
        (Role.PLAN_OFFICER, "310109"),
    ],
)
def test_only_who_keeps_the_meetings_of_the_district_changes_one(role, code, keeper, meeting, units):
    unit = units.get(code) or make_unit(code, name=code)
    stranger = actor_of(make_officer(role, unit))
    row, proposal = line(meeting, 1), meeting.proposals.first()
    for act in (
        lambda: confirm(stranger, row),
        lambda: leave_out_line(actor=stranger, line_id=row.uid, version=row.version, now=NOW),
        lambda: answer(stranger, proposal, Answer.ACCEPTED),
        lambda: approve(stranger, meeting),
    ):
        with pytest.raises(NotThere):
            act()
    with pytest.raises(Refusal) as refused:
        begin(stranger, None)
    assert code_of(refused) == "meeting_unit"
