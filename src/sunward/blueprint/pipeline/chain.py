"""Found, need matched, concept proved, pilot, first product, grows: which step may follow, and what each must say.

Pure: no database and no clock. Forwards a step may be passed over, in words; backwards leads only a row that takes the
last step back. A dead end is left by taking the result up again, at the step where it stood.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sunward.blueprint.enums import ProofKind, ResultStepKind

K, P = ResultStepKind, ProofKind
STAGES = (K.FOUND, K.NEED_MATCHED, K.CONCEPT_PROVED, K.PILOTED, K.FIRST_PRODUCT, K.GROWS)
# A concept is proved in a laboratory; the others are made together with somebody.
WITH_ENTERPRISE = frozenset({K.NEED_MATCHED, K.PILOTED, K.FIRST_PRODUCT, K.GROWS})
PROOFS: Mapping[ResultStepKind, tuple[ProofKind, ...]] = {
    K.FOUND: (P.PATENT, P.PAPER, P.REGISTRATION, P.RECORD, P.OTHER),
    K.NEED_MATCHED: (P.AGREEMENT, P.NEED, P.RECORD, P.OTHER),
    K.CONCEPT_PROVED: (P.TEST_REPORT, P.OPINION, P.OTHER),
    K.PILOTED: (P.AGREEMENT, P.TEST_REPORT, P.ACCEPTANCE, P.OTHER),
    K.FIRST_PRODUCT: (P.ORDER, P.LICENCE, P.OTHER),
    K.GROWS: (P.ORDER, P.AUDIT, P.LIST, P.OTHER),
}


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A step as it was written, or as somebody is about to write it (`id` 0)."""

    id: int
    kind: ResultStepKind
    happened_on: date
    proof_kind: str = ""
    proof: str = ""
    enterprise_id: int | None = None
    reason: str = ""
    text: str = ""
    corrects: int | None = None
    is_withdrawal: bool = False
    correction: str = ""
    recorded_at: datetime | None = None
    recorded_by_id: int = 0


@dataclass(frozen=True, slots=True)
class Way:
    """Where a result stands. `stage` None: it was taken back altogether. `end`: the dead end in which it is."""

    rows: tuple[ResultRow, ...]
    stage: ResultStepKind | None
    enterprise_id: int | None
    end: ResultRow | None

    @property
    def last(self) -> ResultRow | None:
        return self.rows[-1] if self.rows else None

    @property
    def since(self) -> date | None:
        """The day of the last step; nothing has moved since."""
        return self.rows[-1].happened_on if self.rows else None

    @property
    def is_under_way(self) -> bool:
        return self.stage is not None and self.end is None

    def is_passed_over(self, stage: ResultStepKind) -> bool:
        """Further than it, and never at it."""
        here = place_of(self.stage)
        return place_of(stage) < here and all(row.kind != stage for row in self.rows)


def place_of(kind: ResultStepKind | None) -> int:
    """From 0; -1 for what is no step of the way."""
    return STAGES.index(kind) if kind in STAGES else -1


def read_way(rows: Iterable[ResultRow]) -> Way:
    """What was corrected gives way to the row that corrects it, in the place of the first."""
    written = sorted(rows, key=lambda row: row.id)
    corrected = {row.corrects for row in written if row.corrects is not None}
    first = {row.id: row.id for row in written}
    for row in written:  # a row comes after the one that it corrects
        if row.corrects is not None:
            first[row.id] = first[row.corrects]
    standing = [row for row in written if row.id not in corrected and not row.is_withdrawal]
    return _way(tuple(sorted(standing, key=lambda row: first[row.id])))


def next_stages(way: Way) -> tuple[ResultStepKind, ...]:
    """The next first; those after it pass something over."""
    return STAGES[place_of(way.stage) + 1 :] if way.end is None else ()


def why_not(way: Way, step: ResultRow, *, on: date) -> str:
    """A code that says why `step` cannot follow; empty if it can."""
    if step.happened_on > on:
        return "future"
    if way.since and step.happened_on < way.since:
        return "before"
    if step.kind in STAGES:
        return _why_not_on(way, step)
    if step.kind == K.TAKEN_UP and not way.end:
        return "not_ended"
    if step.kind == K.DEAD_END and not way.is_under_way:
        return "ended" if way.end else "not_found"
    return "" if step.text and (step.reason or step.kind == K.TAKEN_UP) else "words"


def _why_not_on(way: Way, step: ResultRow) -> str:
    """Of a step of the way itself."""
    here, there = place_of(way.stage), place_of(step.kind)
    if way.end:
        return "ended"
    if here < 0 < there:
        return "not_found"
    if there <= here:
        return "backwards"
    return _lacks(step, skips=there > here + 1, other=_is_other(way, step))


def why_not_replace(way: Way, step: ResultRow, *, on: date) -> str:
    """`step.corrects` is the row whose place it takes: of the same kind, between its neighbours."""
    place = next((place for place, row in enumerate(way.rows) if row.id == step.corrects), None)
    if place is None:
        return "gone"
    if way.rows[place].kind != step.kind:
        return "kind"
    if not step.correction:
        return "why"
    if place + 1 < len(way.rows) and step.happened_on > way.rows[place + 1].happened_on:
        return "after"
    return why_not(_way(way.rows[:place]), step, on=on)


def why_not_take_back(way: Way, step_id: int, *, why: str) -> str:
    """The last alone: what stands in the midst of others would leave a gap that nobody explains."""
    if all(row.id != step_id for row in way.rows):
        return "gone"
    if not why:
        return "why"
    return "" if way.rows[-1].id == step_id else "not_last"


def _way(rows: tuple[ResultRow, ...]) -> Way:
    stage, enterprise, end = None, None, None
    for row in rows:
        if row.kind in STAGES:
            stage, enterprise = row.kind, row.enterprise_id or enterprise
        else:
            end = row if row.kind == K.DEAD_END else None
    return Way(rows, stage, enterprise, end)


def _is_other(way: Way, step: ResultRow) -> bool:
    return way.enterprise_id is not None and step.enterprise_id not in {None, way.enterprise_id}


def _lacks(step: ResultRow, *, skips: bool, other: bool) -> str:
    if not step.proof or step.proof_kind not in PROOFS[step.kind]:
        return "proof"
    if step.kind in WITH_ENTERPRISE and step.enterprise_id is None:
        return "enterprise"
    if not step.text and skips:
        return "skips"
    return "other" if not step.text and other else ""
