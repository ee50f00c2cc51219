"""What is typed in about one stop of an outing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.actions.stops import MINUTES_AT_MOST, NARRATION_AT_MOST, StopDetails
from sunward.gatherings.models import Stop

_COLUMNS = ("title", "place", "minutes", "narration", "lon", "lat")


class StopForm(forms.Form):
    title = forms.CharField(label=_("What is there"), max_length=60)
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False, help_text=_("An address, or where to stand.")
    )
    minutes = forms.IntegerField(label=_("Minutes there"), min_value=1, max_value=MINUTES_AT_MOST, initial=20)
    narration = forms.CharField(
        label=_("Narration"), max_length=NARRATION_AT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What is read out to the children there, as you would say it. No names of children."),
    )  # fmt: skip
    lon = forms.FloatField(label=_("Longitude of the map point"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude of the map point"), min_value=-90, max_value=90, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not {"lon", "lat"} & set(self.errors) and (given.get("lon") is None) != (given.get("lat") is None):
            self.add_error("lon", _("Give both numbers of the map point, or none."))
        return given

    def details(self) -> StopDetails:
        return StopDetails(**{name: self.cleaned_data[name] for name in _COLUMNS})


def stop_values(stop: Stop) -> dict[str, Any]:
    """The form's values of a stop that is there."""
    return {name: getattr(stop, name) for name in _COLUMNS}
