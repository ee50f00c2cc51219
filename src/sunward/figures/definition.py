"""What a programme declares in its `indicators.py`: what is counted, and what that means in plain words.

An `Indicator` is known by its code for ever; what it counts stands in its versions. Nobody edits a version that was in
use: a change is a new version with its reason, and what was published keeps the version it was published by.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from sunward.core.furniture import Text
from sunward.figures.enums import Across, CountingUnit, Protection

Code = str | int | bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Which facts of the ledger: of these kinds, whose attributes hold one of the values, whatever else they say."""

    kinds: tuple[str, ...]
    where: tuple[tuple[str, tuple[Code, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many in a span of days; a person or a thing of which several facts tell is one."""

    facts: Facts
    unit: CountingUnit = CountingUnit.FACT


@dataclass(frozen=True, slots=True)
class Standing:
    """How many subjects have come in and not gone out again by the last day of the span: open files, matches."""

    came: Facts
    went: Facts


@dataclass(frozen=True, slots=True)
class Moves:
    """By whom what stands becomes more and less within a span: who `came` and who `went`, where a figure counts them.

    What stood before, and who came, less who went, is what stands after. Disclosure control reckons with it, as
    everybody can: a figure of what stands declares it beside its versions.
    """

    came: Count | None = None
    went: Count | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage: of the whole, the part. Both are counted in the same span."""

    part: Count
    whole: Count


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of what the facts' quantities say, each fact once."""

    facts: Facts


@dataclass(frozen=True, slots=True)
class Conversion:
    """The percentage of persons who, having begun within the span, got there within so many days of that day.

    The last of the span may need longer than has passed: until `days` after its end the figure is provisional.
    """

    began: Facts
    arrived: Facts
    days: int


@dataclass(frozen=True, slots=True)
class Wait:
    """The median number of days from the one to the other, of the persons who got there within the span."""

    began: Facts
    arrived: Facts


Measure = Count | Standing | Share | Mean | Conversion | Wait


class Result(StrEnum):
    """What kind of number a measure yields."""

    NUMBER = "number"
    PERCENT = "percent"
    MEAN = "mean"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Card:
    """The definition for people: why one looks at it, what counts as one, the parts in words, what dates it."""

    purpose: Text
    counts: Text
    dated_by: Text
    numerator: Text = ""
    denominator: Text = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One way of counting, in use from `since` on; `why` says what changed against the version before.

    `protection` stands in a version that was told under another rule than its indicator follows today: what was
    published by it is printed as it was.
    """

    number: int
    since: date
    measure: Measure
    card: Card
    why: Text = ""
    protection: Protection | None = None

    @property
    def fingerprint(self) -> str:
        """Of what is counted, not of the words: two versions that count alike have the same."""
        return sha256(repr(self.measure).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that a programme answers for. `adds_over` is empty where persons could be counted twice.

    `moved_by` belongs to what stands on a day, and is for its newest version.
    """

    code: str
    name: Text
    programme: str
    protection: Protection
    versions: tuple[Version, ...]
    adds_over: tuple[Across, ...] = ()
    moved_by: Moves | None = None

    def __post_init__(self) -> None:
        numbers = [version.number for version in self.versions]
        days = [version.since for version in self.versions]
        if numbers != list(range(1, len(numbers) + 1)) or days != sorted(days):
            raise ValueError(f"The versions of {self.code} must be numbered from 1, in the order of their days.")
        if any(not version.why for version in self.versions[1:]):
            raise ValueError(f"Each version of {self.code} after the first says why it was made.")
        if self.moved_by and not isinstance(self.newest.measure, Standing):
            raise ValueError(f"Nothing comes and goes of {self.code}, which does not stand.")

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    def version(self, number: int) -> Version:
        return self.versions[number - 1]

    def protection_of(self, number: int) -> Protection:
        """By which rule a version's numbers are printed; which of them are told is decided by today's."""
        return self.version(number).protection or self.protection

    def in_use(self, *, on: date) -> Version:
        """The version of a day; before the first there was none, and the first serves."""
        return next((version for version in reversed(self.versions) if version.since <= on), self.versions[0])


RESULTS: Mapping[type, Result] = {
    Count: Result.NUMBER,
    Standing: Result.NUMBER,
    Share: Result.PERCENT,
    Mean: Result.MEAN,
    Conversion: Result.PERCENT,
    Wait: Result.DAYS,
}


def result_of(measure: Measure) -> Result:
    return RESULTS[type(measure)]
