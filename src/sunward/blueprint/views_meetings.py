"""Meetings: the list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import READER_ROLES, kept_paths
from sunward.blueprint.queries import meetings as queries
from sunward.core.tables import read_ledger


@require_safe
@never_cache
@allow(*READER_ROLES)
def meetings(request: SunwardRequest) -> HttpResponse:
    page = read_ledger(
        queries.list_meetings(request.actor), asked=request.GET, columns=queries.COLUMNS, order="-met",
        shape=queries.to_row,
    )  # fmt: skip
    context = {"page": page, "is_keeper": bool(kept_paths(request.actor))}
    return render(request, "blueprint/meetings/list.html", context)
