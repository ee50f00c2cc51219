"""One figure: a version of a definition, a span of days, a unit and a pin give the number and the list it counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import cast

from django.db.models import F, Min, OuterRef, QuerySet, Subquery, Sum

from sunward.figures.counting.facts import at_or_below, facts_of, in_hours, sum_of_minutes, within
from sunward.figures.definition import Conversion, Count, Facts, Mean, Measure, Share, Standing, Wait
from sunward.figures.enums import CountingUnit
from sunward.figures.pins import NOW, Pin, Span
from sunward.ledger.models import Fact

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Number:
    """`value` None: there is nothing to divide by, or nobody to take the median of; that is not zero.

    `part` and `whole` are there where the value was made of two numbers; `base` is how many it rests on.
    """

    value: Decimal | None
    base: int
    part: int | None = None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """The query object. `number` and `records` never disagree: both ask the same facts."""

    measure: Measure
    span: Span
    path: str
    pin: Pin = NOW

    def number(self) -> Number:
        match self.measure:
            case Count():
                return self._count(self.measure)
            case Standing():
                return _whole(self._standing(self.measure).count())
            case Share():
                return share(self._number_in(self.measure.part), self._number_in(self.measure.whole))
            case Mean():
                return self._mean(self.measure)
            case Conversion():
                first, arrived = self._conversion(self.measure)
                return share(len(arrived), len(first))
            case Wait():
                waits = [days for _key, days in self._waits(self.measure)]
                return Number(Decimal(median(waits)).quantize(TENTH) if waits else None, base=len(waits))

    def records(self) -> QuerySet[Fact]:
        """One fact for each that the number counts; of a share or a conversion, those of the part."""
        match self.measure:
            case Count():
                return self._grain(self.measure)
            case Standing():
                return self._standing(self.measure)
            case Share():
                return self._grain(self.measure.part)
            case Mean():
                return self._facts(self.measure.facts)
            case Conversion():
                _first, arrived = self._conversion(self.measure)
                return Fact.objects.filter(pk__in=arrived)
            case Wait():
                return Fact.objects.filter(pk__in=[key for key, _days in self._waits(self.measure)])

    def wholes(self) -> QuerySet[Fact] | None:
        """What the percentage is taken of; None where there is no percentage."""
        match self.measure:
            case Share():
                return self._grain(self.measure.whole)
            case Conversion():
                first, _arrived = self._conversion(self.measure)
                return Fact.objects.filter(pk__in=first.values())
            case _:
                return None

    def _facts(self, facts: Facts) -> QuerySet[Fact]:
        return at_or_below(within(facts_of(facts, pin=self.pin), self.span), self.path)

    def _number_in(self, count: Count) -> int:
        number = self._count(count)
        return int(number.value or 0)

    def _count(self, count: Count) -> Number:
        facts = self._facts(count.facts)
        match count.unit:
            case CountingUnit.FACT:
                return _whole(facts.count())
            case CountingUnit.PERSON:
                return _whole(facts.exclude(person_id=None).values("person_id").distinct().count())
            case CountingUnit.SUBJECT:
                return _whole(facts.values("subject_kind", "subject_id").distinct().count())
            case CountingUnit.UNIT:
                return _whole(facts.values(held_in=F("place")).distinct().count())
            case CountingUnit.QUANTITY:
                total = facts.aggregate(total=Sum("quantity"))["total"]
                return Number(Decimal(total or 0), base=facts.count())
            case CountingUnit.HOURS:
                return Number(in_hours(facts.aggregate(total=sum_of_minutes())["total"]), base=facts.count())

    def _grain(self, count: Count) -> QuerySet[Fact]:
        """The first fact of each that is counted once."""
        facts = self._facts(count.facts)
        match count.unit:
            case CountingUnit.PERSON:
                persons = facts.exclude(person_id=None).values("person_id").annotate(first=Min("pk"))
                return Fact.objects.filter(pk__in=persons.values("first"))
            case CountingUnit.SUBJECT:
                subjects = facts.values("subject_kind", "subject_id").annotate(first=Min("pk"))
                return Fact.objects.filter(pk__in=subjects.values("first"))
            case CountingUnit.UNIT:
                units = facts.values(held_in=F("place")).annotate(first=Min("pk"))
                return Fact.objects.filter(pk__in=units.values("first"))
            case _:
                return facts

    def _standing(self, measure: Standing) -> QuerySet[Fact]:
        """The latest fact that brought each in, of those whose latest fact did not lead out.

        Of two on one day the later recorded is the later.
        """
        until = Span(date.min, self.span.last)
        both = Facts((*measure.came.kinds, *measure.went.kinds))
        latest = (
            within(facts_of(both, pin=self.pin), until)
            .filter(subject_kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id"))
            .order_by("-happened_on", "-recorded_at", "-pk")
        )
        came = at_or_below(within(facts_of(measure.came, pin=self.pin), until), self.path)
        return came.filter(pk=Subquery(latest.values("pk")[:1]))

    def _mean(self, measure: Mean) -> Number:
        facts = self._facts(measure.facts)
        return mean(Decimal(facts.aggregate(total=Sum("quantity"))["total"] or 0), facts.count())

    def _conversion(self, measure: Conversion) -> tuple[dict[int, int], list[int]]:
        """The fact with which each person began, by person, and the facts with which they arrived in time."""
        began: dict[int, tuple[date, int]] = {}
        for person, day, key in _days(self._facts(measure.began)):
            began.setdefault(person, (day, key))
        # Wherever it happened: who moves to the next street has arrived all the same.
        until = Span(self.span.first, self.span.last + timedelta(days=measure.days))
        arrived: dict[int, int] = {}
        for person, day, key in _days(within(facts_of(measure.arrived, pin=self.pin), until)):
            if person in began and 0 <= (day - began[person][0]).days <= measure.days:
                arrived.setdefault(person, key)
        return {person: key for person, (_day, key) in began.items()}, list(arrived.values())

    def _waits(self, measure: Wait) -> list[tuple[int, int]]:
        """Of each who arrived within the span: the fact of arriving, and the days since the first beginning."""
        earlier = Span(date.min, self.span.last)
        began: dict[int, date] = {}
        for person, day, _key in _days(within(facts_of(measure.began, pin=self.pin), earlier)):
            began.setdefault(person, day)
        waits: dict[int, tuple[int, int]] = {}
        for person, day, key in _days(self._facts(measure.arrived)):
            if person in began and began[person] <= day:
                waits.setdefault(person, (key, (day - began[person]).days))
        return list(waits.values())


def share(part: int, whole: int) -> Number:
    """A percentage with one decimal, halves upwards; of nothing there is none."""
    value = (Decimal(part) * 100 / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None
    return Number(value, base=whole, part=part, whole=whole)


def mean(total: Decimal, base: int) -> Number:
    """With one decimal, halves upwards: of the exact total, for a database's own mean may be a little below a half."""
    return Number((total / base).quantize(TENTH, ROUND_HALF_UP) if base else None, base=base)


def _whole(number: int) -> Number:
    return Number(Decimal(number), base=number)


def _days(facts: QuerySet[Fact]) -> Iterable[tuple[int, date, int]]:
    """Person, day and key, the earliest first."""
    found = facts.exclude(person_id=None).order_by("happened_on", "pk").values_list("person_id", "happened_on", "pk")
    return cast(Iterable[tuple[int, date, int]], found)
