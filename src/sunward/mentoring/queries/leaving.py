"""When somebody left, as it was written down, and whether that may still be taken back."""

from datetime import date

from django.utils.timezone import localdate

from sunward.ledger.models import Fact
from sunward.mentoring.access import MENTOR_SUBJECT
from sunward.mentoring.models import Mentor

LEFT = "mentoring.mentor_left"


def latest_leave(mentor: Mentor) -> Fact | None:
    return Fact.objects.filter(subject_kind=MENTOR_SUBJECT, subject_id=mentor.pk, kind=LEFT).order_by("-pk").first()


def may_undo_leave(left: Fact, *, user_id: int, on: date) -> bool:
    """On the same day, by whoever wrote it down."""
    return left.actor_id == user_id and localdate(left.recorded_at) == on
