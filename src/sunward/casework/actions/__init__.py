"""One function per act on a file, named with the verb people use. `write_…` expects that the gate was passed."""

from sunward.casework.actions.cases import close_case, open_case, reopen_case
from sunward.casework.actions.follow_ups import (
    add_follow_up,
    complete_follow_up,
    drop_follow_up,
    reopen_follow_up,
)
from sunward.casework.actions.needs import set_needs
from sunward.casework.actions.risks import assess_by_table, assess_risk, confirm_lowering, decline_lowering
from sunward.casework.actions.services import record_service, withdraw_service, write_service

__all__ = [
    "add_follow_up",
    "assess_by_table",
    "assess_risk",
    "close_case",
    "complete_follow_up",
    "confirm_lowering",
    "decline_lowering",
    "drop_follow_up",
    "open_case",
    "record_service",
    "reopen_case",
    "reopen_follow_up",
    "set_needs",
    "withdraw_service",
    "write_service",
]
