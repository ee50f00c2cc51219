"""Signing up without an account: name and mobile phone, for what is announced to everybody.

The answer says nothing of anybody else: whoever is on the list already under this phone gets the same thanks as whoever
is new. Only where a place is free: a guest has no file, and nobody could tell them that they have moved up.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import Conflict, Refusal
from sunward.gatherings.access import gathering_not_there, public_gatherings
from sunward.gatherings.actions.signing_up import write_heads
from sunward.gatherings.admission import Head
from sunward.gatherings.enums import SignedUpBy
from sunward.gatherings.models import Gathering, SignUp
from sunward.gatherings.seating import is_full
from sunward.people.phones import read_phone
from sunward.people.registering import phone_index

# So many in so short a time are no neighbours but a program.
MOST_AT_ONCE, AT_ONCE = 60, timedelta(minutes=10)
_MOBILE_LENGTH = len("+8613800000000")


@transaction.atomic
def sign_up_in_public(
    *, gathering_id: UUID, name: str, phone: str, party: UUID, on: date, now: datetime, age: int | None = None
) -> None:
    """Give a place to somebody who is nobody's file. `party` is made by the form: sent twice, it is one place."""
    gathering = public_gatherings().select_for_update(of=("self",)).filter(uid=gathering_id).first()
    if gathering is None:
        raise gathering_not_there()
    number = read_phone(phone) or ""
    if len(number) != _MOBILE_LENGTH:
        raise Refusal("gatherings.phone_unusable", _("Write a mobile phone number of eleven digits."))
    if not SignUp.objects.filter(gathering=gathering, party=party).exists():
        _refuse_full(gathering)
        _refuse_flood(gathering, now=now)
    is_known = _is_known(gathering, number)
    head = Head(guest_name=name.strip(), guest_age=age, guest_phone=number)
    with transaction.atomic():
        write_heads(gathering, [head], actor=Actor.system(), party=party, by=SignedUpBy.SELF, on=on, now=now)
        # Refused as a stranger would be, thanked as one, and no second place: else a number typed with a wrong age, or
        # after the deadline, would tell whose it is.
        transaction.set_rollback(is_known)


def _is_known(gathering: Gathering, number: str) -> bool:
    index = phone_index(number)
    standing = SignUp.objects.standing().filter(gathering=gathering)
    return (standing.filter(person__phone_index=index) | standing.filter(guest_phone_index=index)).exists()


def _refuse_full(gathering: Gathering) -> None:
    if is_full(gathering):
        raise Conflict(
            "gatherings.full",
            _("All places are taken. Call the host: they can put you on the waiting list."),
        )


def _refuse_flood(gathering: Gathering, *, now: datetime) -> None:
    lately = SignUp.objects.filter(gathering=gathering, signed_up_by=SignedUpBy.SELF, by=None)
    if lately.filter(signed_up_at__gt=now - AT_ONCE).count() >= MOST_AT_ONCE:
        raise Conflict(
            "gatherings.too_many_at_once",
            _("Very many people are signing up just now. Please try again in ten minutes."),
        )
