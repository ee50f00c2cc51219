"""Taking back what somebody has just decided, as long as nobody outside has seen it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict
from sunward.outreach.access import get_digest_for_change, get_message_for_change, message_subject
from sunward.outreach.enums import DeliveryOutcome, DigestState, MessageState
from sunward.outreach.models import Digest, Message
from sunward.outreach.queries.dropped import may_undrop


@transaction.atomic
def take_back_digest(*, actor: Actor, digest_id: UUID, now: datetime) -> Digest:
    """Stop an approved digest of which not a single part has been tried. It is discarded; a new one can be composed."""
    digest = get_digest_for_change(actor=actor, digest_id=digest_id)
    messages = list(Message.objects.select_for_update().filter(digest=digest).order_by("pk"))
    is_untouched = all(one.state == MessageState.QUEUED and not one.attempts for one in messages)
    if digest.state != DigestState.APPROVED or not messages or not is_untouched:
        raise Conflict("outreach.already_going_out", _("It is going out already, and a chat takes nothing back."))
    Message.objects.filter(pk__in=[one.pk for one in messages]).update(state=MessageState.DROPPED)
    digest.state, digest.discarded_at, digest.version = DigestState.DISCARDED, now, digest.version + 1
    digest.save(update_fields=["state", "discarded_at", "version"])
    record_act(
        actor=actor, code="outreach.digest_taken_back", now=now, subject=Subject("digest", digest.pk),
        unit_path=digest.unit_path,
    )  # fmt: skip
    return digest


@transaction.atomic
def undrop_message(*, actor: Actor, message_id: UUID, now: datetime) -> Message:
    """Put a dropped message back to where it waits for a person's decision: nothing goes out by this."""
    message = get_message_for_change(actor=actor, message_id=message_id)
    if message.state != MessageState.DROPPED or not may_undrop(message):
        raise Conflict("outreach.message_settled", _("This message does not wait for anybody's decision any more."))
    message.state = _state_before(message)
    message.save(update_fields=["state"])
    record_act(
        actor=actor, code="outreach.message_undropped", now=now, subject=message_subject(message),
        unit_path=message.unit_path,
    )  # fmt: skip
    return message


def drop_unsent(*, key: str) -> bool:
    """Within the caller's act, which takes back what the message says: is it so that nobody has heard of it?

    What waits, or is held, goes out no more. True also where no such message was ever written.
    """
    message = Message.objects.select_for_update(of=("self",)).filter(key=key).first()
    if message is None or message.state == MessageState.DROPPED:
        return True
    if message.state not in (MessageState.QUEUED, MessageState.HELD) or message.attempts:
        return False
    message.state = MessageState.DROPPED
    message.save(update_fields=["state"])
    return True


def _state_before(message: Message) -> MessageState:
    if message.held_because and not message.attempts:
        return MessageState.HELD
    last = message.deliveries.order_by("-attempt_number", "-pk").first()
    if last is not None and last.outcome == DeliveryOutcome.UNKNOWN:
        return MessageState.UNCERTAIN
    # What had only been waiting is shown as not delivered: somebody decides whether it goes out after all.
    return MessageState.DEAD
