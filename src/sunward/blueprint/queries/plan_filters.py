"""What somebody asks of a plan's lines: of which unit, which question, how they stand, due by when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sunward.blueprint.enums import LightColour, Standing
from sunward.blueprint.queries.plan_lines import PlanLine

Part = Literal["", "lead", "join"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty values ask for nothing. `part`: only what the unit leads, or only what it joins."""

    unit: str = ""
    part: Part = ""
    question: int = 0
    standing: str = ""
    light: str = ""
    from_on: date | None = None
    until_on: date | None = None

    def matches(self, line: PlanLine) -> bool:
        return (
            self._is_of_unit(line)
            and self.question in {0, line.question_number}
            and self.standing in {"", line.standing}
            and self.light in {"", line.light.colour}
            and (self.from_on is None or line.ends_on >= self.from_on)
            and (self.until_on is None or line.ends_on <= self.until_on)
        )

    def _is_of_unit(self, line: PlanLine) -> bool:
        if not self.unit:
            return True
        leads = line.lead.code == self.unit
        if self.part == "lead":
            return leads
        return (self.unit in line.unit_codes) if not self.part else (self.unit in line.unit_codes and not leads)


def filter_lines(lines: Iterable[PlanLine], asked: Asked) -> list[PlanLine]:
    return [line for line in lines if asked.matches(line)]


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be asked of these lines: nothing that no line of the reader's answers."""

    units: tuple[tuple[str, str], ...]
    questions: tuple[tuple[int, str], ...]
    standings: tuple[tuple[str, str], ...]
    lights: tuple[tuple[str, str], ...]


def offer(lines: Sequence[PlanLine]) -> Offered:
    units = {line.lead.code: line.lead.name for line in lines}
    units |= {part.unit.code: part.unit.name for line in lines for part in line.parts}
    questions = {line.question_number: line.question for line in lines}
    there = {line.standing for line in lines}
    shining = {line.light.colour for line in lines}
    return Offered(
        units=tuple(sorted(units.items())),
        questions=tuple(sorted(questions.items())),
        standings=tuple((one.value, str(one.label)) for one in Standing if one in there),
        lights=tuple((one.value, str(one.label)) for one in LightColour if one in shining),
    )
