"""The district as a picture: who is proposed for whom, and who is left without. Places are committees', drawn.

Nobody is ever shown closer than at the committee, and whom the actor may not see is not on the map at all.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.functional import Promise

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.accounts.outlines import Point, district_sheet
from sunward.core.furniture import Tone
from sunward.matching.access import visible_proposals, visible_unserved
from sunward.matching.declaration import declaration_of
from sunward.matching.enums import ProposalState
from sunward.matching.geometry import committee_places
from sunward.matching.models import Proposal, Run, Unserved
from sunward.matching.queries.proposals import ProposalRow, list_proposals, tier_tone

MOST_PAIRS = 250


@dataclass(frozen=True, slots=True)
class Area:
    """A sub-district with its counts."""

    code: str
    name: str
    path: str
    label_x: float
    label_y: float
    proposals: int
    unserved: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PairLine:
    """One proposal: from the child's committee to the volunteer's, bent a little: lines must not hide each other."""

    row: ProposalRow
    curve: str
    left_x: float
    left_y: float
    right_x: float
    right_y: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody without anybody."""

    x: float
    y: float
    tone: Tone
    word: str | Promise


@dataclass(frozen=True, slots=True)
class DistrictMap:
    width: int
    height: int
    areas: tuple[Area, ...]
    pairs: tuple[PairLine, ...]
    gaps: tuple[Gap, ...]
    chosen: str
    pairs_total: int

    @property
    def is_cut(self) -> bool:
        return self.pairs_total > len(self.pairs)


def draw_district(actor: Actor, run: Run, *, unit_code: str, on: date) -> DistrictMap:
    """The whole district, or with a code one sub-district's pairs. A fixed number of queries."""
    sheet = district_sheet()
    chosen = unit_code if unit_code in sheet.shapes else ""
    declaration = declaration_of(run.version.policy.programme)
    proposals = visible_proposals(actor).filter(run=run).exclude(state=ProposalState.REJECTED)
    unserved = visible_unserved(actor).filter(run=run).exclude(code="child_rule")
    counts = _count(proposals), _count(unserved)
    places = _places()
    part = f"/{chosen}/"
    shown = proposals.filter(unit_path__contains=part) if chosen else proposals
    gaps = unserved.filter(unit_path__contains=part) if chosen else unserved
    total = sum(counts[0].values()) if not chosen else counts[0].get(chosen, 0)
    rows = list_proposals(actor, shown.order_by("rank")[:MOST_PAIRS], declaration=declaration, on=on)
    return DistrictMap(
        width=round(sheet.width),
        height=round(sheet.height),
        areas=tuple(
            Area(code, shape.name, shape.path, round(shape.middle[0], 1), round(shape.middle[1], 1),
                 counts[0].get(code, 0), counts[1].get(code, 0), code == chosen)
            for code, shape in sheet.shapes.items()
        ),
        pairs=_lines(rows, places),
        gaps=tuple(
            Gap(round(x, 1), round(y, 1), tier_tone(tier, declaration), declaration.tiers.get(tier, ""))
            for (x, y), tier in _stand_apart(gaps[:MOST_PAIRS], places)
        ),
        chosen=chosen,
        pairs_total=total,
    )  # fmt: skip


def subdistrict_of(path: str) -> str:
    parts = path.strip("/").split("/")
    return parts[1] if len(parts) > 1 else ""


def _count(rows: "QuerySet[Proposal] | QuerySet[Unserved]") -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for path, number in rows.order_by().values_list("unit_path").annotate(Count("pk")):
        counts[subdistrict_of(path)] += number
    return counts


def _places() -> dict[str, Point]:
    """A place on the sheet for every committee and, for whoever is known no closer, every sub-district."""
    sheet = district_sheet()
    committees: dict[str, list[str]] = defaultdict(list)
    for code, path in Unit.objects.filter(kind="committee").values_list("code", "path"):
        committees[subdistrict_of(path)].append(code)
    places = {code: shape.middle for code, shape in sheet.shapes.items()}
    for code, below in committees.items():
        if code in sheet.shapes:
            places |= committee_places(code, tuple(sorted(below)))
    return places


def _lines(rows: tuple[ProposalRow, ...], places: dict[str, Point]) -> tuple[PairLine, ...]:
    """Several pairs of one committee stand in a small ring around it."""
    seen: dict[str, int] = defaultdict(int)
    lines = []
    for row in rows:
        if row.left is None or row.right is None:
            continue
        if row.left.unit_code not in places or row.right.unit_code not in places:
            continue
        left = _beside(places[row.left.unit_code], _next(seen, row.left.unit_code))
        right = _beside(places[row.right.unit_code], _next(seen, row.right.unit_code))
        lines.append(PairLine(row, _curve(left, right), *_rounded(left), *_rounded(right)))
    return tuple(lines)


def _stand_apart(rows: QuerySet[Unserved], places: dict[str, Point]) -> list[tuple[Point, int]]:
    seen: dict[str, int] = defaultdict(int)
    found = []
    for path, tier in rows.values_list("unit_path", "tier"):
        parts = path.strip("/").split("/")
        code = next((part for part in reversed(parts) if part in places), "")
        if code:
            found.append((_beside(places[code], 7 + _next(seen, code)), tier))
    return found


def _next(seen: dict[str, int], code: str) -> int:
    seen[code] += 1
    return seen[code] - 1


def _beside(place: Point, number: int) -> Point:
    """The first at the place itself, the others on rings of six around it."""
    if number == 0:
        return place
    ring, step = (number - 1) // 6 + 1, (number - 1) % 6
    angle = math.tau * step / 6 + 0.5 * ring
    return (place[0] + 11 * ring * math.cos(angle), place[1] + 11 * ring * math.sin(angle))


def _curve(left: Point, right: Point) -> str:
    middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
    bend = 0.12
    control = (middle[0] - bend * (right[1] - left[1]), middle[1] + bend * (right[0] - left[0]))
    return f"M{left[0]:.1f} {left[1]:.1f}Q{control[0]:.1f} {control[1]:.1f} {right[0]:.1f} {right[1]:.1f}"


def _rounded(point: Point) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)
