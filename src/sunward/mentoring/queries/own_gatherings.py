"""Gatherings as a mentor sees them on her phone: what she may join, what she is signed up for, with her own code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact, Tone
from sunward.gatherings.access import gathering_not_there, get_open_gathering, open_gatherings, own_sign_ups
from sunward.gatherings.admission import valid_consents
from sunward.gatherings.ages import CHILD_AUDIENCES
from sunward.gatherings.declaration import gathering_kinds
from sunward.gatherings.enums import Audience, GatheringState, Presence, SignUpState
from sunward.gatherings.models import Attendance, Gathering, SignUp
from sunward.gatherings.queries.company import name_of
from sunward.gatherings.queries.ledger import with_counts
from sunward.gatherings.queries.page import list_facts
from sunward.gatherings.queries.photographs import mark_children
from sunward.gatherings.queries.stops import Stops, read_stops
from sunward.gatherings.queries.wording import kind_icon, kind_label, say_session, say_when
from sunward.gatherings.tokens import feedback_token
from sunward.mentoring.access import own_matches
from sunward.mentoring.models import Match

Text = str | Promise
SHOWN_AT_MOST = 60
OVER_AT_MOST = 10
_AUDIENCES = (Audience.PAIRS, Audience.CHILDREN, Audience.MENTORS, Audience.EVERYBODY)


@dataclass(frozen=True, slots=True)
class OwnHead:
    """`may_be_photographed` is None for whoever is no child, and on the list of all gatherings."""

    uid: UUID
    name: str
    state: Text
    tone: Tone
    is_placed: bool
    place_in_line: int | None
    code: str
    party: UUID
    may_be_photographed: bool | None = None


@dataclass(frozen=True, slots=True)
class OwnGathering:
    """`free` None is without a limit. `heads` are her own, her child's and those of the guests she brings."""

    uid: UUID
    title: str
    kind: Text
    icon: str
    when: str
    place: str
    host: str
    free: int | None
    waiting: int
    is_with_child: bool
    is_cancelled: bool
    why: str
    heads: tuple[OwnHead, ...]

    @property
    def is_full(self) -> bool:
        return self.free == 0


@dataclass(frozen=True, slots=True)
class PairChoice:
    """One of her children to come along; without the guardian's consent it cannot be chosen."""

    match_id: UUID
    name: str
    has_consent: bool
    is_signed_up: bool


@dataclass(frozen=True, slots=True)
class PastGathering:
    """`feedback_token` is empty where she was not there, or has told already."""

    title: str
    when: str
    feedback_token: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    gathering: OwnGathering
    facts: tuple[Fact, ...]
    sessions: tuple[str, ...]
    stops: Stops | None
    pairs: tuple[PairChoice, ...]
    is_open: bool

    @property
    def may_join(self) -> bool:
        """While somebody of hers is not signed up yet: herself, or one of her children."""
        if not self.gathering.is_with_child:
            return self.is_open and not self.gathering.heads
        return self.is_open and (not self.pairs or any(not pair.is_signed_up for pair in self.pairs))


def list_own_gatherings(actor: Actor) -> tuple[OwnGathering, ...]:
    """What is still to come: hers first, then what she may join, by day. A fixed number of queries."""
    coming = _for_mentors(actor).filter(Q(ends_on__gte=actor.on), state=GatheringState.PUBLISHED)
    mine = own_sign_ups(actor).standing().values("gathering_id")
    called_off = open_gatherings(actor).filter(state=GatheringState.CANCELLED, ends_on__gte=actor.on, pk__in=mine)
    rows = list(with_counts(coming | called_off).order_by("begins_on", "pk")[:SHOWN_AT_MOST])
    heads = _heads_by_gathering(rows, _own_rows(actor, rows))
    found = [_to_own(row, heads.get(row.pk, ())) for row in rows]
    return tuple(sorted(found, key=lambda one: not one.heads))


def _for_mentors(actor: Actor) -> QuerySet[Gathering]:
    kinds = [kind.code for kind in gathering_kinds().values() if kind.self_sign_up]
    return open_gatherings(actor).filter(kind__in=kinds, audience__in=_AUDIENCES)


def list_past_gatherings(actor: Actor, *, on: date) -> tuple[PastGathering, ...]:
    """Where she had a place herself, the newest first, with the way to say how it was."""
    rows = own_sign_ups(actor).placed().filter(gathering__ends_on__lt=on, by_id=actor.user_id)
    found: dict[int, SignUp] = {}
    for row in rows.select_related("gathering", "person").prefetch_related("gathering__sessions").order_by(
        "-gathering__ends_on", "person__birth_date", "pk"
    )[: OVER_AT_MOST * 4]:  # fmt: skip
        found.setdefault(row.gathering_id, row)
    came = set(
        Attendance.objects.filter(sign_up__in=found.values(), presence=Presence.CAME).values_list("sign_up", flat=True)
    )
    return tuple(
        PastGathering(
            row.gathering.title,
            say_when(row.gathering),
            feedback_token(row.uid) if row.pk in came and not row.has_given_feedback else "",
        )
        for row in list(found.values())[:OVER_AT_MOST]
    )


