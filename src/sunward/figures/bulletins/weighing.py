"""What disclosure control weighs of a measure: whole numbers about persons, and what hangs together among them.

Series are known by what is counted, not by the figure's code: two figures that count the same are one series, and the
whole of a share is the same number as the figure that counts it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypedDict

from sunward.figures.counting.figure import Number
from sunward.figures.definition import Conversion, Count, Indicator, Mean, Measure, Share, Standing, Wait
from sunward.figures.disclosure.rules import RULES, Rule
from sunward.figures.disclosure.series import Holds, Series
from sunward.figures.enums import Across, CountingUnit
from sunward.figures.pins import Span

# What is counted as a whole number: by itself, or beside a percentage or a median.
Source = Count | Standing | Conversion | Wait


@dataclass(frozen=True, slots=True)
class Weighed:
    """One series and where its numbers come from. `is_loose`: it need not add up in every table."""

    source: Source
    series: Series
    is_loose: bool


def name_of(source: Source) -> str:
    return sha256(repr(source).encode()).hexdigest()[:16]


def sources_of(measure: Measure) -> tuple[Source, ...]:
    """The numbers a value was made of: it is shown if all of them are."""
    match measure:
        case Share(part, whole):
            return (part, whole)
        case Mean(facts) | Count(facts, CountingUnit.HOURS):
            return (Count(facts),)  # hours are told where the times are that they rest on
        case Conversion(began):
            return (measure, Count(began, CountingUnit.PERSON))
        case Count() | Standing() | Wait():
            return (measure,)


def span_of(source: Source, span: Span) -> Span:
    """What stands on the last day is the same number whenever the span began."""
    return Span(span.last, span.last) if isinstance(source, Standing) else span


def whole_number(source: Source, number: Number) -> int:
    match source:
        case Count() | Standing():
            value = number.value or 0
            if value % 1:
                raise ValueError("What is protected is counted in whole numbers.")
            return int(value)
        case Conversion():
            return number.part or 0
        case Wait():
            return number.base


def weigh(indicators: Iterable[tuple[Indicator, Measure]]) -> tuple[Weighed, ...]:
    """The series of all these; what needs no protection is left out."""
    found: dict[str, Weighed] = {}
    indicators = tuple(indicators)
    for indicator, measure in indicators:
        rule = RULES[indicator.protection]
        for source in sources_of(measure) if rule else ():
            name = name_of(source)
            one = Weighed(source, _series(name, source, rule, indicator), is_loose=_is_loose(source))
            if name in found:
                one = replace(one, series=replace(one.series, rule=_stricter(rule, found[name].series.rule)))
            found[name] = one
    wholes, moves = _wholes(found), _moves(indicators, found)
    return tuple(
        replace(one, series=replace(one.series, part_of=wholes.get(name), **moves.get(name, {}), **_times(one, found)))
        for name, one in found.items()
    )


def loosened(one: Weighed) -> Series:
    """The same where a number does not hold what its kind promises: persons who began twice, counted otherwise."""
    if isinstance(one.source, Conversion | Wait):
        return replace(one.series, over_units=Holds.NOTHING, over_months=Holds.NOTHING, part_of=None)
    return replace(one.series, over_units=Holds.OVERLAPS, over_months=_held(one))


def _held(one: Weighed) -> Holds:
    return Holds.NOTHING if isinstance(one.source, Standing) else Holds.OVERLAPS


def _series(name: str, source: Source, rule: Rule | None, indicator: Indicator) -> Series:
    adds = isinstance(source, Count) and source.unit in (CountingUnit.FACT, CountingUnit.QUANTITY)
    over_units = Holds.ADDS if adds or Across.UNITS in indicator.adds_over else Holds.OVERLAPS
    over_months = Holds.ADDS if adds else Holds.NOTHING if isinstance(source, Standing) else Holds.OVERLAPS
    return Series(name, rule, over_units, over_months)


def _is_loose(source: Source) -> bool:
    return not (isinstance(source, Count) and source.unit in (CountingUnit.FACT, CountingUnit.QUANTITY))


def _stricter(one: Rule | None, other: Rule | None) -> Rule | None:
    return max(
        (rule for rule in (one, other) if rule), key=lambda rule: (rule.threshold, rule.hides_zero), default=None
    )


def _wholes(found: Mapping[str, Weighed]) -> dict[str, str]:
    """Of which other series each counts a part: the narrowest of those that hold it."""
    parts: dict[str, str] = {}
    for name, one in found.items():
        holding = [
            other
            for other in found.values()
            if _is_part(one.source, other.source) and not _is_part(other.source, one.source)
        ]
        if holding:
            parts[name] = max(holding, key=lambda other: (_narrowness(other.source), other.series.code)).series.code
    return parts


class _Moved(TypedDict, total=False):
    came: str
    went: str


def _moves(indicators: Iterable[tuple[Indicator, Measure]], found: Mapping[str, Weighed]) -> dict[str, _Moved]:
    """Of what stands, the series of who came and of who went, as far as any figure tells of them."""
    moves: dict[str, _Moved] = {}
    for indicator, measure in indicators:
        if indicator.moved_by is None or not isinstance(measure, Standing):
            continue
        told = moves.setdefault(name_of(measure), {})
        if indicator.moved_by.came and (came := name_of(indicator.moved_by.came)) in found:
            told["came"] = came
        if indicator.moved_by.went and (went := name_of(indicator.moved_by.went)) in found:
            told["went"] = went
    return moves


class _Timed(TypedDict, total=False):
    at_most: str
    has_some: bool


def _times(one: Weighed, found: Mapping[str, Weighed]) -> _Timed:
    """How often whatever a series counts once: persons of visits, those who waited of arrivals."""
    source = one.source
    if isinstance(source, Wait):
        facts, grains = source.arrived, [CountingUnit.SUBJECT, CountingUnit.FACT]
    elif isinstance(source, Count) and source.unit in (CountingUnit.PERSON, CountingUnit.SUBJECT):
        facts, grains = source.facts, [CountingUnit.FACT]
    else:
        return {}
    for grain in grains:
        if (name := name_of(Count(facts, grain))) in found and name != one.series.code:
            return {"at_most": name, "has_some": isinstance(source, Count)}
    return {}


def _is_part(part: Source, whole: Source) -> bool:
    if isinstance(part, Conversion):
        return whole == Count(part.began, CountingUnit.PERSON)
    if not isinstance(part, Count) or not isinstance(whole, Count) or part.unit != whole.unit or part == whole:
        return False
    asked = dict(part.facts.where)
    narrower = all(key in asked and set(asked[key]) <= set(values) for key, values in whole.facts.where)
    return set(part.facts.kinds) <= set(whole.facts.kinds) and narrower


def _narrowness(source: Source) -> tuple[int, int]:
    if not isinstance(source, Count):
        return (0, 0)
    return (-len(source.facts.kinds), len(source.facts.where))
