"""Building the roll-up: of each declared count, month by month, what it was as known at the end of each day.

A month is written anew as a whole once a fact or a correction has touched it, so that nothing has to be carried on and
a late or a wrongly dated record does no harm. What is lost is built again.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from sunward.core.bulk import insert_rows
from sunward.figures.counting.cells import counts_in
from sunward.figures.counting.facts import MonthOf, is_of
from sunward.figures.counting.rollup import DEPTH, fingerprint
from sunward.figures.definition import Count, Indicator
from sunward.figures.enums import CountingUnit
from sunward.figures.models import RolledCount, RolledStep
from sunward.figures.pins import Span, month_of
from sunward.ledger.models import Fact

_COLUMNS = ("count_id", "month", "path", "known_on", "next_on", "value", "base")
PATIENCE = "3s"  # for whoever is writing facts at this moment


class _Told(NamedTuple):
    """A fact as the roll-up needs it; it stood from the end of `since` until before the end of `gone`."""

    key: Any
    path: str
    amount: Decimal
    since: date
    gone: date | None


def counts_of(indicators: Iterable[Indicator]) -> list[Count]:
    """What the versions of indicators are made of, as far as it can be kept. Others are counted each time."""
    measures = [version.measure for indicator in indicators for version in indicator.versions]
    return list(dict.fromkeys(count for measure in measures for count in counts_in(measure)))


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
def roll_up(count: Count, *, until: int, now: datetime) -> int:
    """Take in the facts up to the number `until`. Returns how many months were written."""
    name = fingerprint(count)
    row = RolledCount.objects.select_for_update().filter(fingerprint=name).first()
    if row is None:
        row = RolledCount.objects.create(fingerprint=name, facts_until=0, built_at=now)
    months = _touched_months(count, after=row.facts_until, until=until)
    for month in months:
        row.steps.filter(month=month.first).delete()
        insert_rows(
            RolledStep, _COLUMNS,
            [(row.pk, month.first, *step) for step in _steps(count, _facts_of_month(count, month, until=until))],
        )  # fmt: skip
    RolledCount.objects.filter(pk=row.pk).update(facts_until=max(until, row.facts_until), built_at=now)
    return len(months)


def drop_others(counts: Iterable[Count]) -> None:
    """What no declared version counts any longer."""
    RolledCount.objects.exclude(fingerprint__in=[fingerprint(count) for count in counts]).delete()


def _touched_months(count: Count, *, after: int, until: int) -> list[Span]:
    later = Fact.objects.filter(pk__gt=after, pk__lte=until)
    names: set[str] = set()
    for prefix in ("", "corrects__"):
        told = later.filter(**{f"{prefix}kind__in": count.facts.kinds}).annotate(month=MonthOf(f"{prefix}happened_on"))
        names.update(told.order_by().values_list("month", flat=True).distinct())
    return [month_of(date.fromisoformat(f"{name}-01")) for name in sorted(names)]


def _facts_of_month(count: Count, month: Span, *, until: int) -> Iterator[_Told]:
    """Only facts up to `until`: those after it are looked at by whoever reads."""
    corrections = Fact.objects.filter(corrects=OuterRef("pk"), pk__lte=until).order_by().values("corrects")
    facts = Fact.objects.filter(
        is_of(count.facts), Q(is_withdrawal=False, pk__lte=until), happened_on__range=(month.first, month.last)
    ).annotate(gone_at=Subquery(corrections.annotate(first=Min("recorded_at")).values("first")))
    zone = timezone.get_default_timezone()
    told = facts.values_list(
        "pk", "person_id", "subject_kind", "subject_id", "unit_path", "quantity", "recorded_at", "gone_at"
    )
    for pk, person, kind, subject, path, amount, known_at, gone_at in told.iterator(chunk_size=5000):
        key = {CountingUnit.PERSON: person, CountingUnit.SUBJECT: (kind, subject)}.get(count.unit, pk)
        since = known_at.astimezone(zone).date()
        gone = gone_at.astimezone(zone).date() if gone_at else None
        if key is not None and (gone is None or since < gone):
            yield _Told(key, path, amount, since, gone)


def _steps(count: Count, facts: Iterable[_Told]) -> Iterator[tuple[str, date, date | None, Decimal, int]]:
    """Path, from which day, until before which, value and base."""
    stood: dict[str, dict[Any, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        for path in _above(fact.path):
            stood[path][fact.key].append(fact)
    for path, by_key in stood.items():
        changes: dict[date, tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
        for told in by_key.values():
            for since, gone, amount in _united(told):
                worth = amount if count.unit == CountingUnit.QUANTITY else Decimal(1)
                for day, sign in ((since, 1), (gone, -1)):
                    if day is not None:
                        value, base = changes[day]
                        changes[day] = (value + sign * worth, base + sign)
        yield from _running(path, changes)


def _running(
    path: str, changes: Mapping[date, tuple[Decimal, int]]
) -> Iterator[tuple[str, date, date | None, Decimal, int]]:
    days = [day for day in sorted(changes) if any(changes[day])]
    sums = accumulate((changes[day] for day in days), lambda one, other: (one[0] + other[0], one[1] + other[1]))
    for day, next_on, (value, base) in zip(days, [*days[1:], None], sums, strict=False):
        yield path, day, next_on, value, base


def _united(told: list[_Told]) -> Iterator[tuple[date, date | None, Decimal]]:
    """The spans of days in which at least one of them stood: whoever is told of twice is one."""
    begun: date | None = None
    gone: date | None = None
    for fact in sorted(told, key=lambda fact: fact.since):
        if begun is not None and (gone is None or fact.since <= gone):
            gone = None if gone is None or fact.gone is None else max(gone, fact.gone)
            continue
        if begun is not None:
            yield begun, gone, told[0].amount
        begun, gone = fact.since, fact.gone
    if begun is not None:
        yield begun, gone, told[0].amount


def _above(path: str) -> list[str]:
    """The path and those above it, as far down as is kept: ``/310110/310110012/310110012001/`` gives two."""
    parts = path.strip("/").split("/")[:DEPTH] if path.strip("/") else []
    return list(accumulate(parts, lambda above, part: f"{above}{part}/", initial="/"))[1:]
