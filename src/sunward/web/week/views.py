"""The page behind the Monday message."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.web.home_todo import stand_in
from sunward.web.week.queries import WEEKLY_ROLES, list_units_to_choose, narrow, read_week


@require_safe
@allow(*WEEKLY_ROLES)
def week(request: SunwardRequest) -> HttpResponse:
    on, code = clock.today(), request.GET.get("unit", "")
    actor, standing_in = stand_in(request.actor, on=on)
    context = {
        "week": read_week(narrow(actor, code), on=on), "today": on, "standing_in": standing_in, "code": code,
        "units": list_units_to_choose(request.actor, on=on),
    }  # fmt: skip
    return render(request, "web/week/week.html", context)
