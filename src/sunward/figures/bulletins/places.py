"""Which numbers a bulletin asks for, and what they were asked by: the pins."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sunward.figures.bulletins.text import FIRST_RANKS, RANKS, Reference, Shape
from sunward.figures.definition import Conversion, Measure
from sunward.figures.pins import Span, months


@dataclass(frozen=True, slots=True)
class Place:
    """One number: a figure of a unit, known by its code, in a span of days."""

    code: str
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Defined:
    """The version by which a figure is counted, and its card in words as they stood."""

    version: int
    since: date
    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinnedUnit:
    path: str
    name: str
    # The rows of a table of it: units that existed in the bulletin's time.
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pins:
    """Happened until, known until, the version of each definition, and the units as they were called.

    `ranks` says how headings were read; what was published before there were two says nothing of it.
    """

    until: date
    known_until: datetime
    unit: str
    definitions: Mapping[str, Defined] = field(default_factory=dict)
    units: Mapping[str, PinnedUnit] = field(default_factory=dict)
    ranks: int = RANKS

    def to_json(self) -> dict[str, Any]:
        return {
            "until": f"{self.until}",
            "known_until": self.known_until.isoformat(),
            "unit": self.unit,
            "ranks": self.ranks,
            "definitions": {
                code: {"version": one.version, "since": f"{one.since}", "name": one.name, "words": list(one.words)}
                for code, one in self.definitions.items()
            },
            "units": {
                code: {"path": one.path, "name": one.name, "below": list(one.below)} for code, one in self.units.items()
            },
        }


def read_pins(said: Mapping[str, Any]) -> Pins:
    return Pins(
        until=date.fromisoformat(said["until"]),
        known_until=datetime.fromisoformat(said["known_until"]),
        unit=said["unit"],
        definitions={
            code: Defined(one["version"], date.fromisoformat(one["since"]), one["name"], tuple(one["words"]))
            for code, one in said["definitions"].items()
        },
        units={code: PinnedUnit(one["path"], one["name"], tuple(one["below"])) for code, one in said["units"].items()},
        ranks=said.get("ranks", FIRST_RANKS),
    )


def places_of(reference: Reference, pins: Pins) -> tuple[Place, ...]:
    """In the order in which a table shows them; of a table by units the whole comes first."""
    unit = reference.unit or pins.unit
    if reference.shape == Shape.MONTHS:
        return tuple(Place(reference.code, unit, span) for span in months_in(reference.span))
    units = (unit, *pins.units[unit].below) if reference.shape == Shape.UNITS else (unit,)
    return tuple(Place(reference.code, one, reference.span) for one in units)


def months_in(span: Span) -> Iterator[Span]:
    """The months of a span; the first and the last may be cut."""
    for month in months(span.first, span.last):
        yield Span(max(month.first, span.first), min(month.last, span.last))


def is_provisional(measure: Measure, place: Place, reference: Reference, *, known_on: date) -> bool:
    """The days are not over, or those who began in them may still arrive in time."""
    meant = reference.asked.last
    if reference.shape == Shape.MONTHS:
        whole = next(month for month in months(place.span.first, place.span.last))
        meant = min(meant, whole.last)
    days = measure.days if isinstance(measure, Conversion) else 0
    return meant + timedelta(days=days) >= known_on or meant > place.span.last
