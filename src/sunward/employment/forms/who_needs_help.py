"""What the page "Who needs help" is asked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sunward.employment.queries.help_counts import months_back
from sunward.employment.queries.who_needs_help import HelpQuestion

_ANY = ("", _("All"))


class HelpFilter(forms.Form):
    """What cannot be understood is left out: a link that was sent on must open."""

    unit = forms.ChoiceField(label=_("Sub-district or committee"), required=False)
    month = forms.ChoiceField(label=_("Came in and left in"), required=False)

    def __init__(self, data: Any, *, units: Sequence[tuple[str, str]], on: date) -> None:
        super().__init__(data)
        self.first = on.replace(day=1)
        self.fields["unit"].choices = [_ANY, *units]  # type: ignore[attr-defined]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            ("" if month == self.first else f"{month:%Y-%m}", date_format(month, "Y-m")) for month in months_back(on)
        ]

    def question(self) -> HelpQuestion:
        self.is_valid()
        asked = self.cleaned_data
        month = asked.get("month") or ""
        return HelpQuestion(
            month=date.fromisoformat(f"{month}-01") if month else self.first,
            unit=asked.get("unit") or "",
            is_now=self.data.get("now") == "yes",
        )
