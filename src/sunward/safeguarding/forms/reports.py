"""One screen: what, when found, told whom. Everything else may follow."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.safeguarding.actions.reports import ReportDetails
from sunward.safeguarding.enums import Authority, ReportKind
from sunward.safeguarding.rules import WORDS_AT_MOST

_MINUTE = "%Y-%m-%dT%H:%M"


class ReportForm(forms.Form):
    authority = forms.ChoiceField(label=_("Whom have you told?"), choices=Authority.choices, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("What is it about?"), choices=ReportKind.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one; the last stands for anything else.")},
    )  # fmt: skip
    found_at = forms.DateTimeField(
        label=_("When was it found?"), input_formats=[_MINUTE, "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MINUTE),
    )  # fmt: skip
    to_whom = forms.CharField(label=_("Who took it there"), required=False, max_length=60)
    receipt = forms.CharField(
        label=_("Number of the receipt"), required=False, max_length=60, help_text=_("It can be added later.")
    )
    words = forms.CharField(
        label=_("In short"), required=False, max_length=WORDS_AT_MOST, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs["initial"] = {"found_at": localtime(now)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_found_at(self) -> datetime:
        found: datetime = self.cleaned_data["found_at"]
        if found > self.now:
            raise forms.ValidationError(_("It was found in the future. Check day and time."))
        return found

    def details(self) -> ReportDetails:
        asked = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "kinds")}
        return ReportDetails(kinds=tuple(self.cleaned_data["kinds"]), **asked)


class ReceiptForm(forms.Form):
    receipt = forms.CharField(label=_("Number of the receipt"), max_length=60)
