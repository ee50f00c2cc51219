"""What became of a delivery, row by row, and of what it left out."""

from dataclasses import dataclass, field

OUTCOMES = ("new", "changed", "same", "ended", "asked", "kept", "refused")


@dataclass(slots=True)
class Answer:
    """What became of a row; `where` names the place that has not the right shape."""

    index: int
    reference: str | None
    outcome: str
    codes: list[str] = field(default_factory=list)
    where: str = ""


@dataclass(slots=True)
class Outcome:
    """`ended` and `asked` count what a snapshot left out as well: that has no row of its own."""

    rows: list[Answer] = field(default_factory=list)
    ended: int = 0
    asked: int = 0
    newly_asked: int = 0
    codes: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        counted = {name: sum(row.outcome == name for row in self.rows) for name in OUTCOMES}
        return counted | {
            "told": len(self.rows),
            "ended": counted["ended"] + self.ended,
            "asked": counted["asked"] + self.asked,
        }
