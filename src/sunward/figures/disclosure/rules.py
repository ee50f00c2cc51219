"""How small is too small: by what is counted, never by who asks. A threshold is policy; each names its source."""

from collections.abc import Mapping
from dataclasses import dataclass

from sunward.figures.enums import Protection


@dataclass(frozen=True, slots=True)
class Rule:
    """Numbers below `threshold` are protected; zero too where nobody having it, or everybody, tells of each one.

    `base` is what numbers are rounded to once they leave the house. There is no rule of dominance: it keeps one
    firm from reckoning another's turnover, and what we count are persons and events.
    """

    threshold: int
    hides_zero: bool
    base: int
    source: str

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.base < 1:
            raise ValueError("A threshold is at least 2, a base at least 1.")

    def protects(self, value: int) -> bool:
        return value < self.threshold and (value > 0 or self.hides_zero)

    def reach(self, value: int) -> int:
        """Up to where whoever reckons must remain in doubt, from zero on; 0 for a number that needs no protection."""
        return self.threshold if self.protects(value) else 0

    def rounded(self, value: int) -> int:
        """To the nearest multiple of the base, halves upwards."""
        return (2 * value + self.base) // (2 * self.base) * self.base

    def percent(self, part: int, whole: int) -> float | None:
        """Of the rounded numbers: a percentage of the true ones would undo the rounding."""
        part, whole = self.rounded(part), self.rounded(whole)
        return round(min(part, whole) * 100 / whole, 1) if whole else None


# What leaves those who keep the files.
RULES: Mapping[Protection, Rule | None] = {
    Protection.OPEN: None,
    Protection.PERSONS: Rule(
        5, hides_zero=False, base=1, source="The custom of Chinese bulletins: fewer than five are not told."
    ),
    Protection.SENSITIVE: Rule(
        10,
        hides_zero=True,
        base=5,
        source="UK Office for National Statistics, «10-5»: hide below ten, round to five; UK LLC and ACRO: zeros too.",
    ),
}
# What a leader reads inside the house about surveys of wishes.
IN_HOUSE = Rule(5, hides_zero=False, base=1, source="The custom of Chinese bulletins: fewer than five are not told.")


def reach_of(rule: Rule | None, value: int) -> int:
    return rule.reach(value) if rule else 0
