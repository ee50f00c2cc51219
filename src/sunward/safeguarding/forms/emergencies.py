"""What is typed while somebody waits for help: as little as possible."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.safeguarding.enums import Authority, EmergencyKind
from sunward.safeguarding.rules import WORDS_AT_MOST

MINUTE = "%Y-%m-%dT%H:%M"
_READ_AS = [MINUTE, "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"]


def moment_field(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE)
    return forms.DateTimeField(label=label, input_formats=_READ_AS, widget=widget, **more)


class CallForm(forms.Form):
    """The second tap: a button for each kind."""

    kind = forms.TypedChoiceField(choices=EmergencyKind.choices, coerce=EmergencyKind)


class NoteForm(forms.Form):
    words = forms.CharField(
        label=_("What happened"), max_length=WORDS_AT_MOST, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip


class AuthorityForm(forms.Form):
    authority = forms.TypedChoiceField(label=_("Who was told"), choices=Authority.choices, coerce=Authority)
    told_at = moment_field(_("When"))
    receipt = forms.CharField(label=_("Number of the receipt"), max_length=60, required=False)
    words = forms.CharField(label=_("What they said"), max_length=300, required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"told_at": localtime(now)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class HandOnForm(forms.Form):
    user = forms.TypedChoiceField(label=_("To whom"), coerce=int)

    def __init__(self, data: Any = None, *, colleagues: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["user"].choices = colleagues  # type: ignore[attr-defined]


class EndForm(forms.Form):
    is_false_alarm = forms.TypedChoiceField(
        label=_("How did it end?"), choices=[("no", _("The child is safe")), ("yes", _("False alarm"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect, initial="no",
    )  # fmt: skip
    words = forms.CharField(
        label=_("In a few words"), max_length=WORDS_AT_MOST, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip
