"""What a reader of a plan may ask of its lines."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.queries.plan_filters import Asked, Offered

FILTERS = ("unit", "part", "question", "standing", "light", "from_on", "until_on")


def kept_filters(asked: Mapping[str, str]) -> dict[str, str]:
    """For a page of the plan that filters nothing itself: the next one leaves out what it cannot understand."""
    return {name: asked[name] for name in FILTERS if asked.get(name)}


class PlanFilter(forms.Form):
    """A value that cannot be understood is left out: a link that was sent on must open."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    part = forms.ChoiceField(label=_("Leads or joins"), required=False)
    question = forms.ChoiceField(label=_("Question"), required=False)
    light = forms.ChoiceField(label=pgettext_lazy("line of work", "Light"), required=False)
    standing = forms.ChoiceField(label=pgettext_lazy("line of work", "Days"), required=False)
    from_on = forms.DateField(label=_("Due from"), required=False, widget=forms.DateInput)
    until_on = forms.DateField(label=_("Due until"), required=False, widget=forms.DateInput)

    def __init__(self, data: Any, *, offered: Offered) -> None:
        super().__init__(data)
        everything = ("", pgettext_lazy("filter", "All"))
        parts = (("lead", pgettext_lazy("of a unit", "leads")), ("join", pgettext_lazy("of a unit", "joins")))
        questions = [(str(number), f"{number}. {text}") for number, text in offered.questions]
        self._offer("unit", [everything, *offered.units])
        self._offer("part", [everything, *parts])
        self._offer("question", [everything, *questions])
        self._offer("standing", [everything, *offered.standings])
        self._offer("light", [everything, *offered.lights])

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def asked(self) -> Asked:
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            unit=given.get("unit", ""), part=given.get("part", ""), question=int(given.get("question") or 0),
            standing=given.get("standing", ""), light=given.get("light", ""), from_on=given.get("from_on"),
            until_on=given.get("until_on"),
        )  # fmt: skip

    def chosen(self, name: str) -> str:
        """One of the choices beside the filters; what cannot be understood is not chosen."""
        self.is_valid()
        found: str = self.cleaned_data.get(name, "")
        return found

    def filters(self) -> dict[str, str]:
        """As typed, for the addresses of the plan's other pages."""
        return {name: self.data[name] for name in FILTERS if self.data.get(name) and name not in self.errors}


class BoardFilter(PlanFilter):
    by = forms.ChoiceField(
        label=_("Rows"), required=False, choices=[("", pgettext_lazy("rows", "Goals")), ("lead", _("Lead units"))]
    )
    also = forms.ChoiceField(
        label=_("Also show"), required=False,
        choices=[
            ("", pgettext_lazy("also show", "Deadlines alone")),
            ("milestones", pgettext_lazy("also show", "Milestones ahead")),
        ],
    )  # fmt: skip
