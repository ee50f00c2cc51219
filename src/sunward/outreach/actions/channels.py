"""Setting up the ways out. A key is taken in, sealed, and never shown again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.outreach.access import channel_units, get_channel_for_change
from sunward.outreach.channels.outlets import OUTLETS
from sunward.outreach.enums import ChannelKind
from sunward.outreach.models import Channel

# Nothing is set up for what is read inside Sunward.
CONFIGURED_KINDS = tuple(kind for kind in ChannelKind if kind != ChannelKind.IN_APP)
_MOST_PER_MINUTE = 6000


@transaction.atomic
def add_channel(
    *,
    actor: Actor,
    unit_id: int,
    kind: ChannelKind,
    name: str,
    address: str,
    now: datetime,
    secret: str = "",
    sender: str = "",
    template: str = "",
    per_minute: int = 20,
) -> Channel:
    """Set up a channel for a unit and those below it. `address` is the webhook, token or server as it was pasted."""
    unit = channel_units(actor).filter(pk=unit_id).first()
    if unit is None:
        raise NotAllowed("outreach.unit_not_yours", _("You can do this only in your own unit and below it."))
    if kind not in CONFIGURED_KINDS:
        raise Refusal("outreach.kind_needs_no_channel", _("Messages inside Sunward need no channel."))
    channel = Channel(
        unit=unit, unit_path=unit.path, kind=kind, secret=secret.strip(), made_by_id=actor.user_id, made_at=now,
    )  # fmt: skip
    channel.address = _read_address(kind, address)
    _fill(channel, name=name, sender=sender, template=template, per_minute=per_minute)
    channel.save()
    _record(channel, "outreach.channel_added", actor=actor, now=now)
    return channel


@transaction.atomic
def change_channel(
    *,
    actor: Actor,
    channel_id: UUID,
    version: int,
    name: str,
    per_minute: int,
    now: datetime,
    sender: str = "",
    template: str = "",
) -> Channel:
    """Change everything but the key."""
    channel = _locked(actor, channel_id, version)
    _fill(channel, name=name, sender=sender, template=template, per_minute=per_minute)
    return _save(channel, "outreach.channel_changed", actor=actor, now=now)


@transaction.atomic
def replace_key(
    *, actor: Actor, channel_id: UUID, version: int, address: str, now: datetime, secret: str = ""
) -> Channel:
    """Put a new key, and the secret that belongs to it, in the place of the old ones."""
    channel = _locked(actor, channel_id, version)
    channel.address, channel.secret = _read_address(channel.kind, address), secret.strip()
    channel.paused_until, channel.last_error = None, ""
    return _save(channel, "outreach.channel_key_replaced", actor=actor, now=now)


@transaction.atomic
def set_channel_active(*, actor: Actor, channel_id: UUID, version: int, is_active: bool, now: datetime) -> Channel:
    """Switch a channel off, or on again. What waits for it goes on waiting."""
    channel = _locked(actor, channel_id, version)
    channel.is_active = is_active
    if is_active:
        channel.paused_until, channel.last_error = None, ""
    code = "outreach.channel_switched_on" if is_active else "outreach.channel_switched_off"
    return _save(channel, code, actor=actor, now=now)


def _locked(actor: Actor, channel_id: UUID, version: int) -> Channel:
    channel = get_channel_for_change(actor=actor, channel_id=channel_id)
    if channel.version != version:
        raise Conflict("outreach.channel_changed", _("Somebody else has just changed this channel. Look at it again."))
    return channel


def _read_address(kind: str, typed: str) -> str:
    address = OUTLETS[kind].read_address(typed)
    if not address:
        raise Refusal(
            "outreach.address_not_understood",
            _("This is no address of such a channel. Paste it as the chat program or gateway shows it."),
        )
    return address


def _fill(channel: Channel, *, name: str, sender: str, template: str, per_minute: int) -> None:
    if not name.strip():
        raise Refusal("outreach.name_missing", _("Give it a name."))
    if not 1 <= per_minute <= _MOST_PER_MINUTE:
        raise Refusal("outreach.rate_impossible", _("At least one message a minute has to be allowed."))
    if channel.kind == ChannelKind.EMAIL and "@" not in sender:
        raise Refusal("outreach.sender_missing", _("Say from which address the e-mail comes."))
    if channel.kind == ChannelKind.SMS and not template.strip():
        raise Refusal("outreach.template_missing", _("Say which template of the gateway is to be used."))
    channel.name, channel.per_minute = name.strip()[:60], per_minute
    channel.sender, channel.template = sender.strip()[:120], template.strip()[:60]


def _save(channel: Channel, code: str, *, actor: Actor, now: datetime) -> Channel:
    channel.version += 1
    channel.save()
    _record(channel, code, actor=actor, now=now)
    return channel


def _record(channel: Channel, code: str, *, actor: Actor, now: datetime) -> None:
    record_act(
        actor=actor, code=code, now=now, subject=Subject("channel", channel.pk), unit_path=channel.unit_path,
        kind=str(channel.kind),
    )  # fmt: skip
