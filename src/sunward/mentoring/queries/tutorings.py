"""The ledger of tutorings online."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Text, Tone
from sunward.core.tables import Column
from sunward.mentoring.models import Tutoring, TutoringSession
from sunward.mentoring.tutoring.access import consented, visible_tutorings
from sunward.mentoring.tutoring.calendar import moment_of
from sunward.mentoring.tutoring.enums import (
    LIVE_TUTORING,
    SessionState,
    TutoringState,
)
from sunward.mentoring.tutoring.words import say_hour

STATE_TONES: dict[TutoringState, Tone] = {
    TutoringState.PROPOSED: "info", TutoringState.RUNNING: "good", TutoringState.PAUSED: "warn",
    TutoringState.CLOSED: "off",
}  # fmt: skip
COLUMNS = (
    Column("child", _("Child"), ("case__person__name_key",)),
    Column("student", _("Student"), ("mentor__person__name_key",)),
    Column("hour", _("Weekly hour"), ("weekday", "begins")),
    Column("state", _("State"), ("state",)),
    Column("next", _("Next session"), ("next_at",)),
    Column("unit", _("Committee"), ("unit_path",)),
)
DEFAULT_ORDER = "next"
# A session that was over so long ago and that nobody has written down.
UNTOLD_AFTER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class TutoringQuestion:
    """What the list is asked for; empty means every one that lives. `care`: a key of `CARES`."""

    words: str = ""
    unit_path: str = ""
    state: str = ""
    care: str = ""


@dataclass(frozen=True, slots=True)
class TutoringRow:
    href: str
    child: str
    student: str
    hour: str
    state: Text
    tone: Tone
    care: Text
    next_at: datetime | None
    unit: str


def _waiting_for_student(on: date, now: datetime) -> Q:
    return Q(state=TutoringState.PROPOSED, student_agreed_on=None)


def _to_arrange(on: date, now: datetime) -> Q:
    return Q(state=TutoringState.PROPOSED, student_agreed_on__isnull=False)


def _without_consent(on: date, now: datetime) -> Q:
    return Q(state__in=(TutoringState.RUNNING, TutoringState.PROPOSED)) & ~Q(consented(on))


def _untold(on: date, now: datetime) -> Q:
    """A session was over two days ago or more and nobody has written down how it went."""
    late = TutoringSession.objects.filter(
        tutoring=OuterRef("pk"), state=SessionState.PLANNED, starts_at__lt=now - UNTOLD_AFTER
    )
    return Q(state=TutoringState.RUNNING) & Q(Exists(late))


CARES = {"student": _waiting_for_student, "arrange": _to_arrange, "consent": _without_consent, "untold": _untold}
CARE_WORDS: dict[str, Text] = {
    "student": _("Waits for the student"),
    "arrange": _("First session to be arranged"),
    "consent": _("Consent is missing"),
    "untold": _("Session not written down"),
}


def list_tutorings(actor: Actor, asked: TutoringQuestion, *, on: date, now: datetime) -> "QuerySet[Tutoring]":
    found = visible_tutorings(actor).filter(_states(asked.state))
    if asked.unit_path:
        found = found.filter(unit_path__startswith=asked.unit_path)
    if asked.words:
        found = found.filter(
            Q(case__person__name__contains=asked.words) | Q(mentor__person__name__contains=asked.words)
        )
    if asked.care in CARES:
        found = found.filter(CARES[asked.care](on, now))
    return found


def with_row_parts(found: "QuerySet[Tutoring]", *, on: date, now: datetime) -> "QuerySet[Any]":
    """Adds what a row shows and sorts by."""
    coming = Q(sessions__state=SessionState.PLANNED, sessions__starts_at__gt=now)
    return found.select_related("case__person", "case__unit", "mentor__person").annotate(
        next_at=Min("sessions__starts_at", filter=coming), has_consent=consented(on),
        is_untold=Exists(
            TutoringSession.objects.filter(
                tutoring=OuterRef("pk"), state=SessionState.PLANNED, starts_at__lt=now - UNTOLD_AFTER
            )
        ),
    )  # fmt: skip


def _states(state: str) -> Q:
    if state == "all":
        return Q()
    return Q(state=state) if state in TutoringState.values else Q(state__in=LIVE_TUTORING)


def to_row(tutoring: Any) -> TutoringRow:
    state = TutoringState(tutoring.state)
    return TutoringRow(
        href=reverse("mentoring:tutoring", args=[tutoring.uid]),
        child=tutoring.case.person.name,
        student=tutoring.mentor.person.name,
        hour=say_hour(tutoring.weekday, tutoring.begins),
        state=state.label,
        tone=STATE_TONES[state],
        care=say_care(tutoring, has_consent=tutoring.has_consent, is_untold=tutoring.is_untold),
        next_at=localtime(tutoring.next_at) if tutoring.next_at else None,
        unit=tutoring.case.unit.short_name,
    )


def say_care(tutoring: Tutoring, *, has_consent: bool, is_untold: bool = False) -> Text:
    """The first thing that stands in the way."""
    if tutoring.state == TutoringState.PROPOSED and tutoring.student_agreed_on is None:
        return CARE_WORDS["student"]
    if tutoring.state in (TutoringState.PROPOSED, TutoringState.RUNNING) and not has_consent:
        return CARE_WORDS["consent"]
    if tutoring.state == TutoringState.PROPOSED:
        return CARE_WORDS["arrange"]
    return CARE_WORDS["untold"] if tutoring.state == TutoringState.RUNNING and is_untold else ""


def list_child_tutorings(case_pk: int, *, on: date) -> tuple[TutoringRow, ...]:
    """Of one child's file, the latest first. One query."""
    now = moment_of(on, time(0))
    found = Tutoring.objects.filter(case=case_pk).select_related("case__person", "case__unit", "mentor__person")
    return tuple(to_row(tutoring) for tutoring in with_row_parts(found, on=on, now=now).order_by("-pk"))
