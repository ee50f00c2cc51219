"""The form by which an officer writes down that a jobseeker agreed to something."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.people.enums import JOBSEEKER_PURPOSES, Purpose


class ConsentForm(forms.Form):
    purpose = forms.TypedChoiceField(
        label=_("What for"), choices=[(str(one), one.label) for one in JOBSEEKER_PURPOSES], coerce=Purpose
    )
    given_on = forms.DateField(label=_("Agreed on"), widget=forms.DateInput)
    expires_on = forms.DateField(
        label=_("Holds until"), widget=forms.DateInput, required=False,
        help_text=_("Empty: until it is withdrawn."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("How the person agreed"), max_length=200, required=False,
        help_text=_("For example: signed on paper, kept in the folder of the sub-district"),
    )  # fmt: skip
