"""The fields above the calendar. They only read the question; `queries.calendar` answers it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.gatherings.declaration import gathering_kinds, kinds_planned_by
from sunward.gatherings.queries.calendar import CalendarQuestion, View
from sunward.gatherings.queries.units import Choice

ALL = ("", _("All"))
MINE = "mine"


def kind_choices(actor: Actor) -> list[tuple[str, Any]]:
    """The kinds she plans; whoever plans none may ask for any."""
    kinds = kinds_planned_by(actor) or tuple(gathering_kinds().values())
    return [(kind.code, kind.label) for kind in kinds]


class CalendarForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("", _("All of the unit")), (MINE, _("Those I take part in"))]
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    view = forms.ChoiceField(widget=forms.HiddenInput, required=False, choices=[(view, view) for view in View])
    day = forms.DateField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, units: Sequence[Choice], kinds: Sequence[tuple[str, Any]]) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [ALL, *kinds]  # type: ignore[attr-defined]
        if units:
            self.fields["unit"].choices = [ALL, *units]  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
        for name in self.fields:
            self.fields[name].widget.attrs["data-submit-on-change"] = True

    def question(self, *, unit_path: str, on: date) -> CalendarQuestion:
        """What cannot be understood is left out: a link that was sent on must open."""
        self.is_valid()
        asked = self.cleaned_data
        return CalendarQuestion(
            view=View(asked.get("view") or View.MONTH), day=asked.get("day") or on, unit_path=unit_path,
            is_mine=asked.get("whose") == MINE, kind=asked.get("kind") or "",
        )  # fmt: skip
