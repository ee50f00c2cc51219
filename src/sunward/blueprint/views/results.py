"""Results of universities on their way to a product: the board, the list, dead ends, one result; and enterprises."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import READER_ROLES, kept_paths
from sunward.blueprint.access_results import get_enterprise, get_result
from sunward.blueprint.forms.results import EnterpriseFilter, ResultFilter
from sunward.blueprint.queries import results as pages
from sunward.blueprint.queries.enterprises import EnterpriseRow, read_enterprise, read_enterprises
from sunward.blueprint.queries.result_page import ResultPage, read_result
from sunward.core import clock
from sunward.core.furniture import Fact, Tab
from sunward.core.tables import page_of
from sunward.core.wording import join_parts

_PAGES = (
    ("results", pgettext_lazy("page of results", "Board")), ("results_list", pgettext_lazy("page of results", "List")),
    ("dead_ends", pgettext_lazy("page of results", "Dead ends")),
    ("enterprises", pgettext_lazy("page of results", "Enterprises")),
)  # fmt: skip


@require_safe
@never_cache
@allow(*READER_ROLES)
def results(request: SunwardRequest) -> HttpResponse:
    """The board: each result at the step where it stands."""
    cards = pages.under_way(pages.read_results(request.actor, on=clock.today()))
    form = ResultFilter(request.GET, offered=pages.offer(cards), without=("stage", "reason"))
    shown = [card for card in cards if form.asked().matches(card)]
    return _show(request, "results", "board.html", form, shown, lanes=pages.read_lanes(shown), is_any=bool(cards))


@require_safe
@never_cache
@allow(*READER_ROLES)
def results_list(request: SunwardRequest) -> HttpResponse:
    cards = pages.under_way(pages.read_results(request.actor, on=clock.today()))
    form = ResultFilter(request.GET, offered=pages.offer(cards), without=("reason",))
    shown, heads = pages.sort_results((card for card in cards if form.asked().matches(card)), asked=request.GET)
    return _show(request, "results_list", "list.html", form, shown, heads=heads, is_any=bool(cards))


@require_safe
@never_cache
@allow(*READER_ROLES)
def dead_ends(request: SunwardRequest) -> HttpResponse:
    cards = pages.at_dead_ends(pages.read_results(request.actor, on=clock.today()))
    form = ResultFilter(request.GET, offered=pages.offer(cards), without=("still", "kind"))
    shown = [card for card in cards if form.asked().matches(card)]
    return _show(request, "dead_ends", "dead_ends.html", form, shown, is_any=bool(cards))


@require_safe
@never_cache
@allow(*READER_ROLES)
def result(request: SunwardRequest, result_id: UUID) -> HttpResponse:
    found = get_result(actor=request.actor, result_id=result_id)
    page = read_result(request.actor, found, on=clock.today())
    return render(request, "blueprint/results/result.html", {"page": page, "facts": _facts(page)})


@require_safe
@never_cache
@allow(*READER_ROLES)
def enterprises(request: SunwardRequest) -> HttpResponse:
    rows, form = read_enterprises(request.actor, on=clock.today()), EnterpriseFilter(request.GET)
    shown = [row for row in rows if _answers(row, form)]
    return _show(request, "enterprises", "enterprises.html", form, shown, is_any=bool(rows))


@require_safe
@never_cache
@allow(*READER_ROLES)
def enterprise(request: SunwardRequest, enterprise_id: UUID) -> HttpResponse:
    found = get_enterprise(actor=request.actor, enterprise_id=enterprise_id)
    page = read_enterprise(request.actor, found, on=clock.today())
    facts = [
        Fact(_("Kind of enterprise"), page.row.kind.label),
        Fact(_("Unified social credit code"), page.row.credit_code), Fact(_("District"), page.unit),
    ]  # fmt: skip
    return render(request, "blueprint/results/enterprise.html", {"page": page, "facts": facts})


def _show(
    request: SunwardRequest, page: str, template: str, form: Any, shown: list[Any], **more: Any
) -> HttpResponse:  # fmt: skip
    kept = form.filters() if isinstance(form, ResultFilter) else {}
    query = f"?{urlencode(kept)}" if kept and page in {"results", "results_list"} else ""
    tabs = []
    for name, label in _PAGES:
        href = reverse(f"blueprint:{name}") + (query if name.startswith("results") else "")
        tabs.append(Tab(label, href, is_current=name == page))
    context = {
        "tabs": tabs, "filters": {"form": form}, "shown": shown, "is_keeper": bool(kept_paths(request.actor)),
    }  # fmt: skip
    if page != "results":
        # The board is a map and stays whole.
        rows, pager = page_of(shown, asked=request.GET)
        context |= {"rows": rows, "pager": pager}
    return render(request, f"blueprint/results/{template}", context | more)


def _answers(row: EnterpriseRow, form: EnterpriseFilter) -> bool:
    """A grade and its state are asked of one and the same grade."""
    grade, holding = form.chosen("grade"), form.chosen("holding")
    is_graded = any(grade in {"", one.grade} and holding in {"", one.holding} for one in row.grades)
    return form.chosen("kind") in {"", row.kind} and (is_graded or not (grade or holding))


def _facts(page: ResultPage) -> list[Fact]:
    firm, card = page.card.firm, page.card
    href = reverse("blueprint:enterprise", args=[firm.uid]) if firm and page.may_open_firm else ""
    grades = join_parts(f"{one.grade.label} {one.word}" for one in page.grades)
    return [
        Fact(pgettext("result", "From"), card.institution, page.scientist),
        Fact(pgettext("result", "Broker"), page.broker, page.broker_institution),
        Fact(_("Lead unit"), card.lead.name),
        Fact(pgettext("column of results", "Enterprise"), firm.name if firm else "", grades, href=href),
        Fact(_("Last step on"), card.since.isoformat() if card.since else ""),
    ]  # fmt: skip
