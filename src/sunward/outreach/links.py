"""What goes to a person through a channel: a reference and a signed link that ends. The words stay here.

The token is the message's uid and its end, signed: nothing is stored for it, and it says nothing to who finds it.
"""

import base64
import binascii
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from sunward.outreach.models import Message

# Where the page is; `urls.py` puts it there.
LINK_PATH = "m"
_SALT = "sunward.outreach.link"


def link_of(message: Message) -> str:
    """The whole address; empty where nobody has said how phones reach this house, or the message has no end."""
    if not settings.SUNWARD_PUBLIC_URL or message.expires_at is None:
        return ""
    return f"{settings.SUNWARD_PUBLIC_URL}/{LINK_PATH}/{token_of(message)}/"


def token_of(message: Message) -> str:
    if message.expires_at is None:
        raise ValueError("a link has an end")
    ends = int(message.expires_at.timestamp()).to_bytes(5, "big")
    said = base64.urlsafe_b64encode(message.uid.bytes + ends).decode("ascii").rstrip("=")
    return Signer(salt=_SALT, sep=".").sign(said)


def read_token(token: str, *, now: datetime) -> UUID | None:
    """The message's uid, or None for whatever is not ours, was changed, or has ended."""
    try:
        said = Signer(salt=_SALT, sep=".").unsign(token)
        data = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))
    except (BadSignature, binascii.Error, ValueError):
        return None
    if len(data) != 21 or datetime.fromtimestamp(int.from_bytes(data[16:], "big"), tz=UTC) <= now:
        return None
    return UUID(bytes=data[:16])
