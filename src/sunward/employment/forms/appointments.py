"""Forms of appointments and of the times for them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.casework.actions.services import LONGEST_MINUTES
from sunward.employment.actions.slots import Times
from sunward.employment.enums import AppointmentTopic
from sunward.employment.forms.jobseeker_acts import NOTE_LENGTH, PLEASE, GuidanceForm, KeyedForm, VersionedForm


def _lengths() -> list[tuple[int, str]]:
    return [(minutes, gettext("%(minutes)s minutes") % {"minutes": minutes}) for minutes in (30, 45, 60, 90, 120)]


class TimesForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    adviser = forms.ChoiceField(label=_("Who advises"))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    begins = forms.TimeField(
        label=pgettext_lazy("time of day", "From"), widget=forms.TimeInput(format="%H:%M"), initial="09:00"
    )
    ends = forms.TimeField(
        label=pgettext_lazy("time of day", "Until"), widget=forms.TimeInput(format="%H:%M"), initial="11:00"
    )
    minutes = forms.TypedChoiceField(label=_("Each takes"), choices=_lengths, coerce=int, initial=60)
    places = forms.IntegerField(
        label=_("How many at once"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=_("One for a talk; more for a group."),
    )
    weekly_until = forms.DateField(
        label=_("Every week until"), widget=forms.DateInput, required=False, help_text=_("Empty: this once.")
    )
    mentor = forms.TypedChoiceField(
        label=_("City mentor who sits in"), required=False, coerce=UUID, empty_value=None,
        help_text=_("Whoever books reads who it is. The mentor sees no file."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, advisers: Sequence[tuple[str, str]], mentors: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adviser"].choices = [PLEASE, *advisers]  # type: ignore[attr-defined]
        self.fields["mentor"].choices = [("", pgettext_lazy("city mentor", "Nobody")), *mentors]  # type: ignore[attr-defined]
        if not mentors:
            del self.fields["mentor"]

    def times(self) -> Times:
        return Times(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class _SlotForm(forms.Form):
    """`offer` fills in the times that are free."""

    has_times = False
    slot = forms.ChoiceField(
        label=_("When and where"),
        error_messages={"invalid_choice": _("This time is not free any more. Choose another.")},
    )

    def offer(self, slots: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        self.fields["slot"].choices = [PLEASE, *slots]  # type: ignore[attr-defined]
        self.has_times = bool(slots)

    def clean_slot(self) -> UUID:
        return UUID(self.cleaned_data["slot"])


class BookForm(KeyedForm, _SlotForm):
    topic = forms.ChoiceField(label=_("What it is about"), choices=[PLEASE, *AppointmentTopic.choices])
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("What to bring, what the person asked for.")
    )
    field_order = ("key", "topic", "slot", "note")


class MoveForm(VersionedForm, _SlotForm):
    """To another free time."""


class CameForm(KeyedForm, VersionedForm):
    """What was told or agreed: written down as a service."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST_MINUTES, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was told, offered or agreed."),
    )  # fmt: skip

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0

    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class CameToGuidanceForm(GuidanceForm, VersionedForm):
    """The day is that of the appointment."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["happened_on"]

    def said(self) -> dict[str, Any]:
        self.cleaned_data["happened_on"] = None
        given = super().said()
        del given["happened_on"]
        return given | {"version": self.cleaned_data["version"]}
