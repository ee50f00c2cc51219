"""A test message: the whole way out, once, so that somebody sees it arrive."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.audit.chain import Subject
from sunward.core.refusals import Refusal
from sunward.outreach.access import get_channel_for_change
from sunward.outreach.actions.writing import write_group
from sunward.outreach.models import Message

# A group reads Chinese, whatever language the officer's pages are in.
_WORDS = "这是向阳的一条测试消息，收到就说明通了，不用回复。（{time}）"


@transaction.atomic
def try_channel(*, actor: Actor, channel_id: UUID, now: datetime) -> Message:
    """One test to the channel's first group. Pressed twice within a minute it is one message."""
    channel = get_channel_for_change(actor=actor, channel_id=channel_id)
    group = channel.groups.filter(is_active=True).select_related("channel").order_by("pk").first()
    if group is None or not channel.is_active:
        raise Refusal(
            "outreach.nothing_to_test", _("Choose this channel for a group first; the test goes to that group.")
        )
    at = timezone.localtime(now)
    message = write_group(
        key=f"test:{channel.pk}:{at:%Y%m%d%H%M}", group=group, body=_WORDS.format(time=f"{at:%H:%M}"), now=now,
        actor=actor,
    )[0]  # fmt: skip
    record_act(
        actor=actor, code="outreach.channel_tried", now=now, subject=Subject("channel", channel.pk),
        unit_path=channel.unit_path,
    )  # fmt: skip
    return message
