"""One function per act of outreach, named with the verb people use."""

from sunward.outreach.actions.channels import add_channel, change_channel, replace_key, set_channel_active
from sunward.outreach.actions.digests import approve_digest, compose_digest, discard_digest, edit_intro
from sunward.outreach.actions.groups import add_group, change_group, set_group_active
from sunward.outreach.actions.messages import (
    confirm_delivered,
    drop_message,
    mark_read,
    open_link,
    resend_message,
)
from sunward.outreach.actions.preferences import end_suspension, hear_of, set_preference, suspend_messages
from sunward.outreach.actions.taking_back import drop_unsent
from sunward.outreach.actions.writing import write_group, write_personal

__all__ = [
    "add_channel",
    "add_group",
    "approve_digest",
    "change_channel",
    "change_group",
    "compose_digest",
    "confirm_delivered",
    "discard_digest",
    "drop_message",
    "drop_unsent",
    "edit_intro",
    "end_suspension",
    "hear_of",
    "mark_read",
    "open_link",
    "replace_key",
    "resend_message",
    "set_channel_active",
    "set_group_active",
    "set_preference",
    "suspend_messages",
    "write_group",
    "write_personal",
]
