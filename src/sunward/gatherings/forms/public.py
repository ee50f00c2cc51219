"""What is typed on a phone without an account: a code at the door, and what one thinks afterwards."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.actions.feedback import WORDS_AT_MOST
from sunward.gatherings.queries.feedback import MARKS


class JoinForm(forms.Form):
    """Name and phone of somebody without an account; the age only where the gathering asks for it."""

    name = forms.CharField(label=_("Your name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Your mobile phone"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("You type it at the door to check in."),
    )  # fmt: skip
    age = forms.IntegerField(label=_("Your age"), min_value=0, max_value=120)
    party = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, has_age: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_age:
            del self.fields["age"]


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