def read_own_gathering(actor: Actor, *, gathering_id: UUID, now: datetime) -> OwnPage:
    """One of the open ones; "not yours" and "not there" are the same answer."""
    gathering = get_open_gathering(actor=actor, gathering_id=gathering_id)
    row = with_counts(open_gatherings(actor)).filter(pk=gathering.pk).first()
    if row is None:
        # A draft of her own, where she has a desk as well: it is read there.
        raise gathering_not_there()
    mine = _own_rows(actor, [row])
    heads = _heads_by_gathering([row], mine, photo_marks=mark_children(row, mine)).get(row.pk, ())
    sessions = list(row.sessions.all())
    until = row.sign_up_until or (sessions[0].begins_at if sessions else None)
    kind = gathering_kinds().get(row.kind)
    may_join = bool(kind and kind.self_sign_up and row.audience in _AUDIENCES)
    return OwnPage(
        gathering=_to_own(row, heads),
        facts=tuple(list_facts(row)),
        sessions=tuple(say_session(one) for one in sessions),
        stops=None if row.state == GatheringState.CANCELLED else read_stops(row, sessions),
        pairs=_pairs(actor, row) if row.audience in CHILD_AUDIENCES else (),
        is_open=may_join and row.state == GatheringState.PUBLISHED and (until is None or now < until),
    )


def _pairs(actor: Actor, gathering: Gathering) -> tuple[PairChoice, ...]:
    matches: list[Match] = list(own_matches(actor).select_related("case__person").order_by("case__person__name", "pk"))
    children = [match.case.person_id for match in matches]
    agreed: set[int] = set()
    if gathering.ends_on:
        held = valid_consents(on=gathering.ends_on).filter(person_id__in=children)
        agreed = set(held.values_list("person_id", flat=True))
    coming = set(gathering.sign_ups.standing().filter(person__in=children).values_list("person_id", flat=True))
    return tuple(
        PairChoice(match.uid, match.case.person.name, match.case.person_id in agreed, match.case.person_id in coming)
        for match in matches
    )


def _own_rows(actor: Actor, rows: Iterable[Gathering]) -> list[SignUp]:
    mine = own_sign_ups(actor).standing().filter(gathering__in=[row.pk for row in rows])
    return list(mine.select_related("person").order_by("queue", "pk"))


def _heads_by_gathering(
    rows: Iterable[Gathering], mine: Iterable[SignUp], *, photo_marks: Mapping[int, bool] = MappingProxyType({})
) -> dict[int, tuple[OwnHead, ...]]:
    keys = [row.pk for row in rows]
    lines: dict[int, list[int]] = {}
    queues = SignUp.objects.filter(gathering__in=keys, state=SignUpState.WAITING).order_by("queue")
    for key, queue in queues.values_list("gathering_id", "queue").distinct():
        lines.setdefault(key, []).append(queue)
    found: dict[int, list[OwnHead]] = {}
    for row in mine:
        is_placed = row.state == SignUpState.PLACED
        found.setdefault(row.gathering_id, []).append(
            OwnHead(
                uid=row.uid,
                name=name_of(row),
                state=SignUpState(row.state).label,
                tone="good" if is_placed else "warn",
                is_placed=is_placed,
                place_in_line=None if is_placed else lines[row.gathering_id].index(row.queue) + 1,
                code=row.code,
                party=row.party,
                may_be_photographed=photo_marks.get(row.pk),
            )
        )
    return {key: tuple(heads) for key, heads in found.items()}


def _to_own(row: Gathering, heads: tuple[OwnHead, ...]) -> OwnGathering:
    placed: int = row.placed_count  # type: ignore[attr-defined]
    return OwnGathering(
        uid=row.uid,
        title=row.title,
        kind=kind_label(row),
        icon=kind_icon(row),
        when=say_when(row),
        place=row.place,
        host=row.host.short_name,
        free=None if row.places is None else max(0, row.places - placed),
        waiting=row.waiting_count,  # type: ignore[attr-defined]
        is_with_child=row.audience in CHILD_AUDIENCES,
        is_cancelled=row.state == GatheringState.CANCELLED,
        why=row.cancel_reason,
        heads=heads,
    )
