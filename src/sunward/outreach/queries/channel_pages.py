"""Channels as their pages show them: how each fares, never its key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Text, Tone
from sunward.outreach.access import outreach_units, visible_channels
from sunward.outreach.enums import GROUP_KINDS, ChannelKind, MessageState
from sunward.outreach.models import Channel, Group, Message
from sunward.outreach.queries.words import say_error, say_moment


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One channel; `health` is a word for how it fares, `health_note` why and until when."""

    uid: UUID
    version: int
    name: str
    kind: str
    unit_name: str
    is_active: bool
    has_key: bool
    health: Text
    tone: Tone
    health_note: str
    sent_today: int
    per_minute: int
    groups: int
    is_group_kind: bool

    @property
    def may_test(self) -> bool:
        """A test goes to the robot's group, so there has to be one."""
        return self.is_active and self.is_group_kind and self.groups > 0

    @property
    def untestable(self) -> Text:
        if not self.is_active:
            return _("Switch it on first.")
        if not self.is_group_kind:
            return _("Its first message to a person is its test; the message record shows what became of it.")
        return _("Choose this channel for a group first; the test goes to that group.")


def list_channels(actor: Actor, *, now: datetime) -> tuple[ChannelRow, ...]:
    """One query, whatever there is."""
    found = _with_counts(visible_channels(actor), now=now).order_by("-is_active", "unit_path", "name", "pk")
    return tuple(to_channel_row(channel, now=now) for channel in found)


def read_channel(actor: Actor, channel: Channel, *, now: datetime) -> ChannelRow:
    return to_channel_row(_with_counts(visible_channels(actor), now=now).get(pk=channel.pk), now=now)


def to_channel_row(channel: Channel, *, now: datetime) -> ChannelRow:
    health, tone, note = _judge(channel, now)
    return ChannelRow(
        uid=channel.uid,
        version=channel.version,
        name=channel.name,
        kind=str(ChannelKind(channel.kind).label),
        unit_name=channel.unit.short_name,
        is_active=channel.is_active,
        has_key=bool(channel.address),
        health=health,
        tone=tone,
        health_note=note,
        sent_today=channel.sent_today,  # type: ignore[attr-defined]
        per_minute=channel.per_minute,
        groups=channel.group_count,  # type: ignore[attr-defined]
        is_group_kind=channel.kind in GROUP_KINDS,
    )


def _judge(channel: Channel, now: datetime) -> tuple[Text, Tone, str]:
    error = say_error(channel.kind, channel.last_error)
    if not channel.is_active:
        return _("Switched off"), "off", error
    if not channel.address:
        return _("No key yet"), "warn", ""
    if channel.paused_until is not None and channel.paused_until > now:
        until = gettext("Goes on at %(time)s") % {"time": say_moment(channel.paused_until)}
        return _("Waits a little"), "warn", f"{until} · {error}" if error else until
    if error:
        return _("Trouble"), "urgent", error
    return _("Works"), "good", ""


def _with_counts(channels: QuerySet[Channel], *, now: datetime) -> QuerySet[Channel]:
    begins = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Message.objects.filter(
        channel=OuterRef("pk"), state=MessageState.SENT, sent_at__gte=begins, sent_at__lt=begins + timedelta(days=1)
    )
    groups = Group.objects.filter(channel=OuterRef("pk"), is_active=True)
    return channels.select_related("unit").annotate(sent_today=_count(sent), group_count=_count(groups))


def _count(rows: "QuerySet[Message] | QuerySet[Group]") -> Coalesce:
    counted = rows.order_by().values("channel").annotate(counted=Count("pk")).values("counted")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def unit_choices(actor: Actor) -> list[tuple[str, str]]:
    """Units for which a channel or a group may be written down. Committees have neither. One query."""
    units: Iterable[tuple[int, str]] = (
        outreach_units(actor).filter(kind__in=("district", "subdistrict", "service_point")).order_by("path")
        .values_list("pk", "name")
    )  # fmt: skip
    return [(str(pk), name) for pk, name in units]
