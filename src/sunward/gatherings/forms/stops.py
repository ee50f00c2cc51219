"""What is typed in about one stop of an outing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.actions.stops import MINUTES_AT_MOST, NARRATION_AT_MOST, StopDetails

COLUMNS = ("title", "place", "minutes", "narration", "lon", "lat")


class WordsField(forms.CharField):
    """A browser sends each end of a line as two signs; it is counted and kept as one."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class StopForm(forms.Form):
    """The form remembers what it was opened with, so that two people who write at once lose nothing."""

    title = forms.CharField(label=_("What is there"), max_length=60)
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False, help_text=_("An address, or where to stand.")
    )
    minutes = forms.IntegerField(label=_("Minutes there"), min_value=1, max_value=MINUTES_AT_MOST, initial=20)
    narration = WordsField(
        label=_("Narration"), max_length=NARRATION_AT_MOST, required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("What is read out to the children there, as you would say it. No names of children."),
    )  # fmt: skip
    lon = forms.FloatField(label=_("Longitude of the map point"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude of the map point"), min_value=-90, max_value=90, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not {"lon", "lat"} & set(self.errors) and (given.get("lon") is None) != (given.get("lat") is None):
            self.add_error("lon", _("Give both numbers of the map point, or none."))
        return given

    def details(self) -> StopDetails:
        return StopDetails(**{name: self.cleaned_data[name] for name in COLUMNS})

    def seen(self) -> StopDetails | None:
        """What the form was opened with; None where it does not say so in full."""
        values: dict[str, Any] = {}
        for name in COLUMNS:
            sent = self.data.get(self.add_initial_prefix(name))
            try:
                values[name] = None if sent is None else self.fields[name].to_python(sent)
            except ValidationError:
                return None
            if sent is None or (name == "minutes" and values[name] is None):
                return None
        return StopDetails(**values)


def stop_values(details: StopDetails) -> dict[str, Any]:
    """The form's values of a stop that is there."""
    return {name: getattr(details, name) for name in COLUMNS}


def shown_again(mine: StopDetails, there: StopDetails) -> StopForm:
    """The form with these words in its fields, opened with those that stand there now."""
    sent = {name: _as_sent(value) for name, value in stop_values(mine).items()}
    opened = {f"initial-{name}": _as_sent(value) for name, value in stop_values(there).items()}
    form = StopForm(sent | opened)
    form.is_valid()
    return form


def _as_sent(value: Any) -> str:
    return "" if value is None else str(value)
