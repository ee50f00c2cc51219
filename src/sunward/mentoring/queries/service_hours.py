"""How often and how long somebody has been there: what stands of her visits, without the way to and fro."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Sum

from sunward.casework.models import ServiceRecord
from sunward.mentoring.models import Mentor


@dataclass(frozen=True, slots=True)
class ServiceHours:
    visits: int
    minutes: int

    @property
    def hours(self) -> str:
        """Hours with one decimal at most: 90 minutes are 1.5."""
        return f"{self.minutes / 60:.1f}".removesuffix(".0")


def read_service_hours(mentor: Mentor, *, from_on: date, until_on: date) -> ServiceHours:
    """Both days included: visits, and online sessions of a student. One query.

    What was struck out, or at which nobody was met, does not count.
    """
    own = Q(visit__match__mentor=mentor) | Q(tutoring_session__tutoring__mentor=mentor)
    made = ServiceRecord.objects.made().filter(own, happened_on__range=(from_on, until_on))
    found = made.aggregate(visits=Count("pk"), minutes=Sum("minutes"))
    return ServiceHours(found["visits"], found["minutes"] or 0)
