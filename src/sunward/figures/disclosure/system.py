"""Numbers and the equations that hold between them: all that suppression and attack need to know of any table."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log2

Key = Hashable


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. What is neither proposed nor published is on no page, and can be protected all the same.

    `reach` is above zero where the number is protected: whoever reckons must hold everything from `lowest` to it for
    possible. `lowest` is 0, or 1 where everybody may know that there is at least one.
    """

    key: Key
    value: int
    reach: int = 0
    is_proposed: bool = True
    published_on: date | None = None
    lowest: int = 0

    def __post_init__(self) -> None:
        if self.value < self.lowest or self.lowest < 0:
            raise ValueError(f"Numbers are counted, so none is negative or below what is known of it: {self.key!r}.")

    @property
    def weight(self) -> float:
        """What is lost when it is hidden: one cell, and more for a large number, of which more people ask."""
        return 1 + log2(1 + self.value)


@dataclass(frozen=True, slots=True)
class Equation:
    """The numbers, each times its factor, sum up to nothing: total − part − part = 0."""

    terms: tuple[tuple[Key, int], ...]

    @classmethod
    def total(cls, whole: Key, parts: Iterable[Key]) -> "Equation":
        return cls(((whole, 1), *((part, -1) for part in parts)))


@dataclass(frozen=True, slots=True)
class System:
    """`some` are pairs: where there is any of the first, there is one at least of the second, which is no larger."""

    cells: Mapping[Key, Cell]
    equations: tuple[Equation, ...]
    some: tuple[tuple[Key, Key], ...] = ()

    @classmethod
    def of(cls, cells: Iterable[Cell], equations: Iterable[Equation], some: Iterable[tuple[Key, Key]] = ()) -> "System":
        """Checks that each key stands once and that every equation holds: a wrong one would hide nothing, or all."""
        held = list(cells)
        by_key = {cell.key: cell for cell in held}
        if len(by_key) != len(held):
            raise ValueError("One cell stands twice.")
        known = tuple(equations)
        for equation in known:
            if sum(factor * by_key[key].value for key, factor in equation.terms):
                raise ValueError(f"This equation does not hold: {equation.terms!r}.")
        pairs = tuple(some)
        for larger, smaller in pairs:
            if by_key[larger].value > 0 and not by_key[smaller].value:
                raise ValueError(f"There is some of {larger!r} and none of {smaller!r}.")
        return cls(by_key, known, pairs)
