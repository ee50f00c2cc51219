"""Pairs that people have rejected of late, so that no later run proposes them again."""

from datetime import date, timedelta

from sunward.matching.enums import ProposalState
from sunward.matching.models import Proposal

DECLINED_FOR = timedelta(days=365)


def list_declined(programme: str, *, on: date) -> tuple[tuple[int, int], ...]:
    """(left, right) of every rejection that still counts; one that was taken back does not. One query."""
    found = Proposal.objects.filter(
        run__version__policy__programme=programme,
        state=ProposalState.REJECTED,
        decided_at__date__gt=on - DECLINED_FOR,
    )
    return tuple(found.order_by("left_id", "right_id").values_list("left_id", "right_id").distinct())
