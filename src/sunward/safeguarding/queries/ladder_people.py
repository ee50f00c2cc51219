"""Who stands on which rung of an emergency today: the nearest post, and whoever is reached when its holder is away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sunward.accounts.deputies import find_deputies, holders
from sunward.accounts.enums import UNITS_OF_ROLE, Role
from sunward.accounts.models import Unit, User
from sunward.accounts.scopes import above
from sunward.safeguarding.ladder import Ladder
from sunward.safeguarding.models import Emergency


@dataclass(frozen=True, slots=True)
class People:
    """The people of one emergency's ladder on one day. Whoever called need not be told of it."""

    emergency: Emergency
    ladder: Ladder
    unit_path: str
    on: date

    def on_rung(self, rung: int) -> tuple[int, ...]:
        """In a round that was handed on, whoever got it stands below the first rung."""
        if self.emergency.handed_to_id is not None:
            if rung == 0:
                return (self.emergency.handed_to_id,)
            rung -= 1
        return _keys(self._reached(self.ladder.rungs[rung].role))

    def everybody(self) -> tuple[int, ...]:
        """All who are there; if really nobody is, all who are not: a telephone may still ring."""
        roles = [rung.role for rung in self.ladder.rungs]
        found = [user for role in roles for user in self._reached(role)]
        found = found or [
            user for role in roles for path in self.paths(role) for user in holders(role, path, on=self.on)
        ]
        return _keys(found)

    def _reached(self, role: Role) -> Iterator[User]:
        but = {self.emergency.raised_by_id} if self.emergency.raised_by_id else set()
        for path in self.paths(role):
            yield from find_deputies(role, path, on=self.on, but=but)

    def paths(self, role: Role) -> list[str]:
        """The unit at or above the child's in which the role is held."""
        units = Unit.objects.filter(path__in=above((self.unit_path,)), kind__in=UNITS_OF_ROLE[role])
        return list(units.values_list("path", flat=True))


def may_be_handed(emergency: Emergency, *, ladder: Ladder, on: date) -> tuple[User, ...]:
    """To whom it can be handed on: whoever holds a post of the ladder over the child's unit, whether away or not."""
    people = People(emergency, ladder, emergency.case.unit_path, on)
    found = [
        user for rung in ladder.rungs for path in people.paths(rung.role) for user in holders(rung.role, path, on=on)
    ]
    return tuple(user for user in {user.pk: user for user in found}.values() if user.pk != emergency.answered_by_id)


def _keys(users: "Iterator[User] | list[User]") -> tuple[int, ...]:
    return tuple(dict.fromkeys(user.pk for user in users))
