"""How a line of work is laid out: who answers for it, its milestones, parts and points, and what it waits for."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.actions.work import Part, Point, Step
from sunward.core.form_fields import WordsField

Choice = tuple[str, Any]
_LINES = {"extra": 3, "max_num": 120, "absolute_max": 120}
_EVIDENCE_HELP = _("A document, a link, a place to look at: no names of those who are served.")


class OfficerForm(forms.Form):
    officer = forms.ChoiceField(
        label=_("Who answers for it"), help_text=_("Whoever holds a post in the unit that leads, or below it.")
    )

    def __init__(self, data: Any = None, *, officers: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _offer(self, "officer", officers)


class LeadForm(forms.Form):
    unit = forms.ChoiceField(label=_("The unit that leads from now on"))
    decision = forms.ChoiceField(label=_("By which decision"))
    reason = forms.CharField(label=_("Why"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, units: Sequence[Choice], decisions: Sequence[Choice]) -> None:
        super().__init__(data)
        _offer(self, "unit", units)
        _offer(self, "decision", decisions)

    def decision_id(self) -> UUID:
        return UUID(self.cleaned_data["decision"])


class ReachedForm(forms.Form):
    on = forms.DateField(label=_("Reached on"), widget=forms.DateInput)
    evidence = forms.CharField(
        label=_("What shows it"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}), help_text=_EVIDENCE_HELP
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("A milestone is reached on a day that has come."))
        return on


class NeedsForm(forms.Form):
    needs = WordsField(
        label=_("Numbers of the lines that have to be done before"),
        required=False,
        help_text=_("As they stand in the sheet, parted by 、or a comma. Leave it empty if it waits for none."),
    )

    def clean_needs(self) -> tuple[int, ...]:
        typed: tuple[str, ...] = self.cleaned_data["needs"]
        wrong = [word for word in typed if not (word.isascii() and word.isdigit() and len(word) < 5)]
        if wrong:
            raise ValidationError(_("“%(word)s” is not the number of a line."), params={"word": wrong[0]})
        return tuple(map(int, typed))


class MilestoneLine(forms.Form):
    """An empty line is none."""

    text = forms.CharField(label=_("What is to be there"), required=False, max_length=200)
    due_on = forms.DateField(label=pgettext_lazy("day", "By"), required=False, widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _ask_for(self, given, "text", _("Say of each milestone what is to be there."), beside="due_on")
        _ask_for(self, given, "due_on", _("Say by which day."), beside="text")
        return given

    def step(self) -> Step | None:
        given = self.cleaned_data
        return Step(given["text"], given["due_on"]) if given.get("text") else None


class PartLine(forms.Form):
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    text = forms.CharField(label=_("Own part"), required=False, max_length=400)
    due_on = forms.DateField(label=_("By, if before the whole"), required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, units: Sequence[Choice] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        _ask_for(self, given, "unit", _("Choose the unit whose part this is."), beside="text")
        _ask_for(self, given, "unit", _("Choose the unit whose part this is."), beside="due_on")
        return given

    def part(self) -> Part | None:
        given = self.cleaned_data
        return Part(given["unit"], given["text"], given["due_on"]) if given.get("unit") else None


class PointLine(forms.Form):
    on = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput)
    value = forms.DecimalField(label=_("Number to be there"), required=False, max_digits=16, decimal_places=2)
    assumption = forms.CharField(label=_("What it assumes"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for beside in ("value", "assumption"):
            _ask_for(self, given, "on", _("Say of which day this is."), beside=beside)
        _ask_for(self, given, "value", _("Say how much is to be there."), beside="on")
        return given

    def point(self) -> Point | None:
        given = self.cleaned_data
        return Point(given["on"], given["value"], given["assumption"]) if given.get("on") else None


MilestoneLines: Any = forms.formset_factory(MilestoneLine, **_LINES)  # type: ignore[arg-type]
PartLines: Any = forms.formset_factory(PartLine, **_LINES)  # type: ignore[arg-type]
PointLines: Any = forms.formset_factory(PointLine, **_LINES)  # type: ignore[arg-type]


def present(found: Iterable[Any]) -> list[Any]:
    """Without the lines that were left empty."""
    return [one for one in found if one is not None]


def _ask_for(form: forms.Form, given: dict[str, Any], name: str, sentence: Any, *, beside: str) -> None:
    """`name` is missing though `beside` was given; a zero was given."""
    is_told = given.get(beside) not in {None, ""}
    if is_told and given.get(name) in {None, ""} and name not in form.errors:
        form.add_error(name, sentence)


def _offer(form: forms.Form, name: str, choices: Sequence[Choice]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Please choose")), *choices]
