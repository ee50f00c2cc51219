"""Signing up and withdrawing. The gathering's row is locked first, so that places are counted by one at a time."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from sunward.accounts.access import Actor
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.gatherings.access import (
    get_gathering_to_join,
    hosts,
    persons_to_sign_up,
    sign_up_not_there,
    visible_sign_ups,
)
from sunward.gatherings.admission import Arrival, Head, admit, party_of
from sunward.gatherings.ages import is_child
from sunward.gatherings.enums import GatheringState, Presence, SignedUpBy, SignUpState
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.news import NewsKind
from sunward.gatherings.places import Party
from sunward.gatherings.recording import head_fact, record_gathering_act, what_tells_apart
from sunward.gatherings.seating import fill_places, read_room
from sunward.gatherings.telling import tell
from sunward.gatherings.tokens import new_codes
from sunward.gatherings.withdrawals import take_off
from sunward.ledger.actions import record_many
from sunward.people.registering import phone_index


@transaction.atomic
def sign_up(
    *, actor: Actor, gathering_id: UUID, heads: Sequence[Head], party: UUID, on: date, now: datetime
) -> list[SignUp]:
    """By staff, for persons whose files they see, for those who care for them, and for guests.

    `party` is made by the form: sent twice, the same party is signed up once and the answer is the same.
    """
    named = {head.person_id for head in heads if head.person_id is not None}
    if named and persons_to_sign_up(actor).filter(pk__in=named).count() < len(named):
        raise NotThere("gatherings.person_not_there", _("There is no such person, or the file is not yours to see."))
    return write_sign_up(
        actor=actor, gathering_id=gathering_id, heads=heads, party=party, by=SignedUpBy.STAFF, on=on, now=now
    )


@transaction.atomic
def write_sign_up(
    *,
    actor: Actor,
    gathering_id: UUID,
    heads: Sequence[Head],
    party: UUID,
    by: SignedUpBy,
    on: date,
    now: datetime,
) -> list[SignUp]:
    """The same for a programme that has made sure whose the persons are. Locks the gathering itself."""
    gathering = get_gathering_to_join(actor=actor, gathering_id=gathering_id)
    return write_heads(gathering, heads, actor=actor, party=party, by=by, on=on, now=now)


def write_heads(
    gathering: Gathering,
    heads: Sequence[Head],
    *,
    actor: Actor,
    party: UUID,
    by: SignedUpBy,
    on: date,
    now: datetime,
) -> list[SignUp]:
    """Under the gathering's lock, which the caller holds."""
    saved = _find_saved(gathering, actor, party)
    if saved:
        return saved
    _refuse_closed(gathering, actor, now=now)
    _refuse_signed_up(gathering, heads)
    arrivals = admit(gathering, heads)
    _refuse_broken_ratio(gathering, party_of(0, [(a.is_child, a.head.part) for a in arrivals]))
    rows = _write(gathering, arrivals, actor=actor, party=party, by=by, now=now)
    has_place = fill_places(gathering, now=now, newcomer=party)
    for row in rows:
        row.state = SignUpState.PLACED if has_place else SignUpState.WAITING
        row.placed_at = now if has_place else None
    if not has_place:
        tell(gathering, rows, NewsKind.WAITING, now=now)
    told = what_tells_apart(gathering)
    facts = [head_fact(gathering, row, told, actor=actor, kind="gatherings.signed_up", on=on) for row in rows]
    record_many(facts, now=now)
    record_gathering_act(
        gathering,
        actor=actor,
        code="gatherings.signed_up",
        now=now,
        heads=len(rows),
        queue=rows[0].queue,
        state=rows[0].state,
    )
    return rows


def _find_saved(gathering: Gathering, actor: Actor, party: UUID) -> list[SignUp]:
    """Under the gathering's lock. A key that belongs to somebody else's party is nobody's business here."""
    saved = list(SignUp.objects.filter(party=party).select_related("person").order_by("pk"))
    if not saved:
        return []
    if any(row.gathering_id != gathering.pk or (row.by_id or 0) != actor.user_id for row in saved):
        raise sign_up_not_there()
    if all(row.state == SignUpState.WITHDRAWN for row in saved):
        raise Conflict("gatherings.party_withdrawn", _("These have been withdrawn since. Open the page again."))
    return saved


def _refuse_closed(gathering: Gathering, actor: Actor, *, now: datetime) -> None:
    """Until the deadline everybody; the host until the end, for whoever stands at the door."""
    if gathering.state != GatheringState.PUBLISHED:
        raise Refusal("gatherings.not_open", _("Signing up is not possible for this gathering now."))
    times = gathering.sessions.aggregate(begins=Min("begins_at"), ends=Max("ends_at"))
    last = times["ends"] if hosts(actor, gathering) else gathering.sign_up_until or times["begins"]
    if last is not None and now > last:
        raise Refusal(
            "gatherings.too_late", _("The time for signing up is over. Ask the host whether there is still a place.")
        )


def _refuse_signed_up(gathering: Gathering, heads: Sequence[Head]) -> None:
    named = [head.person_id for head in heads if head.person_id is not None]
    if SignUp.objects.standing().filter(gathering=gathering, person_id__in=named).exists():
        raise Conflict("gatherings.signed_up_already", _("This person is already signed up."))


