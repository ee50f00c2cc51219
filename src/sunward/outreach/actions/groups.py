"""Community groups: where their messages go out, and what they are told about."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.scopes import above
from sunward.audit.chain import Subject
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.outreach.access import get_group_for_change, outreach_units
from sunward.outreach.digests import digest_sections
from sunward.outreach.enums import GROUP_KINDS
from sunward.outreach.models import Channel, Group


@transaction.atomic
def add_group(
    *, actor: Actor, unit_id: int, name: str, now: datetime, channel_id: UUID | None = None, topics: Sequence[str] = ()
) -> Group:
    unit = outreach_units(actor).filter(pk=unit_id).first()
    if unit is None:
        raise NotAllowed("outreach.unit_not_yours", _("You can do this only in your own unit and below it."))
    group = Group(unit=unit, unit_path=unit.path, made_at=now)
    _fill(group, name=name, channel_id=channel_id, topics=topics)
    group.save()
    _record(group, "outreach.group_added", actor=actor, now=now)
    return group


@transaction.atomic
def change_group(
    *,
    actor: Actor,
    group_id: UUID,
    version: int,
    name: str,
    now: datetime,
    channel_id: UUID | None = None,
    topics: Sequence[str] = (),
) -> Group:
    group = _locked(actor, group_id, version)
    _fill(group, name=name, channel_id=channel_id, topics=topics)
    return _save(group, "outreach.group_changed", actor=actor, now=now)


@transaction.atomic
def set_group_active(*, actor: Actor, group_id: UUID, version: int, is_active: bool, now: datetime) -> Group:
    group = _locked(actor, group_id, version)
    if is_active and group.channel:
        _robot(group, group.channel.uid)
    group.is_active = is_active
    code = "outreach.group_switched_on" if is_active else "outreach.group_switched_off"
    return _save(group, code, actor=actor, now=now)


def _locked(actor: Actor, group_id: UUID, version: int) -> Group:
    group = get_group_for_change(actor=actor, group_id=group_id)
    if group.version != version:
        raise Conflict("outreach.group_changed", _("Somebody else has just changed this group. Look at it again."))
    return group


def _fill(group: Group, *, name: str, channel_id: UUID | None, topics: Sequence[str]) -> None:
    if not name.strip():
        raise Refusal("outreach.name_missing", _("Give it a name."))
    known = digest_sections()
    group.name = name.strip()[:60]
    group.topics = [code for code in dict.fromkeys(topics) if code in known]
    group.channel = _robot(group, channel_id) if channel_id else None


def _robot(group: Group, channel_id: UUID) -> Channel:
    """A robot of the group's own unit or of one above it; a channel of another district is not there."""
    found = Channel.objects.filter(uid=channel_id, kind__in=GROUP_KINDS, unit_path__in=above((group.unit_path,)))
    channel = found.first()
    if channel is None:
        raise Refusal("outreach.robot_not_there", _("Choose a group robot of this unit or of one above it."))
    if Group.objects.filter(channel=channel, is_active=True).exclude(pk=group.pk).exists():
        raise Refusal("outreach.robot_taken", _("This robot writes to another group already."))
    return channel


def _save(group: Group, code: str, *, actor: Actor, now: datetime) -> Group:
    group.version += 1
    group.save()
    _record(group, code, actor=actor, now=now)
    return group


def _record(group: Group, code: str, *, actor: Actor, now: datetime) -> None:
    record_act(actor=actor, code=code, now=now, subject=Subject("group", group.pk), unit_path=group.unit_path)
