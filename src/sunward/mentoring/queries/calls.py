"""The calls for help that a mentor made for her children, for her home page. Another's call is not hers to see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sunward.accounts.access import Actor
from sunward.mentoring.access import own_matches
from sunward.safeguarding.access.emergencies import STANDING
from sunward.safeguarding.enums import EmergencyState
from sunward.safeguarding.queries.calls import called_by


@dataclass(frozen=True, slots=True)
class OwnCall:
    match_id: UUID
    child_name: str
    minutes: int
    answered_by: str
    is_ringing: bool


def list_own_calls(actor: Actor, *, now: datetime) -> tuple[OwnCall, ...]:
    """Running ones of her own, for the children of those matches that let her read. One query, two if there is one."""
    own = own_matches(actor)
    standing = called_by(user_id=actor.user_id).filter(state__in=STANDING, case__in=own.values("case_id"))
    standing = standing.select_related("case__person", "answered_by").order_by("pk")
    if not (running := list(standing)):
        return ()
    matches = dict(own.filter(case__in=[row.case_id for row in running]).values_list("case_id", "uid"))
    return tuple(
        OwnCall(
            match_id=matches[row.case_id], child_name=row.case.person.name,
            minutes=int((now - row.raised_at).total_seconds() // 60),
            answered_by=str(row.answered_by) if row.answered_by else "",
            is_ringing=row.state == EmergencyState.RINGING,
        )
        for row in running
    )  # fmt: skip
