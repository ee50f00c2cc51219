"""Who did what, and who looked: the readable side of the record."""

from dataclasses import dataclass
from datetime import datetime

from sunward.audit.chain import Subject
from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Look:
    """One person's look at one thing."""

    at: datetime
    actor_id: int
    actor_name: str
    code: str
    purpose: str


def list_looks(subject: Subject, *, most: int = 50) -> tuple[Look, ...]:
    """The latest looks at the subject, newest first. One query."""
    found = AuditEntry.objects.filter(kind=AuditKind.LOOK, subject_kind=subject.kind, subject_id=subject.id)
    return tuple(
        Look(row.at, row.actor_id, row.actor_name, row.code, str(row.detail.get("purpose", "")))
        for row in found.order_by("-number")[:most]
    )
