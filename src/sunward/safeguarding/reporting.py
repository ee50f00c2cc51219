"""What acts on worries, hints and reports leave behind: a fact in the ledger and an act in the audit record.

Who reported a child in danger is kept secret (Law against Domestic Violence, art. 14 and 35): neither the ledger nor
the audit record names them. The row itself does, for whoever answers for its unit.
"""

from datetime import date, datetime
from typing import Any

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM, record_act
from sunward.audit.chain import Subject
from sunward.ledger.actions import NewFact, correct_fact, record_fact
from sunward.ledger.queries import standing_facts


def record_safeguarding_act(
    *,
    subject: Subject,
    unit_id: int | None,
    unit_path: str,
    actor: Actor,
    code: str,
    on: date,
    now: datetime,
    person_id: int | None = None,
    is_secret: bool = False,
    **attributes: Any,
) -> None:
    """The last statements of the act's transaction. `attributes` hold codes and numbers only and go into both."""
    named = SYSTEM if is_secret else actor
    record_fact(
        NewFact(
            kind=code, subject_kind=subject.kind, subject_id=subject.id, happened_on=on, actor_id=named.user_id,
            person_id=person_id, unit_id=unit_id, unit_path=unit_path, attributes=attributes,
        ),
        now=now,
    )  # fmt: skip
    record_act(actor=named, code=code, now=now, subject=subject, unit_path=unit_path, **attributes)


def withdraw_fact(*, subject: Subject, code: str, now: datetime) -> None:
    """Take back the latest that still stands of one act on one subject."""
    standing = standing_facts().filter(subject_kind=subject.kind, subject_id=subject.id, kind=code)
    latest = standing.order_by("pk").last()
    if latest is not None:
        correct_fact(old=latest, new=None, now=now)
