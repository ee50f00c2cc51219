"""Tutoring online in the demo district: children who wait, hours that are offered, begin, run, fall silent and end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Assignment, Unit, User
from sunward.casework.models import Case
from sunward.mentoring.access import visible_children
from sunward.mentoring.actions.consents import record_consent
from sunward.mentoring.actions.studying import note_study_needs
from sunward.mentoring.actions.tutoring_reports import SessionReport, report_own_session
from sunward.mentoring.actions.tutorings import (
    TutoringTerms,
    agree_to_tutoring,
    approve_tutoring,
    close_tutoring,
    start_tutoring,
)
from sunward.mentoring.actions.vetting import record_vetting
from sunward.mentoring.enums import MentorKind, NeedKind, VettingKind, VettingResult
from sunward.mentoring.models import Mentor, Tutoring
from sunward.mentoring.tutoring.calendar import next_weekday
from sunward.mentoring.tutoring.enums import SessionMood, SessionState, TutoringEnd
from sunward.mentoring.tutoring.limits import TERM_DAYS
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import Guardianship
from sunward.web.demo.moments import Moment
from sunward.web.demo.sign_ins import DISTRICT, STREET, SignIn, make_sign_in

VETTED, WAITING, TUTORED = 20, 12, 6
_FREE = ("sun_am", "sat_pm", "sun_pm", "sat_am", "fri_eve", "wed_eve")
_SUBJECTS = (("maths", "english"), ("reading",), ("physics", "maths"), ("art", "company"))
_ROOM = "https://meeting.example.org/j/900-"
_HELPFUL = "喜欢足球，不怕出错；没听懂时会不出声，多问一句。"
_HELD, _AWAY = SessionState.HELD, SessionState.MISSED_BY_CHILD
_REPORTS = (
    SessionReport(_HELD, 60, (), SessionMood.STEADY, "认识了一下，做了两页分数题。", "把第三单元再过一遍"),
    SessionReport(_HELD, 60, (), SessionMood.STUCK, "通分还不熟，退回去讲了一遍。", "从通分开始"),
    SessionReport(_AWAY, note="等了二十分钟没有上线，后来知道是去看病了。"),
    SessionReport(_HELD, 75, (), SessionMood.LIVELY, "通分会了，自己出题考我。", "应用题"),
    SessionReport(SessionState.MISSED_BY_STUDENT),
    SessionReport(_HELD, 60, (), SessionMood.TIRED, "前一晚没睡好，读了一篇课文就下课了。", "应用题"),
    SessionReport(_HELD, 60, (), SessionMood.LIVELY, "应用题做对了四道，很高兴。", "期中卷子"),
)  # fmt: skip


def make_tutorings(mentored: Case, moment: Moment) -> SignIn:
    """`mentored` has a neighbour mom as well. Returns the sign-in of the student who tutors it."""
    officer = _actor("officer", moment)
    students = _vet(officer, moment)
    pupils = _pupils(officer, mentored, moment)
    user, sign_in = make_sign_in(
        Role.MENTOR, unit=Unit.objects.get(code=DISTRICT), on=moment.on, name=students[0].person.name,
        username="student", kind=MentorKind.STUDENT.value,
    )  # fmt: skip
    Mentor.objects.filter(pk=students[0].pk).update(user=user, capacity=4)
    for number, student in enumerate((*students[1:3], students[4]), start=2):
        _give_account(student, f"student{number}", moment)
    _run(pupils[0], students[0], moment.earlier(56), moment, told=7)
    _run(pupils[1], students[0], moment.earlier(2), moment)
    _offer(pupils[2], students[0], moment.earlier(1))
    _run(pupils[3], students[1], moment.earlier(40), moment, told=1)
    ended = _run(pupils[4], students[2], moment.earlier(60), moment, told=7)
    close_tutoring(
        actor=officer, tutoring_id=ended.uid, why=TutoringEnd.GOAL_REACHED, reason="期中考试进步明显，可以自己学了。",
        on=moment.earlier(6).on, now=moment.earlier(6).now,
    )  # fmt: skip
    _offer(pupils[5], students[4], moment.earlier(4), agreed=moment.earlier(3))
    return sign_in


def _actor(username: str, moment: Moment) -> Actor:
    return read_actor(User.objects.get(username=username), on=moment.on)


def _vet(officer: Actor, moment: Moment) -> list[Mentor]:
    """All but a few of the list are checked and trained; these are still under way."""
    past = moment.earlier(150)
    students = list(Mentor.objects.filter(kind=MentorKind.STUDENT).select_related("person").order_by("pk"))
    for number, student in enumerate(students):
        for kind in (VettingKind.BACKGROUND_CHECK, VettingKind.TRAINING) if number < VETTED else ():
            record_vetting(
                actor=officer, mentor_id=student.uid, kind=kind, result=VettingResult.CLEAR, happened_on=past.on,
                on=moment.on, now=moment.now, authority="区民政局" if kind == VettingKind.BACKGROUND_CHECK else "",
            )  # fmt: skip
    return students


def _pupils(officer: Actor, mentored: Case, moment: Moment) -> Sequence[Case]:
    """The mentored child, then children of the demo's sub-district, then others; each is asked what it needs."""
    street = Q(unit_path__contains=f"/{STREET}/")
    waiting = visible_children(officer).open().filter(needs__kind=NeedKind.TUTORING, needs__met_on=None)
    found = [case for near in (street, ~street) for case in waiting.filter(near).exclude(pk=mentored.pk).order_by("pk")]
    pupils = [case for case in (mentored, *found) if _guardian_of(case, moment.on)][:WAITING]
    for number, case in enumerate(pupils):
        note_study_needs(
            actor=officer, case_id=case.uid, school_stage=_stage(case),
            subjects=("maths", "reading", "chinese") if number < TUTORED else _SUBJECTS[number % len(_SUBJECTS)],
            slots=_FREE if number < TUTORED else _FREE[number % 3 :: 2],
            on=moment.on, now=moment.now,
        )  # fmt: skip
    return pupils


