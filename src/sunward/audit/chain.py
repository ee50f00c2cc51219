"""Adding to the chain and checking it.

The digest is an HMAC, so whoever can write to the database but does not hold the key cannot rewrite history unseen.
Its key is derived from the blind-index key, the one key that is never rotated.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from sunward.audit.enums import AuditKind
from sunward.audit.models import AuditEntry, AuditHead

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry speaks of: the table's everyday name and the row's number."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Event:
    """One entry to be. `detail` holds codes and numbers; a name or a document number never goes in."""

    kind: AuditKind
    code: str
    actor_id: int
    actor_name: str
    unit_path: str = ""
    subject: Subject | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def append(events: Sequence[Event], *, now: datetime) -> None:
    """Add the entries in order, within the caller's transaction; waits for whoever else is adding."""
    if not events:
        return
    with transaction.atomic():
        head, _created = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"digest": START})
        rows = list(_link(events, head=head, now=now))
        AuditEntry.objects.bulk_create(rows, batch_size=500)
        AuditHead.objects.filter(pk=1).update(number=rows[-1].number, digest=rows[-1].digest)


def _link(events: Iterable[Event], *, head: AuditHead, now: datetime) -> Iterator[AuditEntry]:
    number, previous = head.number, head.digest
    for event in events:
        number += 1
        entry = AuditEntry(
            number=number,
            at=now,
            kind=event.kind,
            code=event.code,
            actor_id=event.actor_id,
            actor_name=event.actor_name,
            unit_path=event.unit_path,
            subject_kind=event.subject.kind if event.subject else "",
            subject_id=event.subject.id if event.subject else None,
            detail=event.detail,
            previous=previous,
        )
        entry.digest = previous = digest(entry)
        yield entry


def digest(entry: AuditEntry) -> str:
    """The HMAC-SHA-256, in hex, of everything the entry says and of the digest before it."""
    said = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(entry.kind),
        entry.code,
        entry.actor_id,
        entry.actor_name,
        entry.unit_path,
        entry.subject_kind,
        entry.subject_id,
        entry.detail,
        entry.previous,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return hmac.new(base64.b64decode(settings.SUNWARD_BLIND_INDEX_KEY), b"audit chain", hashlib.sha256).digest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold: ``changed``, ``missing``, ``unlinked`` or ``head_differs``."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`entries` checked, the digest at the end (write it down elsewhere: it pins the whole chain), and the breaks."""

    entries: int
    last_digest: str
    breaks: tuple[Break, ...]

    @property
    def is_intact(self) -> bool:
        return not self.breaks


def verify(*, most_breaks: int = 20) -> Verdict:
    """Walk the whole chain; memory stays small however long it is."""
    breaks: list[Break] = []
    number, previous = 0, START
    for entry in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        if entry.number != number + 1:
            breaks.append(Break(number + 1, "missing"))
        elif entry.previous != previous:
            breaks.append(Break(entry.number, "unlinked"))
        if digest(entry) != entry.digest:
            breaks.append(Break(entry.number, "changed"))
        number, previous = entry.number, entry.digest
        if len(breaks) >= most_breaks:
            break
    else:
        breaks.extend(_check_head(number, previous))
    return Verdict(number, previous, tuple(breaks))


def _check_head(number: int, last: str) -> Iterator[Break]:
    """Entries cut off the end leave a head that knows better."""
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        if number:
            yield Break(number, "head_differs")
    elif (head.number, head.digest) != (number, last):
        yield Break(max(head.number, number), "head_differs")
