"""What is due to be told: sessions that begin within a day, and gatherings about which nobody has been asked yet."""

from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef

from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import Gathering, Session, SignUp

REMINDED_BEFORE = timedelta(hours=24)
# People are asked the same evening rather than on their way home; after a week nobody remembers.
ASKED_AFTER, ASKED_WITHIN = timedelta(hours=2), timedelta(days=7)


def list_reminders_due(*, now: datetime) -> list[int]:
    """Sessions of published gatherings, the next first, of which those who have a place were not reminded yet."""
    due = Session.objects.filter(
        Exists(SignUp.objects.placed().filter(gathering=OuterRef("gathering"))),
        gathering__state=GatheringState.PUBLISHED,
        begins_at__gt=now,
        begins_at__lte=now + REMINDED_BEFORE,
        reminded_at=None,
    )
    return list(due.order_by("begins_at").values_list("pk", flat=True))


def list_feedback_due(*, now: datetime) -> list[int]:
    """Gatherings that are over, the earliest first, whose people were not asked yet how it was."""
    over = Gathering.objects.filter(
        Exists(SignUp.objects.placed().filter(gathering=OuterRef("pk"))),
        state__in=[GatheringState.PUBLISHED, GatheringState.HELD],
        feedback_asked_at=None,
        published_at__isnull=False,
    ).annotate(over_at=Max("sessions__ends_at"))
    due = over.filter(over_at__lte=now - ASKED_AFTER, over_at__gt=now - ASKED_WITHIN)
    return list(due.order_by("over_at", "pk").values_list("pk", flat=True))
