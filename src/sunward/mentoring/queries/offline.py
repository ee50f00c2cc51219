"""What a mentor's phone may know without network: as much as tells her own children apart, and nothing more."""

from dataclasses import dataclass
from uuid import UUID

from sunward.accounts.access import Actor
from sunward.mentoring.access import own_matches
from sunward.mentoring.queries.ways import OpenWay, list_own_ways


@dataclass(frozen=True, slots=True)
class OfflineChild:
    """A child by the first character of its name (ADR 0012)."""

    match_id: UUID
    initial: str


@dataclass(frozen=True, slots=True)
class OfflineDesk:
    children: tuple[OfflineChild, ...]
    ways: tuple[OpenWay, ...]


def read_offline_desk(actor: Actor) -> OfflineDesk:
    """Two queries. Those whom she may write about now; each upload asks the gate again."""
    found = own_matches(actor).select_related("case__person").order_by("pk")
    children = tuple(OfflineChild(match.uid, initial_of(match.case.person.name)) for match in found)
    return OfflineDesk(children, list_own_ways(actor))


def initial_of(name: str) -> str:
    """A family of two characters shows one: a sign between two who know each other, no name."""
    return f"{name[:1]}＊"
