"""Whether a message that somebody dropped can come back."""

from sunward.outreach.enums import DigestState, MessageState
from sunward.outreach.models import Digest, Message


def may_undrop(message: Message) -> bool:
    """Not where the whole digest was taken back, nor where a later part has gone out since: the order would be lost."""
    if message.digest_id and Digest.objects.filter(pk=message.digest_id, state=DigestState.DISCARDED).exists():
        return False
    later = Message.objects.filter(letter=message.letter, part__gt=message.part)
    return not later.exclude(state__in=(MessageState.QUEUED, MessageState.DROPPED)).exists()
