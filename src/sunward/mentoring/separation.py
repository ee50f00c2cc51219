"""Who is never brought together again: what was ended for the child's safety keeps the two apart for good."""

from django.db.models import QuerySet

from sunward.mentoring.enums import EndReason, MatchState
from sunward.mentoring.models import Match, Mentor, Tutoring
from sunward.mentoring.tutoring.enums import TutoringEnd, TutoringState


def kept_apart(child_id: int) -> "QuerySet[Match]":
    """The ended matches of this person, whichever file they were in, whose mentors it does not meet again."""
    return Match.objects.filter(case__person=child_id, state=MatchState.CLOSED, end_reason=EndReason.SAFETY)


def kept_apart_online(child_id: int) -> "QuerySet[Tutoring]":
    """The same for tutoring."""
    ended = Tutoring.objects.filter(state=TutoringState.CLOSED, end_reason=TutoringEnd.SAFETY)
    return ended.filter(case__person=child_id)


def are_kept_apart(child_id: int, mentor: Mentor) -> bool:
    """Whoever was stopped in the one is stopped in the other too."""
    apart = (kept_apart(child_id), kept_apart_online(child_id))
    return any(found.filter(mentor=mentor).exists() for found in apart)
