"""The life of a tutoring: both agree, sessions come every week, links are held back, all is on one timeline."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sunward.accounts.enums import Role
from sunward.casework.enums import FollowUpState
from sunward.casework.models import Case, FollowUp
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.mentoring.actions.family_links import refuse_guardian
from sunward.mentoring.actions.tutoring_calendar import remind_of_session
from sunward.mentoring.actions.tutoring_families import make_family_link, open_family_page, revoke_family_link
from sunward.mentoring.actions.tutoring_reports import SessionReport, report_own_session, report_session
from sunward.mentoring.actions.tutoring_vetting import pause_tutoring_for_vetting
from sunward.mentoring.actions.tutorings import (
    close_tutoring,
    decline_tutoring,
    pause_tutoring,
    start_tutoring,
)
from sunward.mentoring.enums import VettingKind, VettingResult
from sunward.mentoring.models import Tutoring, TutoringSession, TutoringStep
from sunward.mentoring.queries.child_file import read_child_file
from sunward.mentoring.queries.pupils import read_family_page, read_pupil
from sunward.mentoring.queries.tutoring_calendar import list_sessions_to_remind, list_unvetted_tutorings
from sunward.mentoring.tutoring.access import (
    family_tutorings,
    get_own_tutoring,
    own_offers,
    own_tutorings,
    visible_tutorings,
)
from sunward.mentoring.tutoring.calendar import is_free, moment_of, next_weekday, weekly_days
from sunward.mentoring.tutoring.enums import (
    SessionMood,
    SessionState,
    TutoringEnd,
    TutoringFollowUp,
    TutoringPause,
    TutoringState,
)
from sunward.mentoring.tutoring.naming import given_name
from sunward.mentoring.tutoring.telling import guardian_of
from sunward.outreach.models import Message
from sunward.people.models import ConsentRecord, Guardianship
from tests.factories import NOW, TODAY, actor_of, add_vetting, make_committee, make_officer
from tests.mentoring.tutoring_arrangements import (
    LINK,
    SATURDAY,
    agree,
    consent_to_tutoring,
    make_pupil,
    make_student,
    make_student_user,
    make_worker,
    offer,
    run_tutoring,
    terms,
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


# The calendar.


def test_sessions_are_weekly_without_holidays_and_the_school_days_that_make_up_for_them():
    """National Day 2026: 1 to 7 October; Saturday 10 October is a school day, its evening is free."""
    days = set(weekly_days(date(2026, 9, 26), date(2026, 10, 17), begins=time(14, 30)))
    assert days == {day for day in (date(2026, 9, 26), date(2026, 10, 3), date(2026, 10, 10), date(2026, 10, 17))
                    if is_free(day, begins=time(14, 30))}  # fmt: skip
    assert date(2026, 10, 3) not in days
    assert date(2026, 10, 10) not in days
    assert is_free(date(2026, 10, 10), begins=time(19, 0))
    assert not is_free(date(2026, 10, 3), begins=time(19, 0))


@pytest.mark.parametrize(
    ("weekday", "expected"), [(5, date(2026, 11, 28)), (2, date(2026, 12, 2)), (3, date(2026, 11, 26))]
)
def test_the_next_day_of_the_week_never_is_the_day_itself(weekday, expected):
    assert next_weekday(weekday, after=TODAY) == expected


@pytest.mark.parametrize(
    ("name", "given"),
    [("陈小禾", "小禾"), ("欧阳明珠", "明珠"), ("司马懿", "懿"), ("李明", "明"), ("阿依古丽·买买提", "阿依古丽"),
     ("Anna Ruiz", "Anna"), ("王𠅤", "𠅤"), ("", "")],
)  # fmt: skip
def test_a_student_calls_her_pupil_by_the_given_name(name, given):
    assert given_name(name) == given


# Beginning.


def test_it_begins_once_both_have_agreed_and_plans_the_term(tutoring):
    sessions = list(tutoring.sessions.order_by("starts_at"))
    assert tutoring.state == TutoringState.RUNNING
    assert sessions[0].starts_at == FIRST
    assert {one.starts_at.astimezone(timezone.get_current_timezone()).weekday() for one in sessions} == {5}
    assert [one.invites_guardian for one in sessions] == [True] + [False] * (len(sessions) - 1)
    assert list(tutoring.steps.order_by("pk").values_list("code", "to_state")) == [
        ("", "proposed"), ("agreed", "proposed"), ("", "running")
    ]  # fmt: skip
    assert not todo(tutoring.case, TutoringFollowUp.BEGIN)


def test_agreeing_puts_the_first_session_on_the_workers_list(user):
    tutoring = agree(offer(make_pupil(), make_student(user=user)), user)
    (task,) = todo(tutoring.case, TutoringFollowUp.BEGIN)
    assert (task.role, task.due_on) == (Role.WORKER, TODAY + timedelta(days=5))


@pytest.mark.parametrize("missing", ["student", "consent", "vetting"])
def test_without_both_agreements_and_vetting_nothing_begins(user, missing):
    student = make_student(user=user)
    tutoring = offer(make_pupil(is_consented=missing != "consent"), student)
    if missing != "student":
        agree(tutoring, user)
    if missing == "vetting":
        add_vetting(student, VettingKind.BACKGROUND_CHECK, on=TODAY, result=VettingResult.PENDING)
    with pytest.raises(Refusal):
        start_tutoring(
            actor=make_worker(tutoring.case.unit), tutoring_id=tutoring.uid, terms=terms(), on=TODAY, now=NOW
        )
    assert not TutoringSession.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_on": TODAY - timedelta(days=1)},
        {"weeks": 40},
        {"minutes": 5},
        {"begins": time(23, 0)},
        {"link": "http://meeting.example.org/j/900"},
        {"link": "https://meeting.example.org/j 900"},
        {"link": "javascript:alert(1)"},
    ],
)
def test_terms_that_cannot_be_are_refused(user, wrong):
    tutoring = agree(offer(make_pupil(), make_student(user=user)), user)
    with pytest.raises(Refusal):
        start_tutoring(
            actor=make_worker(tutoring.case.unit), tutoring_id=tutoring.uid, terms=terms(**wrong), on=TODAY, now=NOW
        )


def test_a_student_has_one_child_at_an_hour(user):
    student = make_student(user=user, capacity=2)
    first = run_tutoring(make_pupil("甲"), user)
    second = agree(offer(make_pupil("乙", slots=()), student), user)
    assert (second.weekday, second.begins) != (first.weekday, first.begins)
    with pytest.raises(Conflict, match="hour_taken"):
        start_tutoring(
            actor=make_worker(second.case.unit), tutoring_id=second.uid, terms=terms(begins=time(15, 0)), on=TODAY,
            now=NOW,
        )  # fmt: skip


def test_a_student_who_says_no_frees_the_child_and_gives_no_reason(user):
    tutoring = offer(make_pupil(), make_student(user=user))
    decline_tutoring(actor=actor_of(user), tutoring_id=tutoring.uid, on=TODAY, now=NOW)
    tutoring.refresh_from_db()
    assert (tutoring.state, tutoring.end_reason) == (TutoringState.CLOSED, TutoringEnd.STUDENT_DECLINED)
    assert offer(tutoring.case, make_student("另一")).state == TutoringState.PROPOSED


def test_nobody_else_answers_an_offer(user):
    tutoring = offer(make_pupil(), make_student(user=user))
    stranger = make_student_user()
    make_student("别人", user=stranger)
    with pytest.raises(NotThere):
        agree(tutoring, stranger)


def test_the_database_itself_refuses_a_second_tutoring_of_a_child_and_an_hourless_one(tutoring):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tutoring.objects.create(
            case=tutoring.case, mentor=make_student("另一"), unit_path=tutoring.unit_path, proposed_on=TODAY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Tutoring.objects.filter(pk=tutoring.pk).update(weekday=None)


def test_steps_are_never_rewritten(tutoring):
    with pytest.raises(Exception, match=r"append-only|never change"), transaction.atomic():
        TutoringStep.objects.filter(tutoring=tutoring).update(reason="改")


# The link.


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(-16, False), (-15, True), (0, True), (59, True), (60, False), (24 * 60, False)]
)
def test_the_link_is_there_from_a_quarter_before_to_the_end_and_at_no_other_time(tutoring, minutes, is_open):
    now = FIRST + timedelta(minutes=minutes)
    on = timezone.localdate(now)
    for door in (read_pupil(tutoring, on=on, now=now).pupil.door, read_family_page(tutoring, now=now).door):
        assert (bool(door and door.link)) is is_open
        assert not is_open or door.link == LINK


def test_the_link_lies_sealed(tutoring):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT link, helpful FROM mentoring_tutoring WHERE id = %s", [tutoring.pk])
        link, helpful = cursor.fetchone()
    assert "meeting" not in link
    assert "足球" not in helpful


def test_a_student_sees_a_given_name_a_stage_subjects_and_hours_and_nothing_else(tutoring, user):
    own = get_own_tutoring(actor=actor_of(user), tutoring_id=tutoring.uid, now=NOW)
    shown = repr(read_pupil(own, on=TODAY, now=NOW))
    assert "小禾" in shown
    for hidden in ("欧阳", "陈秀英", "138000", tutoring.case.reference, tutoring.case.unit.name):
        assert hidden not in shown


def test_an_offer_names_no_child(user):
    offer(make_pupil(), make_student(user=user))
    from sunward.mentoring.queries.pupils import read_student_home

    home = read_student_home(actor_of(user), now=NOW)
    assert len(home.offers) == 1
    assert "小禾" not in repr(home)


# Access.


@pytest.mark.parametrize(
    "change", ["paused", "closed", "withdrawn", "guardian_gone", "unvetted", "post_over", "case_closed"]
)
def test_a_student_sees_nothing_any_more_once_one_thing_is_missing(tutoring, user, worker, change):
    said = {"actor": worker, "tutoring_id": tutoring.uid, "on": TODAY, "now": NOW}
    assert own_tutorings(actor_of(user)).count() == 1
    if change == "paused":
        pause_tutoring(why=TutoringPause.CHILD_AWAY, **said)
    elif change == "closed":
        close_tutoring(why=TutoringEnd.TERM_OVER, **said)
    elif change == "withdrawn":
        ConsentRecord.objects.filter(person=tutoring.case.person).update(withdrawn_on=TODAY)
    elif change == "guardian_gone":
        Guardianship.objects.update(until_on=TODAY)
    elif change == "unvetted":
        add_vetting(tutoring.mentor, VettingKind.BACKGROUND_CHECK, on=TODAY, result=VettingResult.PENDING)
    elif change == "post_over":
        user.assignments.update(until_on=TODAY - timedelta(days=1))
    else:
        Case.objects.filter(pk=tutoring.case_id).update(state="closed", closed_on=TODAY)
    assert not own_tutorings(actor_of(user)).exists()
    with pytest.raises(NotThere):
        get_own_tutoring(actor=actor_of(user), tutoring_id=tutoring.uid, now=NOW)


def test_another_student_and_a_neighbour_mom_see_nothing(tutoring):
    stranger = make_student_user()
    make_student("别人", user=stranger)
    assert not own_tutorings(actor_of(stranger)).exists()
    assert not own_offers(actor_of(stranger)).exists()


def test_the_worker_next_door_does_not_see_it(tutoring):
    next_door = make_worker(make_committee("310110012009", name="另一居委"))
    assert not visible_tutorings(next_door).exists()
    with pytest.raises(NotThere):
        pause_tutoring(
            actor=next_door, tutoring_id=tutoring.uid, why=TutoringPause.CONCERN, on=TODAY, now=NOW
        )  # fmt: skip


# Vetting, consent, reminders.


def test_expired_vetting_pauses_by_itself_and_tells_the_supervisor(tutoring):
    assert list_unvetted_tutorings(on=TODAY) == []
    add_vetting(tutoring.mentor, VettingKind.BACKGROUND_CHECK, on=TODAY, result=VettingResult.PENDING)
    assert list_unvetted_tutorings(on=TODAY) == [tutoring.pk]
    assert pause_tutoring_for_vetting(tutoring_pk=tutoring.pk, on=TODAY, now=NOW)
    assert not pause_tutoring_for_vetting(tutoring_pk=tutoring.pk, on=TODAY, now=NOW)
    tutoring.refresh_from_db()
    assert (tutoring.state, tutoring.pause_reason) == (TutoringState.PAUSED, TutoringPause.VETTING)
    (task,) = todo(tutoring.case, TutoringFollowUp.VETTING)
    assert task.role == Role.SUPERVISOR


def test_both_sides_are_reminded_once_within_a_day_and_no_name_is_in_it(tutoring):
    known = set(Message.objects.values_list("pk", flat=True))
    before = FIRST - timedelta(hours=25)
    assert list_sessions_to_remind(now=before) == []
    now = FIRST - timedelta(hours=23)
    (due,) = list_sessions_to_remind(now=now)
    assert remind_of_session(session_pk=due, on=TODAY, now=now)
    assert not remind_of_session(session_pk=due, on=TODAY, now=now)
    assert list_sessions_to_remind(now=now) == []
    messages = list(Message.objects.exclude(pk__in=known))
    assert {message.reference for message in messages} == {tutoring.reference}
    assert len(messages) == 2
    for message in messages:
        for hidden in ("欧阳", "小禾", "林知夏", LINK):
            assert hidden not in message.body


def test_the_guardian_hears_of_the_beginning_and_is_invited(tutoring):
    guardian = tutoring.case.person.guardianships.get().guardian
    assert Message.objects.filter(person=guardian, about="tutoring").count() == 1


# The family's page.


def test_the_family_opens_its_page_with_the_link_and_its_own_digits(tutoring, worker):
    token = make_family_link(actor=worker, tutoring_id=tutoring.uid, on=TODAY, now=NOW)
    tutoring.refresh_from_db()
    assert token not in (tutoring.family_token_index, "")
    assert family_tutorings(token=token, on=TODAY).get() == tutoring


@pytest.mark.django_db(transaction=True)
def test_five_wrong_answers_close_the_link():
    tutoring = run_tutoring()
    worker = make_worker(tutoring.case.unit)
    token = make_family_link(actor=worker, tutoring_id=tutoring.uid, on=TODAY, now=NOW)
    assert open_family_page(token=token, last4="4321", on=TODAY).pk == tutoring.pk
    for _ in range(5):
        with pytest.raises(Refusal, match="digits_wrong"):
            open_family_page(token=token, last4="0000", on=TODAY)
    with pytest.raises(NotThere):
        open_family_page(token=token, last4="4321", on=TODAY)


@pytest.mark.parametrize("change", [
    "revoked", "renewed", "expired", "paused", "closed", "withdrawn", "guardian_gone", "wrong", "none",
])  # fmt: skip
def test_a_family_link_that_is_not_good_any_more_finds_nothing(tutoring, worker, change):
    said = {"actor": worker, "tutoring_id": tutoring.uid, "on": TODAY, "now": NOW}
    token, on = make_family_link(**said), TODAY
    if change == "revoked":
        revoke_family_link(**said)
    elif change == "renewed":
        make_family_link(**said)
    elif change == "expired":
        on = TODAY + timedelta(days=201)
    elif change == "paused":
        pause_tutoring(why=TutoringPause.CONCERN, **said)
    elif change == "closed":
        close_tutoring(why=TutoringEnd.TERM_OVER, **said)
    elif change == "withdrawn":
        ConsentRecord.objects.filter(person=tutoring.case.person).update(withdrawn_on=TODAY)
    elif change == "guardian_gone":
        Guardianship.objects.update(until_on=TODAY)
    else:
        token = "x" * 43 if change == "wrong" else ""
    assert not family_tutorings(token=token, on=on).exists()


def test_a_guardian_who_is_refused_for_the_childs_protection_does_not_come_in_by_the_online_hour(tutoring, worker):
    said = {"actor": worker, "on": TODAY, "now": NOW}
    token = make_family_link(tutoring_id=tutoring.uid, **said)
    held = tutoring.case.person.guardianships.get()
    assert guardian_of(tutoring, on=TODAY) == held.guardian_id
    refuse_guardian(case_id=tutoring.case.uid, guardianship_id=held.pk, words="保护孩子", **said)
    assert not family_tutorings(token=token, on=TODAY).exists()
    newer = make_family_link(tutoring_id=tutoring.uid, **said)
    with pytest.raises(Refusal, match="digits_wrong"):
        open_family_page(token=newer, last4="4321", on=TODAY)
    assert guardian_of(tutoring, on=TODAY) is None


# The file.


def test_online_and_in_person_stand_on_one_timeline(tutoring, user):
    report(tutoring, HELD, user=user)
    case = Case.objects.select_related("person", "unit", "child").get(pk=tutoring.case_id)
    file = read_child_file(case, actor=actor_of(make_officer()), on=SATURDAY)
    titles = [str(moment.title) for moment in file.moments]
    assert any("Tutoring" in title or "辅导" in title for title in titles)
    assert [row.student for row in file.study.tutorings] == ["林知夏"]
    assert file.records[0].is_made


def test_consent_is_read_on_the_day_never_copied(user):
    pupil = make_pupil(is_consented=False)
    tutoring = agree(offer(pupil, make_student(user=user)), user)
    consent_to_tutoring(pupil)
    start_tutoring(actor=make_worker(pupil.unit), tutoring_id=tutoring.uid, terms=terms(), on=TODAY, now=NOW)
    ConsentRecord.objects.filter(person=pupil.person).update(expires_on=TODAY + timedelta(days=30))
    assert own_tutorings(actor_of(user, on=TODAY + timedelta(days=29))).exists()
    assert not own_tutorings(actor_of(user, on=TODAY + timedelta(days=30))).exists()


def test_now_is_a_weekday_for_all_of_this():
    assert TODAY.weekday() == 2
    assert isinstance(NOW, datetime)
