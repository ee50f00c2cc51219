"""What is typed in when a gathering is planned: its facts, the fields of its kind, and its times."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.actions.planning import GatheringDetails, SessionTime
from sunward.gatherings.declaration import FieldType, GatheringKind, KindField
from sunward.gatherings.enums import Audience, Mode
from sunward.gatherings.models import Gathering
from sunward.gatherings.queries.units import Choice

OWN = "own_"
RARE = ("month", "lon", "lat")
ROWS_TO_ADD = 2
ROWS_AT_MOST = 40
_MOMENT = "%Y-%m-%dT%H:%M"
PLEASE = ("", _("Please choose"))


class MomentField(forms.DateTimeField):
    """A day and a time in the browser's own field."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
        super().__init__(widget=widget, input_formats=[_MOMENT, "%Y-%m-%d %H:%M"], **kwargs)


class GatheringForm(forms.Form):
    """The facts. What a kind does not need is not asked; its own fields stand at the end."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("As it is to stand in calendars and messages.")
    )
    host = forms.ChoiceField(label=_("Host"))
    mode = forms.TypedChoiceField(label=_("How people meet"), choices=Mode.choices, coerce=Mode, initial=Mode.OFFLINE)
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    online_link = forms.URLField(label=_("Online link"), max_length=300, required=False, assume_scheme="https")
    places = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=100_000, required=False, help_text=_("Empty: as many as come.")
    )
    sign_up_until = MomentField(label=_("Sign up until"), required=False, help_text=_("Empty: until it begins."))
    cost = forms.DecimalField(
        label=_("Cost in yuan"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text=_("Empty: free."),
    )
    audience = forms.TypedChoiceField(label=_("For whom"), choices=Audience.choices, coerce=Audience)
    age_min = forms.IntegerField(label=_("From age"), min_value=0, max_value=120, required=False)
    age_max = forms.IntegerField(label=_("To age"), min_value=0, max_value=120, required=False)
    children_per_adult = forms.IntegerField(
        label=_("Children per adult"), min_value=1, max_value=20, required=False,
        help_text=_("For how many children one adult answers at most."),
    )  # fmt: skip
    is_public = forms.BooleanField(label=_("May be announced in chat groups"), required=False)
    month = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$", label=_("Month"), required=False, widget=forms.TextInput(attrs={"type": "month"}),
        help_text=_("Only where the day is not fixed yet, for instance 2026-12."),
    )  # fmt: skip
    lon = forms.FloatField(label=_("Longitude of the map point"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude of the map point"), min_value=-90, max_value=90, required=False)

    def __init__(
        self, data: Any = None, *, kind: GatheringKind, hosts: Sequence[Choice], when_note: str = "", **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.kind, self.when_note = kind, when_note
        # Her own unit stands first and is meant unless she says otherwise.
        self.fields["host"].choices = hosts  # type: ignore[attr-defined]
        self.fields["audience"].initial = kind.audience
        self.fields["children_per_adult"].initial = kind.children_per_adult
        if not kind.is_public:
            del self.fields["is_public"]
        if kind.children_per_adult is None:
            del self.fields["children_per_adult"]
        for field in kind.fields:
            self.fields[OWN + field.key] = _own_field(field)
        own = [OWN + field.key for field in kind.fields]
        self.order_fields(["version", "title", "host", "mode", "place", "online_link", *own])

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in RARE]

    @property
    def rare_fields(self) -> list[forms.BoundField]:
        """What few gatherings need stands behind a word, unless something in it is wrong or filled in."""
        return [field for field in self.visible_fields() if field.name in RARE]

    @property
    def is_rare_open(self) -> bool:
        return any(field.errors or field.value() not in (None, "") for field in self.rare_fields)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        mode = given.get("mode")
        if mode == Mode.ONLINE:
            given["place"] = given.get("place") or ""
        lowest, highest = given.get("age_min"), given.get("age_max")
        if lowest is not None and highest is not None and highest < lowest:
            self.add_error("age_max", _("The oldest age must not be below the youngest."))
        if (given.get("lon") is None) != (given.get("lat") is None):
            self.add_error("lon", _("Give both numbers of the map point, or none."))
        return given

    def details(self) -> GatheringDetails:
        given = self.cleaned_data
        names = (
            "mode",
            "place",
            "online_link",
            "places",
            "sign_up_until",
            "audience",
            "age_min",
            "age_max",
            "lon",
            "lat",
        )
        return GatheringDetails(
            title=given["title"], host_id=int(given["host"]), cost=given["cost"] or Decimal(0),
            children_per_adult=given.get("children_per_adult"), is_public=given.get("is_public", False),
            month=given["month"], when_note=self.when_note, fields=self._own_values(),
            **{name: given[name] for name in names},
        )  # fmt: skip

    def _own_values(self) -> dict[str, str | int]:
        values = {field.key: self.cleaned_data[OWN + field.key] for field in self.kind.fields}
        return {key: value for key, value in values.items() if value is not None}


def first_values(gathering: Gathering) -> dict[str, Any]:
    """The form's values of a gathering that is there."""
    names = (
        "version", "title", "mode", "place", "online_link", "places", "audience", "age_min", "age_max", "is_public",
        "children_per_adult", "lon", "lat", "sign_up_until", "month",
    )  # fmt: skip
    own = {OWN + key: value for key, value in gathering.fields.items()}
    return (
        {name: getattr(gathering, name) for name in names}
        | own
        | {
            "host": str(gathering.host_id),
            "cost": gathering.cost.normalize() if gathering.cost else None,
        }
    )


