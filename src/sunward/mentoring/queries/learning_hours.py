"""How long somebody has learned: what she worked through, and the trainings and salons to which she came.

Apart from service hours and never added to them. Nobody is ranked by it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Sum
from django.db.models.fields import DurationField

from sunward.gatherings.enums import Presence
from sunward.gatherings.models import Attendance, Session
from sunward.mentoring.library.rules import LEARNING_KINDS
from sunward.mentoring.models import Mentor


@dataclass(frozen=True, slots=True)
class LearningHours:
    """`materials` and `sessions` count what the minutes come of."""

    materials: int
    sessions: int
    minutes: int

    @property
    def hours(self) -> str:
        """Hours with one decimal at most: 90 minutes are 1.5."""
        return f"{self.minutes / 60:.1f}".removesuffix(".0")


def read_learning_hours(mentor: Mentor, *, from_on: date, until_on: date) -> LearningHours:
    """Both days included. Two queries. A session to which she was signed up twice is one."""
    worked = mentor.learning.filter(learnt_on__range=(from_on, until_on))
    learnt = worked.aggregate(count=Count("pk"), minutes=Sum("minutes"))
    came = Attendance.objects.filter(session=OuterRef("pk"), sign_up__person=mentor.person_id, presence=Presence.CAME)
    length = ExpressionWrapper(F("ends_at") - F("begins_at"), output_field=DurationField())
    attended = Session.objects.filter(
        Exists(came), gathering__kind__in=LEARNING_KINDS, begins_at__date__range=(from_on, until_on)
    ).order_by()
    sat = attended.aggregate(count=Count("pk"), length=Sum(length))
    minutes = (learnt["minutes"] or 0) + (sat["length"] or timedelta()) // timedelta(minutes=1)
    return LearningHours(learnt["count"], sat["count"], minutes)
