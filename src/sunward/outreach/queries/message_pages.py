"""The record of messages: where each stands and what can be done. What a personal message says is not in here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import User
from sunward.core.furniture import Fact, Moment, Text, Tone
from sunward.core.tables import Column
from sunward.core.workbooks import Cell
from sunward.outreach.access import visible_messages
from sunward.outreach.channels.outlets import OUTLETS
from sunward.outreach.enums import (
    GROUP_KINDS,
    ChannelKind,
    DeliveryOutcome,
    HeldBecause,
    MessagePurpose,
    MessageState,
)
from sunward.outreach.models import Delivery, Message, MessageQuerySet
from sunward.outreach.queries.bubbles import Bubble, to_bubble
from sunward.outreach.queries.dropped import may_undrop
from sunward.outreach.queries.words import OUTCOME_TONES, SENT_HEAD, STATE_TONES, say_error, say_moment

COLUMNS = (
    Column("number", _("Number"), ("pk",)),
    Column("to", _("To")),
    Column("channel", _("Channel"), ("channel_kind",)),
    Column("purpose", _("What for")),
    Column("state", _("State"), ("state",)),
    Column("made", _("Written"), ("made_at",)),
    Column("sent", SENT_HEAD, ("sent_at",)),
)
DEFAULT_ORDER = "-number"
WAITING_SHOWN = 5
WAITING = "waiting"
_NEEDS_A_PERSON = (MessageState.DEAD, MessageState.UNCERTAIN)
_RESENDABLE = (MessageState.DEAD, MessageState.UNCERTAIN, MessageState.HELD)
_DROPPABLE = (MessageState.QUEUED, MessageState.DEAD, MessageState.UNCERTAIN, MessageState.HELD)


@dataclass(frozen=True, slots=True)
class MessageQuestion:
    """What the list is asked for. `to`: group or person; `state` may be "waiting": those that need somebody."""

    state: str = ""
    kind: str = ""
    purpose: str = ""
    to: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One line. `to` is the group's name or, for a person, only that it is one: the file number stands beside it."""

    uid: UUID
    number: str
    to: Text
    reference: str
    channel: Text
    purpose: Text
    state: Text
    tone: Tone
    why: str
    what_to_do: Text
    is_uncertain: bool
    may_resend: bool
    may_drop: bool
    made_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message. `bubbles` only of a group's: what everybody in the group has read anyway."""

    row: MessageRow
    facts: tuple[Fact, ...]
    moments: tuple[Moment, ...]
    bubbles: tuple[Bubble, ...]
    robot: str
    may_undo: bool


def ask_messages(actor: Actor, asked: MessageQuestion) -> MessageQuerySet:
    found = visible_messages(actor).select_related("group", "channel")
    if asked.state == WAITING:
        found = found.waiting_for_a_person()
    elif asked.state:
        found = found.filter(state=asked.state)
    if asked.kind:
        found = found.filter(channel_kind=asked.kind)
    if asked.purpose:
        found = found.filter(purpose=asked.purpose)
    if asked.to:
        found = found.filter(group__isnull=asked.to != "group")
    if asked.day:
        begins = timezone.make_aware(datetime.combine(asked.day, time()))
        found = found.filter(made_at__gte=begins, made_at__lt=begins + timedelta(days=1))
    return found.defer("body", "sent_to")


def list_waiting(actor: Actor) -> MessageQuerySet:
    """Dead letters and uncertain ones, the oldest first: they hold up what comes behind them."""
    return ask_messages(actor, MessageQuestion(state=WAITING)).order_by("pk")


def to_row(message: Message) -> MessageRow:
    state = MessageState(message.state)
    return MessageRow(
        uid=message.uid,
        number=message.number,
        to=message.group.name if message.group else _("A person"),
        reference="" if message.group_id else message.reference,
        channel=ChannelKind(message.channel_kind).label,
        purpose=_purpose(message),
        state=state.label,
        tone=STATE_TONES[state],
        why=_why(message),
        what_to_do=_what_to_do(message),
        is_uncertain=state == MessageState.UNCERTAIN,
        may_resend=state in _RESENDABLE,
        may_drop=state in _DROPPABLE,
        made_at=message.made_at,
        sent_at=message.sent_at,
    )


def _purpose(message: Message) -> Text:
    if message.purpose in MessagePurpose.values:
        return MessagePurpose(message.purpose).label
    if message.digest_id:
        return gettext("Digest %(part)s/%(parts)s") % {"part": message.part, "parts": message.parts}
    return ""


def _why(message: Message) -> str:
    if message.state == MessageState.HELD and message.held_because in HeldBecause.values:
        return str(HeldBecause(message.held_because).label)
    if message.state == MessageState.QUEUED and message.not_before:
        return gettext("not before %(time)s") % {"time": say_moment(message.not_before)}
    if message.state in (MessageState.SENT, MessageState.DROPPED):
        return ""
    return say_error(message.channel_kind, message.last_error)


def _what_to_do(message: Message) -> Text:
    if message.state == MessageState.UNCERTAIN:
        if message.group_id:
            return _("Look in the group: is it there? Then say so; if not, send it once more.")
        return _("Ask the person by telephone whether it has come; if not, send it once more.")
    if message.state != MessageState.DEAD:
        return ""
    error = say_error(message.channel_kind, message.last_error)
    if message.channel_kind in GROUP_KINDS:
        return gettext("It did not go out: %(why)s. Set the channel right, then send it once more.") % {"why": error}
    return gettext("It did not go out: %(why)s. A telephone call may be quicker.") % {"why": error}


def read_message(message: Message) -> MessagePage:
    """Three queries at most: the tries, and who wrote it."""
    deliveries = list(message.deliveries.order_by("-happened_at", "-pk"))
    is_group = message.group_id is not None
    return MessagePage(
        row=to_row(message),
        facts=_facts(message),
        moments=tuple(_moment(delivery, message.channel_kind) for delivery in deliveries),
        bubbles=(to_bubble(message.body, message.part, message.parts, _most_bytes(message)),) if is_group else (),
        robot=message.channel.name if message.channel else "",
        may_undo=message.state == MessageState.DROPPED and may_undrop(message),
    )


def _most_bytes(message: Message) -> int:
    return OUTLETS[message.channel_kind].most_bytes(message.format)


def _moment(delivery: Delivery, kind: str) -> Moment:
    outcome = DeliveryOutcome(delivery.outcome)
    note = say_error(kind, delivery.code)
    tone = OUTCOME_TONES[outcome]
    return Moment(
        on=delivery.happened_at,
        title=gettext("Try %(number)s: %(outcome)s") % {"number": delivery.attempt_number, "outcome": outcome.label},
        who=timezone.localtime(delivery.happened_at).strftime("%H:%M:%S"),
        note=note,
        icon="check" if tone == "good" else "alert-triangle" if tone == "urgent" else "clock",
        tone=tone,
    )


def _facts(message: Message) -> tuple[Fact, ...]:
    made_by = User.objects.filter(pk=message.made_by_id).first() if message.made_by_id else None
    to = message.group.name if message.group else _("A person")
    href = reverse("outreach:group", args=[message.group.uid]) if message.group else ""
    facts = [
        Fact(_("To"), to, href=href),
        Fact(_("File or gathering"), "" if message.group_id else message.reference),
        Fact(
            _("Channel"), ChannelKind(message.channel_kind).label, note=message.channel.name if message.channel else ""
        ),
        Fact(_("What for"), _purpose(message), href=_digest_href(message)),
        Fact(_("Urgent because"), message.urgent_because),
        Fact(_("Why it was not sent"), _why(message) if message.state == MessageState.HELD else ""),
        Fact(_("Written"), say_moment(message.made_at), note=str(made_by or "")),
        Fact(SENT_HEAD, say_moment(message.sent_at) if message.sent_at else ""),
        Fact(_("Arrived"), say_moment(message.arrived_at) if message.arrived_at else ""),
        Fact(_("Read"), say_moment(message.read_at) if message.read_at else ""),
    ]
    return tuple(fact for fact in facts if fact.value)


def _digest_href(message: Message) -> str:
    return reverse("outreach:digest", args=[message.digest.uid]) if message.digest else ""


EXPORT_HEADS = (
    _("Number"), _("To"), _("File or gathering"), _("Channel"), _("What for"), _("State"), _("Why"),
    _("Written"), SENT_HEAD,
)  # fmt: skip


def export_cells(message: Message) -> tuple[Cell, ...]:
    row = to_row(message)
    return (
        row.number, row.to, row.reference, row.channel, row.purpose, row.state, row.why,
        row.made_at, row.sent_at,
    )  # fmt: skip


def export_rows(found: MessageQuerySet) -> Iterator[Message]:
    yield from found.order_by("-pk").iterator(chunk_size=1000)
