"""What the reader asks of a figure, read from the address: what cannot be understood is ignored."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.core.months import add_months
from sunward.figures.queries.figure_page import Asked

EARLIEST = date(2000, 1, 1)


class AsOfForm(forms.Form):
    """Up to which month, and what was known by the end of which day."""

    until = forms.CharField(
        label=pgettext_lazy("figure", "Up to the month"), required=False, widget=forms.TextInput({"type": "month"})
    )
    known = forms.DateField(
        label=pgettext_lazy("figure", "As known on"), required=False, widget=forms.DateInput({"type": "date"}),
        help_text=_("Empty: as known now. A day in the past shows what was known by its end."),
    )  # fmt: skip


def read_asked(said: QueryDict, *, on: date) -> Asked:
    return Asked(
        unit=said.get("unit", "")[:20],
        until=read_month(said.get("until", ""), on=on),
        known_on=_day(said.get("known", ""), on=on),
    )


def read_month(text: str, *, on: date) -> date:
    """The first of the month, ``2022-10``; this month, if it says none or one that has not come."""
    this = on.replace(day=1)
    try:
        month = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return this
    return month if add_months(EARLIEST, 12) <= month <= this else this


def _day(text: str, *, on: date) -> date | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return day if EARLIEST <= day < on else None
