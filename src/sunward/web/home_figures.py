"""The leader's home: what was published of her units, and two numbers of the whole district that no month holds.

Who waits and who is silent is a matter of today. Both are told of the whole district alone, rounded, and not at all
while they are small: whoever is silent or waits is a child with a file, of whose sub-district another page tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit
from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.figures.access import dashboard_programmes
from sunward.figures.disclosure.rules import RULES, Rule
from sunward.figures.enums import Protection
from sunward.figures.queries.dashboard import Asked, Dashboard, read_dashboard
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.enums import LIVE_STATES
from sunward.mentoring.models import Match

Text = str | Promise
RULE: Rule | None = RULES[Protection.SENSITIVE]
KEPT_SECONDS = 600  # fewer states shown are fewer differences
LABELS: tuple[Text, ...] = (_("Waiting for a neighbour mom"), _("Silent"))


@dataclass(frozen=True, slots=True)
class LiveCount:
    """`number` None is hidden."""

    label: Text
    number: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """What was published of one unit, by programme; none while nothing was."""

    name: str
    wall: str
    dashboards: tuple[tuple[str, Dashboard], ...]


@dataclass(frozen=True, slots=True)
class LeaderHome:
    boards: tuple[Board, ...]
    live: tuple[LiveCount, ...]


def read_figures(actor: Actor, *, on: date) -> LeaderHome:
    """A post in a committee or an office has no dashboard, and reads nothing here."""
    units = Unit.objects.filter(path__in=actor.paths(Role.LEADER), kind__in=[UnitKind.DISTRICT, UnitKind.SUBDISTRICT])
    found = list(units.order_by("path"))
    districts = tuple(unit.path for unit in found if unit.kind == UnitKind.DISTRICT)
    return LeaderHome(tuple(_board(actor, unit) for unit in found), _live(districts, on=on))


def _board(actor: Actor, unit: Unit) -> Board:
    leader = actor.only(Role.LEADER)
    read = [
        (programme, read_dashboard(actor=leader, unit=unit, asked=Asked(programme)))
        for programme in dashboard_programmes(leader)
    ]
    here = urlencode({"unit": unit.code})
    return Board(
        name=unit.name,
        wall=f"{reverse('figures:leadership')}?{here}",
        dashboards=tuple(
            (f"{reverse('figures:dashboards')}?programme={programme}&{here}", page)
            for programme, page in read
            if page is not None
        ),
    )


def _live(districts: tuple[str, ...], *, on: date) -> tuple[LiveCount, ...]:
    """Kept for ten minutes. Of several districts each would be told by itself; whoever leads two reads neither."""
    if len(districts) != 1:
        return ()
    key = f"web.leader_home:{on}:{sha256(repr(districts).encode()).hexdigest()}"
    counts: list[int] | None = cache.get(key)
    if counts is None:
        counts = [rows.count() for rows in _sources(districts, on=on)]
        cache.set(key, counts, timeout=KEPT_SECONDS)
    *found, open_files = counts
    return tuple(LiveCount(label, _told(count, open_files)) for label, count in zip(LABELS, found, strict=True))


def _told(count: int, whole: int) -> int | None:
    """Hidden where it is small, and where those are few whom it leaves over of all open files."""
    if RULE is None:
        return count
    return None if RULE.protects(count) or RULE.protects(whole - count) else RULE.rounded(count)


def _sources(paths: tuple[str, ...], *, on: date) -> "Iterable[QuerySet[Any]]":
    """Those who wait for a neighbour mom, the silent, and all who have an open file."""
    open_cases = Case.objects.within(paths).filter(programme=PROGRAMME, state=CaseState.OPEN)
    live = Match.objects.filter(case=OuterRef("pk"), state__in=LIVE_STATES)
    yield open_cases.filter(child__willing_to_pair=True).exclude(Exists(live))
    yield open_cases.silent(on=on)
    yield open_cases
