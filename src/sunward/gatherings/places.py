"""Who gets a place: numbers in, an order out. See docs/adr/0009-places-and-the-ratio.md.

Whoever comes together gets places together or waits together. Places are given in the order of arrival; a party that is
too large for what is free waits, and a later one that fits does not wait for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Party:
    """Heads that come together: `children` and `adults` (those who answer for children) are counted among `heads`."""

    queue: int
    heads: int
    children: int = 0
    adults: int = 0


@dataclass(frozen=True, slots=True)
class Room:
    """What is taken, and what may be. `adults` includes the host's own who answer for children and take no place."""

    places: int | None
    children_per_adult: int | None
    heads: int = 0
    children: int = 0
    adults: int = 0

    def holding(self, party: Party) -> "Room":
        return replace(
            self,
            heads=self.heads + party.heads,
            children=self.children + party.children,
            adults=self.adults + party.adults,
        )

    @property
    def free(self) -> int | None:
        return None if self.places is None else max(0, self.places - self.heads)

    @property
    def adults_missing(self) -> int:
        """How many more adults the children who have a place need."""
        if self.children_per_adult is None:
            return 0
        return max(0, -(-self.children // self.children_per_adult) - self.adults)

    def has_places_for(self, party: Party) -> bool:
        return self.places is None or self.heads + party.heads <= self.places

    def keeps_ratio_with(self, party: Party) -> bool:
        """Whoever brings adults enough for their own children is welcome, even where others have left too few."""
        if self.children_per_adult is None or party.children <= self.children_per_adult * party.adults:
            return True
        return not self.holding(party).adults_missing

    def may_hold(self, party: Party) -> bool:
        return self.has_places_for(party) and self.keeps_ratio_with(party)


def choose(room: Room, waiting: Sequence[Party]) -> list[Party]:
    """Those of the waiting who get a place now, in the order in which they get it.

    Always the one that came first among those that fit. An adult let in may answer for a child that came before, so
    after each the line is looked at from its beginning.
    """
    line, chosen = sorted(waiting, key=lambda party: party.queue), []
    while (found := next((party for party in line if room.may_hold(party)), None)) is not None:
        line.remove(found)
        chosen.append(found)
        room = room.holding(found)
    return chosen
