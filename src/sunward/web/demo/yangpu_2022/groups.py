"""A community group in each of the twelve sub-districts, and what each was told, week after week."""

from datetime import date, timedelta

from django.db import transaction

from sunward.outreach.actions import add_group
from sunward.outreach.actions.recording import note_push
from sunward.outreach.enums import ChannelKind, MessageState
from sunward.outreach.models import Group, Message
from sunward.web.demo.yangpu_2022.stage import Stage, at, days_between, streets

MADE_ON = date(2022, 1, 6)


def make_groups(stage: Stage) -> None:
    """No group has a channel: nothing can leave the house. The messages stand as after they were sent in 2022."""
    stage.tell("twelve community groups and what they were told")
    officer = stage.actor("officer", MADE_ON)
    groups = [
        add_group(actor=officer, unit_id=unit.pk, name=f"{unit.short_name}就业服务群", now=at(MADE_ON))
        for unit in streets()
    ]
    with transaction.atomic():
        for number, group in enumerate(groups):
            _push(stage, group, number)


def _push(stage: Stage, group: Group, number: int) -> None:
    """Once a fortnight, each group on a weekday of its own."""
    author = stage.actor("employment", MADE_ON).user_id
    for each, day in enumerate(days_between(date(2022, 1, 10) + timedelta(days=number % 5), date(2022, 10, 31))[::10]):
        moment = at(day, 10, number)
        message = Message.objects.create(
            key=f"yangpu-2022:{group.pk}:{day}", channel_kind=ChannelKind.WECOM, group=group,
            body=f"本周岗位（第{each + 1}期）：家门口新增岗位，详情见乐业空间公告栏。", unit_path=group.unit_path,
            state=MessageState.SENT, attempts=1, next_at=moment, sent_at=moment, made_at=moment, made_by_id=author,
        )  # fmt: skip
        note_push(message, now=moment)
