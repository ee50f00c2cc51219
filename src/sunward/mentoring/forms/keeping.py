"""Forms about how long a file is kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import KeepReason
from sunward.mentoring.enums import SchoolStage
from sunward.mentoring.forms.persons import PLEASE


class SchoolForm(forms.Form):
    stage = forms.TypedChoiceField(label=_("School"), choices=[PLEASE, *SchoolStage.choices], coerce=SchoolStage)
    until_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput,
        help_text=_("The regular end of school, as far as it is known. It is asked again each September."),
    )  # fmt: skip


class KeepForm(forms.Form):
    because = forms.TypedChoiceField(label=_("Why"), choices=[PLEASE, *KeepReason.choices], coerce=KeepReason)
    until_on = forms.DateField(label=_("Until"), widget=forms.DateInput, help_text=_("A year from today at most."))
