"""The code at the door: a page on a phone, without an account, that says how many were checked in and nothing else."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.refusals import NotThere, Refusal
from sunward.gatherings.access import get_gathering_for_change
from sunward.gatherings.attending import DOOR_OPENS_BEFORE, session_now
from sunward.gatherings.enums import CheckedInBy, GatheringState, Presence
from sunward.gatherings.models import Attendance, Door, Gathering, SignUp, SignUpQuerySet
from sunward.gatherings.recording import record_gathering_act
from sunward.gatherings.tokens import new_token, token_index
from sunward.people.phones import read_phone
from sunward.people.registering import phone_index

# So many tries find one of a hundred codes with a chance of one in two hundred.
WRONG_TRIES_AT_MOST = 50
_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class OpenDoor:
    """The token is shown once: what is kept opens nothing."""

    token: str
    opens_at: datetime
    closes_at: datetime


@transaction.atomic
def open_door(*, actor: Actor, gathering_id: UUID, now: datetime) -> OpenDoor:
    """A new code for the door; one that hung there before is worth nothing from now on."""
    gathering = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    times = list(gathering.sessions.values_list("begins_at", "ends_at"))
    if gathering.state != GatheringState.PUBLISHED or not times or times[-1][1] <= now:
        raise Refusal("gatherings.no_door", _("A door needs a published gathering that is still to come or on now."))
    token, opens_at, closes_at = new_token(), times[0][0] - DOOR_OPENS_BEFORE, times[-1][1]
    gathering.doors.filter(closes_at__gt=now).update(closes_at=now)
    Door.objects.create(
        gathering=gathering, token_index=token_index(token), opens_at=opens_at, closes_at=closes_at,
        made_by_id=actor.user_id,
    )  # fmt: skip
    record_gathering_act(gathering, actor=actor, code="gatherings.door_opened", now=now)
    return OpenDoor(token, opens_at, closes_at)


@transaction.atomic
def close_door(*, actor: Actor, gathering_id: UUID, now: datetime) -> None:
    gathering = get_gathering_for_change(actor=actor, gathering_id=gathering_id)
    if gathering.doors.filter(closes_at__gt=now).update(closes_at=now):
        record_gathering_act(gathering, actor=actor, code="gatherings.door_closed", now=now)


def check_in_at_door(*, token: str, typed: str, now: datetime) -> int:
    """Check in the whole party of whose code or phone was typed; returns how many heads are in.

    Whatever is wrong with what was typed, the answer is the same; the wrong try is counted also when it is refused.
    """
    count = _try_door(token=token, typed=typed, now=now)
    if not count:
        raise Refusal(
            "gatherings.door_unknown",
            _("We do not find this. Check the six digits of your message, or ask at the door."),
        )
    return count


@transaction.atomic
def _try_door(*, token: str, typed: str, now: datetime) -> int:
    door = get_door(token=token, now=now)
    gathering = Gathering.objects.select_for_update(of=("self",)).get(pk=door.gathering_id)
    # Read again under the lock: whoever held it may have shut the door, moved it, or called the gathering off.
    door = get_door(token=token, now=now)
    if door.wrong_tries >= WRONG_TRIES_AT_MOST:
        raise Refusal(
            "gatherings.door_tired",
            _("Too many wrong tries at this door. Please let yourself be checked in on the list."),
        )
    session = session_now(gathering, now=now)
    parties = set(_matching(gathering, typed).values_list("party", flat=True)) if session else set()
    if session is None or not parties:
        door.wrong_tries += 1
        door.save(update_fields=["wrong_tries"])
        return 0
    rows = list(SignUp.objects.filter(gathering=gathering, party__in=parties).placed())
    there = set(Attendance.objects.filter(session=session, sign_up__in=rows).values_list("sign_up_id", flat=True))
    Attendance.objects.filter(session=session, sign_up__in=rows).exclude(presence=Presence.CAME).update(
        presence=Presence.CAME, checked_in_at=now, checked_in_by=CheckedInBy.DOOR
    )
    Attendance.objects.bulk_create(
        Attendance(
            sign_up=row, session=session, presence=Presence.CAME, checked_in_at=now, checked_in_by=CheckedInBy.DOOR
        )
        for row in rows
        if row.pk not in there
    )
    if len(there) < len(rows):
        record_gathering_act(
            gathering, actor=Actor.system(), code="gatherings.checked_in_at_door", now=now, heads=len(rows)
        )
    return len(rows)


def get_door(*, token: str, now: datetime) -> Door:
    """A door that is open at this moment; a wrong token, one not open yet and one closed are the same answer."""
    doors = Door.objects.filter(token_index=token_index(token), opens_at__lte=now, closes_at__gt=now)
    door = doors.filter(gathering__state=GatheringState.PUBLISHED).first()
    if door is None:
        raise NotThere("gatherings.door_not_there", _("This door is not open. Please ask the host."))
    return door


def _matching(gathering: Gathering, typed: str) -> SignUpQuerySet:
    """Of those who have a place: by the six digits, or by a telephone number."""
    placed = SignUp.objects.filter(gathering=gathering).placed()
    digits = re.sub(r"\s", "", typed)
    if _CODE.fullmatch(digits):
        return placed.filter(code=digits)
    phone = read_phone(typed)
    index = phone_index(phone or "")
    if not index:
        return placed.none()
    return placed.filter(person__phone_index=index) | placed.filter(guest_phone_index=index)
