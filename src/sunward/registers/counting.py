"""How many rows of a batch stand where: one grouped query, kept on the batch."""

from django.db.models import Count, Q

from sunward.registers.enums import Outcome, RowState
from sunward.registers.models import ImportBatch, StagedRow


def count_rows(batch: ImportBatch) -> dict[str, int]:
    """By outcome; `rows` in all, `ready` to be taken over, and by state what became of them."""
    counts = {outcome.value: 0 for outcome in Outcome} | {state.value: 0 for state in RowState}
    counts |= {"rows": 0, "ready": 0}
    grouped = StagedRow.objects.filter(batch=batch).values_list("outcome", "state").annotate(Count("pk")).order_by()
    for outcome, state, number in grouped:
        counts["rows"] += number
        counts[state] += number
        if state != RowState.SKIPPED:
            counts[outcome] += number
        if state == RowState.STAGED and outcome in (Outcome.ACCEPTED, Outcome.WARNED):
            counts["ready"] += number
    return counts


def ready() -> Q:
    """Rows that a commit takes over."""
    return Q(state=RowState.STAGED, outcome__in=(Outcome.ACCEPTED, Outcome.WARNED))
