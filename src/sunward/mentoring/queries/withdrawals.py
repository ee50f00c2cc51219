"""When a guardian withdrew a consent herself: the fact of it says so, to the second."""

from datetime import datetime

from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts
from sunward.people.models import ConsentRecord

WITHDRAWN_CODE = "mentoring.consent_withdrawn"
CONSENT_SUBJECT = "consent"


def find_withdrawal(consent: ConsentRecord, *, since: datetime) -> Fact | None:
    """The withdrawal by a guardian, who has no account, if it was made after the moment."""
    found = standing_facts().filter(subject_kind=CONSENT_SUBJECT, subject_id=consent.pk, kind=WITHDRAWN_CODE)
    return found.filter(actor_id=0, recorded_at__gt=since).order_by("-pk").first()
