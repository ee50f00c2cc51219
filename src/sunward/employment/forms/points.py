"""The forms of a Leye Space."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.actions.points import PointDetails


class PointForm(forms.Form):
    """What stands on the door; shown to everybody who works for jobseekers in the district."""

    name = forms.CharField(label=_("Name"), max_length=60, show_hidden_initial=True)
    address = forms.CharField(label=_("Address"), max_length=120, show_hidden_initial=True)
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, required=False, show_hidden_initial=True,
        help_text=_("Of the office, not of a person."),
    )  # fmt: skip
    hours = forms.CharField(
        label=_("Opening hours"), max_length=120, required=False, show_hidden_initial=True,
        help_text=_("As they stand on the door: Monday to Friday 9:00–17:00"),
    )  # fmt: skip

    def details(self) -> PointDetails:
        return PointDetails(**{name: self.cleaned_data[name] for name in ("name", "address", "phone", "hours")})


class NewPointForm(PointForm):
    """Sent twice, it is one place."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    unit = forms.ChoiceField(label=_("Sub-district"))
    field_order = ("key", "unit")

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
