"""What looks back or ahead, as it was known at the end of each day: person by person, then all together."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from statistics import median
from typing import Any

from sunward.figures.counting.figure import TENTH
from sunward.figures.counting.rolled_facts import Step, Told, above, read_told, running
from sunward.figures.counting.rollup import rests_on
from sunward.figures.definition import Conversion, Standing, Wait
from sunward.figures.pins import Span

# What one person adds to a unit, by day on which it became known.
Changes = dict[str, dict[date, tuple[Decimal, int]]]
NOTHING = (Decimal(0), 0)


def standing_steps(measure: Standing, month: Span, *, until: int) -> Iterator[Step]:
    """The latest fact about each, of those known: where it brought somebody in, one stands."""
    ((kinds, span),) = rests_on(measure, month)
    by_subject: dict[Any, list[Told]] = defaultdict(list)
    for fact in read_told(kinds, span, until=until, marked=measure.came):
        by_subject[fact.subject].append(fact)
    changes = _changes()
    for facts in by_subject.values():

        def paths(day: date, facts: list[Told] = facts) -> Collection[str]:
            latest = max((fact for fact in facts if fact.stood(day)), key=lambda fact: fact.at, default=None)
            return above(latest.path) if latest and latest.is_marked else ()

        _tell(changes, facts, lambda day, paths=paths: dict.fromkeys(paths(day), (Decimal(1), 1)))  # type: ignore[misc]
    yield from _summed(changes)


def conversion_steps(measure: Conversion, month: Span, *, until: int) -> Iterator[Step]:
    """Value: those who arrived in time; base: those who began."""
    began = _by_unit(read_told(measure.began.kinds, month, until=until, asked=measure.began))
    ahead = rests_on(measure, month)[1][1]
    arrived = _by_person(read_told(measure.arrived.kinds, ahead, until=until, asked=measure.arrived))
    changes = _changes()
    for path, persons in began.items():
        for person, facts in persons.items():
            there = arrived.get(person, [])

            def counted(
                day: date, path: str = path, facts: list[Told] = facts, there: list[Told] = there
            ) -> dict[str, tuple[Decimal, int]]:
                first = min((fact.day for fact in facts if fact.stood(day)), default=None)
                if first is None:
                    return {}
                is_there = any(fact.stood(day) and 0 <= (fact.day - first).days <= measure.days for fact in there)
                return {path: (Decimal(is_there), 1)}

            _tell(changes, [*facts, *there], counted)
    yield from _summed(changes)


def wait_steps(measure: Wait, month: Span, *, until: int) -> Iterator[Step]:
    """Value: the median; base: of how many."""
    arrived = _by_unit(read_told(measure.arrived.kinds, month, until=until, asked=measure.arrived))
    ever = rests_on(measure, month)[0][1]
    began = _by_person(read_told(measure.began.kinds, ever, until=until, asked=measure.began))
    for path, persons in arrived.items():
        changes: dict[date, list[tuple[int, int]]] = defaultdict(list)
        for person, facts in persons.items():
            earlier, before = began.get(person, []), None
            for day in _days([*facts, *earlier]):
                wait = _wait(facts, earlier, day)
                if wait != before:
                    changes[day] += [(days, sign) for days, sign in ((before, -1), (wait, 1)) if days is not None]
                before = wait
        yield from _medians(path, changes)


def _wait(facts: list[Told], earlier: list[Told], day: date) -> int | None:
    first = min((fact.day for fact in earlier if fact.stood(day)), default=None)
    if first is None:
        return None
    ends = [fact.day for fact in facts if fact.stood(day) and fact.day >= first]
    return (min(ends) - first).days if ends else None


def _medians(path: str, changes: dict[date, list[tuple[int, int]]]) -> Iterator[Step]:
    held: list[int] = []
    days = sorted(changes)
    for day, next_on in zip(days, [*days[1:], None], strict=False):
        for wait, sign in changes[day]:
            if sign > 0:
                insort(held, wait)
            else:
                held.pop(bisect_left(held, wait))
        yield path, day, next_on, Decimal(median(held)).quantize(TENTH) if held else Decimal(0), len(held)


def _changes() -> Changes:
    return defaultdict(lambda: defaultdict(lambda: NOTHING))


def _days(facts: Iterable[Told]) -> list[date]:
    """On which something became known that may change what one counts for."""
    return sorted({day for day in chain.from_iterable((fact.since, fact.gone) for fact in facts) if day})


def _tell(changes: Changes, facts: list[Told], counted: Callable[[date], dict[str, tuple[Decimal, int]]]) -> None:
    before: dict[str, tuple[Decimal, int]] = {}
    for day in _days(facts):
        now = counted(day)
        if now != before:
            for path in {*before, *now}:
                value, base = changes[path][day]
                (new, one), (old, other) = now.get(path, NOTHING), before.get(path, NOTHING)
                changes[path][day] = (value + new - old, base + one - other)
        before = now


def _summed(changes: Changes) -> Iterator[Step]:
    for path, by_day in changes.items():
        yield from running(path, by_day)


def _by_unit(facts: Iterable[Told]) -> dict[str, dict[int, list[Told]]]:
    found: dict[str, dict[int, list[Told]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.person is not None:
            for path in above(fact.path):
                found[path][fact.person].append(fact)
    return found


def _by_person(facts: Iterable[Told]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for fact in facts:
        if fact.person is not None:
            found[fact.person].append(fact)
    return found
