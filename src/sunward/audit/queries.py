"""Who did what, and who looked: the readable side of the record."""

from collections.abc import Collection
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


def list_looks(subject: Subject, *, most: int = 50, without: str = "") -> tuple[Look, ...]:
    """The latest looks at the subject, newest first; none by the code `without`. One query."""
    found = AuditEntry.objects.filter(kind=AuditKind.LOOK, subject_kind=subject.kind, subject_id=subject.id)
    if without:
        found = found.exclude(code=without)
    return tuple(
        Look(row.at, row.actor_id, row.actor_name, row.code, str(row.detail.get("purpose", "")))
        for row in found.order_by("-number")[:most]
    )


def looked_at(code: str, *, who: str, kind: str, ids: Collection[int], since: datetime) -> set[int]:
    """Of the subjects of a kind, those at which somebody of this name looked under this code since then. One query."""
    found = AuditEntry.objects.filter(
        kind=AuditKind.LOOK, code=code, actor_name=who, subject_kind=kind, subject_id__in=ids, at__gte=since
    )
    return {number for number in found.values_list("subject_id", flat=True) if number is not None}
