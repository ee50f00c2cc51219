"""Drawings of published figures, made on the server: a line of a year, a map. What is hidden is drawn as hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sunward.accounts.models import Unit
from sunward.accounts.outlines import district_sheet
from sunward.figures.definition import Measure, Result, result_of
from sunward.figures.published.saying import HIGHEST, LOWEST
from sunward.figures.queries.published import Cell

WIDTH, HEIGHT, EDGE = 240.0, 56.0, 6.0
GRADES = 4
SCALES = {Result.PERCENT: (Decimal(0), Decimal(100)), Result.MEAN: (Decimal(LOWEST), Decimal(HIGHEST))}


@dataclass(frozen=True, slots=True)
class Dot:
    """`y` None: nothing is told there, and a mark at the foot says so."""

    x: float
    y: float | None
    month: date
    cell: Cell


@dataclass(frozen=True, slots=True)
class Trend:
    """`lines` are SVG paths: broken where nothing is told."""

    dots: tuple[Dot, ...]
    lines: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(dot.cell.is_told for dot in self.dots)

    @property
    def foot(self) -> float:
        return HEIGHT - EDGE


def draw_trend(cells: Sequence[tuple[date, Cell]], measure: Measure) -> Trend:
    """Numbers from zero, percentages and answers on the whole of their scale: a small change looks small."""
    largest = max((cell.value for _month, cell in cells if cell.value is not None), default=Decimal(0))
    foot, top = SCALES.get(result_of(measure), (Decimal(0), largest))
    step = (WIDTH - 2 * EDGE) / max(len(cells) - 1, 1)
    dots = tuple(
        Dot(round(EDGE + step * place, 1), _height(cell.value, foot, top), month, cell)
        for place, (month, cell) in enumerate(cells)
    )
    lines: list[list[Dot]] = [[]]
    for dot in dots:
        if dot.y is None:
            lines.append([])
        else:
            lines[-1].append(dot)
    return Trend(dots, tuple("M" + "L".join(f"{one.x} {one.y}" for one in line) for line in lines if line[1:]))


def _height(value: Decimal | None, foot: Decimal, top: Decimal) -> float | None:
    if value is None:
        return None
    share = float((value - foot) / (top - foot)) if top > foot else 0.0
    return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)


@dataclass(frozen=True, slots=True)
class MapArea:
    """`grade` 1 to 4 by a fourth of the largest number each; 0 where nothing is told."""

    name: str
    path: str
    x: float
    y: float
    cell: Cell
    grade: int
    href: str


@dataclass(frozen=True, slots=True)
class MapShade:
    """What the areas of one shade tell, from the least to the most."""

    grade: int
    words: str


@dataclass(frozen=True, slots=True)
class FigureMap:
    width: int
    height: int
    areas: tuple[MapArea, ...]

    @property
    def shades(self) -> tuple[MapShade, ...]:
        """The key to the map; a shade that no area has is not in it."""
        by_value = sorted((area for area in self.areas if area.cell.value is not None), key=_value)
        found: dict[int, list[str]] = {}
        for area in by_value:
            found.setdefault(area.grade, []).append(area.cell.text)
        return tuple(
            MapShade(grade, texts[0] if texts[0] == texts[-1] else f"{texts[0]}–{texts[-1]}")
            for grade, texts in found.items()
        )

    @property
    def has_hidden(self) -> bool:
        return any(area.cell.is_hidden for area in self.areas)

    @property
    def says(self) -> int:
        """Of how many areas it tells more than nothing."""
        return sum(bool(area.cell.value) for area in self.areas)


def _value(area: MapArea) -> Decimal:
    return area.cell.value or Decimal(0)


def draw_map(streets: Sequence[Unit], cells: Mapping[str, Cell], hrefs: Mapping[str, str]) -> FigureMap | None:
    """By path of the sub-district. None where the district is not drawn."""
    sheet = district_sheet()
    drawn = [street for street in streets if street.code in sheet.shapes]
    if not drawn:
        return None
    top = max((cell.value for cell in cells.values() if cell.value is not None), default=Decimal(0))
    areas = []
    for street in drawn:
        shape, cell = sheet.shapes[street.code], cells[street.path]
        x, y = shape.middle
        grade = _grade(cell.value, top)
        areas.append(
            MapArea(street.short_name, shape.path, round(x, 1), round(y, 1), cell, grade, hrefs.get(street.path, ""))
        )
    return FigureMap(round(sheet.width), round(sheet.height), tuple(areas))


def _grade(value: Decimal | None, top: Decimal) -> int:
    if value is None:
        return 0
    return min(GRADES, 1 + int(value * GRADES / top)) if top else 1
