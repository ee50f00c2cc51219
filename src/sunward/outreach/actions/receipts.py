"""What became of a message that a gateway took: arrived, or not."""

from datetime import datetime

from django.db import transaction

from sunward.outreach.channels.outlet import Verdict
from sunward.outreach.channels.outlets import OUTLETS, way_of
from sunward.outreach.channels.sms import TextMessages
from sunward.outreach.enums import ChannelKind, DeliveryOutcome, MessageState
from sunward.outreach.models import Delivery, Message
from sunward.outreach.rules import RECEIPTS_FOR

_AT_ONCE = 200


def list_awaited(*, now: datetime) -> list[int]:
    """Text messages of the last days of which nothing is known yet."""
    sent = Message.objects.filter(channel_kind=ChannelKind.SMS, state=MessageState.SENT, arrived_at=None)
    sent = sent.filter(sent_at__gt=now - RECEIPTS_FOR).exclude(receipt="").exclude(channel=None)
    return list(sent.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])


def ask_for_receipt(*, message_id: int, now: datetime) -> None:
    """Ask outside any transaction, then write down what was said; what did not arrive waits for a person."""
    message = Message.objects.select_related("channel").get(pk=message_id)
    outlet = OUTLETS[ChannelKind.SMS]
    assert isinstance(outlet, TextMessages)
    assert message.channel is not None
    answer = outlet.ask(message.receipt, way_of(message.channel))
    if answer is None:
        return
    with transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).get(pk=message_id)
        if message.state != MessageState.SENT or message.arrived_at is not None:
            return
        has_arrived = answer.verdict == Verdict.SENT
        if has_arrived:
            message.arrived_at = now
        else:
            message.state, message.last_error = MessageState.DEAD, answer.code[:60]
        message.save(update_fields=["state", "arrived_at", "last_error"])
        Delivery.objects.create(
            message=message, channel=message.channel, attempt_number=message.attempts, happened_at=now,
            outcome=DeliveryOutcome.ARRIVED if has_arrived else DeliveryOutcome.NOT_ARRIVED, code=answer.code[:60],
            receipt=message.receipt,
        )  # fmt: skip
