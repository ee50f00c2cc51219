"""Who stands on which rung of an emergency today: the nearest post, and whoever is reached when its holder is away."""

from collections.abc import Collection, Iterable
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
        found = _keys(user for role in roles for user in self._reached(role))
        return found or _keys(user for role in roles for user in find_holders(role, self.unit_path, on=self.on))

    def _reached(self, role: Role) -> tuple[User, ...]:
        caller = self.emergency.raised_by_id
        return find_reached(role, self.unit_path, on=self.on, but={caller} if caller else ())


def find_reached(role: Role, unit_path: str, *, on: date, but: Collection[int] = ()) -> tuple[User, ...]:
    """Who is reached for the role over this unit: its holders who are there, else whoever stands in."""
    return tuple(
        user for path in _paths(role, unit_path) for user in find_deputies(role, path, on=on, but=but)
    )  # fmt: skip


def find_holders(role: Role, unit_path: str, *, on: date) -> tuple[User, ...]:
    """Who holds the role over this unit, whether away or not."""
    return tuple(user for path in _paths(role, unit_path) for user in holders(role, path, on=on))


def may_be_handed(emergency: Emergency, *, ladder: Ladder, on: date) -> tuple[User, ...]:
    """To whom it can be handed on: whoever holds a post of the ladder over the child's unit."""
    path = emergency.case.unit_path
    found = {user.pk: user for rung in ladder.rungs for user in find_holders(rung.role, path, on=on)}
    return tuple(user for user in found.values() if user.pk != emergency.answered_by_id)


def _paths(role: Role, unit_path: str) -> list[str]:
    """The unit at or above this one in which the role is held."""
    units = Unit.objects.filter(path__in=above((unit_path,)), kind__in=UNITS_OF_ROLE[role])
    return list(units.values_list("path", flat=True))


def _keys(users: Iterable[User]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(user.pk for user in users))
