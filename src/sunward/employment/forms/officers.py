"""Forms by which an officer is put in charge."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.employment.queries.in_charge import NOBODY

_CHOOSE = ("", _("Please choose"))


class OfficerForm(forms.Form):
    """`seen`: the row that stood when the form was shown."""

    officer = forms.ChoiceField(label=_("Who is in charge"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def offer(self, officers: Sequence[tuple[str, str]]) -> None:
        choices = [("", pgettext_lazy("in charge", "Nobody for now")), *officers]
        self.fields["officer"].choices = choices  # type: ignore[attr-defined]


class HandoverForm(forms.Form):
    """Asked by GET, so that what is shown can be shown again; carried out by a form of its own."""

    source = forms.ChoiceField(label=_("Files of"))
    target = forms.ChoiceField(label=_("go to"))
    unit = forms.ChoiceField(label=_("only in"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        sources: Sequence[tuple[str, str]],
        targets: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        nobody = (NOBODY, pgettext_lazy("in charge", "Nobody"))
        for name, choices in (("source", [_CHOOSE, nobody, *sources]), ("target", [_CHOOSE, *targets])):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", _("All")), *units]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            self.add_error("target", _("Choose somebody else."))
        return cleaned
