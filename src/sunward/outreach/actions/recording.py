"""What the ledger keeps of a push: which group, how many bytes, and the records it told of."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from sunward.ledger.actions import NewFact, record_fact
from sunward.outreach.models import Message
from sunward.outreach.splitting import size

# A push is counted by its first part; further parts are facts of their own.
PUSH, PUSH_PART = "outreach.push", "outreach.push_part"


def note_push(message: Message, *, now: datetime) -> None:
    """Write the fact of one part that a group has got; of a personal message nothing is written."""
    group = message.group
    if group is None:
        return
    record_fact(
        NewFact(
            kind=PUSH if message.part == 1 else PUSH_PART, subject_kind="group", subject_id=group.pk,
            actor_id=message.made_by_id, unit_id=group.unit_id, unit_path=message.unit_path,
            happened_on=timezone.localdate(message.sent_at or now), quantity=Decimal(1),
            attributes={
                "message": message.pk, "digest": message.digest_id, "part": message.part, "parts": message.parts,
                "bytes": size(message.body), "channel": str(message.channel_kind), "told": _sources(message),
            },
        ),
        now=now,
    )  # fmt: skip


def _sources(message: Message) -> list[list[str | int]]:
    """The records whose entry begins in this part, ``[section, kind, id]``."""
    digest = message.digest
    if digest is None:
        return []
    return [
        [section["code"], line["kind"], line["id"]]
        for section in digest.sections
        for line in section["lines"]
        if line["text"].splitlines()[0] in message.body
    ]
