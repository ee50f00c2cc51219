"""The period of a certificate, and what a third party types off the paper."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PeriodForm(forms.Form):
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    until_on = forms.DateField(label=_("Until"), widget=forms.DateInput, help_text=_("Both days included."))


class CheckForm(forms.Form):
    number = forms.CharField(
        label=_("Number"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("For example: V2026-000012"),
    )  # fmt: skip
    code = forms.CharField(
        label=_("Verification code"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("Ten signs at the foot of the certificate."),
    )  # fmt: skip
