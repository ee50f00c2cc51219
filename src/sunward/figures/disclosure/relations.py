"""The equations between numbers, with the numbers on no page that they need beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sunward.figures.disclosure.rules import Rule, reach_of
from sunward.figures.disclosure.series import Address, Holds
from sunward.figures.disclosure.system import Cell, Equation, Key


class Unkept(ValueError):
    """The numbers of a series are not as its kind promises: its parts are more than the whole."""

    def __init__(self, series: str, message: str) -> None:
        super().__init__(message)
        self.series = series


@dataclass(frozen=True, slots=True)
class Beside:
    """A number on no page that follows from those that are; `other` tells of which two."""

    kind: str
    address: Address
    other: Address


class Relations:
    """Equations, and the cells on no page that they need."""

    def __init__(self, numbers: Mapping[Address, int]) -> None:
        self.numbers = numbers
        self.cells: list[Cell] = []
        self.equations: list[Equation] = []
        self.some: list[tuple[Key, Key]] = []

    def split(self, whole: Address, parts: list[Address], *, holds: Holds, rule: Rule | None) -> None:
        """What happened in no part, but at the whole's own place, is a number too; of time there is no such rest."""
        if holds is Holds.NOTHING:
            return
        own = self.numbers[whole] - sum(self.numbers[part] for part in parts)
        if own > 0 and parts[0].unit == whole.unit:
            raise Unkept(whole.series, f"The days of {whole!r} hold less than the whole.")
        if own < 0 and holds is Holds.ADDS:
            raise Unkept(whole.series, f"The parts of {whole!r} hold more than the whole.")
        terms: list[tuple[Key, int]] = [(whole, 1), *((part, -1) for part in parts)]
        if own > 0:
            terms.append((self._beside("at its own place", whole, own, other=parts[0], reach=reach_of(rule, own)), -1))
        if holds is Holds.OVERLAPS:
            terms.append((self._beside("counted twice", whole, max(-own, 0), other=parts[0]), 1))
            for part in parts:
                self.differ(whole, part, kind="elsewhere", rule=None)
        self.equations.append(Equation(tuple(terms)))

    def differ(self, larger: Address, smaller: Address, *, kind: str, rule: Rule | None) -> None:
        """What the larger has more is a number too, and may itself be small."""
        value = self.numbers[larger] - self.numbers[smaller]
        if value < 0:
            raise Unkept(smaller.series, f"There is more of {smaller!r} than of {larger!r}.")
        rest = self._beside(kind, larger, value, other=smaller, reach=reach_of(rule, value))
        self.equations.append(Equation.total(larger, [smaller, rest]))

    def move(self, before: Address, after: Address, *, came: Address | None, went: Address | None) -> None:
        """What stands is more by who came and less by who went.

        It is not where somebody moved to another unit, or came twice and is counted once; then the one may still be no
        more than the other: no more can have come in than came. What does not hold is no equation.
        """
        if before not in self.numbers or after not in self.numbers:
            return
        arrived, left = (self.numbers.get(one) if one else None for one in (came, went))
        grown = self.numbers[after] - self.numbers[before]
        if came and went and arrived is not None and left is not None and grown == arrived - left:
            self.equations.append(Equation(((after, 1), (before, -1), (came, -1), (went, 1))))
            return
        if came and arrived is not None and arrived >= grown:
            rest = self._beside("gone since", came, arrived - grown, other=after)
            self.equations.append(Equation(((after, 1), (rest, 1), (before, -1), (came, -1))))
        if went and left is not None and left >= -grown:
            rest = self._beside("come since", went, left + grown, other=after)
            self.equations.append(Equation(((before, 1), (rest, 1), (after, -1), (went, -1))))

    def bound(self, persons: Address, times: Address, *, has_some: bool, may_be_told: bool) -> None:
        """Of so many times no more persons; and where `has_some`, one at least if there was any.

        Where the persons `may_be_told`, their zero would tell of the times; else both stay hidden.
        """
        many, often = self.numbers[persons], self.numbers[times]
        again = self._beside("again", times, often - many, other=persons)
        self.equations.append(Equation.total(times, [persons, again]))
        if has_some and may_be_told:
            most = -(-often // many) if many else 1
            spare = self._beside("less often", times, most * many - often, other=persons)
            self.equations.append(Equation(((persons, most), (times, -1), (spare, -1))))
        elif has_some:
            self.some.append((times, persons))

    def _beside(self, kind: str, address: Address, value: int, *, other: Address, reach: int = 0) -> Beside:
        key = Beside(kind, address, other)
        self.cells.append(Cell(key, value, reach, is_proposed=False))
        return key
