"""A child's file is opened from a worry: both acts or neither."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import RiskLevel
from sunward.casework.models import Case
from sunward.core.refusals import Conflict
from sunward.mentoring.actions.children import ChildDetails, add_child
from sunward.people.registering import PersonDetails
from sunward.safeguarding.access.worries import get_worry_for_change
from sunward.safeguarding.actions.triage import tie
from sunward.safeguarding.enums import WorryState


@transaction.atomic
def add_child_from_worry(
    *,
    actor: Actor,
    worry_id: UUID,
    person: PersonDetails,
    child: ChildDetails,
    on: date,
    now: datetime,
    risk_level: RiskLevel = RiskLevel.LOW,
    risk_reason: str = "",
) -> Case:
    """`add_child`, and the worry belongs to the new file. A worry that is settled already opens no second one."""
    worry = get_worry_for_change(actor=actor, worry_id=worry_id)
    if worry.state in (WorryState.FILED, WorryState.NO_ACTION):
        raise Conflict("mentoring.worry_settled", _("Somebody has settled this worry meanwhile. Look at it again."))
    case = add_child(
        actor=actor, person=person, child=child, on=on, now=now, risk_level=risk_level, risk_reason=risk_reason
    )
    tie(worry, case, actor=actor, on=on, now=now)
    return case
