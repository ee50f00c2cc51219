"""A feed that a district makes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.enums import FeedDirection


class FeedForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    direction = forms.ChoiceField(label=_("Direction"), choices=FeedDirection.choices, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Other side"), max_length=60, help_text=_("Which office or system reads or sends, e.g. the city's.")
    )

    @property
    def form_key(self) -> UUID:
        return UUID(str(self.cleaned_data["key"]))

    def details(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"direction": said["direction"], "name": said["name"]}


class MissingForm(forms.Form):
    """End or keep, and of which list. The template draws the buttons."""

    mark = forms.CharField(max_length=40)
    decision_word = forms.ChoiceField(choices=[("end", _("End them")), ("keep", _("Keep them"))])

    def decision(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"mark": said["mark"], "ends": said["decision_word"] == "end"}
