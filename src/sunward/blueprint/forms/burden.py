"""How much typing a plan may cost: the number and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.blueprint.actions.budgeting import MOST_MINUTES, BudgetDetails


class BudgetForm(forms.Form):
    """It comes with what holds now."""

    minutes = forms.IntegerField(
        label=_("Minutes a month for a unit"), min_value=1, max_value=MOST_MINUTES,
        help_text=_("Half an hour a week is 120. The number is for every unit alike and holds from this month on."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, minutes: int) -> None:
        super().__init__(data, initial={"minutes": minutes})

    def details(self) -> BudgetDetails:
        return BudgetDetails(self.cleaned_data["minutes"], self.cleaned_data["reason"])
