"""Signing up for gatherings by a mentor: with her child, or for herself. Staff have `gatherings.actions.sign_up`."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.core.refusals import NotThere
from sunward.gatherings.actions import write_sign_up
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import Part, SignedUpBy
from sunward.gatherings.models import SignUp
from sunward.mentoring.access import match_not_there, own_matches
from sunward.mentoring.models import Mentor


@transaction.atomic
def sign_up_pair(
    *,
    actor: Actor,
    match_id: UUID,
    gathering_id: UUID,
    party: UUID,
    on: date,
    now: datetime,
    companions: Sequence[Head] = (),
) -> list[SignUp]:
    """By the mentor, while the match lets her read: the child takes part, she answers for it, her own come along."""
    # Locked, and before the gathering: whoever pauses the match in this moment finds the sign-up and takes it apart.
    locked = own_matches(actor).select_for_update(of=("self",))
    match = locked.select_related("mentor", "case").filter(uid=match_id).first()
    if match is None:
        raise match_not_there()
    pair = [Head(match.case.person_id), Head(match.mentor.person_id, Part.ADULT)]
    return write_sign_up(
        actor=actor, gathering_id=gathering_id, heads=[*pair, *_guests(companions)], party=party, by=SignedUpBy.PAIR,
        on=on, now=now,
    )  # fmt: skip


@transaction.atomic
def sign_up_myself(
    *,
    actor: Actor,
    gathering_id: UUID,
    party: UUID,
    on: date,
    now: datetime,
    companions: Sequence[Head] = (),
) -> list[SignUp]:
    """By the mentor for herself, to a training or a salon."""
    mentor = Mentor.objects.filter(user_id=actor.user_id).first() if actor.has(Role.MENTOR) else None
    if mentor is None:
        raise NotThere("mentoring.mentor_not_there", _("There is no such neighbour mom, or she is not yours to see."))
    return write_sign_up(
        actor=actor, gathering_id=gathering_id, heads=[Head(mentor.person_id), *_guests(companions)], party=party,
        by=SignedUpBy.SELF, on=on, now=now,
    )  # fmt: skip


def _guests(companions: Sequence[Head]) -> list[Head]:
    """Only guests: a person of ours comes along through the gate that leads to her."""
    return [
        Head(part=Part.COMPANION, guest_name=head.guest_name, guest_age=head.guest_age, guest_phone=head.guest_phone)
        for head in companions
    ]
