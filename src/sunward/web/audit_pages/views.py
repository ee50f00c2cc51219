"""The auditor's pages: every act and every look, and whether the chain holds."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.accounts.enums import Role
from sunward.core import clock
from sunward.core.tables import read_ledger
from sunward.web.audit_pages import queries
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
