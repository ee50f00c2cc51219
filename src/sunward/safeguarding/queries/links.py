"""The reporting links of the actor's units: for whom, until when, whether used. The token itself is nowhere."""

from dataclasses import dataclass
from datetime import date, datetime

from sunward.accounts.access import Actor
from sunward.safeguarding.access.worries import visible_links


@dataclass(frozen=True, slots=True)
class LinkRow:
    id: int
    label: str
    unit_name: str
    made_at: datetime
    expires_on: date
    last_used_at: datetime | None
    is_over: bool


def list_links(actor: Actor, *, on: date) -> tuple[LinkRow, ...]:
    """Those in use first, the newest on top; what is over stays for a while to be seen. One query."""
    found = visible_links(actor).select_related("unit").order_by("-pk")[:200]
    rows = [
        LinkRow(
            link.pk, link.label, link.unit.name, link.made_at, link.expires_on, link.last_used_at,
            link.revoked_at is not None or link.expires_on <= on,
        )
        for link in found
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.is_over))
