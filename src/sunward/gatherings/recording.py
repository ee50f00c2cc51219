"""What every act on a gathering leaves behind: facts in the ledger and an act in the audit record."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.gatherings.access import GATHERING_SUBJECT
from sunward.gatherings.models import Gathering, RoadshowSlot, SignUp
from sunward.ledger.actions import NewFact, record_fact, withdraw_many

SIGN_UP_SUBJECT = "sign_up"
ATTENDANCE_SUBJECT = "attendance"
FEEDBACK_SUBJECT = "feedback"


def record_gathering_act(gathering: Gathering, *, actor: Actor, code: str, now: datetime, **detail: Any) -> None:
    """The audit entry of one act, the last statement of its transaction. `detail` holds codes and numbers only."""
    record_act(
        actor=actor, code=code, now=now, subject=Subject(GATHERING_SUBJECT, gathering.pk),
        unit_path=gathering.unit_path, **detail,
    )  # fmt: skip


def record_gathering_fact(
    gathering: Gathering,
    *,
    actor: Actor,
    kind: str,
    on: date,
    now: datetime,
    quantity: Decimal = Decimal(1),
    subject: tuple[str, int] | None = None,
) -> None:
    """A fact of the host's unit, about no person."""
    subject_kind, subject_id = subject or (GATHERING_SUBJECT, gathering.pk)
    record_fact(
        NewFact(
            kind=kind, subject_kind=subject_kind, subject_id=subject_id, happened_on=on,
            actor_id=actor.user_id, unit_id=gathering.host_id, unit_path=gathering.unit_path, quantity=quantity,
            attributes=what_tells_apart(gathering),
        ),
        now=now,
    )  # fmt: skip


def head_fact(
    gathering: Gathering,
    sign_up: SignUp,
    told: Mapping[str, Any],
    *,
    actor: Actor,
    kind: str,
    on: date,
    subject_kind: str = SIGN_UP_SUBJECT,
    quantity: Decimal = Decimal(1),
) -> NewFact:
    """A fact about one head, of the unit it comes from. `told`: `what_tells_apart`. Reads `person`: fetch it along."""
    return NewFact(
        kind=kind, subject_kind=subject_kind, subject_id=sign_up.pk, happened_on=on,
        actor_id=actor.user_id, person_id=sign_up.person_id, unit_id=sign_up.person.unit_id if sign_up.person else None,
        unit_path=sign_up.unit_path, quantity=quantity, attributes={**told, "part": sign_up.part},
    )  # fmt: skip


def withdraw_head_facts(sign_up_ids: Collection[int], *, subject_kind: str, now: datetime) -> None:
    withdraw_many(subject_kind=subject_kind, subject_ids=sign_up_ids, now=now)


def what_tells_apart(gathering: Gathering) -> dict[str, Any]:
    """By what figures tell a gathering's facts apart: its kind, and whether a roadshow has made it."""
    is_of_roadshow = RoadshowSlot.objects.filter(gathering=gathering).exists()
    told: dict[str, Any] = {"kind": gathering.kind, "gathering_id": gathering.pk}
    return told | ({"of_roadshow": True} if is_of_roadshow else {})
