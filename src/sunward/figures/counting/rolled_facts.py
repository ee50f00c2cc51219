"""Facts as the roll-up needs them: from which day on each was known, and before which day it was corrected."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from django.db.models import BooleanField, Case, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from sunward.figures.counting.facts import is_of, minutes
from sunward.figures.counting.rollup import DEPTH
from sunward.figures.definition import Facts
from sunward.figures.pins import Span
from sunward.ledger.models import Fact

# Path, from which day on it was known, until before which, value and base.
Step = tuple[str, date, date | None, Decimal, int]


class Told(NamedTuple):
    """It stood from the end of `since` until before that of `gone`. Of two, that with the higher `at` is later."""

    pk: int
    person: int | None
    subject: tuple[str, int]
    path: str
    day: date
    recorded_at: datetime
    amount: Decimal
    is_marked: bool
    since: date
    gone: date | None

    @property
    def at(self) -> tuple[date, datetime, int]:
        return self.day, self.recorded_at, self.pk

    def stood(self, day: date) -> bool:
        return self.since <= day and (self.gone is None or day < self.gone)


def read_told(
    kinds: tuple[str, ...], span: Span, *, until: int, asked: Facts | None = None, marked: Facts | None = None,
    in_minutes: bool = False,
) -> Iterator[Told]:  # fmt: skip
    """Facts up to the number `until` only: those after it are looked at by whoever reads. `marked` are told apart.

    The amount is the fact's quantity, or its minutes.
    """
    corrections = Fact.objects.filter(corrects=OuterRef("pk"), pk__lte=until).order_by().values("corrects")
    facts = Fact.objects.filter(
        is_of(asked or Facts(kinds)), Q(is_withdrawal=False, pk__lte=until), happened_on__range=(span.first, span.last)
    ).annotate(
        gone_at=Subquery(corrections.annotate(first=Min("recorded_at")).values("first")),
        marked=Case(
            When(is_of(marked) if marked else Q(pk=None), then=Value(True)), default=False, output_field=BooleanField()
        ),
        amount=Coalesce(minutes(), 0) if in_minutes else F("quantity"),
    )
    zone = timezone.get_default_timezone()
    told = facts.values_list(
        "pk", "person_id", "subject_kind", "subject_id", "unit_path", "happened_on", "recorded_at", "amount",
        "marked", "gone_at",
    )  # fmt: skip
    for pk, person, kind, subject, path, day, at, amount, is_marked, gone_at in told.iterator(chunk_size=5000):
        since = at.astimezone(zone).date()
        gone = gone_at.astimezone(zone).date() if gone_at else None
        if gone is None or since < gone:
            yield Told(pk, person, (kind, subject), path, day, at, amount, is_marked, since, gone)


def running(path: str, changes: Mapping[date, tuple[Decimal, int]]) -> Iterator[Step]:
    """From what was added on each day to what it came to."""
    days = [day for day in sorted(changes) if any(changes[day])]
    sums = accumulate((changes[day] for day in days), lambda one, other: (one[0] + other[0], one[1] + other[1]))
    for day, next_on, (value, base) in zip(days, [*days[1:], None], sums, strict=False):
        yield path, day, next_on, value, base


def above(path: str) -> list[str]:
    """The path and those above it, as far down as is kept: ``/310110/310110012/310110012001/`` gives two."""
    parts = path.strip("/").split("/")[:DEPTH] if path.strip("/") else []
    return list(accumulate(parts, lambda one, part: f"{one}{part}/", initial="/"))[1:]
