"""By which way one person is told, or why not: preference, opt-out, suspension, quiet hours, ceiling, channels.

Asked twice: when the message is written, and again when it is about to go out, since a person may have said something
in between.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from sunward.accounts.scopes import above
from sunward.outreach.enums import ChannelKind, HeldBecause, MessagePurpose, MessageState
from sunward.outreach.models import Channel, Message, Preference, Suspension
from sunward.outreach.rules import CEILING, CEILING_WINDOW, QUIET_FROM, QUIET_UNTIL
from sunward.people.models import Person

# What has gone out or is about to: counted against a person's ceiling.
_COUNTED = (MessageState.QUEUED, MessageState.SENDING, MessageState.SENT, MessageState.UNCERTAIN)
# In Sunward nothing rings: it is read when somebody looks.
_SILENT = (ChannelKind.IN_APP,)


@dataclass(frozen=True, slots=True)
class Choice:
    """A channel of a kind, or the reason why not. `not_before` comes with quiet hours: later it may go."""

    kind: ChannelKind
    channel: Channel | None = None
    held_because: HeldBecause | None = None
    not_before: datetime | None = None

    @property
    def is_held(self) -> bool:
        return self.held_because is not None and self.not_before is None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a message is for, with what they wish."""

    person: Person | None
    preference: Preference | None
    user_id: int | None

    def address(self, kind: str) -> str:
        if kind == ChannelKind.SMS:
            return self.person.phone if self.person else ""
        if kind == ChannelKind.EMAIL:
            return self.preference.email if self.preference else ""
        return "in_app" if self.user_id else ""


def read_addressee(person_id: int | None, user_id: int | None) -> Addressee:
    """A merged person is told as the one that stayed."""
    person = Person.objects.filter(pk=person_id).first() if person_id else None
    while person is not None and person.merged_into_id:
        person = Person.objects.get(pk=person.merged_into_id)
    return Addressee(person, read_preference(person) if person else None, user_id)


def read_preference(person: Person) -> Preference | None:
    """The person's wishes; not saved again from here, since those of a merged row may be among them. Its version then
    counts the edits of both, so that a merge is an edit too."""
    rows = list(Preference.objects.filter(person=person))
    if not rows:
        return None
    rows[0].version = sum(row.version for row in rows)
    rows[0].opted_out_of = sorted({purpose for row in rows for purpose in row.opted_out_of})
    return rows[0]


def choose(
    addressee: Addressee, *, purpose: str, unit_path: str, is_urgent: bool, now: datetime, message_id: int | None = None
) -> Choice:
    """The way for this message now. What is urgent passes every wish, but needs a way and an address like any other."""
    found = _choose_channel(addressee, unit_path)
    if is_urgent or found.held_because is not None:
        return found
    wish = _wish_against(addressee, purpose, now)
    if wish is not None:
        return Choice(found.kind, found.channel, wish)
    if found.kind in _SILENT:
        return found
    if _is_at_ceiling(addressee, now, message_id):
        return Choice(found.kind, found.channel, HeldBecause.CEILING)
    allowed = next_allowed(addressee.preference, now)
    if allowed > now:
        return Choice(found.kind, found.channel, HeldBecause.QUIET_HOURS, allowed)
    return found


def _choose_channel(addressee: Addressee, unit_path: str) -> Choice:
    """The preferred kind if it can be had, else a text message, an e-mail, and for users the inbox."""
    preferred = addressee.preference.channel_kind if addressee.preference else ""
    kinds = dict.fromkeys([preferred, ChannelKind.SMS, ChannelKind.EMAIL, ChannelKind.IN_APP])
    usable = [ChannelKind(kind) for kind in kinds if kind and addressee.address(kind)]
    # Without an address of ours there is no link, and without a link nothing that could be read.
    nearest = nearest_channels(unit_path, kinds=usable) if settings.SUNWARD_PUBLIC_URL else {}
    for kind in usable:
        if kind in _SILENT:
            return Choice(kind)
        if kind in nearest:
            return Choice(kind, nearest[kind])
    missing = HeldBecause.NO_CHANNEL if usable else HeldBecause.NO_ADDRESS
    return Choice(usable[0] if usable else ChannelKind(preferred or ChannelKind.SMS), held_because=missing)


def nearest_channels(unit_path: str, *, kinds: Collection[str]) -> dict[str, Channel]:
    """For each kind the active channel of the unit itself or of the nearest above it."""
    found = Channel.objects.filter(unit_path__in=above((unit_path,)), kind__in=kinds, is_active=True)
    return {channel.kind: channel for channel in found.order_by("unit_path", "-pk")}


def _wish_against(addressee: Addressee, purpose: str, now: datetime) -> HeldBecause | None:
    if addressee.preference is not None and purpose in addressee.preference.opted_out_of:
        return HeldBecause.OPTED_OUT
    if addressee.person is None or purpose == MessagePurpose.DUTY:
        return None
    suspended = Suspension.objects.current(on=timezone.localdate(now)).filter(person=addressee.person)
    return HeldBecause.SUSPENDED if suspended.exists() else None


def _is_at_ceiling(addressee: Addressee, now: datetime, message_id: int | None) -> bool:
    """Counts what was meant for this person in the last seven days, urgent messages too; not the message itself."""
    if addressee.person is None:
        return False
    ceiling = addressee.preference.ceiling_per_week if addressee.preference else None
    recent = Message.objects.filter(person=addressee.person, state__in=_COUNTED).exclude(channel_kind__in=_SILENT)
    recent = recent.filter(Q(sent_at__gt=now - CEILING_WINDOW) | Q(sent_at=None))
    if message_id is not None:
        recent = recent.filter(pk__lt=message_id)
    return recent.count() >= (CEILING if ceiling is None else ceiling)


def next_allowed(preference: Preference | None, now: datetime) -> datetime:
    """`now`, or the end of the quiet hours it falls into; read on the district's own clock."""
    begins = preference.quiet_from if preference and preference.quiet_from else QUIET_FROM
    ends = preference.quiet_until if preference and preference.quiet_until else QUIET_UNTIL
    local = timezone.localtime(now)
    if not _is_quiet(local.time(), begins, ends):
        return now
    day = local.date() if local.time() < ends else local.date() + timedelta(days=1)
    return datetime.combine(day, ends, tzinfo=local.tzinfo)


def _is_quiet(at: time, begins: time, ends: time) -> bool:
    """From `begins` on and before `ends`; over midnight where it ends earlier than it begins. Equal: never."""
    if begins <= ends:
        return begins <= at < ends
    return at >= begins or at < ends
