"""Codes in words: what a channel answered, how it fares, and what a person can do about a message.

The numbers are those of the channels' own tables (WeCom: path 90313; DingTalk and Feishu: custom robots).
"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.core.furniture import Text, Tone
from sunward.outreach.enums import ChannelKind, DeliveryOutcome, DigestState, MessageState

STATE_TONES: dict[str, Tone] = {
    MessageState.QUEUED: "calm", MessageState.SENDING: "info", MessageState.SENT: "good",
    MessageState.UNCERTAIN: "warn", MessageState.DEAD: "urgent", MessageState.HELD: "calm", MessageState.DROPPED: "off",
}  # fmt: skip
DIGEST_TONES: dict[str, Tone] = {
    DigestState.DRAFT: "info", DigestState.APPROVED: "good", DigestState.DISCARDED: "off",
}  # fmt: skip
OUTCOME_TONES: dict[str, Tone] = {
    DeliveryOutcome.SENT: "good", DeliveryOutcome.ARRIVED: "good", DeliveryOutcome.LIMITED: "info",
    DeliveryOutcome.FAILED: "warn", DeliveryOutcome.UNKNOWN: "warn", DeliveryOutcome.REFUSED: "urgent",
    DeliveryOutcome.NOT_ARRIVED: "urgent",
}  # fmt: skip

_TOO_FAST = {
    ChannelKind.WECOM: _("Sent too fast; WeCom asks to wait a little"),
    ChannelKind.DINGTALK: _("Sent too fast; DingTalk asks to wait ten minutes"),
    ChannelKind.FEISHU: _("Sent too fast; Feishu asks to wait a little"),
}
_BUSY = _("The chat program is busy; it is tried again by itself")
_KEY_WRONG = _("The robot is no longer in the group, or the key is wrong: paste its address anew")
_SIGN_WRONG = _("The signing secret is not the robot’s: paste it anew")
_ROBOT_OFF = _("The robot has been switched off in the group")
_TOO_LONG = _("The chat program finds the text too long")
_NOT_ALLOWED_WORDS = _("The robot’s security settings want a keyword or an address that we do not have")
_BY_CHANNEL: dict[str, dict[str, Text]] = {
    ChannelKind.WECOM: {
        "45009": _TOO_FAST[ChannelKind.WECOM], "45033": _TOO_FAST[ChannelKind.WECOM], "-1": _BUSY,
        "93000": _KEY_WRONG, "93008": _KEY_WRONG, "40001": _KEY_WRONG, "93004": _ROBOT_OFF, "45002": _TOO_LONG,
        "40058": _TOO_LONG,
    },
    ChannelKind.DINGTALK: {
        "130101": _TOO_FAST[ChannelKind.DINGTALK], "410100": _TOO_FAST[ChannelKind.DINGTALK],
        "90030": _TOO_FAST[ChannelKind.DINGTALK], "-1": _BUSY, "300001": _KEY_WRONG, "400013": _KEY_WRONG,
        "400101": _KEY_WRONG, "400102": _ROBOT_OFF, "310000": _NOT_ALLOWED_WORDS, "460101": _TOO_LONG,
    },
    ChannelKind.FEISHU: {
        "11232": _TOO_FAST[ChannelKind.FEISHU], "11233": _TOO_FAST[ChannelKind.FEISHU],
        "99991400": _TOO_FAST[ChannelKind.FEISHU], "19000": _BUSY, "-1": _BUSY, "19001": _KEY_WRONG,
        "19021": _SIGN_WRONG, "19022": _NOT_ALLOWED_WORDS, "19024": _NOT_ALLOWED_WORDS,
    },
}  # fmt: skip
_OURS: dict[str, Text] = {
    "no_connection": _("The line could not be reached; it is tried again by itself"),
    "no_answer": _("No answer came: nobody knows whether it went out"),
    "line_broke": _("The line broke in the middle: nobody knows whether it went out"),
    "no_sense": _("The answer made no sense: nobody knows whether it went out"),
    "no_code": _("The answer made no sense: nobody knows whether it went out"),
    "unusable_address": _("The stored address cannot be used: paste it anew"),
    "no_gateway": _("The house has no text message gateway yet: ask the administrator"),
    "not_arrived": _("The gateway says that it did not arrive"),
    "file_size": _("The file is too small or too large for WeCom"),
    "http_401": _("The key is not accepted: paste it anew"),
    "http_403": _("The key is not accepted: paste it anew"),
    "http_404": _("There is no such address any more: paste it anew"),
    "http_429": _("Sent too fast; the other side asks to wait"),
    "http_503": _("The other side is closed for now; it is tried again by itself"),
    "smtp_535": _("The mail server does not accept account and password"),
    "smtp_550": _("The mail server knows no such mailbox"),
}


def say_error(kind: str, code: str) -> str:
    """A code of a channel in words; the code itself stands behind, for whoever has to ask the operator."""
    if not code:
        return ""
    words = _BY_CHANNEL.get(kind, {}).get(code) or _OURS.get(code)
    if words:
        return gettext("%(words)s (%(code)s)") % {"words": words, "code": code} if code.isdigit() else str(words)
    return gettext("The other side refused, with the code %(code)s") % {"code": code}


def say_moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")


SENT_HEAD = _("Sent at")
