"""The wall of the leadership: all programmes of a district on one sheet, only what was published, and no person."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.urls import reverse
from django.utils.http import urlencode

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.core.furniture import Tab, Text
from sunward.figures.access import dashboard_programmes
from sunward.figures.declared import indicators, wall_readers
from sunward.figures.queries.dashboard import Asked, Dashboard, read_dashboard
from sunward.figures.queries.published import Publication
from sunward.figures.walling import WallPart


@dataclass(frozen=True, slots=True)
class Wall:
    unit: Unit
    publication: Publication
    dashboards: tuple[Dashboard, ...]
    # The programme whose figure the map shows.
    mapped: Dashboard
    # All figures that the map can show, whichever programme's.
    picks: tuple[Tab, ...]
    figure: str
    # What other programmes add, of today.
    parts: tuple[WallPart, ...]
    digest: str

    @property
    def has_hidden(self) -> bool:
        return any(one.has_hidden for one in self.dashboards)

    @property
    def title(self) -> Text:
        return self.unit.name


def read_wall(*, actor: Actor, unit: Unit, asked: Asked, language: str, on: date) -> Wall | None:
    """None while nothing was published. `digest` tells whether a wall that is up already says the same."""
    programmes = dashboard_programmes(actor)
    found = [read_dashboard(actor=actor, unit=unit, asked=replace(asked, programme=one)) for one in programmes]
    dashboards = tuple(one for one in found if one is not None)
    if not dashboards:
        return None
    asked_for = (one for one in dashboards if asked.figure.startswith(f"{one.programme}."))
    mapped = next(asked_for, None) or max(dashboards, key=lambda one: one.map.says if one.map else 0)
    publication = mapped.publication
    read = (reader(actor, unit, on=on) for reader in wall_readers())
    parts = tuple(part for part in read if part is not None)
    said = [(count.number, count.tone) for part in parts for count in part.counts]
    words = (said, language, unit.path, publication.month, publication.known_until, mapped.map_code, programmes)
    return Wall(
        unit=unit,
        publication=publication,
        dashboards=dashboards,
        mapped=mapped,
        picks=_picks(unit, dashboards, mapped),
        figure=mapped.map_code,
        parts=parts,
        digest=sha256(repr(words).encode()).hexdigest()[:16],
    )


def _picks(unit: Unit, dashboards: tuple[Dashboard, ...], mapped: Dashboard) -> tuple[Tab, ...]:
    here = reverse("figures:leadership")
    return tuple(
        Tab(indicators()[code].name, f"{here}?{urlencode({'unit': unit.code, 'figure': code})}", is_current)
        for page in dashboards
        for code in page.mapped
        for is_current in (page is mapped and code == page.map_code,)
    )
