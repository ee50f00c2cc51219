"""What counts were as known at the end of each day, kept by month and unit: a year is then read and not counted.

The roll-up never says anything that counting would not. What is read of it are months of which it knows every fact; a
month that a fact or a correction has touched since is left out, and is counted by whoever asks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from sunward.accounts.successions import Succession, successions_until
from sunward.figures.counting.facts import MonthOf, month_name
from sunward.figures.definition import Conversion, Count, Standing, Wait
from sunward.figures.enums import CountingUnit
from sunward.figures.models import RolledCount, RolledStep
from sunward.figures.pins import NOW, Pin, Span
from sunward.ledger.models import Fact

# The district and its sub-districts. Below, there are nearly as many steps as facts, and few are looked at together.
DEPTH = 2

# What is kept of a cell: of a count and of what stands its value and how many it rests on; of a conversion those who
# arrived and those who began; of a wait the median and of how many.
Kept = Count | Standing | Conversion | Wait
Counted = dict[tuple[Span, str], tuple[Decimal, int]]


def fingerprint(kept: Kept) -> str:
    return sha256(repr(kept).encode()).hexdigest()[:16]


def rests_on(kept: Kept, month: Span) -> tuple[tuple[tuple[str, ...], Span], ...]:
    """The facts that decide what a month says: of which kinds, in which days."""
    ever = Span(date.min, month.last)
    match kept:
        case Count(facts):
            return ((facts.kinds, month),)
        case Standing(came, went):
            return (((*came.kinds, *went.kinds), ever),)
        case Conversion(began, arrived, days):
            return ((began.kinds, month), (arrived.kinds, Span(month.first, month.last + timedelta(days=days))))
        case Wait(began, arrived):
            return ((began.kinds, ever), (arrived.kinds, month))


def kinds_of(kept: Kept) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for kinds, _span in rests_on(kept, Span(date.min, date.min)) for kind in kinds))


def is_touched(kept: Kept, month: Span, touched: Mapping[tuple[str, str], int], *, after: int) -> bool:
    """Whether a fact later than `after` may have changed what the month says."""
    asked = [(kinds, month_name(span.first), month_name(span.last)) for kinds, span in rests_on(kept, month)]
    return any(
        last > after and any(kind in kinds and first <= name <= final for kinds, first, final in asked)
        for (kind, name), last in touched.items()
    )


def depth(path: str) -> int:
    return path.count("/") - 1


def read_rolled(
    asked_for: Collection[Kept], months: Sequence[Span], paths: Iterable[str], *, pin: Pin
) -> dict[Kept, Counted]:
    """Value and base of the cells that the roll-up knows; what is missing has to be counted. At most five queries."""
    changes = successions_until(pin.tree_on) if pin.tree_on else ()
    asked = [path for path in paths if 1 <= depth(path) <= DEPTH and not _is_moved(path, changes)]
    if not asked or not _is_end_of_day(pin):
        return {}
    prints = {fingerprint(kept): kept for kept in asked_for}
    if changes:
        # Two units that were joined inside are one: how many there are is counted by the later tree.
        prints = {name: kept for name, kept in prints.items() if not _counts_units(kept)}
    built = {row.fingerprint: row for row in RolledCount.objects.filter(fingerprint__in=prints)}
    held = {prints[name]: row for name, row in built.items()}
    if not held:
        return {}
    touched = touched_since(
        min(row.facts_until for row in held.values()), {kind for kept in held for kind in kinds_of(kept)}, pin=pin
    )
    whole = {kept: _untouched(kept, row, months, touched) for kept, row in held.items()}
    found: dict[Kept, Counted] = {
        kept: {(month, path): (Decimal(0), 0) for month in known for path in asked} for kept, known in whole.items()
    }
    count_of, month_of = {row.pk: count for count, row in held.items()}, {month.first: month for month in months}
    for pk, first, path, value, base in _steps(held.values(), months, asked, pin):
        key = (month_of[first], path) if first in month_of else None
        if key in (cells := found[count_of[pk]]):
            cells[key] = (value, base)
    return found


def _counts_units(kept: Kept) -> bool:
    return isinstance(kept, Count) and kept.unit == CountingUnit.UNIT


def _is_end_of_day(pin: Pin) -> bool:
    """Within a day the roll-up knows nothing."""
    if pin.known_until is None:
        return True
    return _local(pin.known_until).time() == time.max


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


def _is_moved(path: str, changes: Iterable[Succession]) -> bool:
    """Whether the pinned tree leads something in or out, or about below. What stays inside counts as before."""
    return any(
        not (old.startswith(path) and new.startswith(path))
        and any(one.startswith(path) or path.startswith(one) for one in (old, new))
        for old, new in ((change.old_path, change.new_path) for change in changes)
    )


def touched_since(
    key: int, kinds: Iterable[str], *, pin: Pin = NOW, until: int | None = None
) -> Mapping[tuple[str, str], int]:
    """By kind and month, the last fact that tells of it or corrects one that did."""
    kinds = set(kinds)
    later = Fact.objects.filter(pk__gt=key)
    if until is not None:
        later = later.filter(pk__lte=until)
    if pin.known_until is not None:
        later = later.filter(recorded_at__lte=pin.known_until)
    found: dict[tuple[str, str], int] = {}
    for prefix in ("", "corrects__"):
        told = later.filter(**{f"{prefix}kind__in": kinds}).annotate(month=MonthOf(f"{prefix}happened_on")).order_by()
        for kind, month, last in told.values_list(f"{prefix}kind", "month").annotate(last=Max("pk")):
            found[kind, month] = max(found.get((kind, month), 0), last)
    return found


def _untouched(
    kept: Kept, row: RolledCount, months: Sequence[Span], touched: Mapping[tuple[str, str], int]
) -> list[Span]:
    """Whoever stands goes on standing: of a month that had not begun that night nothing is known."""
    begun = _local(row.built_at).date() if isinstance(kept, Standing) else date.max
    return [
        month
        for month in months
        if month.first <= begun and not is_touched(kept, month, touched, after=row.facts_until)
    ]


def _steps(
    rows: Collection[RolledCount], months: Sequence[Span], paths: list[str], pin: Pin
) -> "QuerySet[RolledStep, tuple[int, date, str, Decimal, int]]":
    if pin.known_until is None:
        known = Q(next_on=None)
    else:
        day = _local(pin.known_until).date()
        known = Q(known_on__lte=day) & (Q(next_on__gt=day) | Q(next_on=None))
    found = RolledStep.objects.filter(
        known, count__in=[row.pk for row in rows], month__range=(months[0].first, months[-1].first), path__in=paths
    )
    return found.values_list("count_id", "month", "path", "value", "base")
