"""Where a jobseeker works and worked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sunward.casework.models import Case
from sunward.core.furniture import Text
from sunward.employment.access.recommendations import placement_not_there
from sunward.employment.enums import PlacementBasis, PlacementEnd, PlacementKind
from sunward.employment.models import Placement


@dataclass(frozen=True, slots=True)
class PlacementRow:
    uid: UUID
    version: int
    title: str
    employer: str
    kind: Text
    basis: Text
    started_on: date
    checked_on: date | None
    ended_on: date | None
    end_reason: Text
    is_recommended: bool


def say_work(case: Case, placement_id: UUID) -> str:
    """Which work a form is about, so that it is not the wrong one."""
    row = Placement.objects.filter(case=case, uid=placement_id, withdrawn_at=None).first()
    if row is None:
        raise placement_not_there()
    return " · ".join(filter(None, (row.title, row.employer_name))) or str(PlacementKind(row.kind).label)


def list_placements(case: Case) -> tuple[PlacementRow, ...]:
    """The latest first; what was written down in error is not among them. One query."""
    return tuple(
        PlacementRow(
            uid=row.uid, version=row.version, title=row.title, employer=row.employer_name,
            kind=PlacementKind(row.kind).label, basis=PlacementBasis(row.basis).label, started_on=row.started_on,
            checked_on=row.checked_on, ended_on=row.ended_on,
            end_reason=PlacementEnd(row.end_reason).label if row.end_reason else "",
            is_recommended=row.recommendation_id is not None,
        )
        for row in Placement.objects.filter(case=case, withdrawn_at=None).order_by("-started_on", "-pk")
    )  # fmt: skip
