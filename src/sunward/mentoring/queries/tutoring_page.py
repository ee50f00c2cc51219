"""One tutoring with its sessions, its history and what may be done with it; and its part of the child's file."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.timeline import names_of
from sunward.core.furniture import Fact, Moment, Text, Tone
from sunward.core.wording import join_words
from sunward.mentoring.models import Tutoring, TutoringSession, TutoringStep
from sunward.mentoring.queries.tutorings import STATE_TONES, UNTOLD_AFTER, say_care
from sunward.mentoring.tutoring.access import has_consent
from sunward.mentoring.tutoring.enums import SessionMood, SessionState, TutoringEnd, TutoringPause, TutoringState
from sunward.mentoring.tutoring.words import label_subjects, say_hour

SESSION_TONES: dict[SessionState, Tone] = {
    SessionState.PLANNED: "calm", SessionState.HELD: "good", SessionState.MISSED_BY_STUDENT: "warn",
    SessionState.MISSED_BY_CHILD: "warn", SessionState.CANCELLED: "off",
}  # fmt: skip
SESSIONS_ON_PAGE = 12


class TutoringAct(StrEnum):
    """What people do with a tutoring; the word in the address."""

    START = "start"
    HOUR = "hour"
    ROOM = "room"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


ACT_LABELS: dict[TutoringAct, Text] = {
    TutoringAct.START: _("Arrange the first session"),
    TutoringAct.HOUR: _("Another weekly hour"),
    TutoringAct.ROOM: _("Link and words for the student"),
    TutoringAct.PAUSE: _("Pause"),
    TutoringAct.RESUME: _("Resume"),
    TutoringAct.CLOSE: _("End the tutoring"),
}
POSSIBLE: dict[TutoringState, tuple[TutoringAct, ...]] = {
    TutoringState.PROPOSED: (TutoringAct.START, TutoringAct.CLOSE),
    TutoringState.RUNNING: (TutoringAct.HOUR, TutoringAct.ROOM, TutoringAct.PAUSE, TutoringAct.CLOSE),
    TutoringState.PAUSED: (TutoringAct.RESUME, TutoringAct.ROOM, TutoringAct.CLOSE),
    TutoringState.CLOSED: (),
}
ONWARD = (TutoringAct.START, TutoringAct.RESUME)


@dataclass(frozen=True, slots=True)
class Offer:
    label: Text
    href: str
    is_direct: bool
    is_onward: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session for casework people. What was noted of it stands in the child's file, and only there."""

    uid: UUID
    starts_at: datetime
    minutes: int
    state: Text
    tone: Tone
    note: Text
    is_planned: bool
    may_report: bool
    invites_guardian: bool


@dataclass(frozen=True, slots=True)
class TutoringPage:
    uid: UUID
    version: int
    child: str
    student: str
    state: Text
    tone: Tone
    care: Text
    is_running: bool
    has_family_link: bool
    facts: tuple[Fact, ...]
    offers: tuple[Offer, ...]
    coming: tuple[SessionRow, ...]
    past: tuple[SessionRow, ...]
    history: tuple[Moment, ...]


def read_tutoring_page(tutoring: Tutoring, *, on: date, now: datetime) -> TutoringPage:
    """The page of a tutoring that came through the gate. Four queries."""
    state = TutoringState(tutoring.state)
    sessions = list(tutoring.sessions.order_by("starts_at"))
    is_agreed = has_consent(tutoring, on=on)
    coming = [_session_row(s, now=now) for s in sessions if s.starts_at > now and s.state == SessionState.PLANNED]
    past = [_session_row(s, now=now) for s in sessions if s.starts_at <= now or s.state != SessionState.PLANNED]
    untold = [s for s in sessions if s.state == SessionState.PLANNED and s.starts_at < now - UNTOLD_AFTER]
    is_ready = tutoring.student_agreed_on is not None and is_agreed
    return TutoringPage(
        uid=tutoring.uid,
        version=tutoring.version,
        child=tutoring.case.person.name,
        student=tutoring.mentor.person.name,
        state=state.label,
        tone=STATE_TONES[state],
        care=say_care(tutoring, has_consent=is_agreed, is_untold=bool(untold)),
        is_running=state == TutoringState.RUNNING,
        has_family_link=bool(tutoring.family_token_index),
        facts=_facts(tutoring, has_consent=is_agreed),
        offers=tuple(_offer(tutoring, act, is_ready=is_ready) for act in POSSIBLE[state]),
        coming=tuple(coming[:SESSIONS_ON_PAGE]),
        past=tuple(past[::-1][:SESSIONS_ON_PAGE]),
        history=_history(tutoring),
    )


def _offer(tutoring: Tutoring, act: TutoringAct, *, is_ready: bool) -> Offer:
    """While the student's yes or a consent is awaited, nothing on the page says that it goes on now."""
    href = reverse("mentoring:tutoring_act", args=[tutoring.uid, act])
    return Offer(
        ACT_LABELS[act], href, act == TutoringAct.RESUME, act in ONWARD and (is_ready or act == TutoringAct.RESUME)
    )


