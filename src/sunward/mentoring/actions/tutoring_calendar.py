"""The planned sessions of a locked tutoring: made for a term, dropped when it rests, moved and cancelled one by one."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.actions.tutoring_steps import TUTORING_SUBJECT, lock_tutoring
from sunward.mentoring.models import Tutoring, TutoringSession
from sunward.mentoring.tutoring.access import has_consent, session_not_there, visible_tutorings
from sunward.mentoring.tutoring.calendar import moment_of, weekly_days
from sunward.mentoring.tutoring.enums import SessionState, TutoringState
from sunward.mentoring.tutoring.limits import MINUTES_LEAST, MINUTES_MOST, SESSIONS_AT_MOST
from sunward.mentoring.tutoring.news import TutoringNewsKind
from sunward.mentoring.tutoring.telling import tell_guardian, tell_student


def plan_sessions(tutoring: Tutoring, *, from_on: date, now: datetime | None = None) -> TutoringSession | None:
    """Every week at its hour from the day until the end of the term; returns the first. What stands already stays."""
    if tutoring.begins is None or tutoring.term_until_on is None:
        return None
    taken = set(tutoring.sessions.values_list("starts_at", flat=True))
    moments = [
        moment_of(day, tutoring.begins) for day in weekly_days(from_on, tutoring.term_until_on, begins=tutoring.begins)
    ]
    sessions = [
        TutoringSession(tutoring=tutoring, starts_at=moment, minutes=tutoring.minutes)
        for moment in moments[:SESSIONS_AT_MOST]
        if moment not in taken and (now is None or moment > now)
    ]
    TutoringSession.objects.bulk_create(sessions)
    return sessions[0] if sessions else None


def drop_coming(tutoring: Tutoring, *, now: datetime) -> None:
    """What was only planned is a calendar, not a record."""
    tutoring.sessions.filter(state=SessionState.PLANNED, starts_at__gt=now).delete()


def refuse_wrong_hour(tutoring: Tutoring, first_on: date, begins: time, minutes: int, *, now: datetime) -> None:
    """The first session lies ahead, is neither too short nor too long, and the student has no other child then."""
    if not MINUTES_LEAST <= minutes <= MINUTES_MOST:
        raise Refusal("mentoring.session_length", _("A session takes between 20 minutes and three hours."))
    if not time(7) <= begins <= time(21):
        raise Refusal("mentoring.session_hour", _("Choose an hour between 7 in the morning and 9 in the evening."))
    if moment_of(first_on, begins) <= now:
        raise Refusal("mentoring.session_in_past", _("This hour has passed. Choose a coming one."))
    others = Tutoring.objects.live().filter(mentor=tutoring.mentor_id, weekday=first_on.weekday()).exclude(
        pk=tutoring.pk
    )  # fmt: skip
    for held, length in others.exclude(begins=None).values_list("begins", "minutes"):
        if held is not None and _overlap(begins, minutes, held, length):
            raise Conflict("mentoring.hour_taken", _("The student has another child at this hour. Choose another."))


def _overlap(first: time, minutes: int, second: time, length: int) -> bool:
    begins, other = first.hour * 60 + first.minute, second.hour * 60 + second.minute
    return begins < other + length and other < begins + minutes


@transaction.atomic
def move_session(
    *, actor: Actor, tutoring_id: UUID, session_id: UUID, to: datetime, on: date, now: datetime
) -> TutoringSession:
    """This once at another time; the weekly hour stays."""
    tutoring, session = _lock_planned(actor, tutoring_id, session_id)
    if session.starts_at == to:
        return session
    local = localtime(to)
    refuse_wrong_hour(tutoring, local.date(), local.time(), session.minutes, now=now)
    if tutoring.sessions.filter(starts_at=to).exists():
        raise Conflict("mentoring.session_there", _("There is a session at this time already."))
    session.moved_from = session.moved_from or session.starts_at
    session.starts_at, session.reminded_at = to, None
    session.save(update_fields=["starts_at", "moved_from", "reminded_at"])
    _record(tutoring, session, "session_moved", actor=actor, on=on, now=now)
    _tell(tutoring, session, TutoringNewsKind.MOVED, on=on, now=now)
    return session


@transaction.atomic
def cancel_session(
    *, actor: Actor, tutoring_id: UUID, session_id: UUID, reason: str, on: date, now: datetime
) -> TutoringSession:
    """It does not take place, for nobody's fault."""
    tutoring, session = _lock_planned(actor, tutoring_id, session_id)
    session.state, session.cancel_reason = SessionState.CANCELLED, reason.strip()[:200]
    session.save(update_fields=["state", "cancel_reason"])
    _record(tutoring, session, "session_cancelled", actor=actor, on=on, now=now)
    if session.starts_at > now:
        _tell(tutoring, session, TutoringNewsKind.CANCELLED, on=on, now=now)
    return session


@transaction.atomic
def remind_of_session(*, session_pk: int, on: date, now: datetime) -> bool:
    """Both sides, once, and only while the tutoring runs with both agreements."""
    session = TutoringSession.objects.select_related("tutoring__case", "tutoring__mentor").filter(pk=session_pk).first()
    if session is None or session.tutoring.state != TutoringState.RUNNING or session.starts_at <= now:
        return False
    if not has_consent(session.tutoring, on=on):
        return False
    open_ones = TutoringSession.objects.filter(pk=session_pk, reminded_at=None, state=SessionState.PLANNED)
    if not open_ones.update(reminded_at=now):
        return False
    _tell(session.tutoring, session, TutoringNewsKind.REMINDER, on=on, now=now)
    return True


def _lock_planned(actor: Actor, tutoring_id: UUID, session_id: UUID) -> tuple[Tutoring, TutoringSession]:
    tutoring = lock_tutoring(visible_tutorings(actor), tutoring_id=tutoring_id)
    session = tutoring.sessions.select_for_update(of=("self",)).filter(uid=session_id).first()
    if session is None:
        raise session_not_there()
    if session.state != SessionState.PLANNED:
        raise Conflict("mentoring.session_settled", _("This session is written down or cancelled already."))
    return tutoring, session


def _record(tutoring: Tutoring, session: TutoringSession, code: str, *, actor: Actor, on: date, now: datetime) -> None:
    record_case_act(
        tutoring.case, actor=actor, code=f"mentoring.{code}", on=on, now=now, subject=(TUTORING_SUBJECT, tutoring.pk),
        attributes={"session": session.pk},
    )  # fmt: skip


def _tell(
    tutoring: Tutoring, session: TutoringSession, kind: TutoringNewsKind, *, on: date, now: datetime
) -> None:  # fmt: skip
    serial = f"{session.pk}:{int(session.starts_at.timestamp()) // int(timedelta(minutes=1).total_seconds())}"
    tell_student(tutoring, kind, serial=serial, now=now, begins_at=session.starts_at)
    tell_guardian(tutoring, kind, serial=serial, on=on, now=now, begins_at=session.starts_at)
