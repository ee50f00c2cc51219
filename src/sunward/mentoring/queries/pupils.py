"""What a student sees of her pupils, and the family of its hour. Whatever they must not see is absent here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.queries import find_office_phone
from sunward.core.furniture import Text
from sunward.mentoring.enums import MentorKind
from sunward.mentoring.models import FamilyLink, Mentor, Tutoring, TutoringSession
from sunward.mentoring.tutoring.abilities import STAGES, label_slot, slots_mask, slots_of, stages_mask
from sunward.mentoring.tutoring.access import own_offers, own_tutorings
from sunward.mentoring.tutoring.enums import MISSED, SessionMood, SessionState, Subject
from sunward.mentoring.tutoring.limits import DOOR_OPENS, REPORT_DAYS
from sunward.mentoring.tutoring.naming import given_name
from sunward.mentoring.tutoring.words import label_subjects, say_hour

# What is said to the student herself where the office says it of her.
_OWN_WORDS: dict[SessionState, Text] = {
    SessionState.PLANNED: _("Not written down"), SessionState.MISSED_BY_STUDENT: _("You did not come"),
}  # fmt: skip
TOLD_ON_CARD = 5
COMING_ON_CARD = 4


@dataclass(frozen=True, slots=True)
class Door:
    """The next session. `link` is there only from a quarter of an hour before the beginning until the end."""

    session_id: UUID
    starts_at: datetime
    minutes: int
    was_moved: bool
    invites_guardian: bool
    link: str

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Offer:
    """A child without a name: what a student has to know to say yes or no."""

    tutoring_id: UUID
    stage: Text
    subjects: tuple[Text, ...]
    hour: str


@dataclass(frozen=True, slots=True)
class OwnPupil:
    """A line of the student's home page."""

    tutoring_id: UUID
    name: str
    stage: Text
    hour: str
    door: Door | None
    unreported: int


@dataclass(frozen=True, slots=True)
class ToldSession:
    """One that is over: how it went as it was told, or that it waits for being told."""

    session_id: UUID
    starts_at: datetime
    state: Text
    is_waiting: bool
    is_missed: bool
    subjects: tuple[Text, ...]
    mood: Text
    next_time: str


@dataclass(frozen=True, slots=True)
class PupilCard:
    """One pupil as the student needs it: given name, school stage, subjects, free hours, released words. No more."""

    pupil: OwnPupil
    subjects: tuple[Text, ...]
    free: tuple[Text, ...]
    helpful: str
    coming: tuple[Door, ...]
    told: tuple[ToldSession, ...]
    until_on: date | None


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """The family's page: who tutors, when, and the way into the session while it takes place. No child's name."""

    student: str
    school: str
    subjects: tuple[Text, ...]
    hour: str
    until_on: date | None
    door: Door | None
    coming: tuple[Door, ...]
    office_phone: str


@dataclass(frozen=True, slots=True)
class StudentHome:
    """What a student's home page begins with: hours she is asked for, and her pupils, the next session first."""

    offers: tuple[Offer, ...]
    pupils: tuple[OwnPupil, ...]


def read_student_home(actor: Actor, *, now: datetime) -> StudentHome | None:
    """None for whoever is no student: one query. Else six."""
    if not Mentor.objects.filter(user_id=actor.user_id, kind=MentorKind.STUDENT).exists():
        return None
    offers = own_offers(actor).select_related("case__child").order_by("pk")
    found = own_tutorings(actor).select_related("case__person", "case__child").prefetch_related("sessions")
    pupils = [_own_pupil(tutoring, list(tutoring.sessions.all()), on=actor.on, now=now) for tutoring in found]
    return StudentHome(tuple(_offer(tutoring) for tutoring in offers), tuple(sorted(pupils, key=_soonest)))


def read_pupil(tutoring: Tutoring, *, on: date, now: datetime) -> PupilCard:
    """The page of a tutoring that came through the student's gate. One query."""
    sessions = list(tutoring.sessions.order_by("starts_at"))
    child = getattr(tutoring.case, "child", None)
    return PupilCard(
        pupil=_own_pupil(tutoring, sessions, on=on, now=now),
        subjects=label_subjects(tutoring.subjects),
        free=tuple(label_slot(slot) for slot in slots_of(slots_mask(child.study_slots if child else ()))),
        helpful=tutoring.helpful,
        coming=_coming(tutoring, sessions, now=now)[1 : COMING_ON_CARD + 1],
        told=tuple(_told(session, on=on) for session in reversed(sessions) if _is_over(session, now=now))[
            :TOLD_ON_CARD
        ],
        until_on=tutoring.term_until_on,
    )


