"""Applications and certificates for the world of the access matrix."""

from typing import Any

from sunward.mentoring.actions.applications import ApplicationDetails, apply_in_public, decline_application
from sunward.mentoring.enums import DeclineReason
from sunward.mentoring.models import MentorApplication
from tests.factories import NOW, TODAY, actor_of


def volunteers_of(world: Any) -> dict[str, Any]:
    """Two who would like to be neighbour moms of the child's committee, one of them declined."""
    for name, phone in (("吴愿", "+8613800001001"), ("吴婉", "+8613800001002")):
        apply_in_public(details=ApplicationDetails(name, phone, world.case.unit_id), on=TODAY, now=NOW)
    waiting, declined = (MentorApplication.objects.get(name=name) for name in ("吴愿", "吴婉"))
    decline_application(
        actor=actor_of(world.users["officer"]), application_id=declined.uid, reason=DeclineReason.NO_NEED, on=TODAY,
        now=NOW,
    )  # fmt: skip
    return {"application": waiting.uid, "declined_application": declined.uid}
