"""A child's file to read: one's own, or through glass that was broken for it."""

from datetime import datetime
from uuid import UUID

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_look
from sunward.casework.access import case_subject
from sunward.casework.glass_access import find_open_glass
from sunward.casework.models import BrokenGlass, Case
from sunward.mentoring.access import PROGRAMME, get_child, visible_children


def get_child_to_read(*, actor: Actor, case_id: UUID, purpose: str, now: datetime) -> tuple[Case, BrokenGlass | None]:
    """Only for pages that read and change nothing: whatever writes, counts, lists or exports asks `get_child`."""
    if not visible_children(actor).filter(uid=case_id).exists():
        glass = find_open_glass(actor, case_id=case_id, now=now)
        if glass is not None and glass.case.programme == PROGRAMME:
            record_look(
                actor=actor, code="mentoring.child_opened_by_glass", now=now, subject=case_subject(glass.case),
                unit_path=glass.case.unit_path, purpose=purpose,
            )  # fmt: skip
            return glass.case, glass
    return get_child(actor=actor, case_id=case_id, purpose=purpose, now=now), None
