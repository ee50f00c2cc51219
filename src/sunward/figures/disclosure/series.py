"""What disclosure control knows of an indicator: its rule, and what it hangs together with."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sunward.figures.disclosure.rules import Rule
from sunward.figures.pins import Span


class Holds(StrEnum):
    """What holds between the whole and its parts, over months or over units."""

    ADDS = "adds"  # the parts sum up to it
    OVERLAPS = "overlaps"  # persons, each once: no part is larger, all together are not smaller
    NOTHING = "nothing"  # of open files at the ends of two months nothing follows


@dataclass(frozen=True, slots=True)
class Series:
    """One indicator, as far as disclosure goes; others are named by their codes.

    `part_of` is the whole of which it counts a part. `came` and `went` count those by whom what stands at the end of a
    span has become more or less since its beginning. `at_most` is one that is never smaller: of persons, how often
    they came; where `has_some`, there is one if there is any of the other.
    """

    code: str
    rule: Rule | None
    over_units: Holds = Holds.ADDS
    over_months: Holds = Holds.ADDS
    part_of: str | None = None
    came: str | None = None
    went: str | None = None
    at_most: str | None = None
    has_some: bool = False

    @property
    def tied_to(self) -> tuple[str, ...]:
        return tuple(code for code in (self.part_of, self.came, self.went, self.at_most) if code)


@dataclass(frozen=True, slots=True)
class Address:
    series: str
    unit: str
    span: Span


def tied(series: Iterable[Series]) -> list[tuple[Series, ...]]:
    """Series that hang together in whichever way, each group in their order."""
    held = list(series)
    by_code = {one.code: one for one in held}
    leader = {code: code for code in by_code}

    def find(code: str) -> str:
        while leader[code] != code:
            code = leader[code]
        return code

    for one in held:
        for code in (code for code in one.tied_to if code in leader):
            leader[find(code)] = find(one.code)
    groups: dict[str, list[Series]] = {}
    for one in held:
        groups.setdefault(find(one.code), []).append(one)
    return [tuple(group) for group in groups.values()]