def _stage(case: Case) -> str:
    """The roster knows of the youngest only that they do not go to school yet; by now they do."""
    child = getattr(case, "child", None)
    stage = child.school_stage if child else ""
    return "小学一年级" if stage == "学前班" else stage


def _guardian_of(case: Case, on: date) -> int | None:
    cared_for = Guardianship.objects.current(on=on).filter(child_id=case.person_id)
    return cared_for.order_by("-is_primary", "pk").values_list("guardian_id", flat=True).first()


def _give_account(student: Mentor, username: str, moment: Moment) -> None:
    """Nobody can sign in as them."""
    user = User.objects.create_user(username, name=student.person.name)
    Assignment.objects.create(
        user=user, role=Role.MENTOR, unit=Unit.objects.get(code=DISTRICT), from_on=moment.on - timedelta(days=400)
    )
    Mentor.objects.filter(pk=student.pk).update(user=user)


def _offer(case: Case, student: Mentor, at: Moment, *, agreed: Moment | None = None) -> Tutoring:
    officer = _actor("officer", at)
    tutoring = approve_tutoring(actor=officer, case_id=case.pk, mentor_id=student.pk, on=at.on, now=at.now)
    if agreed is not None:
        agree_to_tutoring(actor=_actor_of(student, agreed), tutoring_id=tutoring.uid, on=agreed.on, now=agreed.now)
    return Tutoring.objects.get(pk=tutoring.pk)


def _actor_of(student: Mentor, at: Moment) -> Actor:
    return read_actor(User.objects.get(mentor=student.pk), on=at.on)


def _run(case: Case, student: Mentor, at: Moment, moment: Moment, *, told: int = 0) -> Tutoring:
    """Begun on a free hour of both after the day; so many of the sessions that are over are written down."""
    officer = _actor("officer", at)
    tutoring = _offer(case, student, at, agreed=at)
    record_consent(
        actor=officer, case_id=case.uid, purpose=Purpose.TUTORING, legal_basis=LegalBasis.CONSENT, given_on=at.on,
        on=at.on, now=at.now, given_by_id=_guardian_of(case, at.on),
    )  # fmt: skip
    assert tutoring.begins is not None  # all have an hour in common
    assert tutoring.weekday is not None
    terms = TutoringTerms(
        first_on=next_weekday(tutoring.weekday, after=at.on), begins=tutoring.begins, minutes=60,
        until_on=at.on + timedelta(days=TERM_DAYS), subjects=tuple(tutoring.subjects), helpful=_HELPFUL,
        link=f"{_ROOM}{tutoring.pk:04d}",
    )  # fmt: skip
    start_tutoring(actor=officer, tutoring_id=tutoring.uid, terms=terms, on=at.on, now=at.now)
    begun = tutoring.sessions.filter(starts_at__lte=moment.now - timedelta(hours=2)).order_by("starts_at")
    for session, report in zip(begun, _REPORTS[:told], strict=False):
        now = session.starts_at + timedelta(hours=2)
        day = localdate(now)
        report_own_session(
            actor=_actor_of(student, Moment(day, now)), tutoring_id=tutoring.uid, session_id=session.uid, on=day,
            now=now, report=_with_subjects(report, tutoring),
        )  # fmt: skip
    return tutoring


def _with_subjects(report: SessionReport, tutoring: Tutoring) -> SessionReport:
    return replace(report, subjects=tuple(tutoring.subjects[:1])) if report.state == _HELD else report
