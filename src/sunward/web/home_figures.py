"""The leader's home: figures by sub-district, and no person. Small cells are hidden, and what would betray them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit
from sunward.accounts.scopes import below
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.ledger.queries import standing_facts
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import LIVE_STATES, MatchState
from sunward.mentoring.models import Match

Text = str | Promise
# A cell of one to four could be recognised by a neighbour; zero and "not reported" are other things.
SMALL = 5
KEPT_SECONDS = 60
COLUMNS: tuple[tuple[str, Text], ...] = (
    ("children", _("Children with an open file")),
    ("with_mentor", _("With a neighbour mom")),
    ("waiting", _("Waiting for one")),
    ("silent", _("Silent")),
    ("visits", _("Visits this month")),
)


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
    """Six queries, the units and one for each column; kept for a minute."""
    key = f"web.figures:{on}:{sha256(repr(actor.paths(Role.LEADER)).encode()).hexdigest()}"
    kept: FigureTable | None = cache.get(key)
    if kept is None:
        kept = _count_figures(actor, on=on)
        cache.set(key, kept, timeout=KEPT_SECONDS)
    return kept


def _count_figures(actor: Actor, *, on: date) -> FigureTable:
    paths = actor.paths(Role.LEADER)
    units = list(Unit.objects.within(paths).existing(on=on).filter(kind=UnitKind.SUBDISTRICT).order_by("code"))
    if not units:  # a leader of one sub-district or committee sees that one unit
        units = list(Unit.objects.filter(path__in=paths).order_by("code"))
    labels = tuple(label for _key, label in COLUMNS)
    children, with_mentor, waiting, silent, visits = (_count(source, units) for source in _sources(paths, on=on))
    hidden = [
        hide_small(children), hide_small(with_mentor, of=children), hide_small(waiting),
        hide_small(silent, of=children), hide_small(visits),
    ]  # fmt: skip
    rows = [_row(unit.name, labels, [cells[place] for cells, _total in hidden]) for place, unit in enumerate(units)]
    if len(units) > 1:
        rows.append(_row(_("Together"), labels, [total for _cells, total in hidden], is_total=True))
    return FigureTable(labels, tuple(rows))


def _row(name: Text, labels: tuple[Text, ...], numbers: list[int | None], *, is_total: bool = False) -> FigureRow:
    return FigureRow(name, tuple(Cell(*pair) for pair in zip(labels, numbers, strict=True)), is_total)


def _sources(paths: tuple[str, ...], *, on: date) -> "Iterable[QuerySet[Any]]":
    """What each column counts: open files, those with a mentor, those who wait, the silent, and visits that stand."""
    open_cases = Case.objects.within(paths).filter(programme=PROGRAMME, state=CaseState.OPEN)
    live = Match.objects.filter(case=OuterRef("pk"), state__in=LIVE_STATES)
    yield open_cases
    yield open_cases.filter(Exists(live.exclude(state=MatchState.PROPOSED)))
    yield open_cases.filter(child__willing_to_pair=True).exclude(Exists(live))
    yield open_cases.silent(on=on)
    month = Q(happened_on__gte=on.replace(day=1), happened_on__lte=on)
    yield standing_facts().filter(month, below(paths), kind="mentoring.visit_made")


def _count(rows: "QuerySet[Any]", units: list[Unit]) -> list[int]:
    """How many rows lie at or below each unit. Units of one kind have paths of one length. One query."""
    length = len(units[0].path) if units else 0
    found = (
        rows.order_by().annotate(place=Substr("unit_path", 1, length)).values_list("place").annotate(number=Count("pk"))
    )
    by_path = dict(found)
    return [by_path.get(unit.path, 0) for unit in units]


def hide_small(counts: list[int], *, of: list[int] | None = None) -> tuple[list[int | None], int | None]:
    """The column with its small cells hidden, and its total.

    One hidden cell beside a total could be worked out by subtraction, and so could a few whose sum is small: then the
    smallest other cell is hidden as well, and where there is none left, the total. With `of`, the whole of which each
    count is a part, those who are left over are hidden like those who are counted.
    """
    total: int | None = sum(counts)
    rests = [whole - count for whole, count in zip(of or counts, counts, strict=True)]
    hidden = {place for place, pair in enumerate(zip(counts, rests, strict=True)) if any(map(_is_small, pair))}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= SMALL and place not in hidden)
    if _is_small(sum(rests)):
        return [None if place in hidden else count for place, count in enumerate(counts)], None
    while hidden and any(_is_betrayed(values, hidden) for values in ((counts, rests) if of else (counts,))):
        if not others:
            total = None
            break
        hidden.add(others.pop(0)[1])
    return [None if place in hidden else count for place, count in enumerate(counts)], total


def _is_small(count: int) -> bool:
    return 0 < count < SMALL


def _is_betrayed(counts: list[int], hidden: set[int]) -> bool:
    """Whether the total would tell what the hidden cells hold."""
    return len(hidden) == 1 or sum(counts[place] for place in hidden) < SMALL
