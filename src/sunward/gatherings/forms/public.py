"""What is typed on a phone without an account: a code at the door, and what one thinks afterwards."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.actions.feedback import WORDS_AT_MOST
from sunward.gatherings.queries.feedback import MARKS


class DoorForm(forms.Form):
    typed = forms.CharField(
        label=_("Six digits, or your telephone number"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "autofocus": True}),
        help_text=_("The six digits are in your message, or on your sign-up page."),
    )  # fmt: skip


class FeedbackForm(forms.Form):
    satisfaction = forms.TypedChoiceField(
        label=_("How was it?"), choices=list(MARKS.items()), coerce=int, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("What you would like to add"), required=False, max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was good, what we should do otherwise. Please no names of children."),
    )  # fmt: skip
    is_anonymous = forms.BooleanField(label=_("Without my name"), required=False, initial=True)


class SlipForm(FeedbackForm):
    """A paper slip or a call, written down by the host: always without a name."""

    is_anonymous = None  # type: ignore[assignment]