def _session_row(session: TutoringSession, *, now: datetime) -> SessionRow:
    state = SessionState(session.state)
    notes: list[Text] = [
        session.cancel_reason,
        SessionMood(session.mood).label if session.mood in SessionMood.values else "",
    ]
    notes += label_subjects(session.subjects)
    if session.moved_from:
        notes.append(_("moved"))
    return SessionRow(
        uid=session.uid,
        starts_at=localtime(session.starts_at),
        minutes=session.minutes,
        state=_("Not written down") if state == SessionState.PLANNED and session.starts_at <= now else state.label,
        tone="warn" if state == SessionState.PLANNED and session.starts_at <= now else SESSION_TONES[state],
        note=" · ".join(str(note) for note in notes if note),
        is_planned=state == SessionState.PLANNED and session.starts_at > now,
        may_report=state == SessionState.PLANNED and session.starts_at <= now,
        invites_guardian=session.invites_guardian,
    )


def _facts(tutoring: Tutoring, *, has_consent: bool) -> tuple[Fact, ...]:
    person, student = tutoring.case.person, tutoring.mentor
    facts = [
        Fact(_("Child"), person.name, tutoring.case.unit.name, reverse("mentoring:child", args=[tutoring.case.uid])),
        Fact(_("Student"), student.person.name, student.school, reverse("mentoring:student", args=[student.uid])),
        Fact(pgettext_lazy("of a child", "Subjects"), join_words(label_subjects(tutoring.subjects))),
        Fact(_("Weekly hour"), say_hour(tutoring.weekday, tutoring.begins)),
        Fact(_("Proposed"), tutoring.proposed_on),
        Fact(_("Student agreed"), tutoring.student_agreed_on),
        Fact(_("Guardian's consent"), _("on file") if has_consent else _("missing: record it in the child's file")),
        Fact(_("Term"), tutoring.running_from_on, _until(tutoring.term_until_on)),
        Fact(_("Words released to the student"), tutoring.helpful),
    ]
    if tutoring.pause_reason in TutoringPause.values:
        facts.append(Fact(_("Paused because"), TutoringPause(tutoring.pause_reason).label))
    if tutoring.ended_on:
        facts += [Fact(_("Ended"), tutoring.ended_on), Fact(_("Why"), label_end(tutoring.end_reason))]
    if tutoring.is_override:
        facts.append(Fact(_("Chosen otherwise than proposed"), tutoring.override_reason))
    return tuple(facts)


def _until(day: date | None) -> Text:
    return _("until %(day)s") % {"day": day.isoformat()} if day else ""


def label_end(code: str) -> Text:
    return TutoringEnd(code).label if code in TutoringEnd.values else code


_STEP_WORDS: dict[str, Text] = {
    "agreed": _("The student agreed"),
    "hour_changed": _("Another weekly hour"),
    "room_changed": _("Link or released words changed"),
    "family_link_made": _("Link for the family made"),
    "family_link_revoked": _("Link of the family withdrawn"),
}


def _history(tutoring: Tutoring) -> tuple[Moment, ...]:
    steps = list(tutoring.steps.order_by("-pk"))
    names = names_of(step.by_id for step in steps)
    return tuple(
        Moment(
            on=step.happened_on,
            title=_STEP_WORDS.get(step.code) or TutoringState(step.to_state).label,
            who=names.get(step.by_id, "") if step.by_id else _("The system"),
            note=" · ".join(str(part) for part in (_code_label(step), step.reason) if part),
            icon="school",
            tone=STATE_TONES[TutoringState(step.to_state)],
        )
        for step in steps
    )


def _code_label(step: TutoringStep) -> Text:
    if step.code in TutoringPause.values:
        return TutoringPause(step.code).label
    return TutoringEnd(step.code).label if step.code in TutoringEnd.values else ""


def tutoring_moments(case_pk: int) -> list[Moment]:
    """Steps of the child's tutorings and what became of sessions that are no contact, for its timeline. Two queries."""
    steps = TutoringStep.objects.filter(tutoring__case=case_pk).select_related("tutoring__mentor__person")
    moments = [
        Moment(
            step.happened_on,
            _("Tutoring online: %(what)s") % {"what": _STEP_WORDS.get(step.code) or TutoringState(step.to_state).label},
            who=step.tutoring.mentor.person.name, icon="school", tone=STATE_TONES[TutoringState(step.to_state)],
        )
        for step in steps
    ]  # fmt: skip
    missed = TutoringSession.objects.filter(
        tutoring__case=case_pk, state=SessionState.MISSED_BY_STUDENT
    ).select_related("tutoring__mentor__person")
    moments += [
        Moment(
            localtime(session.starts_at).date(), SessionState.MISSED_BY_STUDENT.label,
            who=session.tutoring.mentor.person.name, icon="school", tone="warn",
        )
        for session in missed
    ]  # fmt: skip
    return moments
