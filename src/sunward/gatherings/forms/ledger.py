"""The fields above the ledger. They only read the question; `queries.ledger` answers it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.enums import GatheringState
from sunward.gatherings.forms.calendar import ALL
from sunward.gatherings.queries.ledger import GatheringQuestion
from sunward.gatherings.queries.units import Choice


class GatheringFilter(forms.Form):
    q = forms.CharField(label=_("Title, place or number"), max_length=60, required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    time = forms.ChoiceField(
        label=_("When"), required=False, choices=[ALL, ("coming", _("Still to come")), ("past", _("Over"))]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All but cancelled ones")), *GatheringState.choices]
    )

    def __init__(self, data: Any, *, units: Sequence[Choice], kinds: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [ALL, *units]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [ALL, *kinds]  # type: ignore[attr-defined]

    def question(self, *, unit_path: str) -> GatheringQuestion:
        """What cannot be understood is left out: a link that was sent on must open."""
        self.is_valid()
        asked = self.cleaned_data
        return GatheringQuestion(
            words=asked.get("q") or "", unit_path=unit_path, kind=asked.get("kind") or "",
            state=asked.get("state") or "", time=asked.get("time") or "",
        )  # fmt: skip