def _refuse_broken_ratio(gathering: Gathering, party: Party) -> None:
    if gathering.children_per_adult is None:
        return
    room = read_room(gathering)
    if room.keeps_ratio_with(party):
        return
    missing = room.holding(party).adults_missing
    raise Refusal(
        "gatherings.adults_missing",
        ngettext(
            "One adult answers for at most %(ratio)d children here: %(missing)d more accompanying adult is needed.",
            "One adult answers for at most %(ratio)d children here: %(missing)d more accompanying adults are needed.",
            missing,
        )
        % {"ratio": room.children_per_adult, "missing": missing},
    )


def _write(
    gathering: Gathering, arrivals: Sequence[Arrival], *, actor: Actor, party: UUID, by: SignedUpBy, now: datetime
) -> list[SignUp]:
    """One number in line for all of them. A guest belongs to the unit of whom it comes with."""
    before = list(SignUp.objects.filter(gathering=gathering).values_list("queue", "code"))
    last = max((queue for queue, _code in before), default=0)
    codes = new_codes(len(arrivals), taken={code for _queue, code in before})
    path = next((a.person.unit_path for a in arrivals if a.person and a.person.unit_path), actor.unit_path)
    rows = [
        SignUp(
            gathering=gathering,
            person=arrival.person,
            guest_name="" if arrival.person else arrival.head.guest_name.strip()[:60],
            guest_age=None if arrival.person else arrival.head.guest_age,
            guest_phone="" if arrival.person else arrival.head.guest_phone,
            guest_phone_index="" if arrival.person else phone_index(arrival.head.guest_phone),
            part=arrival.head.part,
            state=SignUpState.WAITING,
            party=party,
            queue=last + 1,
            signed_up_by=by,
            by_id=actor.user_id or None,
            unit_path=(arrival.person.unit_path if arrival.person else "") or path,
            consent=arrival.consent,
            code=code,
            signed_up_at=now,
        )
        for arrival, code in zip(arrivals, codes, strict=True)
    ]
    return SignUp.objects.bulk_create(rows)


@transaction.atomic
def withdraw_party(
    *, actor: Actor, gathering_id: UUID, party: UUID, on: date, now: datetime, reason: str = ""
) -> list[SignUp]:
    """Take a party off, as far as the actor sees it. Whoever waits moves up in the same transaction; withdrawn twice is
    withdrawn once."""
    gathering = get_gathering_to_join(actor=actor, gathering_id=gathering_id)
    seen = list(visible_sign_ups(actor, gathering).filter(party=party).select_related("person"))
    if not seen:
        raise sign_up_not_there()
    rows = [row for row in seen if row.state != SignUpState.WITHDRAWN]
    return _withdraw(gathering, rows, actor=actor, on=on, now=now, reason=reason)


@transaction.atomic
def withdraw_one(
    *, actor: Actor, gathering_id: UUID, sign_up_id: UUID, on: date, now: datetime, reason: str = ""
) -> list[SignUp]:
    """Take one head off while the others still come. Refused where too few adults would be left for their children."""
    gathering = get_gathering_to_join(actor=actor, gathering_id=gathering_id)
    row = visible_sign_ups(actor, gathering).filter(uid=sign_up_id).select_related("person").first()
    if row is None:
        raise sign_up_not_there()
    rows = [row] if row.state != SignUpState.WITHDRAWN else []
    return _withdraw(gathering, rows, actor=actor, on=on, now=now, reason=reason)


def _refuse_leaving_children(gathering: Gathering, going: Sequence[SignUp]) -> None:
    """Of those who stay behind in the party: a guest's child needs a grown-up, and no child fewer than it had."""
    staying = SignUp.objects.standing().filter(party=going[0].party).exclude(pk__in=[row.pk for row in going])
    left = list(staying.select_related("person"))
    children = [row for row in left if is_child(row, gathering)]
    if not children or all(is_child(row, gathering) for row in going):
        return
    is_guest_alone = len(children) == len(left) and any(row.person_id is None for row in left)
    after = read_room(gathering, without=[row.pk for row in going]).adults_missing
    if is_guest_alone or after > read_room(gathering).adults_missing:
        raise Refusal(
            "gatherings.adult_needed",
            _(
                "Without this adult there are too few adults for the children of this party. Withdraw all of them, or"
                " name another adult first."
            ),
        )


def _withdraw(
    gathering: Gathering, rows: list[SignUp], *, actor: Actor, on: date, now: datetime, reason: str
) -> list[SignUp]:
    if not rows:
        return []
    if gathering.state not in {GatheringState.PUBLISHED, GatheringState.CANCELLED}:
        raise Refusal("gatherings.over", _("This gathering is over. Mark who did not come instead."))
    numbers = [row.pk for row in rows]
    if Attendance.objects.filter(sign_up__in=numbers, presence=Presence.CAME).exists():
        raise Refusal("gatherings.came_already", _("They have been checked in. Undo that first if it was a mistake."))
    _refuse_leaving_children(gathering, rows)
    take_off(gathering, rows, now=now, reason=reason)
    record_gathering_act(
        gathering, actor=actor, code="gatherings.withdrawn", now=now, heads=len(rows), queue=rows[0].queue
    )
    return rows
