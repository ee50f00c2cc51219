"""Who is never brought together again: a match that was ended for the child's safety keeps the two apart for good."""

from django.db.models import QuerySet

from sunward.mentoring.enums import EndReason, MatchState
from sunward.mentoring.models import Match


def kept_apart(child_id: int) -> "QuerySet[Match]":
    """The ended matches of this person, whichever file they were in, whose mentors it does not meet again."""
    return Match.objects.filter(case__person=child_id, state=MatchState.CLOSED, end_reason=EndReason.SAFETY)
