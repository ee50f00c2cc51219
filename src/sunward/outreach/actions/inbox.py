"""What a user does with her own inbox."""

from datetime import datetime

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.outreach.access import own_messages


@transaction.atomic
def mark_all_read(*, actor: Actor, now: datetime) -> int:
    """How many were unread. Whoever marks all has seen their titles."""
    return own_messages(actor).filter(read_at=None).update(read_at=now)
