"""Figures: all of them, one with its definition and a year by unit, and the records behind one number."""

from django.http import HttpResponse
from django.shortcuts import render

from sunward.accounts.access import SunwardRequest, allow
from sunward.core import clock
from sunward.figures.access import COUNTING_ROLES, get_counted, get_indicator
from sunward.figures.forms import AsOfForm, read_asked, read_month
from sunward.figures.pins import month_of
from sunward.figures.queries.figure_page import read_figure_page
from sunward.figures.queries.overview import read_overview
from sunward.figures.queries.records import read_records


@allow(*COUNTING_ROLES)
def figures(request: SunwardRequest) -> HttpResponse:
    return render(request, "figures/figures.html", {"overview": read_overview(request.actor, on=clock.today())})


@allow(*COUNTING_ROLES)
def figure(request: SunwardRequest, code: str) -> HttpResponse:
    indicator = get_indicator(actor=request.actor, code=code)
    asked = read_asked(request.GET, on=clock.today())
    page = read_figure_page(actor=request.actor, indicator=indicator, asked=asked, on=clock.today())
    form = AsOfForm(initial={"until": f"{asked.until:%Y-%m}", "known": asked.known_on})
    return render(request, "figures/figure.html", {"page": page, "form": form})


@allow(*COUNTING_ROLES)
def records(request: SunwardRequest, code: str) -> HttpResponse:
    indicator = get_counted(actor=request.actor, code=code)
    today = clock.today()
    number = request.GET.get("page", "")
    page = read_records(
        actor=request.actor, indicator=indicator, asked=read_asked(request.GET, on=today),
        span=month_of(read_month(request.GET.get("month", ""), on=today)),
        page=int(number) if number.isdecimal() else 1, on=today,
    )  # fmt: skip
    return render(request, "figures/records.html", {"page": page, "code": code})
