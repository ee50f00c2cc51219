"""What the reader asks of a figure, read from the address: what cannot be understood is ignored. And what an officer
writes of a bulletin: what is wrong with it is said beside it, and nothing is lost.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.core.months import add_months
from sunward.core.refusals import Refusal, show_above
from sunward.figures.actions.bulletins import Written
from sunward.figures.bulletins.text import Problem
from sunward.figures.queries.bulletin_making import Unreadable
from sunward.figures.queries.figure_page import Asked
from sunward.people.screening.clearing import StillNames
from sunward.people.screening.marking import Marked, mark

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


_CHANGED, _KEPT = "change:", "keep:"


class BulletinForm(forms.Form):
    """The hidden initial values tell two edits of one bulletin apart."""

    issuer = forms.ChoiceField(label=pgettext_lazy("bulletin", "In whose name"))
    name = forms.CharField(
        label=pgettext_lazy("bulletin", "Name"), max_length=24, show_hidden_initial=True,
        help_text=_("Stands in red at the top. For example: Leye Space bulletin"),
    )  # fmt: skip
    issue = forms.IntegerField(
        label=pgettext_lazy("bulletin", "Issue of the year"), min_value=0, max_value=9999, show_hidden_initial=True
    )
    issue_total = forms.IntegerField(
        label=pgettext_lazy("bulletin", "Issue in all"), min_value=0, max_value=99999, show_hidden_initial=True
    )
    title = forms.CharField(label=pgettext_lazy("bulletin", "Title"), max_length=60, show_hidden_initial=True)
    until_on = forms.DateField(
        label=_("Counted until"), widget=forms.DateInput({"type": "date"}), show_hidden_initial=True,
        help_text=_("The last day that counts. What is recorded after publishing changes nothing."),
    )  # fmt: skip
    body = forms.CharField(
        label=pgettext_lazy("bulletin", "Text"), max_length=20_000, widget=forms.Textarea({"rows": 16}), strip=False,
        show_hidden_initial=True,
        help_text=_(
            "A line that begins with # is a heading, with ## one below it. Figures stand in double brackets, see below."
        ),
    )  # fmt: skip
    report_to = forms.CharField(
        label=pgettext_lazy("bulletin", "Reported to"), max_length=200, required=False, show_hidden_initial=True
    )
    send_to = forms.CharField(
        label=pgettext_lazy("bulletin", "Sent to"), max_length=200, required=False, show_hidden_initial=True
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("bulletin", "Language"), choices=settings.LANGUAGES, show_hidden_initial=True
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    marked: Marked | None = None
    problems: tuple[Problem, ...] = ()

    def __init__(self, *args: Any, issuers: Sequence[tuple[str, str]] = (), is_erratum: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["issuer"].choices = issuers  # type: ignore[attr-defined]
        if not issuers:
            del self.fields["issuer"]
        if is_erratum:
            self.fields["until_on"].disabled = True
        self.fields["key"].initial = uuid4

    def written(self, *, kept: Sequence[str] = ()) -> Written:
        said = self.cleaned_data
        names = ("name", "issue", "issue_total", "title", "until_on", "report_to", "send_to", "language")
        told = {name: said[name] for name in names}
        body = said["body"].replace("\r\n", "\n")
        chosen = self._chosen(_KEPT) | frozenset(kept)
        return Written(**told, body=body, kept=chosen, changed=self._chosen(_CHANGED))

    def try_to_write(self, act: Callable[[], object]) -> bool:
        """Whether it was written; else what stands in the way is in the form, and nothing that was typed is lost."""
        if not self.is_valid():
            return False
        try:
            act()
        except StillNames as refused:
            self.marked = mark(refused, kept=self._chosen(_KEPT))
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["title"], self.data["body"] = refused.words.split("\n", 1)  # type: ignore[index]
            return False
        except Unreadable as refused:
            self.problems = refused.problems
            self.add_error("body", str(refused.sentence))
            return False
        except Refusal as refusal:
            show_above(self, refusal)
            return False
        return True

    def _chosen(self, what: str) -> frozenset[str]:
        values = [value for name, value in self.data.items() if name.startswith("mark-")]
        return frozenset(value.removeprefix(what) for value in values if value.startswith(what))


class ErratumForm(forms.Form):
    reason = forms.CharField(
        label=_("What was wrong, and why?"), max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text=_("Readers read this. The numbers that have changed since are found by themselves."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    marked: Marked | None = None
