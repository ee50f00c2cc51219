"""Assessing a risk: tick what is true; the table says what it comes to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import RiskLevel
from sunward.casework.risk_tables import RiskTable, Ticks

TRIGGERS = "triggers"


class RiskForm(forms.Form):
    """One field for the emergencies and one for each group of the table; the level is the table's unless chosen."""

    level = forms.TypedChoiceField(
        label=_("Risk level"),
        choices=[("", _("As the ticks say")), *RiskLevel.choices],
        coerce=lambda value: RiskLevel(int(value)),
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("A higher level holds at once. A lower one waits until a second person confirms it."),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where you choose another level than the ticks say, and where it becomes lower than now."),
    )  # fmt: skip

    def __init__(self, *args: Any, table: RiskTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        self.fields[TRIGGERS] = self._ticked(_("Danger now"), [(one.code, one.words) for one in table.triggers])
        self.fields[TRIGGERS].help_text = _("One tick is enough: high, at once, whatever else is ticked.")
        for group in table.groups:
            choices = [(one.code, one.words) for one in group.indicators]
            self.fields[f"group_{group.code}"] = self._ticked(group.title, choices)

    @staticmethod
    def _ticked(label: Any, choices: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
        )

    @property
    def tick_fields(self) -> list[forms.BoundField]:
        return [self[TRIGGERS], *(self[f"group_{group.code}"] for group in self.table.groups)]

    @property
    def ticks(self) -> Ticks:
        """What is ticked so far; nothing of a field that could not be read."""
        said = getattr(self, "cleaned_data", {})
        indicators = [code for group in self.table.groups for code in said.get(f"group_{group.code}", ())]
        return Ticks(self.table, tuple(indicators), tuple(said.get(TRIGGERS, ())))
