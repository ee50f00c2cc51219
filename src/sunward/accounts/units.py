"""Loading a district's units: the district, its departments, sub-districts and committees.

Source of the tree: the statistical area codes in `data/areas.csv` (see `data/README.md`). The points of the
sub-districts are estimates of their middles, good enough to say who is near, never to say who lives where.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from django.db import transaction

from sunward.accounts.enums import UnitKind
from sunward.accounts.models import Unit
from sunward.accounts.offices import OFFICES, OTHER_OFFICES

_ENDINGS = ("社区居委会", "居民委员会", "村委会", "居委会", "街道", "镇", "区")


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One row of the statistical codes: a district (6 digits), a sub-district (9) or a committee (12)."""

    code: str
    name: str
    parent: str


@transaction.atomic
def load_district(code: str = "310110") -> Unit:
    """Load the district and everything below it; loading again brings names up to date and adds what is new."""
    areas = list(_read_areas(code))
    points = _read_points()
    district = _put_unit(areas[0], UnitKind.DISTRICT, parent=None, point=points.get(code))
    for office in (*OFFICES, *OTHER_OFFICES):
        row = AreaRow(f"{code}{office.letters}", office.name, code)
        _put_unit(row, UnitKind.DEPARTMENT, parent=district, point=None)
    streets = {
        area.code: _put_unit(area, UnitKind.SUBDISTRICT, parent=district, point=points.get(area.code))
        for area in areas
        if len(area.code) == 9
    }
    known = set(
        Unit.objects.filter(kind=UnitKind.COMMITTEE, path__startswith=district.path).values_list("code", flat=True)
    )
    committees = [area for area in areas if len(area.code) == 12]
    Unit.objects.bulk_create(
        [
            _build_unit(area, UnitKind.COMMITTEE, streets[area.parent], None)
            for area in committees
            if area.code not in known
        ]
    )
    return district


def _read_areas(code: str) -> Iterator[AreaRow]:
    """The district first, then everything below it in the order of the codes."""
    with files("sunward.accounts").joinpath("data/areas.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["code"].startswith(code):
                yield AreaRow(row["code"], row["name"], row["parent"])


def _read_points() -> dict[str, tuple[float, float]]:
    with files("sunward.accounts").joinpath("data/subdistrict_points.csv").open(encoding="utf-8") as file:
        return {row["code"]: (float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)}


def _put_unit(area: AreaRow, kind: UnitKind, *, parent: Unit | None, point: tuple[float, float] | None) -> Unit:
    built = _build_unit(area, kind, parent, point)
    columns = ("name", "short_name", "name_key", "kind", "parent", "path", "lon", "lat")
    unit, _created = Unit.objects.update_or_create(
        code=area.code, defaults={column: getattr(built, column) for column in columns}
    )
    return unit


def _build_unit(area: AreaRow, kind: UnitKind, parent: Unit | None, point: tuple[float, float] | None) -> Unit:
    # Its words take half a second to read, and most starts load no district.
    from pypinyin import lazy_pinyin

    short = shorten(area.name)
    return Unit(
        code=area.code,
        name=area.name,
        short_name=short,
        name_key=" ".join(lazy_pinyin(short))[:120],
        kind=kind,
        parent=parent,
        path=f"{parent.path if parent else '/'}{area.code}/",
        lon=point[0] if point else None,
        lat=point[1] if point else None,
    )


def shorten(name: str) -> str:
    """The everyday name: 控江路街道 → 控江路."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name
