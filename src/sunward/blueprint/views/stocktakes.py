"""A stocktake (推进会) of a plan: its agenda as it stands today, and the stocktakes that were."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.blueprint.access import READER_ROLES, get_plan, kept_paths
from sunward.blueprint.forms.plans import kept_filters
from sunward.blueprint.queries.plan_pages import read_head
from sunward.blueprint.queries.stocktake import list_stocktakes, read_agenda, root_of
from sunward.core import clock


@require_safe
@never_cache
@allow(*READER_ROLES)
def plan_stocktake(request: SunwardRequest, plan_id: UUID) -> HttpResponse:
    """Cut to the reader's lines like every page of a plan: a unit sees what it will be asked about, and no more."""
    found = get_plan(actor=request.actor, plan_id=plan_id)
    root = root_of(found)
    context = {
        "head": read_head(request.actor, found, page="plan_stocktake", filters=kept_filters(request.GET)),
        "agenda": read_agenda(request.actor, found, on=clock.today()),
        "stocktakes": list_stocktakes(request.actor, found),
        "root_id": root.uid,
        "is_keeper": found.unit_path in kept_paths(request.actor),
    }
    return render(request, "blueprint/plans/stocktake.html", context)
