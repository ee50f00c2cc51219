"""The steps of results as the chain reads them: one query for any number."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sunward.blueprint.enums import ResultStepKind
from sunward.blueprint.models import ResultStep
from sunward.blueprint.pipeline.chain import ResultRow

_COLUMNS = (
    "pk", "kind", "happened_on", "proof_kind", "proof", "enterprise", "reason", "text", "corrects", "is_withdrawal",
    "correction", "recorded_at", "recorded_by_id",
)  # fmt: skip


def read_rows(keys: Iterable[int]) -> Mapping[int, list[ResultRow]]:
    """By key of the result, everything that was ever written of it; nothing where nothing was."""
    found: dict[int, list[ResultRow]] = defaultdict(list)
    rows = ResultStep.objects.filter(result__in=list(keys)).order_by("pk").values_list("result", *_COLUMNS)
    for result, pk, kind, *rest in rows:
        found[result].append(ResultRow(pk, ResultStepKind(kind), *rest))
    return found
