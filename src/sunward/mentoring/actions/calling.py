"""A call for help from a pair: by the mentor through her match, and by the family through its page."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sunward.accounts.access import Actor
from sunward.casework.models import Case
from sunward.mentoring.access import get_own_match
from sunward.mentoring.enums import READING_STATES
from sunward.safeguarding.access.emergencies import STANDING
from sunward.safeguarding.actions.emergencies import Caller, raise_emergency, say_mistaken
from sunward.safeguarding.enums import EmergencyKind
from sunward.safeguarding.models import Emergency
from sunward.safeguarding.queries.calls import called_by


@transaction.atomic
def call_for_child(*, actor: Actor, match_id: UUID, kind: EmergencyKind, now: datetime) -> Emergency:
    """The mentor calls for her child, as long as her match lets her read."""
    match = get_own_match(actor=actor, match_id=match_id, now=now)
    return raise_emergency(caller=Caller(actor), case=match.case, kind=kind, now=now, about_id=match.pk)


def call_of_family(*, case: Case, guardian_id: int, kind: EmergencyKind, now: datetime) -> Emergency:
    """A guardian calls from the family's own page, whose link is the gate; the pair is found by the child's file."""
    match = case.matches.filter(state__in=READING_STATES).order_by("-pk").first()
    return raise_emergency(
        caller=Caller(person_id=guardian_id), case=case, kind=kind, now=now, about_id=match.pk if match else None
    )


@transaction.atomic
def take_back_call(*, actor: Actor, match_id: UUID, now: datetime) -> None:
    """The mentor says that she pressed by mistake: written down, and somebody still looks. Of another's call she says
    nothing."""
    match = get_own_match(actor=actor, match_id=match_id, now=now)
    running = called_by(user_id=actor.user_id).filter(case=match.case, state__in=STANDING).first()
    if running is not None:
        say_mistaken(emergency=running, actor=actor, now=now)
