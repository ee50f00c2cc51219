"""The lines of a roadshow's form: a speaker, a venue, and when each is free."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.gatherings.enums import HalfDay
from sunward.gatherings.queries.units import Choice
from sunward.gatherings.roadshow.shapes import HALVES, Speaker, Times, Venue

ROWS_TO_ADD, ROWS_AT_MOST = 2, 60
WEEKDAYS = (
    pgettext_lazy("box", "Mon"), pgettext_lazy("box", "Tue"), pgettext_lazy("box", "Wed"), pgettext_lazy("box", "Thu"),
    pgettext_lazy("box", "Fri"), pgettext_lazy("box", "Sat"), pgettext_lazy("box", "Sun"),
)  # fmt: skip
HALF_DAYS = tuple((f"{weekday}{half.value}", half) for half in HALVES for weekday in range(7))
COMMAS = re.compile(r"[,，、;；\n]+")
SPLIT = re.compile(r"[\s,，、;；]+")
_DAY = re.compile(r"^(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})[日号]?$")


class FreeForm(forms.Form):
    """When somebody or a place is free: half days of the week, days on which not, days besides."""

    weekly = forms.MultipleChoiceField(
        label=_("Free on"), choices=[(key, key) for key, _half in HALF_DAYS], required=False
    )
    not_on = forms.CharField(label=_("Not on"), required=False, max_length=400)
    also_on = forms.CharField(label=_("Also on"), required=False, max_length=400)
    months: tuple[str, ...] = ()

    def clean_not_on(self) -> str:
        return self._checked("not_on")

    def clean_also_on(self) -> str:
        return self._checked("also_on")

    def _checked(self, name: str) -> str:
        typed: str = self.cleaned_data[name].strip()
        read_days(typed, self.months)
        return typed

    def times(self) -> Times:
        given = self.cleaned_data
        return Times(
            frozenset((int(key[0]), HalfDay(key[1:])) for key in given["weekly"]),
            frozenset(read_days(given["not_on"], self.months)),
            frozenset(read_days(given["also_on"], self.months)),
        )

    def grid(self) -> list[tuple[Any, list[tuple[str, str, Any, bool]]]]:
        """For the template: a line for each half of the day, a box for each weekday."""
        chosen = set(self["weekly"].value() or ())
        return [
            (half.label, [
                (f"{weekday}{half.value}", f"{self['weekly'].auto_id}_{weekday}{half.value}", WEEKDAYS[weekday],
                 f"{weekday}{half.value}" in chosen)
                for weekday in range(7)
            ])
            for half in HALVES
        ]  # fmt: skip

    @property
    def is_blank(self) -> bool:
        return not self.cleaned_data.get("name")


def read_names(text: str, known: Sequence[str]) -> list[str]:
    """Names with commas of any kind between; with spaces too, unless the name itself has one."""
    parts = [part.strip() for part in COMMAS.split(text) if part.strip()]
    return [name for part in parts for name in ([part] if part in known else part.split())]


def read_days(text: str, months: Sequence[str]) -> list[date]:
    """``2022-10-08``, ``10-8``, ``10月8日``, with commas or spaces between; the year follows from the months."""
    found = []
    for word in filter(None, SPLIT.split(text.strip())):
        match = _DAY.match(word)
        years = [int(month[:4]) for month in months if match and int(month[5:]) == int(match[2])]
        try:
            if match is None:
                raise ValueError
            found.append(
                date(int(match[1]) if match[1] else [*years, int(months[0][:4])][0], int(match[2]), int(match[3]))
            )
        except (ValueError, IndexError):
            raise ValidationError(
                _("“%(word)s” is not a day. Write it like 2026-12-08 or 12-8."), params={"word": word[:20]}
            ) from None
    return found


class SpeakerForm(FreeForm):
    name = forms.CharField(label=_("Speaker"), required=False, max_length=60)
    teaches = forms.CharField(label=_("Teaches"), required=False, max_length=400)
    per_month = forms.IntegerField(label=_("At most a month"), required=False, min_value=0, max_value=60)
    occupations: tuple[str, ...] = ()

    def clean_teaches(self) -> str:
        typed: str = self.cleaned_data["teaches"].strip()
        unknown = [name for name in read_names(typed, self.occupations) if name not in self.occupations]
        if unknown and self.occupations:
            raise ValidationError(_("“%(name)s” is not among the occupations above."), params={"name": unknown[0][:60]})
        return typed

    def speaker(self) -> Speaker:
        given = self.cleaned_data
        teaches = frozenset(read_names(given["teaches"], self.occupations))
        return Speaker(given["name"].strip(), teaches, self.times(), given["per_month"])


class VenueForm(FreeForm):
    subdistrict = forms.ChoiceField(label=_("Sub-district"), required=False)
    name = forms.CharField(label=_("Venue"), required=False, max_length=120)

    def __init__(self, *args: Any, subdistricts: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subdistrict"].choices = [("", _("Please choose")), *subdistricts]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("name") and not given.get("subdistrict") and "subdistrict" not in self.errors:
            self.add_error("subdistrict", _("Say in which sub-district it is."))
        return given

    def venue(self) -> Venue:
        return Venue(self.cleaned_data["name"].strip(), self.cleaned_data["subdistrict"], self.times())


_LINES = {"extra": ROWS_TO_ADD, "max_num": ROWS_AT_MOST, "absolute_max": ROWS_AT_MOST}
SpeakerFormSet: Any = forms.formset_factory(SpeakerForm, **_LINES)  # type: ignore[arg-type]
VenueFormSet: Any = forms.formset_factory(VenueForm, **_LINES)  # type: ignore[arg-type]
