"""Children who need help with school work, students who give it, and a tutoring in any state of its life."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit, User
from sunward.casework.models import Case, Need
from sunward.mentoring.actions.tutoring_families import make_family_link
from sunward.mentoring.actions.tutorings import TutoringTerms, agree_to_tutoring, approve_tutoring, start_tutoring
from sunward.mentoring.enums import MentorKind, NeedKind
from sunward.mentoring.models import ChildProfile, Mentor, Tutoring, TutoringSession
from sunward.people.enums import LegalBasis, Purpose
from sunward.people.models import ConsentRecord, Guardianship
from tests.factories import (
    NOW,
    TODAY,
    actor_of,
    give_post,
    make_child,
    make_district,
    make_mentor,
    make_officer,
    make_person,
    make_user,
)

LINK = "https://meeting.example.org/j/900"
SATURDAY = date(2026, 11, 28)


def make_pupil(
    name: str = "欧阳小禾",
    *,
    unit: Unit | None = None,
    stage: str = "初中",
    subjects: tuple[str, ...] = ("maths", "english"),
    slots: tuple[str, ...] = ("sat_pm", "sun_am"),
    is_consented: bool = True,
) -> Case:
    """A child with a guardian whose telephone ends with 4321."""
    case = make_child(name, unit=unit)
    ChildProfile.objects.filter(case=case).update(
        school_stage=stage, study_subjects=list(subjects), study_slots=list(slots)
    )
    Need.objects.create(case=case, kind=NeedKind.TUTORING, from_on=TODAY - timedelta(days=20))
    guardian = make_person("陈秀英", unit=case.unit, birth=date(1958, 3, 4), phone="+8613800004321")
    Guardianship.objects.create(
        child=case.person, guardian=guardian, relation="奶奶", is_primary=True, from_on=TODAY - timedelta(days=90)
    )
    if is_consented:
        consent_to_tutoring(case)
    return Case.objects.select_related("person", "unit", "child").get(pk=case.pk)


def consent_to_tutoring(case: Case) -> ConsentRecord:
    return ConsentRecord.objects.create(
        person=case.person, purpose=Purpose.TUTORING, legal_basis=LegalBasis.CONSENT,
        given_by=case.person.guardianships.earliest("pk").guardian, given_on=TODAY - timedelta(days=5),
    )  # fmt: skip


def make_student(
    name: str = "",
    *,
    user: User | None = None,
    unit: Unit | None = None,
    subjects: tuple[str, ...] = ("数学", "物理"),
    slots: tuple[str, ...] = ("周六下午", "周三19:00-20:30"),
    stages: tuple[str, ...] = (),
    major: str = "应用数学",
    capacity: int = 1,
    vetted: bool = True,
) -> Mentor:
    """A student of the whole district, as the roster's import makes one."""
    student = make_mentor(
        name, unit=unit or make_district(), user=user, kind=MentorKind.STUDENT, capacity=capacity, vetted=vetted
    )
    Mentor.objects.filter(pk=student.pk).update(
        subjects=list(subjects), slots=list(slots), stages=list(stages), major=major, school="复旦大学"
    )
    return Mentor.objects.get(pk=student.pk)


def make_student_user() -> User:
    user = make_user()
    give_post(user, Role.MENTOR, make_district())
    return user


def make_worker(unit: Unit) -> Actor:
    return actor_of(make_officer(Role.WORKER, unit))


def terms(
    *, first_on: date = SATURDAY, begins: time = time(14, 30), minutes: int = 60, weeks: int = 12, link: str = LINK
) -> TutoringTerms:
    return TutoringTerms(
        first_on=first_on, begins=begins, minutes=minutes, until_on=first_on + timedelta(weeks=weeks),
        subjects=("maths",), link=link, helpful="喜欢足球，回答前要想一想。",
    )  # fmt: skip


def offer(case: Case, student: Mentor, *, by: Actor | None = None) -> Tutoring:
    by = by or make_worker(case.unit)
    return approve_tutoring(actor=by, case_id=case.pk, mentor_id=student.pk, on=TODAY, now=NOW)


