"""What a job has to see to now."""

from datetime import date, datetime, timedelta

from sunward.safeguarding.enums import EmergencyState
from sunward.safeguarding.models import Emergency, TemporaryCare, Worry
from sunward.safeguarding.rules import HINT_DAYS


def list_due_emergencies(*, now: datetime) -> list[int]:
    due = Emergency.objects.filter(state=EmergencyState.RINGING, climbs_at__lte=now)
    return list(due.order_by("climbs_at").values_list("pk", flat=True))


def list_due_worries(*, now: datetime) -> list[int]:
    return list(Worry.objects.waiting().filter(climbs_at__lte=now).order_by("climbs_at").values_list("pk", flat=True))


def list_overdue_care(*, now: datetime) -> list[int]:
    overdue = TemporaryCare.objects.filter(ended_at=None, expected_until_at__lt=now)
    return list(overdue.order_by("expected_until_at").values_list("pk", flat=True))


def list_comparable_worries(*, on: date) -> list[int]:
    """Worries recent enough to be a hint, whatever became of them: another office may open a file only later."""
    recent = Worry.objects.filter(seen_on__gte=on - timedelta(days=HINT_DAYS))
    return list(recent.exclude(name_index="", phone_index="").order_by("pk").values_list("pk", flat=True))
