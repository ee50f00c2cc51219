"""Proposals as a sheet for Excel."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from sunward.core.workbooks import Cell, Sheet
from sunward.matching.declaration import Declaration
from sunward.matching.queries.proposals import ProposalRow
from sunward.matching.queries.runs import RunHead


def proposals_sheet(rows: Sequence[ProposalRow], head: RunHead, declaration: Declaration, *, made: str) -> Sheet:
    """`made` says who made it and when."""
    title = gettext("Proposals %(unit)s %(day)s") % {"unit": head.unit_name, "day": f"{head.matched_on:%Y-%m-%d}"}
    left, right = str(declaration.left_name), str(declaration.right_name)
    note = gettext("Exported by %(made)s. Personal data of minors: keep it locked, delete it when it is not needed.")
    return Sheet(
        name=gettext("Proposals"),
        title=title,
        note=note % {"made": made},
        heads=(
            gettext("No."),
            left,
            gettext("File"),
            gettext("Unit"),
            gettext("Risk"),
            right,
            gettext("Number"),
            gettext("Unit"),
            gettext("Fit"),
            gettext("Distance"),
            gettext("State"),
            gettext("Reason"),
        ),
        rows=_cells(rows),
    )


def _cells(rows: Sequence[ProposalRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield (
            row.rank,
            row.left.name if row.left else None,
            row.left.reference if row.left else None,
            row.left.unit_name if row.left else None,
            str(row.tier_word),
            row.right.name if row.right else None,
            row.right.reference if row.right else None,
            row.right.unit_name if row.right else None,
            round(row.fit, 1),
            row.distance,
            str(row.state_word),
            row.reason,
        )
