"""How one person wishes to be told, and a rest from reminders."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.outreach.enums import ChannelKind, MessagePurpose

AS_USUAL = ("", _("As usual"))
_OPTIONAL = [
    choice for choice in MessagePurpose.choices if choice[0] not in (MessagePurpose.URGENT, MessagePurpose.DUTY)
]
_KINDS = [choice for choice in ChannelKind.choices if choice[0] in (ChannelKind.SMS, ChannelKind.EMAIL)]


class WishesForm(forms.Form):
    """Empty follows the district's settings."""

    channel_kind = forms.ChoiceField(label=_("Preferred way"), choices=[AS_USUAL, *_KINDS], required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=120, help_text=_("Kept sealed. Empty leaves what is stored.")
    )
    opted_out_of = forms.MultipleChoiceField(
        label=_("Wishes no messages about"), choices=_OPTIONAL, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What is urgent is told all the same, and says why."),
    )  # fmt: skip
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=forms.TimeInput)
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput,
        help_text=_("Both empty: from 21:00 until 8:00."),
    )  # fmt: skip
    ceiling_per_week = forms.IntegerField(
        label=_("At most in seven days"), required=False, min_value=0, max_value=50, help_text=_("Empty: five.")
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if (said.get("quiet_from") is None) != (said.get("quiet_until") is None) and not self.errors:
            self.add_error("quiet_until", _("Say both, or neither."))
        return said


class SuspendForm(forms.Form):
    """A call just made beats a reminder that comes by itself."""

    reason = forms.CharField(
        label=_("Why"), max_length=200, initial=_("Called by telephone"),
        help_text=_("A few words: whoever works with this person sees them."),
    )  # fmt: skip
    until_on = forms.DateField(label=_("Suspend until"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["until_on"].help_text = _("Reminders begin again on this day. Empty: until somebody ends it.")

    def clean_until_on(self) -> date | None:
        until: date | None = self.cleaned_data["until_on"]
        if until is not None and until <= self.on:
            raise forms.ValidationError(_("Choose a day after today."))
        return until


class DigitsForm(forms.Form):
    """What opens the page behind a link."""

    digits = forms.RegexField(
        r"^\d{4}$", label=_("Last four digits"), max_length=4, strip=True,
        error_messages={"invalid": _("Four digits, please.")},
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric", "pattern": "[0-9]*", "autocomplete": "off", "class": "out-digits"
            }
        ),
    )  # fmt: skip
