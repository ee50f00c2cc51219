"""The last steps of the way in: the signed agreement, and that whoever has done every step is available."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Conflict, Refusal
from sunward.mentoring.actions.mentors import get_mentor_for_change, record_mentor_act
from sunward.mentoring.enums import MentorState
from sunward.mentoring.models import Mentor
from sunward.mentoring.queries.way_in import AGREED
from sunward.mentoring.vetting import VettingStanding, read_standing


@transaction.atomic
def record_agreement(*, actor: Actor, mentor_id: UUID, agreed_on: date, on: date, now: datetime) -> Mentor:
    """Both sides have signed on paper; the last of the steps makes her available."""
    mentor = get_mentor_for_change(actor=actor, mentor_id=mentor_id)
    if agreed_on > on:
        raise Refusal("mentoring.day_in_future", _("The day has not come yet."))
    if mentor.state == MentorState.LEFT:
        raise Conflict("mentoring.has_left", _("She has left. Let her come back first."))
    if mentor.agreed_on == agreed_on:
        return mentor
    mentor.agreed_on = agreed_on
    mentor.version += 1
    mentor.save(update_fields=["agreed_on", "version"])
    record_mentor_act(mentor, actor=actor, code=AGREED, on=agreed_on, now=now)
    take_on_if_complete(mentor, actor=actor, on=on, now=now)
    return mentor


def take_on_if_complete(mentor: Mentor, *, actor: Actor, on: date, now: datetime) -> bool:
    """An applicant who has done every step is a neighbour mom from today. `mentor` is locked."""
    standing = read_standing(mentor.vetting_facts.all(), on=on)
    if mentor.state != MentorState.APPLIED or not is_complete(mentor, standing):
        return False
    mentor.state = MentorState.ACTIVE
    mentor.joined_on = mentor.joined_on or on
    mentor.version += 1
    mentor.save(update_fields=["state", "joined_on", "version"])
    record_mentor_act(mentor, actor=actor, code="mentoring.mentor_available", on=on, now=now)
    return True


def is_complete(mentor: Mentor, standing: VettingStanding) -> bool:
    return standing.is_complete(is_listed=mentor.source_batch_id is not None, has_agreed=mentor.agreed_on is not None)
