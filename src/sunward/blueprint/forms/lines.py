"""One line of a paper, as a person confirms it: what the paper is sure of stands in it, the rest is asked."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.actions.lines import LineDetails
from sunward.blueprint.enums import Comparison
from sunward.blueprint.queries.line_page import LineChoices, LineShown

LEFT_OUT = "-"


class LineForm(forms.Form):
    """`mark_0`, `mark_0_sure`, …: a word for several units, and that a person has looked at it. `unknown_0`, …: a name
    that nobody knows. `joint` are the units that the paper names, `joint_more` all others."""

    goal = forms.CharField(label=pgettext_lazy("plan", "Goal"), max_length=200)
    section = forms.CharField(label=_("Field of work"), max_length=120, required=False)
    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    question = forms.ChoiceField(
        label=_("Which question of the meeting does it answer?"), widget=forms.RadioSelect,
        error_messages={"required": _("Say which question of the meeting this line answers.")},
    )  # fmt: skip
    lead = forms.ChoiceField(
        label=_("Lead unit"), error_messages={"required": _("Choose the one unit that leads.")}
    )  # fmt: skip
    joint = forms.MultipleChoiceField(
        label=_("Units that join, as the paper names them"), required=False, widget=forms.CheckboxSelectMultiple
    )
    joint_more = forms.MultipleChoiceField(
        label=_("Other units that join"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = forms.DateField(label=_("Deadline"), required=False, widget=forms.DateInput)
    review_on = forms.DateField(
        label=_("Or, where it has no end: looked at next on"), required=False, widget=forms.DateInput
    )
    target_text = forms.CharField(label=_("Indicator, as it is written"), max_length=200, required=False)
    target_comparison = forms.ChoiceField(
        label=_("How the number is meant"), choices=Comparison.choices, required=False
    )
    target_number = forms.DecimalField(
        label=pgettext_lazy("indicator", "Number"), required=False, max_digits=16, decimal_places=2
    )
    target_unit = forms.CharField(label=_("What it counts"), max_length=20, required=False)
    officer_written = forms.CharField(
        label=_("Responsible officer, as written"), max_length=60, required=False,
        help_text=_("A name without a telephone number. The unit that leads names the person later."),
    )  # fmt: skip
    instead_of = forms.ChoiceField(
        label=_("Decides otherwise than"), required=False,
        help_text=_("If it takes the place of an earlier decision. That one stays as it was, and shows this one."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, line: LineShown, choices: LineChoices) -> None:
        self.line = line
        super().__init__(data, initial=dict(line.values))
        named = set(line.values["joint"])
        self._offer("question", choices.questions)
        self._offer("lead", [("", _("Please choose")), *choices.grouped])
        self._offer("joint", [one for one in choices.units if one[0] in named])
        self._offer("joint_more", [one for one in choices.units if one[0] not in named])
        self._offer("instead_of", [("", "—"), *choices.decisions])
        if not named:
            del self.fields["joint"]
        if not choices.decisions or not line.is_decision:
            del self.fields["instead_of"]
        for number, mark in enumerate(line.marks):
            offered = [one for one in choices.units if not mark.codes or one[0] in mark.codes]
            self.fields[f"mark_{number}"] = forms.MultipleChoiceField(
                label=_("Units meant by “%(word)s”") % {"word": mark.written}, choices=offered, required=False,
                initial=mark.codes, widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.fields[f"mark_{number}_sure"] = forms.BooleanField(
                label=_("These are the units that are meant; none is an answer, too."),
                error_messages={"required": _("Look at the units, and tick that they are the ones meant.")},
            )
        for number, name in enumerate(line.unknown):
            self.fields[f"unknown_{number}"] = forms.ChoiceField(
                label=_("“%(name)s” is") % {"name": name},
                choices=[("", _("Please choose")), (LEFT_OUT, _("nobody here: leave it out")), *choices.grouped],
                error_messages={"required": _("Choose a unit for this name, or leave it out.")},
            )

    def _offer(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    @property
    def mark_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"mark_{number}"], self[f"mark_{number}_sure"]) for number in range(len(self.line.marks))]

    @property
    def unknown_fields(self) -> list[forms.BoundField]:
        return [self[f"unknown_{number}"] for number in range(len(self.line.unknown))]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        days = [given.get("due_on"), given.get("review_on")]
        if not {"due_on", "review_on"} & set(self.errors) and (days[0] is None) == (days[1] is None):
            self.add_error("due_on", _("Set the deadline, or for what has no end the day of its next review."))
        for name in ("due_on", "review_on"):
            if given.get(name) and given[name] < self.line.met_on:
                self.add_error(name, _("This day lies before the meeting."))
        return given

    def details(self) -> LineDetails:
        given: Mapping[str, Any] = self.cleaned_data
        matched = [given[f"unknown_{number}"] for number in range(len(self.line.unknown))]
        joint = [*given.get("joint", ()), *given["joint_more"], *(code for code in matched if code != LEFT_OUT)]
        instead = given.get("instead_of")
        return LineDetails(
            text=given["text"].strip(), goal=given["goal"].strip(), section=given["section"].strip(),
            lead_code=given["lead"], question_id=int(given["question"]), joint_codes=joint,
            expansions={mark.written: given[f"mark_{number}"] for number, mark in enumerate(self.line.marks)},
            without=self.line.unknown, due_on=given["due_on"], review_on=given["review_on"],
            officer_written=given["officer_written"].strip(), target_text=given["target_text"].strip(),
            target_number=given["target_number"], target_unit=given["target_unit"].strip(),
            target_comparison=given["target_comparison"], instead_of=UUID(instead) if instead else None,
        )  # fmt: skip


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect, error_messages={"required": _("Choose the answer.")}
    )
    merged_into = forms.ChoiceField(label=_("Merged with"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever proposed it reads this."),
        error_messages={"required": _("Give the reason: whoever proposed it will read it.")},
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, answers: Sequence[Any], others: Sequence[tuple[str, str]], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        for name, choices in (("answer", answers), ("merged_into", [("", _("Please choose")), *others])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)


class ProposalForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit of the speaker"))
    name = forms.CharField(label=_("Name of the speaker"), max_length=60)
    text = forms.CharField(label=_("What was proposed"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, units: Sequence[Any], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Please choose")), *units]


class SpeakerForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit of the speaker"))

    def __init__(self, data: Any = None, *, units: Sequence[Any]) -> None:
        super().__init__(data)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Please choose")), *units]
