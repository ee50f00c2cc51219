"""Which outlet serves which kind of channel, and a channel's keys opened for one call."""

from collections.abc import Mapping

from sunward.outreach.channels.dingtalk import DingTalk
from sunward.outreach.channels.feishu import Feishu
from sunward.outreach.channels.in_app import InApp
from sunward.outreach.channels.mail import Mail
from sunward.outreach.channels.outlet import Limit, Outlet, Way
from sunward.outreach.channels.sms import TextMessages
from sunward.outreach.channels.wecom import WeCom
from sunward.outreach.enums import ChannelKind
from sunward.outreach.models import Channel

OUTLETS: Mapping[str, Outlet] = {
    ChannelKind.WECOM: WeCom(),
    ChannelKind.DINGTALK: DingTalk(),
    ChannelKind.FEISHU: Feishu(),
    ChannelKind.SMS: TextMessages(),
    ChannelKind.EMAIL: Mail(),
    ChannelKind.IN_APP: InApp(),
}


def way_of(channel: Channel) -> Way:
    return Way(channel.address, channel.secret, channel.sender, channel.template)


def limits_of(channel: Channel) -> tuple[Limit, ...]:
    """The outlet's own limits and the unit's: where both speak of the same stretch, the lower one."""
    calls: dict[int, int] = {60: channel.per_minute}
    for limit in OUTLETS[channel.kind].limits:
        calls[limit.seconds] = min(limit.calls, calls.get(limit.seconds, limit.calls))
    return tuple(Limit(most, seconds) for seconds, most in calls.items())
