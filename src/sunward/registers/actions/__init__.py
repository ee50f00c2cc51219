"""One function per act on an import, named with the verb people use."""

from sunward.registers.actions.carrying_through import carry_through
from sunward.registers.actions.committing import commit_batch, request_commit
from sunward.registers.actions.correcting import correct_sheet, resume_batch
from sunward.registers.actions.rows import confirm_same, declare_another_person, repair_row, skip_row, take_row_back_in
from sunward.registers.actions.staging import stage_batch
from sunward.registers.actions.undoing import request_undo, undo_batch
from sunward.registers.actions.uploading import SameFile, Upload, kinds_in, start_batch

__all__ = [
    "SameFile",
    "Upload",
    "carry_through",
    "commit_batch",
    "confirm_same",
    "correct_sheet",
    "declare_another_person",
    "kinds_in",
    "repair_row",
    "request_commit",
    "request_undo",
    "resume_batch",
    "skip_row",
    "stage_batch",
    "start_batch",
    "take_row_back_in",
    "undo_batch",
]
