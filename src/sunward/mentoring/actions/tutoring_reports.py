"""What became of a session: held, or missed by one side. A session that was held is a contact like any other."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.services import write_service
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.casework.models import ServiceRecord
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.actions.said import Said
from sunward.mentoring.actions.tutoring_steps import TUTORING_SUBJECT, lock_tutoring, promise
from sunward.mentoring.models import Tutoring, TutoringSession
from sunward.mentoring.models.tutoring import TutoringQuerySet
from sunward.mentoring.tutoring.access import own_tutorings, session_not_there, visible_tutorings
from sunward.mentoring.tutoring.enums import MISSED, SessionMood, SessionState, Subject, TutoringFollowUp
from sunward.mentoring.tutoring.limits import (
    MINUTES_MOST,
    MISSED_DAYS,
    MISSED_IN_A_ROW,
    NEXT_LENGTH,
    NOTE_LENGTH,
    REPORT_DAYS,
)


@dataclass(frozen=True, slots=True)
class SessionReport:
    """A session as it is told afterwards. Missed: no minutes, no subjects, no mood."""

    state: SessionState
    minutes: int = 0
    subjects: tuple[str, ...] = ()
    mood: str = ""
    note: str = ""
    next_time: str = ""


@transaction.atomic
def report_own_session(
    *, actor: Actor, tutoring_id: UUID, session_id: UUID, report: SessionReport, on: date, now: datetime
) -> TutoringSession:
    """By the student, while the tutoring is hers to see."""
    return _report(own_tutorings(actor), actor, tutoring_id, session_id, report, on=on, now=now)


@transaction.atomic
def report_session(
    *, actor: Actor, tutoring_id: UUID, session_id: UUID, report: SessionReport, on: date, now: datetime
) -> TutoringSession:
    """By casework people, who heard of it from the student or the family."""
    return _report(visible_tutorings(actor), actor, tutoring_id, session_id, report, on=on, now=now)


def _report(
    found: TutoringQuerySet,
    actor: Actor,
    tutoring_id: UUID,
    session_id: UUID,
    report: SessionReport,
    *,
    on: date,
    now: datetime,
) -> TutoringSession:
    tutoring = lock_tutoring(found, tutoring_id=tutoring_id)
    session = tutoring.sessions.select_for_update(of=("self",)).filter(uid=session_id).first()
    if session is None:
        raise session_not_there()
    if session.state == report.state and session.reported_by_id == actor.user_id:
        return session  # pressed twice
    if session.state != SessionState.PLANNED:
        raise Conflict("mentoring.session_settled", _("This session is written down or cancelled already."))
    _refuse_impossible(session, report, on=on, now=now)
    session.state, session.reported_at, session.reported_by_id = report.state, now, actor.user_id
    session.subjects, session.mood, session.next_time = list(report.subjects), report.mood, report.next_time.strip()
    session.record = _write_record(tutoring, session, report, actor=actor, on=on, now=now)
    session.save()
    record_case_act(
        tutoring.case, actor=actor, code=f"mentoring.session_{report.state}", on=on, now=now,
        subject=(TUTORING_SUBJECT, tutoring.pk), attributes={"session": session.pk, "minutes": report.minutes},
    )  # fmt: skip
    _ask_worker(tutoring, session, Said(actor, on, now))
    return session


def _refuse_impossible(session: TutoringSession, report: SessionReport, *, on: date, now: datetime) -> None:
    if report.state not in (SessionState.HELD, *MISSED):
        raise Refusal("mentoring.not_a_report", _("Say whether the session took place."))
    if session.starts_at > now:
        raise Refusal("mentoring.session_ahead", _("The session has not begun yet. Write it down afterwards."))
    if localdate(session.starts_at) < on - timedelta(days=REPORT_DAYS):
        raise Refusal(
            "mentoring.session_too_old", _("This session was too long ago. The committee writes it into the file.")
        )
    if not set(report.subjects) <= set(Subject.values) or (report.mood and report.mood not in SessionMood.values):
        raise Refusal("mentoring.not_a_report", _("Choose what it was from the list."))
    if len(report.note) > NOTE_LENGTH or len(report.next_time) > NEXT_LENGTH:
        raise Refusal("mentoring.note_too_long", _("The note is too long. Shorten it a little."))
    if report.state == SessionState.HELD and not 0 < report.minutes <= MINUTES_MOST:
        raise Refusal("mentoring.minutes_out_of_range", _("Say how long it was: up to three hours."))
    if report.state in MISSED and (report.minutes or report.subjects or report.mood):
        raise Refusal("mentoring.missed_has_no_minutes", _("If you did not meet there are no minutes and no subjects."))


def _write_record(
    tutoring: Tutoring, session: TutoringSession, report: SessionReport, *, actor: Actor, on: date, now: datetime
) -> ServiceRecord | None:
    """Held is a contact made, the child away a contact attempted; a student who stayed away attempted nothing.

    The session's own key is the record's, so that the same session is never two records.
    """
    if report.state == SessionState.MISSED_BY_STUDENT:
        return None
    is_held = report.state == SessionState.HELD
    return write_service(
        actor=actor, case=tutoring.case, kind=ServiceKind.TUTORING, happened_on=localdate(session.starts_at),
        outcome=ContactOutcome.MADE if is_held else ContactOutcome.ATTEMPTED, on=on, now=now, minutes=report.minutes,
        topics=report.subjects, note=report.note.strip(), uid=session.uid,
    )  # fmt: skip


def _ask_worker(tutoring: Tutoring, session: TutoringSession, said: Said) -> None:
    if session.mood == SessionMood.WORRYING:
        promise(tutoring.case, TutoringFollowUp.WORRY, said, days=0)
    # Where more sessions were moved than one, the row is by the hour at which they were to be, not as they were told.
    told = tutoring.sessions.filter(state__in=(SessionState.HELD, *MISSED)).order_by("-starts_at")
    latest = list(told.values_list("state", flat=True)[:MISSED_IN_A_ROW])
    if len(latest) == MISSED_IN_A_ROW and all(state in MISSED for state in latest):
        promise(tutoring.case, TutoringFollowUp.MISSED, said, days=MISSED_DAYS)
