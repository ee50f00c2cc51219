"""The leader's home: figures by sub-district, and no person. Disclosure control decides what is hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.figures.disclosure.rules import IN_HOUSE, Rule, reach_of
from sunward.figures.disclosure.suppression import protect
from sunward.figures.disclosure.system import Cell as Weighed
from sunward.figures.disclosure.system import Equation, System
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import LIVE_STATES, MatchState
from sunward.mentoring.models import Match

Text = str | Promise
RULE: Rule | None = IN_HOUSE
KEPT_SECONDS = 600  # deciding takes longer than counting; and fewer states shown are fewer differences
COLUMNS: tuple[tuple[str, Text], ...] = (
    ("children", _("Children with an open file")),
    ("with_mentor", _("With a neighbour mom")),
    ("waiting", _("Waiting for one")),
    ("silent", _("Silent")),
)
# What is on no page: those who are left of a whole without a part of it.
RESTS = (("without", "children", "with_mentor"), ("settled", "without", "waiting"), ("heard", "children", "silent"))


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` None is hidden."""

    label: Text
    number: int | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    name: Text
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """`rows` end with the total, if there is more than one."""

    columns: tuple[Text, ...]
    rows: tuple[FigureRow, ...]

    @property
    def total(self) -> FigureRow | None:
        """All together, or the one unit there is: told first."""
        return self.rows[-1] if self.rows else None


def read_figures(actor: Actor, *, on: date) -> FigureTable:
    """Five queries, the units and one for each column; kept for ten minutes."""
    paths = actor.paths(Role.LEADER)
    key = f"web.figures:{on}:{sha256(repr(paths).encode()).hexdigest()}"
    kept: FigureTable | None = cache.get(key)
    if kept is None:
        kept = _count_figures(paths, on=on)
        cache.set(key, kept, timeout=KEPT_SECONDS)
    return kept


def _count_figures(paths: tuple[str, ...], *, on: date) -> FigureTable:
    """What is hidden is decided for the whole district, so that leaders who lay their pages together learn nothing."""
    districts = tuple(dict.fromkeys(_district(path) for path in paths))
    units = list(Unit.objects.within(districts).existing(on=on).filter(kind=UnitKind.SUBDISTRICT).order_by("code"))
    asked = [unit for unit in units if unit.path.startswith(paths)]
    if not asked:  # a leader of one committee sees that one unit
        asked = units = list(Unit.objects.filter(path__in=paths).order_by("code"))
        districts = paths
    labels, keys = tuple(label for _key, label in COLUMNS), [key for key, _label in COLUMNS]
    counts = [dict(zip(keys, row, strict=True)) for row in _count(_sources(districts, on=on), units)]
    told: dict[int, list[int | None]] = {}
    together: list[int | None] = []
    # Each by itself: what is hidden in one must not depend on who asks for another as well.
    for district in districts:
        places = [place for place, unit in enumerate(units) if unit.path.startswith(district)]
        shown = _shown({key: [counts[place][key] for place in places] for key in keys}) if places else {}
        told |= {units[place].pk: [shown[key][at] for key in keys] for at, place in enumerate(places)}
        together = [shown[key][-1] for key in keys] if places else together
    rows = [_row(unit.name, labels, told[unit.pk]) for unit in asked]
    if len(districts) == 1 and len(asked) == len(units) > 1:
        rows.append(_row(_("Together"), labels, together, is_total=True))
    return FigureTable(labels, tuple(rows))


def _district(path: str) -> str:
    return path[: path.index("/", 1) + 1]


def _count(sources: "Iterable[QuerySet[Any]]", units: list[Unit]) -> list[list[int]]:
    """By unit, each column."""
    columns = [_count_column(rows, units) for rows in sources]
    return [list(row) for row in zip(*columns, strict=True)]


def _shown(counts: Mapping[str, list[int]]) -> dict[str, list[int | None]]:
    """Each column by unit, and all together last; None is hidden."""
    system = home_system(counts)
    try:
        hidden = protect(system, is_exact=False).withheld.keys()
    except ArithmeticError:  # where nobody is sure nothing is told
        hidden = system.cells.keys()
    units = range(len(next(iter(counts.values()))) + 1)
    return {key: [None if (key, unit) in hidden else system.cells[key, unit].value for unit in units] for key in counts}


def home_system(counts: Mapping[str, list[int]]) -> System:
    """Every column, and what is left of the files beside each part of them, by unit and together.

    Who has somebody does not wait: those who wait are a part of those who are left.
    """
    numbers = {key: [*column, sum(column)] for key, column in counts.items()}
    for rest, whole, part in RESTS:
        numbers[rest] = [one - other for one, other in zip(numbers[whole], numbers[part], strict=True)]
    cells = [
        Weighed((key, unit), value, reach_of(RULE, value), is_proposed=key in counts)
        for key, column in numbers.items()
        for unit, value in enumerate(column)
    ]
    units = range(len(numbers["children"]))
    together = [Equation.total((key, units[-1]), [(key, unit) for unit in units[:-1]]) for key in numbers]
    split = [
        Equation.total((whole, unit), [(rest, unit), (part, unit)]) for rest, whole, part in RESTS for unit in units
    ]
    return System.of(cells, [*together, *split])


def _row(name: Text, labels: tuple[Text, ...], numbers: list[int | None], *, is_total: bool = False) -> FigureRow:
    return FigureRow(name, tuple(Cell(*pair) for pair in zip(labels, numbers, strict=True)), is_total)


def _sources(paths: tuple[str, ...], *, on: date) -> "Iterable[QuerySet[Any]]":
    """What each column counts: open files, those with a mentor, those who wait, and the silent."""
    open_cases = Case.objects.within(paths).filter(programme=PROGRAMME, state=CaseState.OPEN)
    live = Match.objects.filter(case=OuterRef("pk"), state__in=LIVE_STATES)
    yield open_cases
    yield open_cases.filter(Exists(live.exclude(state=MatchState.PROPOSED)))
    yield open_cases.filter(child__willing_to_pair=True).exclude(Exists(live))
    yield open_cases.silent(on=on)


def _count_column(rows: "QuerySet[Any]", units: list[Unit]) -> list[int]:
    """How many rows lie at or below each unit. Units of one kind have paths of one length. One query."""
    length = len(units[0].path) if units else 0
    found = (
        rows.order_by().annotate(place=Substr("unit_path", 1, length)).values_list("place").annotate(number=Count("pk"))
    )
    by_path = dict(found)
    return [by_path.get(unit.path, 0) for unit in units]
