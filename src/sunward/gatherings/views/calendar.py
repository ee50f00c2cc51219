"""The calendar: every view of it is an address, so that it works without JavaScript and can be sent on."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.core.furniture import Tab
from sunward.gatherings.declaration import kinds_planned_by
from sunward.gatherings.forms.calendar import CalendarForm, kind_choices
from sunward.gatherings.queries.calendar import VIEW_LABELS, View, read_calendar
from sunward.gatherings.queries.units import filter_choices, path_of
from sunward.gatherings.roles import TAKING_PART


@require_safe
@allow(*TAKING_PART)
def calendar(request: SunwardRequest) -> HttpResponse:
    on, unit = clock.today(), request.GET.get("unit", "")
    units = filter_choices(request.actor, chosen=unit)
    form = CalendarForm(request.GET, units=units, kinds=kind_choices(request.actor))
    asked = form.question(unit_path=path_of(request.actor, unit), on=on)
    context = {
        "form": form,
        "calendar": read_calendar(request.actor, asked, on=on),
        "tabs": [Tab(VIEW_LABELS[view], _href(request, view, asked.day), asked.view == view) for view in View],
        "earlier_href": _href(request, asked.view, asked.earlier),
        "today_href": _href(request, asked.view, on),
        "later_href": _href(request, asked.view, asked.later),
        "may_plan": bool(kinds_planned_by(request.actor)),
    }
    return render(request, "gatherings/calendar/calendar.html", context)


def _href(request: SunwardRequest, view: View, day: date) -> str:
    """The same question for another day or view."""
    kept = {name: request.GET[name] for name in ("unit", "whose", "kind") if request.GET.get(name)}
    return f"{reverse('gatherings:calendar')}?{urlencode({'view': view.value, 'day': day.isoformat()} | kept)}"
