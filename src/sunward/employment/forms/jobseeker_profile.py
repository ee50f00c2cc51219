"""The form by which a jobseeker's file is corrected."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sunward.core.form_fields import WordsField, YesNoField
from sunward.employment.actions.profiles import PersonWords, ProfileWords
from sunward.employment.enums import Education, Shift
from sunward.employment.forms.jobseeker_acts import PLEASE
from sunward.employment.rules import LONGEST_WISH
from sunward.people.enums import Sex
from sunward.people.phones import read_phone

CLEAR = "-"
SEALED = ("phone", "address")
_KEEP = _("Leave empty to keep what is written; “-” takes it away.")
_SALARY_AT_MOST, _MINUTES_AT_MOST = 1_000_000, 600


class ProfileForm(forms.Form):
    """Sealed fields are empty: what is typed takes the place of what lies there."""

    name = forms.CharField(label=_("Name"), max_length=80)
    sex = forms.ChoiceField(label=_("Sex"), choices=[PLEASE, *Sex.choices], required=False)
    birth_date = forms.DateField(label=_("Date of birth"), widget=forms.DateInput, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False, help_text=_KEEP)
    address = forms.CharField(label=_("Address"), max_length=200, required=False, help_text=_KEEP)
    is_elsewhere = YesNoField(label=_("Lives elsewhere than registered"))
    registered_on = forms.DateField(label=_("Registered as unemployed on"), widget=forms.DateInput, required=False)
    unemployed_since = forms.DateField(label=_("Without work since"), widget=forms.DateInput, required=False)
    education = forms.TypedChoiceField(
        label=_("Education"), choices=[PLEASE, *Education.choices], coerce=int, empty_value=None, required=False
    )
    schooling = forms.CharField(label=_("School and major"), max_length=120, required=False)
    graduated_on = forms.DateField(label=_("Graduated on"), widget=forms.DateInput, required=False)
    skills = WordsField(label=_("Skills"), required=False, max_length=600)
    experience = forms.CharField(
        label=_("Experience"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    salary_min = forms.IntegerField(
        label=_("Wished salary from"), min_value=1, max_value=_SALARY_AT_MOST, required=False,
        help_text=_("yuan a month"),
    )  # fmt: skip
    salary_max = forms.IntegerField(
        label=_("Wished salary to"), min_value=1, max_value=_SALARY_AT_MOST, required=False,
        help_text=_("yuan a month"),
    )  # fmt: skip
    commute_minutes = forms.IntegerField(
        label=_("Way to work, at most"), min_value=1, max_value=_MINUTES_AT_MOST, required=False,
        help_text=_("minutes, one way"),
    )  # fmt: skip
    shifts = forms.MultipleChoiceField(
        label=_("Shifts"), choices=Shift.choices, widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Which the person would work."),
    )  # fmt: skip
    is_disabled = YesNoField(
        label=_("Disabled"), help_text=_("Only where a policy needs it. No employer ever sees it.")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        for name, field in self.fields.items():
            field.show_hidden_initial = name not in SEALED

    def clean_phone(self) -> str:
        typed = str(self.cleaned_data["phone"]).strip()
        if not typed or typed == CLEAR:
            return typed
        phone = read_phone(typed)
        if phone is None:
            raise ValidationError(_("This is not a telephone number we can read. A mobile has 11 digits."))
        return phone

    def clean(self) -> dict[str, Any]:
        """What a register brought may be at odds with itself; what is typed here may not."""
        cleaned = super().clean() or self.cleaned_data
        since, registered = cleaned.get("unemployed_since"), cleaned.get("registered_on")
        is_typed = {"unemployed_since", "registered_on"} & set(self.changed_data)
        if is_typed and since and registered and since > registered:
            self.add_error("unemployed_since", _("One registers after one has lost one's work. Check both days."))
        return cleaned

    def person(self) -> PersonWords:
        data = self.cleaned_data
        return PersonWords(
            name=data["name"].strip(), sex=data["sex"], birth_date=data["birth_date"], phone=_typed(data["phone"]),
            address=_typed(data["address"]),
        )  # fmt: skip

    def profile(self) -> ProfileWords:
        data = self.cleaned_data
        return ProfileWords(
            **{name: data[name] for name in ProfileWords.__dataclass_fields__ if name != "shifts"},
            shifts=tuple(data["shifts"]),
        )


class WishForm(forms.Form):
    words = forms.CharField(
        label=_("One more post"),
        max_length=LONGEST_WISH,
        help_text=_("In the person's own words; the first comes first."),
    )


def _typed(value: str) -> str | None:
    """None: nothing was typed; empty: it is to be taken away."""
    return None if not value else ("" if value == CLEAR else value)
