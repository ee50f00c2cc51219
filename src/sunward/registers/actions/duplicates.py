"""After an import: who of its persons may be somebody we know already under another number or spelling."""

from sunward.people.duplicates import find_duplicates
from sunward.registers.conducting import Conductor
from sunward.registers.enums import RowState
from sunward.registers.models import StagedRow

CHUNK = 500


def look_for_duplicates(*, batch_id: int, conductor: Conductor) -> int:
    """Compare everybody whom the batch made known with everybody; writes pairs for a person to decide. How many."""
    rows = StagedRow.objects.filter(batch=batch_id, state=RowState.COMMITTED).order_by("pk")
    total, done, found, last = rows.count(), 0, 0, 0
    while True:
        conductor.report(done=done, total=total)
        with conductor.step():
            chunk = list(rows.filter(pk__gt=last).values_list("pk", "registered")[:CHUNK])
            found += find_duplicates([person for _pk, persons in chunk for person in persons])
        if not chunk:
            return found
        done, last = done + len(chunk), chunk[-1][0]
