"""What every act on a file leaves behind: a fact in the ledger and an act in the audit record."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.casework.access import case_subject
from sunward.casework.models import Case
from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.ledger.models import Fact
from sunward.ledger.queries import standing_facts


def record_case_act(
    case: Case,
    *,
    actor: Actor,
    code: str,
    on: date,
    now: datetime,
    subject: tuple[str, int] | None = None,
    quantity: int = 1,
    attributes: dict[str, Any] | None = None,
    counted_by: dict[str, Any] | None = None,
) -> None:
    """Write the fact and the audit entry of one act; the last statements of the act's transaction.

    `subject` is what the fact counts, the file itself unless given. `attributes` holds codes and numbers only and goes
    into both; `counted_by` into the fact alone: what a figure tells apart and no reader of the record need know.
    """
    kind, number = subject or ("case", case.pk)
    record_fact(
        NewFact(
            kind=code, subject_kind=kind, subject_id=number, happened_on=on, actor_id=actor.user_id,
            person_id=case.person_id, unit_id=case.unit_id, unit_path=case.unit_path, quantity=Decimal(quantity),
            attributes={"programme": case.programme} | (attributes or {}) | (counted_by or {}),
        ),
        now=now,
    )  # fmt: skip
    record_act(
        actor=actor, code=code, now=now, subject=case_subject(case), unit_path=case.unit_path, **(attributes or {})
    )


def withdraw_facts(*, subject: tuple[str, int], now: datetime, kinds: Collection[str] = (), **only: Any) -> list[Fact]:
    """Withdraw what still stands of one subject's facts, those a programme wrote beside ours among them.

    Of some `kinds` or what `only` says, where the rest of what was done with the subject stays true.
    """
    standing = standing_facts().filter(subject_kind=subject[0], subject_id=subject[1], **only)
    withdrawn = list(standing.filter(kind__in=kinds) if kinds else standing)
    for fact in withdrawn:
        correct_fact(old=fact, new=None, now=now)
    return withdrawn