def _own_field(field: KindField) -> forms.Field:
    label, shared = _capital(field.label), {"required": False, "help_text": field.help}
    if field.type == FieldType.NUMBER:
        return forms.IntegerField(label=label, min_value=0, **shared)  # type: ignore[arg-type]
    if field.type == FieldType.CHOICE:
        return forms.ChoiceField(label=label, choices=[PLEASE, *field.choices], **shared)  # type: ignore[arg-type]
    return forms.CharField(label=label, max_length=120, **shared)  # type: ignore[arg-type]


def _capital(label: Any) -> str:
    words = str(label)
    return words[:1].upper() + words[1:]


class SessionForm(forms.Form):
    """One stretch of time on one day; an empty line is no session."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput, required=False)
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(format="%H:%M"), required=False)
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(format="%H:%M"), required=False)
    note = forms.CharField(label=_("Note"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        typed = [given.get(name) for name in ("day", "begins", "ends")]
        if self.errors or not any(typed):
            return given
        if not all(typed):
            raise forms.ValidationError(_("A time needs its day, its beginning and its end."))
        if given["ends"] <= given["begins"]:
            raise forms.ValidationError(_("The end must come after the beginning."))
        return given

    def session(self) -> SessionTime | None:
        given = self.cleaned_data
        if not given.get("day"):
            return None
        return SessionTime(
            _aware(given["day"], given["begins"]), _aware(given["day"], given["ends"]), given.get("note") or ""
        )


def _aware(day: date, moment: time) -> datetime:
    return make_aware(datetime.combine(day, moment))


SessionFormSet: Any = forms.formset_factory(
    SessionForm, extra=ROWS_TO_ADD, max_num=ROWS_AT_MOST, absolute_max=ROWS_AT_MOST
)


def session_values(times: Iterable[SessionTime]) -> list[dict[str, Any]]:
    """One line for each stretch of time."""
    return [
        {
            "day": localtime(one.begins_at).date(),
            "begins": localtime(one.begins_at).time(),
            "ends": localtime(one.ends_at).time(),
            "note": one.note,
        }
        for one in times
    ]


def read_sessions(lines: Any) -> list[SessionTime]:
    """The stretches of time of a valid set of lines."""
    return [session for line in lines if (session := line.session()) is not None]
