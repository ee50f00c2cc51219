"""What a jobseeker withdraws on the own page, and gives again: messages of a kind, and the consents of the file."""

from datetime import date, datetime

from django.db import transaction

from sunward.employment.access.own_page import own_actor
from sunward.employment.actions.own_page import lock_own_case
from sunward.outreach.actions import hear_of
from sunward.outreach.enums import MessagePurpose


@transaction.atomic
def wish_own_messages(
    *, token: str, shown: str, purpose: MessagePurpose, is_wished: bool, on: date, now: datetime
) -> None:
    """What is urgent is told in any case."""
    case = lock_own_case(token=token, shown=shown, on=on, now=now)
    hear_of(person_id=case.person_id, purpose=purpose, is_wished=is_wished, actor=own_actor(on=on), now=now)
