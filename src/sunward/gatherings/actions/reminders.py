"""Telling those who come of what is near, and asking afterwards; each once."""

from datetime import datetime, timedelta

from django.db import transaction

from sunward.gatherings.enums import GatheringState, Presence
from sunward.gatherings.models import Gathering, Session, SignUp
from sunward.gatherings.news import NewsKind
from sunward.gatherings.telling import tell

# Whoever got the place within these hours has read time and place in that message.
JUST_TOLD = timedelta(hours=12)


@transaction.atomic
def remind_of_session(*, session_pk: int, now: datetime) -> int:
    """Remind whoever has a place and did not get it just now; returns how many. Run again, nothing is left to do."""
    session = Session.objects.filter(pk=session_pk).first()
    if session is None:
        return 0
    gathering = Gathering.objects.select_for_update(of=("self",)).get(pk=session.gathering_id)
    if gathering.state != GatheringState.PUBLISHED or session.begins_at <= now:
        return 0
    if not Session.objects.filter(pk=session_pk, reminded_at=None).update(reminded_at=now):
        return 0
    placed = SignUp.objects.filter(gathering=gathering, placed_at__lte=now - JUST_TOLD).placed()
    return tell(
        gathering,
        placed.select_related("person"),
        NewsKind.REMINDER,
        now=now,
        serial=session.pk,
        begins_at=session.begins_at,
    )


@transaction.atomic
def ask_for_feedback(*, gathering_pk: int, now: datetime) -> int:
    """Ask those who came how it was, or those who had a place where nobody was checked in; returns how many."""
    gathering = (
        Gathering.objects.select_for_update(of=("self",)).filter(pk=gathering_pk, feedback_asked_at=None).first()
    )
    if gathering is None or gathering.state not in {GatheringState.PUBLISHED, GatheringState.HELD}:
        return 0
    gathering.feedback_asked_at = now
    gathering.save(update_fields=["feedback_asked_at"])
    placed = SignUp.objects.filter(gathering=gathering).placed().select_related("person")
    came = placed.filter(attendances__presence=Presence.CAME).distinct()
    asked = (came if came.exists() else placed).filter(has_given_feedback=False)
    return tell(gathering, asked, NewsKind.ASKED_FOR_FEEDBACK, now=now)
