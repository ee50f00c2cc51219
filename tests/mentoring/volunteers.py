"""Applications, a certificate and somebody who has left, for the world of the access matrix."""

from datetime import timedelta
from typing import Any

from sunward.mentoring.actions.applications import ApplicationDetails, apply_in_public, decline_application
from sunward.mentoring.actions.certificates import issue_certificate
from sunward.mentoring.actions.leaving import leave
from sunward.mentoring.enums import DeclineReason, LeaveReason
from sunward.mentoring.models import MentorApplication
from tests.factories import NOW, TODAY, actor_of, make_mentor


def volunteers_of(world: Any) -> dict[str, Any]:
    """Two have applied at the child's committee, one was declined; the child's own neighbour mom has a certificate;
    another one left yesterday."""
    officer = actor_of(world.users["officer"])
    for name, phone in (("吴愿", "+8613800001001"), ("吴婉", "+8613800001002")):
        apply_in_public(details=ApplicationDetails(name, phone, world.case.unit_id), on=TODAY, now=NOW)
    waiting, declined = (MentorApplication.objects.get(name=name) for name in ("吴愿", "吴婉"))
    decline_application(actor=officer, application_id=declined.uid, reason=DeclineReason.NO_NEED, on=TODAY, now=NOW)
    certificate = issue_certificate(
        actor=officer, mentor_id=world.mentor.uid, from_on=TODAY - timedelta(days=30), until_on=TODAY,
        address="https://sunward.example/certificate/", on=TODAY, now=NOW,
    )  # fmt: skip
    gone = make_mentor("吴离", unit=world.case.unit)
    day = timedelta(days=1)
    leave(actor=officer, mentor_id=gone.uid, reason=LeaveReason.MOVED, on=TODAY - day, now=NOW - day)
    return {
        "application": waiting.uid,
        "declined_application": declined.uid,
        "certificate": certificate.uid,
        "certified_mentor": world.mentor.uid,
        "gone_mentor": gone.uid,
    }
