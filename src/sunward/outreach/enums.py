from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChannelKind(models.TextChoices):
    WECOM = "wecom", _("WeCom group robot")
    DINGTALK = "dingtalk", _("DingTalk group robot")
    FEISHU = "feishu", _("Feishu group robot")
    SMS = "sms", _("Text message")
    EMAIL = "email", _("E-mail")
    IN_APP = "in_app", _("In Sunward")


GROUP_KINDS = (ChannelKind.WECOM, ChannelKind.DINGTALK, ChannelKind.FEISHU)
PERSONAL_KINDS = (ChannelKind.SMS, ChannelKind.EMAIL, ChannelKind.IN_APP)


class MessageState(models.TextChoices):
    """`sending` is written before the channel is called. Who finds it there after a crash cannot know whether the
    message went out: it becomes `uncertain` and a person decides, unless the channel itself drops repeats."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    UNCERTAIN = "uncertain", _("Perhaps sent")
    DEAD = "dead", _("Not delivered")
    HELD = "held", _("Not sent on purpose")
    DROPPED = "dropped", _("Dropped by a person")


class HeldBecause(models.TextChoices):
    """Why a personal message was not sent, or not yet."""

    QUIET_HOURS = "quiet_hours", _("Quiet hours")
    OPTED_OUT = "opted_out", _("The person wishes no such messages")
    SUSPENDED = "suspended", _("Reminders are suspended for this person")
    CEILING = "ceiling", _("The person has had enough messages for now")
    NO_ADDRESS = "no_address", _("No number or address is known")
    NO_CHANNEL = "no_channel", _("The unit has no such channel")


class Format(models.TextChoices):
    TEXT = "text", _("Plain text")
    MARKDOWN = "markdown", "Markdown"


class DeliveryOutcome(models.TextChoices):
    """What one try came to. `unknown`: the line broke after the message was handed over."""

    SENT = "sent", pgettext_lazy("message", "Sent")
    LIMITED = "limited", _("The channel asked to wait")
    FAILED = "failed", _("Failed, to be tried again")
    REFUSED = "refused", _("Refused for good")
    UNKNOWN = "unknown", _("Perhaps sent")
    ARRIVED = "arrived", _("Arrived")
    NOT_ARRIVED = "not_arrived", _("Did not arrive")


class DigestState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("digest", "To be approved")
    APPROVED = "approved", pgettext_lazy("digest", "Approved")
    DISCARDED = "discarded", pgettext_lazy("digest", "Discarded")


class MessagePurpose(models.TextChoices):
    """What a personal message is about; somebody may opt out of each but the urgent."""

    GATHERING = "gathering", _("Gatherings: places, changes, reminders")
    VISIT = "visit", _("Visits and follow-ups")
    RECOMMENDATION = "recommendation", _("Recommendations of jobs and courses")
    DUTY = "duty", _("What waits for staff")
    URGENT = "urgent", _("Urgent")
