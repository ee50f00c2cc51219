"""Building the roll-up: of each declared count, month by month, what it was as known at the end of each day.

A month is written anew as a whole once a fact or a correction has touched it, so that nothing has to be carried on and
a late or a wrongly dated record does no harm. What is lost is built again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils import timezone

from sunward.core.bulk import insert_rows
from sunward.figures.counting.cells import kept_in
from sunward.figures.counting.rolled_facts import Step, Told, above, read_told, running
from sunward.figures.counting.rolling_histories import conversion_steps, standing_steps, wait_steps
from sunward.figures.counting.rollup import Kept, fingerprint, is_touched, kinds_of, touched_since
from sunward.figures.definition import Conversion, Count, Indicator, Standing, Wait
from sunward.figures.enums import CountingUnit
from sunward.figures.models import RolledCount, RolledStep
from sunward.figures.pins import Span, last_of_month, months
from sunward.ledger.models import Fact

_COLUMNS = ("count_id", "month", "path", "known_on", "next_on", "value", "base")
PATIENCE = "3s"  # for whoever is writing facts at this moment


def kept_of(indicators: Iterable[Indicator]) -> list[Kept]:
    """What the versions of indicators are made of."""
    measures = [version.measure for indicator in indicators for version in indicator.versions]
    return list(dict.fromkeys(kept for measure in measures for kept in kept_in(measure)))


def last_settled_fact() -> int:
    """The number of a fact before which none is still being written, so that nothing comes in behind it.

    On PostgreSQL numbers are given before they are seen: whoever is writing is waited for. On SQLite only one writes.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
                cursor.execute(f'LOCK TABLE "{Fact._meta.db_table}" IN SHARE MODE')
        last: int | None = Fact.objects.aggregate(last=Max("pk"))["last"]
    return last or 0


@transaction.atomic
def roll_up(kept: Kept, *, until: int, now: datetime) -> int:
    """Take in the facts up to the number `until`. Returns how many months were written."""
    name = fingerprint(kept)
    row = RolledCount.objects.select_for_update().filter(fingerprint=name).first()
    is_new = row is None
    if row is None:
        row = RolledCount.objects.create(fingerprint=name, facts_until=0, built_at=now)
    written = _months_to_write(kept, row, is_new=is_new, until=until, now=now)
    for month in written:
        row.steps.filter(month=month.first).delete()
        steps = [(row.pk, month.first, *step) for step in _steps(kept, month, until=until)]
        insert_rows(RolledStep, _COLUMNS, steps)
    RolledCount.objects.filter(pk=row.pk).update(facts_until=max(until, row.facts_until), built_at=now)
    return len(written)


def drop_others(kept: Iterable[Kept]) -> None:
    """What no declared version counts any longer."""
    RolledCount.objects.exclude(fingerprint__in=[fingerprint(one) for one in kept]).delete()


def _months_to_write(kept: Kept, row: RolledCount, *, is_new: bool, until: int, now: datetime) -> list[Span]:
    """Those that a fact has touched since; of what stands also those that have begun since."""
    kinds = kinds_of(kept)
    touched = touched_since(row.facts_until, kinds, until=until)
    first = Fact.objects.filter(kind__in=kinds).aggregate(first=Min("happened_on"))["first"]
    if first is None:
        return []
    zone = timezone.get_default_timezone()
    last = max(now.astimezone(zone).date(), *(date.fromisoformat(f"{name}-01") for _kind, name in touched), first)
    begun = date.min if is_new else last_of_month(row.built_at.astimezone(zone).date())
    return [
        month
        for month in months(first, last)
        if is_touched(kept, month, touched, after=row.facts_until)
        or (isinstance(kept, Standing) and month.first > begun)
    ]


def _steps(kept: Kept, month: Span, *, until: int) -> Iterator[Step]:
    match kept:
        case Count():
            yield from _count_steps(kept, month, until=until)
        case Standing():
            yield from standing_steps(kept, month, until=until)
        case Conversion():
            yield from conversion_steps(kept, month, until=until)
        case Wait():
            yield from wait_steps(kept, month, until=until)


def _count_steps(count: Count, month: Span, *, until: int) -> Iterator[Step]:
    stood: dict[str, dict[Any, list[Told]]] = defaultdict(lambda: defaultdict(list))
    is_hours = count.unit == CountingUnit.HOURS  # kept in minutes
    for fact in read_told(count.facts.kinds, month, until=until, asked=count.facts, in_minutes=is_hours):
        key = _key(count.unit, fact)
        if key is not None:
            for path in above(fact.path):
                stood[path][key].append(fact)
    for path, by_key in stood.items():
        changes: dict[date, tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
        for told in by_key.values():
            worth = Decimal(told[0].amount if is_hours or count.unit == CountingUnit.QUANTITY else 1)
            for since, gone in _united(told):
                for day, sign in ((since, 1), (gone, -1)):
                    if day is not None:
                        value, base = changes[day]
                        changes[day] = (value + sign * worth, base + sign)
        yield from running(path, changes)


def _key(unit: CountingUnit, fact: Told) -> object:
    """What is counted once, however many facts tell of it; None: not counted."""
    match unit:
        case CountingUnit.PERSON:
            return fact.person
        case CountingUnit.SUBJECT:
            return fact.subject
        case CountingUnit.UNIT:
            return fact.path
        case _:
            return fact.pk


def _united(told: list[Told]) -> Iterator[tuple[date, date | None]]:
    """The spans of days in which at least one of them stood: whoever is told of twice is one."""
    begun: date | None = None
    gone: date | None = None
    for fact in sorted(told, key=lambda fact: fact.since):
        if begun is not None and (gone is None or fact.since <= gone):
            gone = None if gone is None or fact.gone is None else max(gone, fact.gone)
            continue
        if begun is not None:
            yield begun, gone
        begun, gone = fact.since, fact.gone
    if begun is not None:
        yield begun, gone
