"""What one user has been told inside Sunward: hers alone, whoever she is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sunward.accounts.access import Actor
from sunward.core.furniture import Text
from sunward.outreach.access import own_messages
from sunward.outreach.enums import MessagePurpose
from sunward.outreach.models import Message, MessageQuerySet

# A badge says no more than "many".
COUNTED_AT_MOST = 99


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One line. `title` is the first line of the message: the body is the reader's own."""

    uid: UUID
    title: str
    about: Text
    made_at: datetime
    is_read: bool
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class InboxLetter:
    row: InboxRow
    body: str
    number: str
    reference: str
    path: str


def list_own(actor: Actor) -> MessageQuerySet:
    return own_messages(actor).order_by("-made_at", "-pk")


def count_unread(actor: Actor) -> int:
    """One query; counts no further than a badge can say."""
    unread = own_messages(actor).filter(read_at=None).order_by()
    return unread.values("pk")[: COUNTED_AT_MOST + 1].count()


def to_inbox_row(message: Message) -> InboxRow:
    return InboxRow(
        uid=message.uid,
        title=next(iter(message.body.strip().splitlines()), "") or message.reference or message.number,
        about=MessagePurpose(message.purpose).label if message.purpose in MessagePurpose.values else "",
        made_at=message.made_at,
        is_read=message.read_at is not None,
        is_urgent=message.purpose == MessagePurpose.URGENT,
    )


def to_letter(message: Message) -> InboxLetter:
    return InboxLetter(to_inbox_row(message), message.body, message.number, message.reference, message.path)
