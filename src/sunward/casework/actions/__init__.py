"""One function per act on a file, named with the verb people use. `write_…` expects that the gate was passed."""

from sunward.casework.actions.cases import close_case, open_case, reopen_case
from sunward.casework.actions.follow_ups import (
    add_follow_up,
    complete_follow_up,
    drop_follow_up,
    reopen_follow_up,
)
from sunward.casework.actions.goals import add_goal, edit_goal, reopen_goal, settle_goal
from sunward.casework.actions.needs import set_needs
from sunward.casework.actions.plans import GoalDetails, close_plan, draw_up_plan, edit_plan, review_plan
from sunward.casework.actions.referrals import (
    answer_referral,
    send_referral,
    settle_referral,
    undo_referral_step,
    withdraw_referral,
)
from sunward.casework.actions.resources import (
    ResourceDetails,
    add_resource,
    edit_resource,
    end_resource,
    extend_resource,
)
from sunward.casework.actions.risks import assess_by_table, assess_risk, confirm_lowering, decline_lowering
from sunward.casework.actions.services import record_service, withdraw_service, write_service
from sunward.casework.actions.wishes import add_wish, drop_wish, grant_wish, release_wish, take_back_wish, write_wish

__all__ = [
    "GoalDetails",
    "ResourceDetails",
    "add_follow_up",
    "add_goal",
    "add_resource",
    "add_wish",
    "answer_referral",
    "assess_by_table",
    "assess_risk",
    "close_case",
    "close_plan",
    "complete_follow_up",
    "confirm_lowering",
    "decline_lowering",
    "draw_up_plan",
    "drop_follow_up",
    "drop_wish",
    "edit_goal",
    "edit_plan",
    "edit_resource",
    "end_resource",
    "extend_resource",
    "grant_wish",
    "open_case",
    "record_service",
    "release_wish",
    "reopen_case",
    "reopen_follow_up",
    "reopen_goal",
    "review_plan",
    "send_referral",
    "set_needs",
    "settle_goal",
    "settle_referral",
    "take_back_wish",
    "undo_referral_step",
    "withdraw_referral",
    "withdraw_service",
    "write_service",
    "write_wish",
]
