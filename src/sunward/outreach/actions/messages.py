"""What a person decides about a message that did not go out by itself, and what the one who gets it does with it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict, NotThere, Refusal
from sunward.outreach.access import get_message_for_change, message_subject, own_messages
from sunward.outreach.actions.recording import note_push
from sunward.outreach.actions.writing import ask_to_send, hand_on
from sunward.outreach.choosing import choose, read_addressee
from sunward.outreach.enums import ChannelKind, MessageState
from sunward.outreach.links import read_token
from sunward.outreach.models import Message
from sunward.outreach.rules import LINK_DAYS, WRONG_TRIES

_RESENDABLE = (MessageState.DEAD, MessageState.UNCERTAIN, MessageState.HELD)
_DROPPABLE = (*_RESENDABLE, MessageState.QUEUED)


@dataclass(frozen=True, slots=True)
class OpenedMessage:
    """What the page behind a link shows."""

    reference: str
    number: str
    body: str
    about: str
    about_id: int | None
    made_at: datetime
    ends_at: datetime
    path: str = ""


@transaction.atomic
def resend_message(*, actor: Actor, message_id: UUID, now: datetime) -> Message:
    """Send again what was not delivered, or what is certainly not there. What the person wishes holds as before."""
    message = get_message_for_change(actor=actor, message_id=message_id)
    if message.state not in _RESENDABLE:
        raise _settled()
    before = str(message.state)
    if message.group_id is None:
        _choose_again(message, now)
    message.state, message.next_at = MessageState.QUEUED, message.not_before or now
    message.failures, message.claimed_by, message.last_error = 0, "", ""
    if message.group_id is None and (message.expires_at is None or message.expires_at <= now):
        message.expires_at = now + timedelta(days=LINK_DAYS)
    message.save()
    _record(message, "outreach.message_resent", actor=actor, now=now, before=before)
    if message.channel_kind == ChannelKind.IN_APP:
        hand_on(message, now=now)
    elif message.next_at <= now:
        ask_to_send()
    return message


@transaction.atomic
def drop_message(*, actor: Actor, message_id: UUID, now: datetime) -> Message:
    """Let a message be. In a text of several parts the next one goes on."""
    message = get_message_for_change(actor=actor, message_id=message_id)
    if message.state not in _DROPPABLE:
        raise _settled()
    before, message.state = str(message.state), MessageState.DROPPED
    message.save(update_fields=["state"])
    _record(message, "outreach.message_dropped", actor=actor, now=now, before=before)
    ask_to_send()
    return message


@transaction.atomic
def confirm_delivered(*, actor: Actor, message_id: UUID, now: datetime) -> Message:
    """Somebody has looked, and the message of which nobody knew is there."""
    message = get_message_for_change(actor=actor, message_id=message_id)
    if message.state != MessageState.UNCERTAIN:
        raise _settled()
    message.state, message.sent_at = MessageState.SENT, message.claimed_at or now
    message.save(update_fields=["state", "sent_at"])
    note_push(message, now=now)
    _record(message, "outreach.message_confirmed", actor=actor, now=now)
    ask_to_send()
    return message


@transaction.atomic
def mark_read(*, actor: Actor, message_id: UUID, now: datetime) -> Message:
    """The reader has opened an own message; the first time counts."""
    message = own_messages(actor).select_for_update(of=("self",)).filter(uid=message_id).first()
    if message is None:
        raise NotThere("outreach.message_not_there", _("There is no such message, or it is not yours to see."))
    if message.read_at is None:
        message.read_at = now
        message.save(update_fields=["read_at"])
    return message


def open_link(*, token: str, last4: str, now: datetime) -> OpenedMessage:
    """Show a personal message to whoever knows the last four digits of the number it was sent to.

    Not to be called within a transaction: a wrong try is kept although the answer is a refusal. After five of them the
    link is closed; a link that is closed, ended, changed or never was gets one and the same answer.
    """
    with transaction.atomic(durable=True):
        message = _linked(token, now)
        if message is None:
            raise link_not_there()
        is_right = last4.strip() == _last_digits(message)
        if is_right:
            message.read_at = message.read_at or now
        else:
            message.wrong_tries += 1
        message.save(update_fields=["read_at", "wrong_tries"])
    if not is_right:
        raise Refusal(
            "outreach.digits_wrong",
            _("These are not the last four digits of the number this message was sent to. Please look again."),
        )
    assert message.expires_at is not None
    return OpenedMessage(
        message.reference, message.number, message.body, message.about, message.about_id, message.made_at,
        message.expires_at, message.path,
    )  # fmt: skip


def _linked(token: str, now: datetime) -> Message | None:
    uid = read_token(token, now=now)
    if uid is None:
        return None
    open_ones = Message.objects.filter(uid=uid, group=None, expires_at__gt=now, wrong_tries__lt=WRONG_TRIES)
    open_ones = open_ones.exclude(state=MessageState.DROPPED).select_related("person")
    message = open_ones.select_for_update(of=("self",)).first()
    return message if message is not None and _last_digits(message) else None


def _last_digits(message: Message) -> str:
    """Of the number it was sent to; an e-mail is opened with the digits of the person's telephone."""
    number = message.sent_to if message.channel_kind == ChannelKind.SMS else ""
    if not number and message.person is not None:
        number = message.person.phone
    return number[-4:] if len(number) >= 8 else ""


def link_not_there() -> NotThere:
    return NotThere("outreach.link_not_there", _("This link is not open any more. Please call the office that wrote."))


def _choose_again(message: Message, now: datetime) -> None:
    found = choose(
        read_addressee(message.person_id, message.user_id), purpose=message.purpose, unit_path=message.unit_path,
        is_urgent=bool(message.urgent_because), now=now, message_id=message.pk,
    )  # fmt: skip
    if found.is_held:
        assert found.held_because is not None
        raise Refusal(f"outreach.held_{found.held_because}", found.held_because.label)
    message.channel, message.channel_kind = found.channel, found.kind
    message.held_because, message.not_before = found.held_because or "", found.not_before


def _settled() -> Conflict:
    return Conflict("outreach.message_settled", _("This message does not wait for anybody's decision any more."))


def _record(message: Message, code: str, *, actor: Actor, now: datetime, **detail: str) -> None:
    record_act(actor=actor, code=code, now=now, subject=message_subject(message), unit_path=message.unit_path, **detail)
