"""The auditor's pages: every act and every look, and whether the chain holds."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.tables import read_ledger
from sunward.web.audit_pages import queries, yearly
from sunward.web.audit_pages.forms import EntryFilter


@require_safe
@allow(Role.AUDITOR)
def entries(request: SunwardRequest) -> HttpResponse:
    form = EntryFilter(request.GET)
    page = read_ledger(
        queries.list_entries(request.actor, form.question()), asked=request.GET, columns=queries.COLUMNS,
        order="number", shape=queries.to_row,
    )  # fmt: skip
    return render(request, "web/audit_pages/entries.html", {"filters": {"form": form}, "page": page})


@require_safe
@allow(Role.AUDITOR)
def chain(request: SunwardRequest) -> HttpResponse:
    return render(request, "web/audit_pages/chain.html", {"chain": queries.read_chain_state()})


@require_POST
@allow(Role.AUDITOR, writes=True)
def chain_check(request: SunwardRequest) -> HttpResponse:
    queries.ask_for_check(request.actor, now=clock.now())
    return redirect("audit:chain")


@require_safe
@allow(Role.AUDITOR)
def year(request: SunwardRequest) -> HttpResponse:
    """The yearly report, on the screen and on paper."""
    years = yearly.list_years(request.actor, on=clock.today())
    report = yearly.read_year(request.actor, _chosen(request, years))
    return render(request, "web/audit_pages/year.html", {"report": report, "years": years})


@require_safe
@allow(Role.AUDITOR)
def year_table(request: SunwardRequest) -> HttpResponse:
    """The same numbers as CSV; the mark at its head lets Excel read the Chinese."""
    report = yearly.read_year(request.actor, _chosen(request, yearly.list_years(request.actor, on=clock.today())))
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="access-{report.year}.csv"'
    answer["Cache-Control"] = "no-store"
    writer = csv.writer(answer)
    writer.writerow([gettext("Counted by"), gettext("Of what"), gettext("How many")])
    writer.writerows((_plain(by), _plain(name), count) for by, name, count in yearly.table_rows(report))
    return answer


def _chosen(request: SunwardRequest, years: list[int]) -> int:
    """A year there is something of; what cannot be understood is this year."""
    typed = request.GET.get("year", "")
    return int(typed) if typed.isdecimal() and typed.isascii() and int(typed[:6]) in years else years[0]


def _plain(text: str) -> str:
    """Text stays text: a cell that begins like a formula would be one."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
