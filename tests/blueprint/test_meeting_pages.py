"""From the upload of minutes to the plan, as a plan officer meets it."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sunward.accounts.enums import Role
from sunward.accounts.preferences import set_language
from sunward.blueprint.actions.proposals import answer_proposal
from sunward.blueprint.enums import Answer, LineState
from sunward.blueprint.models import Decision, DeliveryPlan, Meeting, PaperLine
from sunward.core import clock
from tests.blueprint.meetings import (
    CIVIL,
    DECISIONS,
    EDUCATION,
    HR,
    SPEECHES,
    STREETS,
    approved_plan,
    begin,
    confirm_all,
    make_units,
    minutes_of,
    unit_of,
)
from tests.blueprint.papers import write_breakdown, write_minutes
from tests.factories import NOW, TODAY, actor_of, make_officer

pytestmark = pytest.mark.django_db
ROW = (1, "建站", "选址", "区人社局", "甲", "区民政局", "2027年3月底", "12个")


@pytest.fixture(autouse=True)
def fixed(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def user():
    make_units()
    return make_officer(Role.PLAN_OFFICER)


@pytest.fixture
def client(user) -> Client:
    return signed_in(user)


@pytest.fixture
def meeting(user, tmp_path) -> Meeting:
    return begin(actor_of(user), minutes_of(tmp_path))


def signed_in(user) -> Client:
    set_language(user_id=user.pk, language="en")
    found = Client()
    found.force_login(user)
    return found


def minutes_file(folder: Path, decisions: tuple[str, ...] = DECISIONS, **more: object) -> SimpleUploadedFile:
    path = write_minutes(folder, decisions, **{"speeches": SPEECHES, "time": "2026年11月2日"} | more)
    return SimpleUploadedFile("纪要.docx", path.read_bytes())


def address(name: str, *keys: object) -> str:
    return reverse(f"blueprint:{name}", args=keys)


def text_of(response) -> str:
    return response.content.decode()


def upload(client: Client, file: SimpleUploadedFile, **typed: str):
    return client.post(address("meeting_new"), {"paper": file} | typed)


def settle(line: PaperLine, **changed: object) -> dict[str, object]:
    """What the page of a line posts if everything that is open is settled."""
    typed = {
        "version": line.version, "text": line.text, "goal": line.goal, "section": line.section,
        "question": line.meeting.questions.get(number=1).pk, "lead": line.lead.code if line.lead else HR,
        "joint": line.joint_codes, "due_on": line.due_on or "", "review_on": "" if line.due_on else "2027-03-31",
        "target_text": line.target_text, "target_number": line.target_number or "", "target_unit": line.target_unit,
    }  # fmt: skip
    for number, mark in enumerate(line.marks):
        typed |= {f"mark_{number}": mark["codes"], f"mark_{number}_sure": "on"}
    typed |= {f"unknown_{number}": "-" for number in range(len(line.unknown))}
    return typed | changed


def test_minutes_are_uploaded_and_show_what_is_certain_and_what_is_open(client, tmp_path):
    response = upload(client, minutes_file(tmp_path), follow="1")
    meeting = Meeting.objects.get()
    assert response.url == address("meeting", meeting.uid)
    assert (meeting.title, meeting.met_on, meeting.answers_due_on) == (
        "学习讨论会纪要", date(2026, 11, 2), date(2026, 12, 2),
    )  # fmt: skip
    page = text_of(client.get(response.url))
    for told in (
        "使命", "黄平", "建议把岗位送到居民家门口"[2:], "区人社局", "2027-06-30", "纪要.docx",
        "A word stands for several units. Confirm which ones are meant.",
        "This has no end. Set the day on which it is looked at next.",
        "A unit of this name is not known here", "The unit of a speaker is not known here. Choose it.",
        "3 lines are still to be looked at.",
    ):  # fmt: skip
        assert told in page, told
    assert "Approve and make the plan" not in page


def test_the_same_minutes_sent_twice_are_one_meeting(client, tmp_path):
    first, second = (upload(client, minutes_file(tmp_path)) for _time in range(2))
    assert first.url == second.url
    assert Meeting.objects.count() == 1
    assert "These minutes are here already" in text_of(client.get(second.url))


def test_a_paper_that_cannot_be_read_says_why_and_nothing_is_begun(client, tmp_path):
    for content, sentence in (
        (b"", "There is no text in this file"), (b"%PDF-1.4 nothing", "This is no Word document"),
        (b"PK\x03\x04broken", "The file cannot be read"),
    ):  # fmt: skip
        response = upload(client, SimpleUploadedFile("纪要.docx", content))
        assert response.status_code == 422
        assert sentence in text_of(response)
    assert "Choose the minutes." in text_of(client.post(address("meeting_new"), {}))
    assert not Meeting.objects.exists()
    workbook = SimpleUploadedFile("表.docx", write_breakdown(tmp_path, [ROW]).read_bytes())
    assert "This is a workbook" in text_of(upload(client, workbook))


def test_a_day_that_the_minutes_do_not_say_is_asked_for_and_then_gives_deadlines_their_year(client, tmp_path):
    response = upload(client, minutes_file(tmp_path, time=""))
    assert response.status_code == 422
    assert "The minutes do not say the day." in text_of(response)
    upload(client, minutes_file(tmp_path, time=""), met_on="2026-11-02")
    meeting = Meeting.objects.get()
    assert meeting.met_on == date(2026, 11, 2)
    assert meeting.lines.get(number=2).due_on == date(2026, 12, 31)


def test_a_line_is_confirmed_with_everything_that_was_open_and_leads_to_the_next(client, meeting):
    first, second = meeting.lines.select_related("lead", "meeting").order_by("number")[:2]
    page = text_of(client.get(address("line", first.uid)))
    assert "Units meant by “各街道”" in page
    assert "1 of 3, 3 still to be looked at" in page
    response = client.post(address("line", first.uid), settle(first))
    assert response.url == f"{address('line', second.uid)}?undo={first.uid}"
    first.refresh_from_db()
    assert first.state == LineState.CONFIRMED
    assert set(first.joint_codes) == {CIVIL, *STREETS}
    assert "Confirmed: 1. 站点" in text_of(client.get(response.url))
    client.post(address("line_reopen", first.uid), {"version": first.version})
    first.refresh_from_db()
    assert first.state == LineState.OPEN


@pytest.mark.parametrize(
    ("number", "changed", "sentence"),
    [
        (1, {"mark_0_sure": ""}, "tick that they are the ones meant"),
        (1, {"lead": ""}, "Choose the one unit that leads."),
        (1, {"question": ""}, "Say which question of the meeting this line answers."),
        (1, {"due_on": ""}, "Set the deadline, or for what has no end the day of its next review."),
        (1, {"review_on": "2027-01-01"}, "Set the deadline, or for what has no end the day of its next review."),
        (1, {"due_on": "2026-11-01"}, "This day lies before the meeting."),
        (1, {"text": "请拨打13912345678"}, "Leave telephone and document numbers out"),
        (2, {"unknown_0": ""}, "Choose a unit for this name, or leave it out."),
        (1, {"version": 99}, "Somebody else has just changed this line."),
    ],
)
def test_what_is_not_settled_is_said_beside_it_and_nothing_typed_is_lost(number, changed, sentence, client, meeting):
    row = meeting.lines.select_related("lead", "meeting").get(number=number)
    response = client.post(address("line", row.uid), settle(row, goal="我写的目标") | changed)
    assert response.status_code == (409 if "version" in changed else 422)
    page = text_of(response)
    assert sentence in page
    assert "我写的目标" in page
    row.refresh_from_db()
    assert row.state == LineState.OPEN


def test_an_unknown_name_becomes_a_unit_that_joins(client, meeting):
    row = meeting.lines.select_related("lead", "meeting").get(number=2)
    client.post(address("line", row.uid), settle(row, unknown_0=CIVIL))
    row.refresh_from_db()
    assert row.joint_codes == [EDUCATION, CIVIL]


def test_a_line_is_left_out_at_once_and_taken_back_on_the_next_page(client, meeting):
    row = meeting.lines.order_by("number").first()
    response = client.post(address("line_leave_out", row.uid), {"version": row.version})
    assert "Left out: 1. 站点" in text_of(client.get(response.url))
    row.refresh_from_db()
    assert row.state == LineState.LEFT_OUT
    client.post(address("line_reopen", row.uid), {"version": row.version})
    row.refresh_from_db()
    assert row.state == LineState.OPEN


def test_the_breakdown_stands_beside_the_decisions_and_the_same_file_changes_nothing(client, meeting, tmp_path):
    content = write_breakdown(tmp_path, [ROW], title="2027年重点工作分解表").read_bytes()
    there = address("meeting_breakdown", meeting.uid)
    for _time in range(2):
        response = client.post(there, {"paper": SimpleUploadedFile("表.xlsx", content)})
        assert response.url == address("meeting", meeting.uid)
    assert meeting.lines.filter(is_decision=False).count() == 1
    assert "Lines of the breakdown" in text_of(client.get(response.url))
    row = meeting.lines.select_related("lead", "meeting").get(is_decision=False)
    client.post(address("line", row.uid), settle(row))
    other = write_breakdown(tmp_path, [ROW, ROW]).read_bytes()
    response = client.post(there, {"paper": SimpleUploadedFile("表.xlsx", other)})
    assert response.status_code == 422
    assert "Lines of the breakdown that is here have been looked at." in text_of(response)
    response = client.post(there, {"paper": SimpleUploadedFile("表.xlsx", b"nothing")})
    assert response.status_code == 422
    assert meeting.lines.filter(is_decision=False).count() == 1


def test_a_meeting_is_approved_in_one_act_and_becomes_a_plan(client, user, meeting):
    there = address("meeting", meeting.uid)
    refused = client.post(address("meeting_approve", meeting.uid), {"version": meeting.version})
    assert refused.status_code == 422
    assert "Lines are still to be looked at" in text_of(refused)
    confirm_all(actor_of(user), meeting)
    assert "Approve and make the plan" in text_of(client.get(there))
    response = client.post(address("meeting_approve", meeting.uid), {"version": meeting.version})
    plan = DeliveryPlan.objects.get()
    assert response.url == address("plan", plan.uid)
    page = text_of(client.get(there))
    assert address("plan", plan.uid) in page
    assert 'id="decision-3"' in page
    for name in ("meeting_edit", "meeting_questions", "meeting_breakdown", "line_new", "proposal_new"):
        assert client.get(address(name, meeting.uid)).status_code == 422, name
    assert client.get(address("line", meeting.lines.first().uid)).status_code == 422


def test_a_meeting_is_written_down_by_hand_with_its_decision_and_a_proposal(client):
    typed = {
        "title": "专题会", "met_on": "2026-11-02", "answers_due_on": "2026-12-02", "questions": "使命\n机遇\n状态",
        "key": "5f0b9f0a-6d1c-4f53-9a51-1f4e6a3a6d11",
    }  # fmt: skip
    assert client.post(address("meeting_by_hand"), typed | {"title": ""}).status_code == 422
    assert client.post(address("meeting_by_hand"), typed | {"answers_due_on": "2026-11-01"}).status_code == 422
    for _time in range(2):
        client.post(address("meeting_by_hand"), typed)
    meeting = Meeting.objects.get()
    page = text_of(client.get(address("line_new", meeting.uid)))
    assert "Add a decision" in page
    key = "5f0b9f0a-6d1c-4f53-9a51-1f4e6a3a6d12"
    line = {
        "key": key, "text": "建成12个站点", "goal": "建站", "question": meeting.questions.first().pk, "lead": HR,
        "joint_more": [CIVIL], "due_on": "2027-06-30",
    }  # fmt: skip
    for _time in range(2):
        assert client.post(address("line_new", meeting.uid), line).status_code == 302
    assert [row.joint_codes for row in meeting.lines.all()] == [[CIVIL]]
    proposal = {"unit": HR, "name": "黄平", "text": "把岗位送到家门口", "key": key}
    for _time in range(2):
        assert client.post(address("proposal_new", meeting.uid), proposal).status_code == 302
    assert meeting.proposals.count() == 1
    assert client.post(address("proposal_new", meeting.uid), proposal | {"text": ""}).status_code == 422


def test_name_questions_and_unit_of_a_speaker_are_put_right(client, meeting):
    page = text_of(client.get(address("meeting_edit", meeting.uid)))
    assert "钟主持" in page
    typed = {
        "title": "大讨论", "met_on": "2026-11-02", "answers_due_on": "2026-12-02", "version": meeting.version,
        "initial-title": meeting.title, "initial-met_on": "2026-11-02", "initial-answers_due_on": "2026-12-02",
    }  # fmt: skip
    assert client.post(address("meeting_edit", meeting.uid), typed).status_code == 302
    assert client.post(address("meeting_edit", meeting.uid), typed | {"title": "会"}).status_code == 409
    meeting.refresh_from_db()
    assert meeting.title == "大讨论"
    typed = {"questions": "使命\n担当", "version": meeting.version}
    assert client.post(address("meeting_questions", meeting.uid), typed).status_code == 302
    assert client.post(address("meeting_questions", meeting.uid), typed).status_code == 409
    meeting.refresh_from_db()
    assert "区数字办" in text_of(client.get(address("meeting_speaker", meeting.uid, 3)))
    assert client.get(address("meeting_speaker", meeting.uid, 9)).status_code == 404
    typed = {"unit": EDUCATION, "version": meeting.version}
    assert client.post(address("meeting_speaker", meeting.uid, 3), typed).status_code == 302
    assert meeting.speakers.get(number=3).unit.code == EDUCATION


def test_a_proposal_is_answered_with_a_reason_and_its_proposer_stays_named(client, meeting):
    row = meeting.proposals.get(number=1)
    there = address("proposal_answer", row.uid)
    assert "黄平" in text_of(client.get(there))
    for typed, sentence in (
        ({"answer": "accepted", "reason": ""}, "Give the reason"),
        ({"answer": "", "reason": "好"}, "Choose the answer."),
        ({"answer": "merged", "reason": "好", "merged_into": ""}, "stands by itself"),
    ):
        response = client.post(there, typed | {"version": row.version})
        assert (response.status_code, sentence in text_of(response)) == (422, True)
    typed = {"answer": "merged", "reason": "一并办理", "merged_into": "2", "version": row.version}
    response = client.post(there, typed)
    assert response.url == f"{address('meeting', meeting.uid)}#proposal-1"
    page = text_of(client.get(address("meeting", meeting.uid)))
    assert "一并办理 · 2026-11-25" in page
    assert client.post(there, typed).status_code == 409


def test_a_meeting_begun_by_mistake_is_discarded(client, meeting):
    response = client.post(address("meeting_discard", meeting.uid), {"version": meeting.version})
    assert response.url == address("meetings")
    assert not Meeting.objects.exists()


def test_who_follows_a_unit_reads_its_own_proposals_and_their_answers_and_no_meeting(client, user, tmp_path):
    keeper = actor_of(user)
    meeting = approved_plan(keeper, tmp_path).meeting
    row = meeting.proposals.get(number=3)
    answer_proposal(
        actor=keeper, proposal_id=row.uid, version=row.version, answer=Answer.DECLINED, reason="今年没有经费", on=TODAY,
        now=NOW,
    )  # fmt: skip
    follower = signed_in(make_officer(Role.PLAN_OFFICER, unit_of("310110012")))
    page = text_of(follower.get(address("proposals")))
    assert "减少重复报表" in page
    assert "今年没有经费" in page
    assert "黄平" not in page
    assert address("proposal_answer", row.uid) not in page
    assert follower.get(address("meeting", meeting.uid)).status_code == 404
    assert "减少重复报表" not in text_of(follower.get(address("proposals") + "?waiting=1"))


def test_who_follows_a_unit_writes_no_meeting_down(user, tmp_path):
    follower = signed_in(make_officer(Role.PLAN_OFFICER, unit_of(HR)))
    for response in (
        upload(follower, minutes_file(tmp_path)), follower.get(address("meeting_new")),
        follower.get(address("meeting_by_hand")), follower.post(address("meeting_by_hand"), {"title": "会"}),
    ):  # fmt: skip
        assert response.status_code == 403
        assert "The plan officers of the district write meetings down." in text_of(response)
    assert not Meeting.objects.exists()


def test_a_leader_reads_the_approved_meeting_without_what_its_keeper_does(client, user, tmp_path):
    meeting = approved_plan(actor_of(user), tmp_path).meeting
    draft = begin(actor_of(user), minutes_of(tmp_path))
    leader = signed_in(make_officer(Role.LEADER, unit_of("310110012")))
    page = text_of(leader.get(address("meeting", meeting.uid)))
    assert 'id="decision-1"' in page
    assert "Answer it" not in page
    assert leader.get(address("meeting", draft.uid)).status_code == 404
    listed = text_of(leader.get(address("meetings")))
    assert address("meeting", draft.uid) not in listed
    assert address("meeting_new") not in listed


def test_what_was_decided_otherwise_later_is_shown_at_both_decisions(client, user, tmp_path):
    keeper = actor_of(user)
    first = approved_plan(keeper, tmp_path).meeting
    second = begin(keeper, minutes_of(tmp_path))
    row = second.lines.select_related("lead", "meeting").get(number=2)
    old = Decision.objects.get(meeting=first, number=2)
    client.post(address("line", row.uid), settle(row, instead_of=old.uid))
    for line in second.lines.filter(state=LineState.OPEN):
        client.post(address("line_leave_out", line.uid), {"version": line.version})
    second.refresh_from_db()
    client.post(address("meeting_approve", second.uid), {"version": second.version})
    assert "Decided otherwise:" in text_of(client.get(address("meeting", first.uid)))
    page = text_of(client.get(address("meeting", second.uid)))
    assert "It takes the place of:" in page
    assert f"{address('meeting', first.uid)}#decision-2" in page


def test_a_longer_meeting_asks_the_database_no_more_often(client, user, tmp_path, django_assert_max_num_queries):
    texts = tuple(f"{number}．关于事项{number}。年底前完成。（区民政局、区妇联）" for number in range(1, 25))
    keeper = actor_of(user)
    draft = begin(keeper, minutes_of(tmp_path, texts))
    approved = approved_plan(keeper, tmp_path, texts).meeting
    client.get(address("meetings"))
    for there, most in (
        (address("meetings"), 12), (address("meeting", draft.uid), 14), (address("meeting", approved.uid), 18),
        (address("line", draft.lines.first().uid), 14), (address("proposals"), 12),
        (address("proposal_answer", draft.proposals.first().uid), 11),
    ):  # fmt: skip
        with django_assert_max_num_queries(most):
            client.get(there)