def read_family_page(tutoring: Tutoring, *, now: datetime) -> FamilyPage:
    coming = _coming(tutoring, list(tutoring.sessions.order_by("starts_at")), now=now)
    return FamilyPage(
        student=tutoring.mentor.person.name,
        school=tutoring.mentor.school,
        subjects=label_subjects(tutoring.subjects),
        hour=say_hour(tutoring.weekday, tutoring.begins),
        until_on=tutoring.term_until_on,
        door=coming[0] if coming else None,
        coming=coming[1 : COMING_ON_CARD + 1],
        office_phone=_office_phone(tutoring),
    )


def _office_phone(tutoring: Tutoring) -> str:
    """The number that the committee last gave a guardian of the child; staff's own numbers are nowhere."""
    cards = FamilyLink.objects.filter(case=tutoring.case_id).exclude(office_phone="").order_by("-pk")
    return cards.values_list("office_phone", flat=True).first() or find_office_phone(tutoring.unit_path)


def find_reportable(tutoring: Tutoring, *, session_id: UUID, now: datetime) -> TutoringSession | None:
    session = tutoring.sessions.filter(uid=session_id, starts_at__lte=now).first()
    return session if session is not None and session.state != SessionState.CANCELLED else None


def _offer(tutoring: Tutoring) -> Offer:
    return Offer(
        tutoring.uid, _stage(tutoring), label_subjects(tutoring.subjects), say_hour(tutoring.weekday, tutoring.begins)
    )


def _own_pupil(tutoring: Tutoring, sessions: list[TutoringSession], *, on: date, now: datetime) -> OwnPupil:
    coming = _coming(tutoring, sessions, now=now)
    return OwnPupil(
        tutoring_id=tutoring.uid,
        name=given_name(tutoring.case.person.name),
        stage=_stage(tutoring),
        hour=say_hour(tutoring.weekday, tutoring.begins),
        door=coming[0] if coming else None,
        unreported=sum(1 for session in sessions if _is_waiting(session, on=on) and _is_over(session, now=now)),
    )


def _soonest(pupil: OwnPupil) -> tuple[bool, float, str]:
    """Who has no session planned comes last."""
    return pupil.door is None, pupil.door.starts_at.timestamp() if pupil.door else 0.0, pupil.name


def _stage(tutoring: Tutoring) -> Text:
    """The stage, never the school: “高二” comes out as senior secondary school."""
    child = getattr(tutoring.case, "child", None)
    mask = stages_mask([child.school_stage]) if child else 0
    return next((stage.label for bit, stage in enumerate(STAGES) if mask >> bit & 1), _("School stage not noted"))


def _coming(tutoring: Tutoring, sessions: list[TutoringSession], *, now: datetime) -> tuple[Door, ...]:
    planned = [s for s in sessions if s.state == SessionState.PLANNED and s.ends_at > now]
    return tuple(_door(tutoring, session, now=now) for session in sorted(planned, key=lambda s: s.starts_at))


def _door(tutoring: Tutoring, session: TutoringSession, *, now: datetime) -> Door:
    is_open = session.starts_at - DOOR_OPENS <= now < session.ends_at
    return Door(
        session_id=session.uid,
        starts_at=localtime(session.starts_at),
        minutes=session.minutes,
        was_moved=session.moved_from is not None,
        invites_guardian=session.invites_guardian,
        link=tutoring.link if is_open else "",
    )


def _is_over(session: TutoringSession, *, now: datetime) -> bool:
    """Over, or written down before its end. While the door is open it is not past yet."""
    if session.state == SessionState.PLANNED:
        return session.ends_at <= now
    return session.starts_at <= now and session.state != SessionState.CANCELLED


def _is_waiting(session: TutoringSession, *, on: date) -> bool:
    is_recent = localtime(session.starts_at).date() >= on - timedelta(days=REPORT_DAYS)
    return session.state == SessionState.PLANNED and is_recent


def _told(session: TutoringSession, *, on: date) -> ToldSession:
    state = SessionState(session.state)
    return ToldSession(
        session_id=session.uid,
        starts_at=localtime(session.starts_at),
        state=_OWN_WORDS.get(state, state.label),
        is_waiting=_is_waiting(session, on=on),
        is_missed=state in MISSED,
        subjects=tuple(Subject(code).label for code in session.subjects if code in Subject.values),
        mood=SessionMood(session.mood).label if session.mood in SessionMood.values else "",
        next_time=session.next_time,
    )
