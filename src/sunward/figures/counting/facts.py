"""The facts a definition speaks of: which kinds, in which days, at or below which unit, as known at which moment."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, CharField, F, Func, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat, Substr
from django.db.models.sql.compiler import SQLCompiler

from sunward.accounts.successions import Succession, successions_until
from sunward.figures.definition import Facts
from sunward.figures.pins import Pin, Span
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts


class MonthOf(Func):
    """The month of a day as text, ``2022-10``; on SQLite a day is text already."""

    arity = 1
    output_field = CharField()
    template = "to_char(%(expressions)s, 'YYYY-MM')"

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **extra)


def month_name(day: date) -> str:
    """As `MonthOf` has it."""
    return day.isoformat()[:7]


def facts_of(facts: Facts, *, pin: Pin) -> QuerySet[Fact]:
    """All of them, each with `place`: the path of its unit under the pinned tree."""
    found = standing_facts(known_until=pin.known_until).filter(is_of(facts))
    changes = successions_until(pin.tree_on) if pin.tree_on else ()
    return found.annotate(place=_place(changes))


def is_of(facts: Facts) -> Q:
    found = Q(kind__in=facts.kinds)
    for key, values in facts.where:
        found &= _holds(key, values)
    return found


def within(facts: QuerySet[Fact], span: Span) -> QuerySet[Fact]:
    return facts.filter(happened_on__range=(span.first, span.last))


def minutes() -> Cast:
    """What a fact says in `minutes`; None where nobody wrote any down."""
    return Cast(KeyTextTransform("minutes", "attributes"), IntegerField())


def sum_of_minutes() -> Sum:
    return Sum(minutes())


def in_hours(told: Decimal | int | None) -> Decimal:
    """Minutes as whole hours, halves upwards."""
    return (Decimal(told or 0) / 60).quantize(Decimal(1), ROUND_HALF_UP)


def at_or_below(facts: "QuerySet[Any]", path: str) -> "QuerySet[Any]":
    return facts.filter(place__startswith=path)


def _holds(key: str, values: tuple[str | int | bool, ...]) -> Q:
    found = Q()
    for value in values:
        found |= Q(**{f"attributes__{key}": value})
    return found


def _place(changes: tuple[Succession, ...]) -> F | Case:
    """Where there was no change, the path itself, so that the index on it serves."""
    if not changes:
        return F("unit_path")
    # The longest beginning decides: a committee that moved alone is not carried along by its old sub-district.
    ordered = sorted(changes, key=lambda change: -len(change.old_path))
    return Case(
        *(
            When(
                unit_path__startswith=change.old_path,
                then=Concat(Value(change.new_path), Substr("unit_path", len(change.old_path) + 1)),
            )
            for change in ordered
        ),
        default=F("unit_path"),
    )
