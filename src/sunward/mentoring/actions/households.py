"""Who lives with a child without caring for it: brothers and sisters, grandparents; written down, and moved out."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.recording import record_case_act
from sunward.core.refusals import Conflict, NotThere
from sunward.mentoring.access import get_child_for_change
from sunward.mentoring.actions.children import find_or_make_kin
from sunward.people.households import leave_household, share_household
from sunward.people.models import HouseholdMember
from sunward.people.registering import PersonDetails


@transaction.atomic
def add_household_member(
    *, actor: Actor, case_id: UUID, person: PersonDetails, relation: str, on: date, now: datetime
) -> HouseholdMember:
    """Write down who lives with the child from today."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    refuse_closed(case)
    other = find_or_make_kin(actor, case, person, on=on)
    if other.pk == case.person_id:
        raise Conflict("mentoring.own_housemate", _("This document number is the child's own."))
    if HouseholdMember.objects.beside(case.person_id, on=on).filter(person=other).exists():
        raise Conflict("mentoring.housemate_there", _("This person is written down as living with the child already."))
    member = share_household(person=case.person, other=other, role=relation, on=on)
    record_case_act(case, actor=actor, code="mentoring.housemate_added", on=on, now=now)
    return member


@transaction.atomic
def end_household_member(*, actor: Actor, case_id: UUID, member_id: int, on: date, now: datetime) -> None:
    """This person has moved out today; the row stays with its last day."""
    case = get_child_for_change(actor=actor, case_id=case_id)
    is_here = HouseholdMember.objects.beside(case.person_id, on=on).filter(pk=member_id).exists()
    if not is_here or not leave_household(member_id=member_id, on=on):
        raise NotThere("mentoring.housemate_not_there", _("This person is not written down as living here any more."))
    record_case_act(case, actor=actor, code="mentoring.housemate_ended", on=on, now=now)
