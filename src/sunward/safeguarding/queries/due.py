"""What a job has to see to now."""

from datetime import datetime

from sunward.safeguarding.enums import EmergencyState
from sunward.safeguarding.models import Emergency, TemporaryCare


def list_due_emergencies(*, now: datetime) -> list[int]:
    due = Emergency.objects.filter(state=EmergencyState.RINGING, climbs_at__lte=now)
    return list(due.order_by("climbs_at").values_list("pk", flat=True))


def list_overdue_care(*, now: datetime) -> list[int]:
    overdue = TemporaryCare.objects.filter(ended_at=None, expected_until_at__lt=now)
    return list(overdue.order_by("expected_until_at").values_list("pk", flat=True))
