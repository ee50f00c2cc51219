"""Sessions of a tutoring: told once, moved, cancelled, planned anew; what took place is a contact of the file."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from sunward.casework.enums import ContactOutcome, FollowUpState, ServiceKind
from sunward.casework.models import Case, FollowUp, ServiceRecord
from sunward.core.refusals import Conflict, Refusal
from sunward.ledger.queries import standing_facts
from sunward.mentoring.actions.children import close_child
from sunward.mentoring.actions.tutoring_calendar import cancel_session, move_session
from sunward.mentoring.actions.tutoring_reports import SessionReport, report_own_session, report_session
from sunward.mentoring.actions.tutoring_steps import TutoringChanged
from sunward.mentoring.actions.tutorings import (
    change_hour,
    change_room,
    close_tutoring,
    pause_tutoring,
    resume_tutoring,
)
from sunward.mentoring.models import Tutoring, TutoringSession
from sunward.mentoring.queries.pupils import read_pupil
from sunward.mentoring.tutoring.calendar import moment_of
from sunward.mentoring.tutoring.enums import (
    SessionMood,
    SessionState,
    TutoringEnd,
    TutoringFollowUp,
    TutoringPause,
)
from tests.factories import NOW, TODAY, actor_of
from tests.mentoring.tutoring_arrangements import (
    SATURDAY,
    make_student_user,
    make_worker,
    run_tutoring,
)

pytestmark = pytest.mark.django_db

FIRST = moment_of(SATURDAY, time(14, 30))
HELD = SessionReport(SessionState.HELD, 60, ("maths",), SessionMood.STEADY, "分数应用题", "继续分数")


@pytest.fixture
def user():
    return make_student_user()


@pytest.fixture
def tutoring(user):
    return run_tutoring(user=user)


@pytest.fixture
def worker(tutoring):
    return make_worker(tutoring.case.unit)


def session(tutoring: Tutoring, number: int = 0) -> TutoringSession:
    return tutoring.sessions.order_by("starts_at")[number]


def report(tutoring: Tutoring, told: SessionReport, *, number: int = 0, by=None, user=None) -> TutoringSession:
    one = session(tutoring, number)
    now = one.starts_at + timedelta(hours=2)
    on = timezone.localdate(now)
    act, actor = (report_own_session, actor_of(user, on=on)) if user else (report_session, by)
    return act(
        actor=actor, tutoring_id=tutoring.uid, session_id=one.uid, report=told, on=on, now=now
    )  # fmt: skip


def todo(case: Case, kind: TutoringFollowUp) -> list[FollowUp]:
    return list(FollowUp.objects.filter(case=case, kind=kind, state=FollowUpState.DUE))


def test_a_session_that_took_place_is_a_contact_of_the_file(tutoring, user):
    told = report(tutoring, HELD, user=user)
    record = ServiceRecord.objects.get()
    assert (record.kind, record.outcome, record.minutes, record.note) == (
        ServiceKind.TUTORING, ContactOutcome.MADE, 60, "分数应用题"
    )  # fmt: skip
    assert (told.record_id, record.uid) == (record.pk, told.uid)
    tutoring.case.refresh_from_db()
    assert tutoring.case.last_contact_on == SATURDAY
    assert standing_facts().filter(kind="mentoring.session_held").count() == 1


def test_the_same_report_pressed_twice_is_one_record(tutoring, user):
    report(tutoring, HELD, user=user)
    report(tutoring, HELD, user=user)
    assert ServiceRecord.objects.count() == 1


def test_a_session_that_somebody_else_wrote_down_is_not_written_over(tutoring, user, worker):
    report(tutoring, SessionReport(SessionState.MISSED_BY_CHILD), by=worker)
    with pytest.raises(Conflict):
        report(tutoring, HELD, user=user)


def test_a_child_that_stayed_away_was_tried_and_a_student_who_stayed_away_tried_nothing(tutoring, user):
    report(tutoring, SessionReport(SessionState.MISSED_BY_CHILD), user=user)
    report(tutoring, SessionReport(SessionState.MISSED_BY_STUDENT), number=1, user=user)
    assert list(ServiceRecord.objects.values_list("outcome", flat=True)) == [ContactOutcome.ATTEMPTED]
    tutoring.case.refresh_from_db()
    assert tutoring.case.last_contact_on is None


@pytest.mark.parametrize(
    ("states", "count"),
    [
        (["missed_by_child", "missed_by_student"], 1),
        (["missed_by_child", "held"], 0),
        (["missed_by_child", "held", "missed_by_child"], 0),
        (["missed_by_child", "missed_by_child", "missed_by_child"], 1),
        (["held", "missed_by_student", "missed_by_student"], 1),
    ],
)
def test_missed_twice_in_a_row_is_a_task_for_the_worker_once(tutoring, user, states, count):
    for number, state in enumerate(states):
        told = HELD if state == "held" else SessionReport(SessionState(state))
        report(tutoring, told, number=number, user=user)
    assert len(todo(tutoring.case, TutoringFollowUp.MISSED)) == count


def test_a_session_cancelled_between_two_missed_ones_breaks_no_row(tutoring, user, worker):
    said = {"actor": worker, "tutoring_id": tutoring.uid, "on": TODAY, "now": NOW}
    cancel_session(session_id=session(tutoring, 1).uid, reason="考试", **said)
    report(tutoring, SessionReport(SessionState.MISSED_BY_CHILD), user=user)
    report(tutoring, SessionReport(SessionState.MISSED_BY_CHILD), number=2, user=user)
    assert len(todo(tutoring.case, TutoringFollowUp.MISSED)) == 1


def test_a_worry_of_the_student_is_a_task_for_today(tutoring, user):
    report(tutoring, SessionReport(SessionState.HELD, 60, ("maths",), SessionMood.WORRYING), user=user)
    (task,) = todo(tutoring.case, TutoringFollowUp.WORRY)
    assert task.due_on == SATURDAY


@pytest.mark.parametrize(
    "wrong",
    [
        SessionReport(SessionState.PLANNED),
        SessionReport(SessionState.HELD),
        SessionReport(SessionState.HELD, 60, ("围棋",)),
        SessionReport(SessionState.HELD, 600),
        SessionReport(SessionState.MISSED_BY_CHILD, 30),
        SessionReport(SessionState.HELD, 60, note="长" * 1001),
    ],
)
def test_reports_that_cannot_be_are_refused(tutoring, user, wrong):
    with pytest.raises(Refusal):
        report(tutoring, wrong, user=user)
    assert not ServiceRecord.objects.exists()


@pytest.mark.parametrize("shift", [-timedelta(minutes=1), timedelta(days=15)])
def test_a_session_is_written_down_after_it_began_and_within_two_weeks(tutoring, user, shift):
    now = FIRST + shift
    on = timezone.localdate(now)
    with pytest.raises(Refusal):
        report_own_session(
            actor=actor_of(user, on=on), tutoring_id=tutoring.uid, session_id=session(tutoring).uid, report=HELD, on=on,
            now=now,
        )  # fmt: skip


def test_one_session_is_moved_and_the_others_stay(tutoring, worker):
    before = list(tutoring.sessions.order_by("starts_at").values_list("starts_at", flat=True))
    to = moment_of(date(2026, 11, 29), time(10, 0))
    said = {"actor": worker, "tutoring_id": tutoring.uid, "on": TODAY, "now": NOW}
    move_session(session_id=session(tutoring).uid, to=to, **said)
    after = list(tutoring.sessions.order_by("starts_at").values_list("starts_at", flat=True))
    assert after == [to, *before[1:]]
    assert session(tutoring).moved_from == before[0]
    with pytest.raises(Refusal):
        move_session(session_id=session(tutoring).uid, to=NOW - timedelta(hours=1), **said)
    with pytest.raises(Conflict):
        move_session(session_id=session(tutoring).uid, to=before[1], **said)


def test_another_hour_plans_the_rest_of_the_term_anew(tutoring, worker):
    first_on = date(2026, 12, 9)
    change_hour(
        actor=worker, tutoring_id=tutoring.uid, first_on=first_on, begins=time(19, 0), minutes=90, on=TODAY, now=NOW
    )
    starts = [
        timezone.localtime(one) for one in tutoring.sessions.order_by("starts_at").values_list("starts_at", flat=True)
    ]
    assert [one.weekday() for one in starts[:2]] == [5, 5]
    assert {(one.weekday(), one.hour) for one in starts[2:]} == {(2, 19)}
    assert starts[2].date() == first_on


def test_a_pause_takes_the_coming_sessions_away_and_going_on_brings_them_back(tutoring, user, worker):
    report(tutoring, HELD, user=user)
    said = {"actor": worker, "tutoring_id": tutoring.uid}
    monday = moment_of(date(2026, 11, 30), time(9))
    pause_tutoring(why=TutoringPause.STUDENT_AWAY, on=date(2026, 11, 30), now=monday, **said)
    assert list(tutoring.sessions.values_list("state", flat=True)) == [SessionState.HELD]
    later = moment_of(date(2026, 12, 14), time(9))
    resume_tutoring(on=date(2026, 12, 14), now=later, **said)
    assert timezone.localdate(session(tutoring, 1).starts_at) == date(2026, 12, 19)


def test_whoever_saw_an_older_state_is_told_so(tutoring, worker):
    with pytest.raises(TutoringChanged):
        pause_tutoring(
            actor=worker, tutoring_id=tutoring.uid, why=TutoringPause.CONCERN, on=TODAY, now=NOW,
            version=tutoring.version - 1,
        )  # fmt: skip


@pytest.mark.parametrize(("why", "count"), [(TutoringEnd.TERM_OVER, 0), (TutoringEnd.STUDENT_STOPPED, 1)])
def test_after_a_sudden_end_somebody_talks_with_the_child(tutoring, worker, why, count):
    close_tutoring(actor=worker, tutoring_id=tutoring.uid, why=why, on=TODAY, now=NOW)
    assert len(todo(tutoring.case, TutoringFollowUp.ENDED)) == count
    assert not tutoring.sessions.exists()


def test_the_room_is_changed_for_all_coming_sessions_at_once(tutoring, worker):
    other = "https://meeting.example.org/j/901"
    change_room(actor=worker, tutoring_id=tutoring.uid, link=other, helpful="", on=TODAY, now=NOW)
    tutoring.refresh_from_db()
    assert read_pupil(tutoring, on=SATURDAY, now=FIRST).pupil.door.link == other


@pytest.mark.parametrize(
    "words", ["欧阳小禾怕生", "奶奶陈秀英在家", "电话 138 0000 4321", "住控江路 12 弄", "在杨浦小学读书"]
)
def test_words_for_the_student_do_not_say_who_the_child_is_or_how_to_reach_it(tutoring, worker, words):
    with pytest.raises(Refusal, match="words_tell_who"):
        change_room(actor=worker, tutoring_id=tutoring.uid, link=tutoring.link, helpful=words, on=TODAY, now=NOW)
    change_room(
        actor=worker,
        tutoring_id=tutoring.uid,
        link=tutoring.link,
        helpful="小禾怕生，初中数学要慢慢讲",
        on=TODAY,
        now=NOW,
    )


def test_a_file_is_not_closed_while_the_child_is_tutored(tutoring, worker):
    with pytest.raises(Conflict, match="tutoring_lives"):
        close_child(
            actor=worker, case_id=tutoring.case.uid, version=tutoring.case.version, reason="helped", on=TODAY, now=NOW
        )
