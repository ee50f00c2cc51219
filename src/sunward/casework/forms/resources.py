"""Forms of the directory of resources."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.actions import ResourceDetails
from sunward.casework.enums import ResourceKind
from sunward.casework.queries.resources import ResourceQuestion

ANY = ("", _("All"))


class ResourceFilter(forms.Form):
    """The fields above the directory. What cannot be understood is left out."""

    q = forms.CharField(label=_("Name, provider or place"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("What"), choices=[ANY, *ResourceKind.choices], required=False)
    age = forms.IntegerField(label=_("For the age of"), min_value=0, max_value=120, required=False)
    state = forms.ChoiceField(
        label=_("Valid"), required=False,
        choices=[
            ("", _("Valid")), ("expiring", _("Runs out soon")), ("over", _("Run out or ended")), ("all", _("All")),
        ],
    )  # fmt: skip

    def question(self) -> ResourceQuestion:
        self.is_valid()
        asked = self.cleaned_data
        return ResourceQuestion(
            words=asked.get("q") or "", kind=asked.get("kind") or "", state=asked.get("state") or "valid",
            age=asked.get("age"),
        )  # fmt: skip


class ResourceForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("resource", "Name"), max_length=80)
    kind = forms.ChoiceField(label=_("What"), choices=ResourceKind.choices)
    provider = forms.CharField(label=_("Provider"), max_length=80)
    unit_id = forms.TypedChoiceField(label=_("For the unit"), coerce=int)
    audience = forms.CharField(label=_("For whom"), max_length=200, required=False)
    age_from = forms.IntegerField(label=_("From the age of"), min_value=0, max_value=120, required=False)
    age_until = forms.IntegerField(label=_("Up to the age of"), min_value=0, max_value=120, required=False)
    place = forms.CharField(label=pgettext_lazy("resource", "Where"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Office telephone"), max_length=40, required=False, help_text=_("An office's, never somebody's own.")
    )
    hours = forms.CharField(label=_("Hours"), max_length=80, required=False)
    cost = forms.CharField(label=_("Cost"), max_length=80, required=False)
    valid_until_on = forms.DateField(label=_("Valid until"), widget=forms.DateInput)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]

    def details(self) -> ResourceDetails:
        return ResourceDetails(**self.cleaned_data)


class ExtendForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    valid_until_on = forms.DateField(label=_("Valid until"), widget=forms.DateInput)
