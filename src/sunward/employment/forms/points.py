"""The forms of a Leye Space."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.actions.points import PointDetails
from sunward.employment.actions.space_advisers import AdviserDetails
from sunward.employment.enums import AdviserTitle
from sunward.employment.forms.jobseeker_acts import PLEASE


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


class AdviserForm(forms.Form):
    """A chief adviser is one of the officers; a city mentor has a name, and a promise of confidentiality."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.ChoiceField(label=_("Advises as"), choices=[PLEASE, *AdviserTitle.choices])
    knows = forms.CharField(
        label=_("Knows well"), max_length=60, help_text=_("So that people find the right one: smart manufacturing")
    )
    officer = forms.ChoiceField(
        label=_("Chief career adviser: which officer"), required=False,
        help_text=_("Follows the one before, if there is one."),
    )  # fmt: skip
    name = forms.CharField(label=_("City mentor: name"), max_length=30, required=False)
    promised_on = forms.DateField(
        label=_("City mentor: promise of confidentiality signed on"), widget=forms.DateInput, required=False
    )

    def __init__(self, *args: Any, officers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].choices = [PLEASE, *officers]  # type: ignore[attr-defined]

    def details(self) -> AdviserDetails:
        said = self.cleaned_data
        return AdviserDetails(
            title=AdviserTitle(said["title"]), knows=said["knows"], officer=said["officer"], name=said["name"],
            promised_on=said["promised_on"],
        )  # fmt: skip
