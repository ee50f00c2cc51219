"""What the clock brings about for tutorings: sessions to be reminded of, students whose vetting no longer holds."""

from datetime import date, datetime

from sunward.mentoring.models import Tutoring, TutoringSession
from sunward.mentoring.tutoring.enums import SessionState, TutoringState
from sunward.mentoring.tutoring.limits import REMINDED_BEFORE
from sunward.mentoring.vetting import read_standing


def list_sessions_to_remind(*, now: datetime) -> list[int]:
    """Planned within a day, of a tutoring that runs, not reminded of yet. One query."""
    soon = TutoringSession.objects.filter(
        state=SessionState.PLANNED, starts_at__gt=now, starts_at__lte=now + REMINDED_BEFORE, reminded_at=None,
        tutoring__state=TutoringState.RUNNING,
    )  # fmt: skip
    return list(soon.order_by("starts_at", "pk").values_list("pk", flat=True))


def list_unvetted_tutorings(*, on: date) -> list[int]:
    """Running ones whose student's background check or training does not hold on the day. Two queries."""
    running = Tutoring.objects.filter(state=TutoringState.RUNNING).select_related("mentor")
    found = running.prefetch_related("mentor__vetting_facts").order_by("pk")
    return [one.pk for one in found if not read_standing(one.mentor.vetting_facts.all(), on=on).may_match]
