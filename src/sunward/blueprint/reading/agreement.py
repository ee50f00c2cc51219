"""How far papers are read as their known truth says: lead unit, joint units, deadline and number, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sunward.blueprint.reading.lines import WorkLine, proposed_joint

JUDGED = ("lead_unit", "joint_units", "deadline", "target_number", "target_unit")
# Codes of ours that the truth does not know: they only ever leave something blank.
_OURS = {"indicator_several", "indicator_unit"}


@dataclass(slots=True)
class Agreement:
    """`agreeing` of `judged` values by field. `filled`: values given where the truth has none, the worst mistake."""

    judged: dict[str, int] = field(default_factory=dict)
    agreeing: dict[str, int] = field(default_factory=dict)
    filled: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)  # unsure by the truth, and not marked as such
    faults: list[str] = field(default_factory=list)

    def share(self, key: str) -> float:
        return self.agreeing.get(key, 0) / self.judged[key] if self.judged.get(key) else 0.0


def compare(lines: Sequence[WorkLine], rows: Sequence[Mapping[str, Any]]) -> Agreement:
    """`rows` as the rosters' truth.json has them. What is absent there is not judged; a missing line is wrong."""
    result = Agreement()
    by_place = {line.place: line for line in lines}
    for row in rows:
        line = by_place.pop(row["row"], None)
        found = _values(line) if line else {}
        for key in JUDGED:
            if key in row["values"]:
                _judge(result, key, row["row"], row["values"][key], found.get(key))
        told = {entry.code for entry in line.unsure} if line else set()
        if missing := set(row["codes"]) - told:
            result.unmarked.append(f"{row['row']}: {', '.join(sorted(missing))}")
        if extra := told - set(row["codes"]) - _OURS:
            result.faults.append(f"{row['row']} marked without need: {', '.join(sorted(extra))}")
    result.faults += [f"{place}: no such line" for place in by_place]
    return result


def _judge(result: Agreement, key: str, row: int, expected: Any, found: Any) -> None:
    result.judged[key] = result.judged.get(key, 0) + 1
    if expected == found:
        result.agreeing[key] = result.agreeing.get(key, 0) + 1
        return
    result.faults.append(f"{row} {key}: expected {expected!r}, found {found!r}")
    if not expected and found:
        result.filled.append(f"{row} {key}: {found!r}")


def _values(line: WorkLine) -> dict[str, Any]:
    return {
        "lead_unit": line.charge.lead or None,
        "joint_units": list(proposed_joint(line.charge)),
        "deadline": line.due_on.isoformat() if line.due_on else None,
        "target_number": line.target.number,
        "target_unit": line.target.unit or None,
    }


def describe(name: str, result: Agreement) -> str:
    lines = [name]
    lines += [
        f"  {key:14}{result.agreeing.get(key, 0):>4} of {count:>3}  {result.share(key):.1%}"
        for key, count in result.judged.items()
    ]
    lines.append(f"  unsure by the truth and filled here: {len(result.filled)}; not marked: {len(result.unmarked)}")
    return "\n".join((*lines, *(f"  {fault}" for fault in (*result.faults, *result.unmarked))))
