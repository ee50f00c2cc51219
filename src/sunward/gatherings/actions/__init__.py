"""One function per act, named with the verb people use. `write_…` expects that a programme's gate was passed."""

from sunward.gatherings.actions.attendance import check_in, mark_attendance, undo_check_in
from sunward.gatherings.actions.contact_sheets import make_contact_sheet
from sunward.gatherings.actions.copying import copy_gathering, repeat_gathering, save_as_template
from sunward.gatherings.actions.doors import check_in_at_door, close_door, open_door
from sunward.gatherings.actions.feedback import give_feedback, record_feedback
from sunward.gatherings.actions.feeds import make_feed, revoke_feed
from sunward.gatherings.actions.planning import (
    edit_gathering,
    name_steward,
    plan_gathering,
    remove_steward,
    set_sessions,
)
from sunward.gatherings.actions.public_sign_up import sign_up_in_public
from sunward.gatherings.actions.publishing import (
    cancel_gathering,
    discard_draft,
    finish_gathering,
    publish_gathering,
)
from sunward.gatherings.actions.signing_up import sign_up, withdraw_one, withdraw_party, write_sign_up
from sunward.gatherings.actions.stops import add_stop, bring_back_stop, change_stop, move_stop, remove_stop

__all__ = [
    "add_stop",
    "bring_back_stop",
    "cancel_gathering",
    "change_stop",
    "check_in",
    "check_in_at_door",
    "close_door",
    "copy_gathering",
    "discard_draft",
    "edit_gathering",
    "finish_gathering",
    "give_feedback",
    "make_contact_sheet",
    "make_feed",
    "mark_attendance",
    "move_stop",
    "name_steward",
    "open_door",
    "plan_gathering",
    "publish_gathering",
    "record_feedback",
    "remove_steward",
    "remove_stop",
    "repeat_gathering",
    "revoke_feed",
    "save_as_template",
    "set_sessions",
    "sign_up",
    "sign_up_in_public",
    "undo_check_in",
    "withdraw_one",
    "withdraw_party",
    "write_sign_up",
]
