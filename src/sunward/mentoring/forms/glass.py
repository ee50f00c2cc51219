"""What is asked before a file that is not one's own opens."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import GlassReason


class GlassForm(forms.Form):
    reference = forms.CharField(
        label=_("Number of the file"), max_length=12, help_text=_("For instance C000012, as it is said on the phone.")
    )
    reason = forms.ChoiceField(label=_("Why"), choices=GlassReason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What has happened"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read at once by whoever answers for the file, and judged afterwards."),
    )  # fmt: skip
