"""What is asked of the planner, as a person types it: the roadshow, a line for each speaker, a line for each venue."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.actions.roadshows import Hours
from sunward.gatherings.forms.roadshow_lines import SpeakerFormSet, VenueFormSet, read_names
from sunward.gatherings.queries.units import Choice
from sunward.gatherings.roadshow.days import DayRule, months_between
from sunward.gatherings.roadshow.shapes import HALVES, Request, Speaker, Times, Venue
from sunward.gatherings.roadshow_words import DAY_RULES

TOTAL, EACH = "total", "each"
DRAFTS, OPEN = "drafts", "open"
MONTHS_AT_MOST = 12


class MonthField(forms.RegexField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-12"})
        super().__init__(r"^20\d{2}-(0[1-9]|1[0-2])$", widget=widget, **kwargs)


class RoadshowForm(forms.Form):
    """The sub-districts stand beside the number that each is to have; it counts only where each has its own."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=80)
    first_month = MonthField(label=_("First month"))
    last_month = MonthField(label=_("Last month"))
    subdistricts = forms.MultipleChoiceField(
        label=_("Sub-districts"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one sub-district.")},
    )  # fmt: skip
    counted = forms.ChoiceField(
        label=_("How many sessions"),
        widget=forms.RadioSelect,
        choices=[(TOTAL, _("in all, spread evenly")), (EACH, _("in each sub-district"))],
        initial=TOTAL,
    )
    sessions = forms.IntegerField(label=_("Number of sessions"), min_value=1, max_value=200, initial=30)
    occupations = forms.CharField(
        label=_("Occupations"), widget=forms.Textarea(attrs={"rows": 8}), help_text=_("One in each line."),
    )  # fmt: skip
    on_in = forms.CharField(
        label=_("Which occupations are on in which month"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_(
            "Empty: the planner spreads them. Else one month in each line, for instance: 2026-12: cashier, barista"
        ),
    )
    one_a_month = forms.BooleanField(
        label=_("One month, one occupation: in a month a sub-district has one occupation only"), required=False,
        initial=True,
    )  # fmt: skip
    two_a_day = forms.BooleanField(label=_("Two sessions in one sub-district on one day are fine"), required=False)
    day_rule = forms.ChoiceField(
        label=_("On which days"), widget=forms.RadioSelect, choices=DAY_RULES, initial=DayRule.WORKDAYS.value,
        help_text=_("On a weekend a speaker and a venue are free only if that is ticked for them below."),
    )  # fmt: skip
    morning = forms.TimeField(
        label=_("Mornings from"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), initial=time(9, 30)
    )
    afternoon = forms.TimeField(
        label=_("Afternoons from"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), initial=time(14, 0)
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=240, initial=90)
    places = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=10_000, required=False, initial=30,
        help_text=_("Empty: as many as come."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, subdistricts: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["subdistricts"].choices = subdistricts  # type: ignore[attr-defined]

    def clean_occupations(self) -> tuple[str, ...]:
        lines = tuple(dict.fromkeys(line.strip()[:60] for line in self.cleaned_data["occupations"].splitlines()))
        return tuple(line for line in lines if line)

    def clean_morning(self) -> time:
        begins: time = self.cleaned_data["morning"]
        if begins >= time(12, 0):
            raise ValidationError(_("A morning begins before twelve."))
        return begins

    def clean_afternoon(self) -> time:
        begins: time = self.cleaned_data["afternoon"]
        if begins < time(12, 0):
            raise ValidationError(_("An afternoon begins at twelve or later."))
        return begins

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_month"), given.get("last_month")
        if not first or not last:
            return given
        given["months"] = months_between(first, last)
        if not 0 < len(given["months"]) <= MONTHS_AT_MOST:
            self.add_error("last_month", _("The last month comes after the first, within a year."))
        elif given.get("occupations"):
            try:
                given["on_in"] = read_months(given.get("on_in", ""), given["months"], given["occupations"])
            except ValidationError as wrong:
                self.add_error("on_in", wrong)
        return given

    def hours(self) -> Hours:
        given = self.cleaned_data
        return Hours(given["morning"], given["afternoon"], given["minutes"], given["places"])


def read_months(text: str, months: Sequence[str], occupations: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """``2022-09: 收银员、咖啡师`` or ``9月：收银员``, a month in each line."""
    found: dict[str, tuple[str, ...]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        head, _colon, names = line.replace("：", ":").partition(":")
        digits = re.findall(r"\d+", head)
        month = next(
            (m for m in months if digits and int(m[5:]) == int(digits[-1]) and digits[0] in {m[:4], digits[-1]}), None
        )
        given = tuple(read_names(names, occupations))
        if month is None or not given:
            raise ValidationError(_("This line is not understood: “%(line)s”."), params={"line": line[:60]})
        unknown = [name for name in given if name not in occupations]
        if unknown:
            raise ValidationError(_("“%(name)s” is not among the occupations above."), params={"name": unknown[0][:60]})
        found[month] = given
    return found


@dataclass
class Wish:
    """The three parts of the page together. `asked` and `hours` stand once it is valid."""

    form: RoadshowForm
    speakers: Any
    venues: Any

    def is_valid(self) -> bool:
        is_valid = self.form.is_valid()
        for line in (*self.speakers.forms, *self.venues.forms):
            line.months = self.form.cleaned_data.get("months", ())
            line.occupations = self.form.cleaned_data.get("occupations", ())
        # Each is asked, so that all that is wrong is seen at once.
        parts = [self.speakers.is_valid(), self.venues.is_valid()]
        return is_valid and all(parts) and self._is_complete()

    def _is_complete(self) -> bool:
        if not self._speakers():
            self.form.add_error(None, _("Name at least one speaker."))
        if len({one.name for one in self._speakers()}) < len(self._speakers()):
            self.form.add_error(None, _("Two speakers have the same name. Tell them apart, for instance by a number."))
        if not self._venues():
            self.form.add_error(None, _("Name at least one venue."))
        return not self.form.errors

    def _speakers(self) -> tuple[Speaker, ...]:
        return tuple(line.speaker() for line in self.speakers if not line.is_blank)

    def _venues(self) -> tuple[Venue, ...]:
        chosen = self.form.cleaned_data["subdistricts"]
        return tuple(
            line.venue() for line in self.venues if not line.is_blank and line.cleaned_data["subdistrict"] in chosen
        )

    @property
    def asked(self) -> Request:
        given = self.form.cleaned_data
        chosen = tuple(given["subdistricts"])
        quota = dict.fromkeys(chosen, given["sessions"]) if given["counted"] == EACH else {}
        return Request(
            subdistricts=chosen, months=given["months"], sessions=given["sessions"], quota=quota,
            occupations=given["occupations"], on_in=given["on_in"], one_a_month=given["one_a_month"],
            two_a_day=given["two_a_day"], day_rule=DayRule(given["day_rule"]), speakers=self._speakers(),
            venues=self._venues(),
        )  # fmt: skip


def bind_wish(data: Any, subdistricts: Sequence[Choice]) -> Wish:
    return Wish(
        RoadshowForm(data, subdistricts=subdistricts),
        SpeakerFormSet(data, prefix="speakers"),
        VenueFormSet(data, prefix="venues", form_kwargs={"subdistricts": subdistricts}),
    )


def new_wish(subdistricts: Sequence[Choice]) -> Wish:
    """An empty page, with a line for a venue in each sub-district."""
    rows = [{"subdistrict": code, "weekly": workdays()} for code, _name in subdistricts]
    return Wish(
        RoadshowForm(subdistricts=subdistricts),
        SpeakerFormSet(prefix="speakers", initial=[{"weekly": workdays()} for _ in range(3)]),
        VenueFormSet(prefix="venues", form_kwargs={"subdistricts": subdistricts}, initial=rows),
    )


def workdays() -> list[str]:
    return [f"{weekday}{half.value}" for half in HALVES for weekday in range(5)]


def filled_wish(
    asked: Request, hours: Hours, subdistricts: Sequence[Choice], *, title: str, version: int | None = None
) -> Wish:
    """The page of what was asked for before; sub-districts that are not the reader's are left out."""
    first = {
        "version": version, "title": title, "first_month": asked.months[0], "last_month": asked.months[-1],
        "subdistricts": list(asked.subdistricts), "counted": EACH if asked.quota else TOTAL,
        "sessions": max(asked.quota.values()) if asked.quota else asked.sessions,
        "occupations": "\n".join(asked.occupations), "on_in": _tell_months(asked.on_in),
        "one_a_month": asked.one_a_month, "two_a_day": asked.two_a_day, "day_rule": asked.day_rule.value,
        "morning": hours.morning, "afternoon": hours.afternoon, "minutes": hours.minutes, "places": hours.places,
    }  # fmt: skip
    speakers = [
        {"name": one.name, "teaches": "、".join(sorted(one.teaches)), "per_month": one.per_month} | _free(one.free)
        for one in asked.speakers
    ]
    venues = [{"name": one.name, "subdistrict": one.subdistrict} | _free(one.free) for one in asked.venues]
    return Wish(
        RoadshowForm(initial=first, subdistricts=subdistricts),
        SpeakerFormSet(prefix="speakers", initial=speakers),
        VenueFormSet(prefix="venues", initial=venues, form_kwargs={"subdistricts": subdistricts}),
    )


def _free(times: Times) -> dict[str, Any]:
    return {
        "weekly": [f"{weekday}{half.value}" for weekday, half in sorted(times.weekly)],
        "not_on": _tell_days(times.not_on),
        "also_on": _tell_days(times.also_on),
    }


def _tell_days(days: Iterable[date]) -> str:
    return "、".join(day.isoformat() for day in sorted(days))


def _tell_months(on_in: Mapping[str, tuple[str, ...]]) -> str:
    return "\n".join(f"{month}: {'、'.join(names)}" for month, names in sorted(on_in.items()))


class ChoiceForm(forms.Form):
    """Where a session is to go: one of the ways that the page offered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.CharField(max_length=400)


class PublishForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("How"),
        choices=[
            (DRAFTS, _("as drafts, to be looked at one by one")),
            (OPEN, _("published at once: people can sign up")),
        ],
        widget=forms.RadioSelect,
        initial=DRAFTS,
    )
