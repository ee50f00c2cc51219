"""A step as the chain reads it, and which rows stand: what was corrected gives way to the row that corrects it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sunward.blueprint.enums import StepKind


@dataclass(frozen=True, slots=True)
class Step:
    id: int
    kind: StepKind
    happened_on: date
    recorded_at: datetime
    by_id: int = 0
    unit_id: int | None = None
    asked_unit_id: int | None = None
    text: str = ""
    number: Decimal | None = None
    day: date | None = None
    level: str = ""
    about: int | None = None
    corrects: int | None = None
    is_withdrawal: bool = False


# The columns of a row in the order of `Step`.
COLUMNS = (
    "pk", "kind", "happened_on", "recorded_at", "recorded_by_id", "unit_id", "asked_unit_id", "text", "number", "day",
    "level", "about_id", "corrects_id", "is_withdrawal",
)  # fmt: skip


def standing(steps: Iterable[Step], *, known_until: datetime | None = None) -> tuple[Step, ...]:
    """In the order in which they were written; as known at a moment, where one is named."""
    known = [step for step in steps if known_until is None or step.recorded_at <= known_until]
    corrected = {step.corrects for step in known if step.corrects is not None}
    rows = [step for step in known if step.id not in corrected and not step.is_withdrawal]
    return tuple(sorted(rows, key=lambda step: (step.recorded_at, step.id)))
