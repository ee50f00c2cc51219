"""The home of those who watch over the system: the state of the record of acts and looks."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sunward.audit.chain import START, digest
from sunward.audit.models import AuditEntry, AuditHead

CHECKED = 200


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """The end of the chain, checked entry by entry; the whole of it is checked by `sunward audit verify`."""

    entries: int
    last_at: datetime | None
    checked: int
    is_intact: bool


def read_chain_status() -> ChainStatus:
    """Two queries: the latest entries with their links, and the head they have to end in."""
    latest = list(AuditEntry.objects.order_by("-number")[:CHECKED])
    head = AuditHead.objects.filter(pk=1).first()
    if not latest:
        return ChainStatus(0, None, 0, head is None or head.number == 0)
    is_intact = head is not None and (head.number, head.digest) == (latest[0].number, latest[0].digest)
    for newer, older in pairwise(latest):
        is_intact &= newer.previous == older.digest and newer.number == older.number + 1
    is_intact &= all(digest(entry) == entry.digest for entry in latest)
    if latest[-1].number == 1:
        is_intact &= latest[-1].previous == START
    return ChainStatus(latest[0].number, latest[0].at, len(latest), is_intact)
