"""Dashboards, a figure as it was published, and the wall of the leadership: all of closed months."""

from datetime import date

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.figures.access import (
    COUNTING_ROLES,
    FIGURE_ROLES,
    dashboard_programmes,
    find_dashboard_unit,
    get_dashboard_programme,
    get_dashboard_unit,
    get_published,
)
from sunward.figures.forms import read_month
from sunward.figures.queries.dashboard import Asked, read_dashboard
from sunward.figures.queries.leadership import read_wall
from sunward.figures.queries.published_page import read_published_page

# htmx: nothing has changed, so that nothing on the wall is touched.
SAME = 204


@require_safe
@allow(*FIGURE_ROLES)
def dashboards(request: SunwardRequest) -> HttpResponse:
    said = request.GET
    programme = get_dashboard_programme(actor=request.actor, programme=said.get("programme", "")[:40])
    unit = find_dashboard_unit(actor=request.actor, programme=programme, code=said.get("unit", "")[:20])
    asked = Asked(programme, _month(said), said.get("figure", "")[:60], counted_on=clock.today(), wants_aims=True)
    page = read_dashboard(actor=request.actor, unit=unit, asked=asked) if unit else None
    return render(request, "figures/dashboard.html", {"page": page, "today": clock.today()})


@require_safe
@allow(*COUNTING_ROLES)
def published(request: SunwardRequest, code: str) -> HttpResponse:
    said = request.GET
    indicator = get_published(actor=request.actor, code=code)
    unit = get_dashboard_unit(actor=request.actor, programmes=[indicator.programme], code=said.get("unit", "")[:20])
    page = (
        read_published_page(actor=request.actor, indicator=indicator, unit=unit, month=_month(said)) if unit else None
    )
    return render(request, "figures/published.html", {"page": page, "name": indicator.name, "today": clock.today()})


@require_safe
@allow(*FIGURE_ROLES)
def leadership(request: SunwardRequest) -> HttpResponse:
    """Asks by itself whether a new month is there; while none is, it is answered with nothing."""
    said = request.GET
    programmes = dashboard_programmes(request.actor)
    unit = get_dashboard_unit(actor=request.actor, programmes=programmes, code=said.get("unit", "")[:20])
    asked = Asked("", _month(said), said.get("figure", "")[:60])
    words = get_language() or ""
    wall = None
    if unit is not None:
        wall = read_wall(actor=request.actor, unit=unit, asked=asked, language=words, on=clock.today())
    if request.headers.get("HX-Request"):
        if wall is not None and said.get("digest") == wall.digest:
            return HttpResponse(status=SAME)
        return render(request, "figures/_wall.html", {"wall": wall, "today": clock.today()})
    return render(request, "figures/leadership.html", {"wall": wall, "today": clock.today()})


def _month(said: QueryDict) -> date | None:
    """None: the newest there is."""
    text = said.get("month", "")
    return read_month(text, on=clock.today()) if text else None
