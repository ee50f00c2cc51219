"""Which calendar a link is to give."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.queries.units import Choice


class FeedForm(forms.Form):
    unit = forms.ChoiceField(label=_("Which calendar"), required=False)

    def __init__(self, data: Any = None, *, units: Sequence[Choice]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [("", _("Those I take part in")), *units]  # type: ignore[attr-defined]
