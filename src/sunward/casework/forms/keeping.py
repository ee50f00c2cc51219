"""The form on which somebody says that a closed file is kept longer."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.enums import KeepReason


class KeepForm(forms.Form):
    because = forms.TypedChoiceField(
        label=_("Why"), choices=[("", _("Please choose")), *KeepReason.choices], coerce=KeepReason
    )
    until_on = forms.DateField(
        label=pgettext_lazy("keeping", "Until"), widget=forms.DateInput, help_text=_("A year from today at most.")
    )
