"""The sheet of emergency contacts: made on purpose, read while it is valid."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.gatherings import actions as acts
from sunward.gatherings.access import get_contact_sheet
from sunward.gatherings.queries.contact_sheet import read_contact_sheet
from sunward.gatherings.roles import PLANNERS


@require_POST
@allow(*PLANNERS, writes=True)
def contact_sheet_new(request: SunwardRequest, gathering_id: UUID) -> HttpResponse:
    sheet = acts.make_contact_sheet(actor=request.actor, gathering_id=gathering_id, now=clock.now())
    return redirect("gatherings:contact_sheet", sheet.uid)


@require_safe
@never_cache
@allow(*PLANNERS)
def contact_sheet(request: SunwardRequest, sheet_id: UUID) -> HttpResponse:
    sheet = get_contact_sheet(actor=request.actor, sheet_id=sheet_id, now=clock.now())
    context = {"page": read_contact_sheet(sheet), "sheet": sheet, "gathering": sheet.gathering}
    return render(request, "gatherings/contact_sheet.html", context)
