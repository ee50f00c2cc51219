"""Writing facts, in the transaction of the act that caused them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sunward.core.bulk import insert_rows
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts

_COLUMNS = (
    "kind", "subject_kind", "subject_id", "person_id", "actor_id", "unit_id", "unit_path", "happened_on",
    "recorded_at", "quantity", "attributes",
)  # fmt: skip


class NewFact(NamedTuple):
    """A fact to be written; see `Fact` for what each part means."""

    kind: str
    subject_kind: str
    subject_id: int
    happened_on: date
    actor_id: int = 0
    person_id: int | None = None
    unit_id: int | None = None
    unit_path: str = ""
    quantity: Decimal = Decimal(1)
    attributes: dict[str, Any] | None = None


def record_many(facts: Sequence[NewFact], *, now: datetime) -> None:
    """The same for the thousands of an import, without a model for each."""
    insert_rows(
        Fact,
        _COLUMNS,
        [
            (
                fact.kind, fact.subject_kind, fact.subject_id, fact.person_id, fact.actor_id, fact.unit_id,
                fact.unit_path, fact.happened_on, now, fact.quantity, fact.attributes or {},
            )
            for fact in facts
        ],
    )  # fmt: skip


def withdraw_many(*, subject_kind: str, subject_ids: Collection[int], now: datetime) -> int:
    """Withdraw everything that still stands of these subjects; each withdrawal points to its fact. Returns how many."""
    standing = standing_facts().filter(subject_kind=subject_kind, subject_id__in=subject_ids)
    told = [column for column in _COLUMNS if column not in ("recorded_at", "quantity", "attributes")]
    rows: list[tuple[Any, ...]] = [
        (*facts, now, quantity, {}, pk, True)
        for *facts, quantity, pk in standing.order_by("pk").values_list(*told, "quantity", "pk")
    ]
    insert_rows(Fact, (*_COLUMNS, "corrects_id", "is_withdrawal"), rows)
    return len(rows)


def record_fact(fact: NewFact, *, now: datetime) -> Fact:
    row = _row(fact, now)
    row.save(force_insert=True)
    return row


def correct_fact(*, old: Fact, new: NewFact | None, now: datetime) -> Fact:
    """Put `new` in the place of `old`, or withdraw `old` if there is nothing to put."""
    if new is None:
        row = Fact(
            kind=old.kind, subject_kind=old.subject_kind, subject_id=old.subject_id, person_id=old.person_id,
            actor_id=old.actor_id, unit_id=old.unit_id, unit_path=old.unit_path, happened_on=old.happened_on,
            recorded_at=now, quantity=old.quantity, is_withdrawal=True,
        )  # fmt: skip
    else:
        row = _row(new, now)
    row.corrects = old
    row.save(force_insert=True)
    return row


def _row(fact: NewFact, now: datetime) -> Fact:
    return Fact(
        kind=fact.kind, subject_kind=fact.subject_kind, subject_id=fact.subject_id, person_id=fact.person_id,
        actor_id=fact.actor_id, unit_id=fact.unit_id, unit_path=fact.unit_path, happened_on=fact.happened_on,
        recorded_at=now, quantity=fact.quantity, attributes=fact.attributes or {},
    )  # fmt: skip