def agree(tutoring: Tutoring, user: User) -> Tutoring:
    return agree_to_tutoring(actor=actor_of(user), tutoring_id=tutoring.uid, on=TODAY, now=NOW)


def run_tutoring(
    case: Case | None = None, user: User | None = None, *, by: Actor | None = None, now: datetime = NOW
) -> Tutoring:
    """Offered, agreed to and begun, the first session on Saturday at half past two."""
    case, user = case or make_pupil(), user or make_student_user()
    by = by or make_worker(case.unit)
    student = Mentor.objects.filter(user=user).first() or make_student("林知夏", user=user)
    tutoring = agree(offer(case, student, by=by), user)
    start_tutoring(actor=by, tutoring_id=tutoring.uid, terms=terms(), on=TODAY, now=now)
    return Tutoring.objects.select_related("case__person", "case__unit", "mentor__person").get(pk=tutoring.pk)


def tutorings_of(world: Any) -> dict[str, Any]:
    """For the matrix: the student's own in every state, and another student's of another child; each child apart.

    And two neighbour moms who are near: one to whom a tutoring was given by mistake, and one whose child is tutored.
    """
    unit, user = world.case.unit, world.users["student"]
    worker = actor_of(world.users["worker"])
    student = make_student("林知夏", user=user, capacity=6)
    own = {name: _straight(make_pupil(f"陈{name}", unit=unit), student, name) for name in _STATES}
    other = make_student("林同学", user=world.users["student_of_another"])
    foreign = _straight(make_pupil("陈别人", unit=unit), other, "tutoring")
    ConsentRecord.objects.filter(person=own["tutoring_unconsented"].case.person).update(withdrawn_on=TODAY)
    mother = Mentor.objects.get(user=world.users["mentor"])
    hers = _straight(make_pupil("陈误", unit=unit), mother, "tutoring")
    offered = _straight(make_pupil("陈误二", unit=unit), mother, "tutoring_offered")
    shared = Case.objects.get(matches__mentor__user=world.users["mentor_of_another"])
    if not shared.person.guardianships.exists():
        Guardianship.objects.create(child=shared.person, guardian=make_person("李建国", unit=unit))
    consent_to_tutoring(shared)
    of_shared = _straight(shared, other, "tutoring")
    links = {
        name: make_family_link(actor=worker, tutoring_id=foreign.uid, on=TODAY, now=NOW) for name in ("old", "new")
    }
    return {name: tutoring.uid for name, tutoring in own.items()} | {
        "student": student.uid,
        "session": _plan(own["tutoring"], NOW + timedelta(days=3)).uid,
        "session_begun": _plan(own["tutoring"], NOW - timedelta(minutes=30)).uid,
        "foreign_session": _plan(foreign, NOW - timedelta(minutes=30)).uid,
        "tutoring_of_mother": hers.uid,
        "session_of_mother": _plan(hers, NOW - timedelta(minutes=30)).uid,
        "offer_of_mother": offered.uid,
        "tutoring_of_mentored": of_shared.uid,
        "session_of_mentored": _plan(of_shared, NOW - timedelta(minutes=20)).uid,
        "sessions_link": links["new"],
        "sessions_link_old": links["old"],
    }


_STATES = {
    "tutoring": "running", "tutoring_paused": "paused", "tutoring_closed": "closed",
    "tutoring_unconsented": "running", "tutoring_offered": "proposed",
}  # fmt: skip


def _straight(case: Case, student: Mentor, name: str) -> Tutoring:
    """Put straight into a state, for what is not about how it got there."""
    state = _STATES[name]
    return Tutoring.objects.create(
        case=case, mentor=student, unit_path=case.unit_path, state=state, weekday=5, begins=time(14, 30),
        proposed_on=TODAY, student_agreed_on=None if state == "proposed" else TODAY, running_from_on=TODAY,
        term_until_on=TODAY + timedelta(days=90), ended_on=TODAY if state == "closed" else None, link=LINK,
    )  # fmt: skip


def _plan(tutoring: Tutoring, starts_at: datetime) -> TutoringSession:
    return TutoringSession.objects.create(tutoring=tutoring, starts_at=starts_at, minutes=60)
