"""Tables by which a risk is assessed: scored indicators, and triggers of which one alone is an emergency.

The mechanism only; a programme declares its own tables (domain facts A5: there is no national scale). A table that has
been used is never changed: a new version stands beside it, so that an old assessment keeps the words it was made in.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import RiskLevel
from sunward.core.furniture import Text
from sunward.core.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that can be seen, and what it weighs."""

    code: str
    words: Text
    points: int


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    code: str
    title: Text
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One hit: the child is in danger now, whatever the points say."""

    code: str
    words: Text


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the ticks come to. The level is the table's; a person may set another with a reason."""

    score: int
    level: RiskLevel
    is_emergency: bool


@dataclass(frozen=True, slots=True)
class RiskTable:
    """One version. `medium_from` and `high_from` are the points from which a level begins."""

    version: str
    valid_from: date
    source: Text
    groups: tuple[IndicatorGroup, ...]
    triggers: tuple[Trigger, ...]
    medium_from: int
    high_from: int

    def __post_init__(self) -> None:
        codes = [*(one.code for one in self.indicators), *(one.code for one in self.triggers)]
        if len(codes) != len(set(codes)):
            raise ValueError(f"Risk table {self.version}: a code stands twice.")
        if not 0 < self.medium_from < self.high_from:
            raise ValueError(f"Risk table {self.version}: the levels have to rise.")
        if any(one.points < 1 for one in self.indicators):
            raise ValueError(f"Risk table {self.version}: every indicator weighs something.")

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(one for group in self.groups for one in group.indicators)

    def judge(self, *, indicators: Collection[str], triggers: Collection[str]) -> Judgement:
        """The sum of what is ticked, each once. A code that the table does not know is refused, never ignored."""
        points = {one.code: one.points for one in self.indicators}
        if not set(indicators) <= set(points) or not set(triggers) <= {one.code for one in self.triggers}:
            raise Refusal(
                "casework.other_risk_table", _("This page shows an older table. Load it again and tick once more.")
            )
        score = sum(points[code] for code in set(indicators))
        return Judgement(score, RiskLevel.HIGH if triggers else self._level(score), bool(triggers))

    def _level(self, score: int) -> RiskLevel:
        if score >= self.high_from:
            return RiskLevel.HIGH
        return RiskLevel.MEDIUM if score >= self.medium_from else RiskLevel.LOW


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was ticked, by which table."""

    table: RiskTable
    indicators: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()

    @property
    def judgement(self) -> Judgement:
        return self.table.judge(indicators=self.indicators, triggers=self.triggers)


def table_in_force(tables: Sequence[RiskTable], *, on: date) -> RiskTable:
    """The latest table that is valid on the day; before the first one, the first."""
    ordered = sorted(tables, key=lambda table: table.valid_from)
    valid = [table for table in ordered if table.valid_from <= on]
    return valid[-1] if valid else ordered[0]


def words_of(tables: Iterable[RiskTable], *, version: str, codes: Iterable[str]) -> tuple[Text, ...]:
    """What was ticked, in the words of the table it was ticked in; a code of a table long gone stays a code."""
    table = next((table for table in tables if table.version == version), None)
    known: dict[str, Text] = {}
    if table is not None:
        known = {one.code: one.words for one in table.triggers}
        known |= {one.code: one.words for one in table.indicators}
    return tuple(known.get(code, code) for code in codes)
