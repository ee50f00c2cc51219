"""What every act in an emergency leaves behind: a line in its diary, a fact, and an act in the record."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from sunward.accounts.access import Actor
from sunward.casework.recording import record_case_act
from sunward.safeguarding.enums import StepKind
from sunward.safeguarding.models import Emergency, EmergencyStep

EMERGENCY_SUBJECT = "emergency"


def write_step(
    emergency: Emergency, kind: StepKind, *, actor: Actor, now: datetime, attributes: dict[str, Any] | None = None,
    **line: Any,
) -> EmergencyStep:  # fmt: skip
    """`attributes` are codes and numbers for the fact; `line` are further columns of the diary's line."""
    step = EmergencyStep.objects.create(
        emergency=emergency, kind=kind, at=now, by_id=actor.user_id or None, round=emergency.round, **line
    )
    record_case_act(
        emergency.case, actor=actor, code=f"safeguarding.emergency_{kind}", on=localdate(now), now=now,
        subject=(EMERGENCY_SUBJECT, emergency.pk), attributes=attributes,
    )  # fmt: skip
    return step
