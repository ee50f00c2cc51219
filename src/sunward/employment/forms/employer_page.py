"""What is asked on an employer's own page."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.employment.actions.step_writing import Step
from sunward.employment.actions.vacancy_adding import LONGEST_DESCRIPTION, PLACES_AT_MOST, VacancyDetails
from sunward.employment.enums import Channel, Education, StepBy, StepKind, StepReason, VacancyKind
from sunward.employment.models import Employer
from sunward.employment.recommendations import chain

_ANSWERS = [(kind.value, kind.label) for kind in StepKind if chain.may_say(StepBy.EMPLOYER, kind)]


class CodeForm(forms.Form):
    typed = forms.CharField(
        label=_("Six digits"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}),
    )  # fmt: skip


class CandidateForm(forms.Form):
    """`expected_on`: the day of the interview, or the first day at work."""

    kind = forms.ChoiceField(choices=_ANSWERS)
    reason = forms.ChoiceField(choices=StepReason.choices, required=False)
    expected_on = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in (StepKind.INVITED, StepKind.HIRED) and not cleaned.get("expected_on"):
            self.add_error("expected_on", _("Say on which day."))
        return cleaned

    def said(self, *, on: Any) -> Step:
        data = self.cleaned_data
        kind = StepKind(data["kind"])
        return Step(
            kind, StepBy.EMPLOYER, on, data["reason"] if chain.needs_reason(kind) else "",
            expected_on=data["expected_on"] if kind in (StepKind.INVITED, StepKind.HIRED) else None,
        )  # fmt: skip


class OfferForm(forms.Form):
    """A post in the employer's own words; `seen` as on the office's form."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(label=_("post"), max_length=120)
    kind = forms.ChoiceField(label=pgettext_lazy("vacancy", "Kind"), choices=VacancyKind.choices)
    places = forms.IntegerField(label=_("How many are wanted"), min_value=1, max_value=PLACES_AT_MOST)
    salary_text = forms.CharField(
        label=_("salary"), max_length=80, help_text=_("A range a month, so much an hour, or to be agreed")
    )
    description = forms.CharField(
        label=_("what the work is"), max_length=LONGEST_DESCRIPTION, widget=forms.Textarea(attrs={"rows": 6})
    )
    workplace = forms.CharField(label=_("place of work"), max_length=200)
    education = forms.TypedChoiceField(
        label=_("education"), choices=[("", _("Not asked for")), *Education.choices], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    valid_until = forms.DateField(label=_("You offer it until"), widget=forms.DateInput, required=False)
    contact_name = forms.CharField(label=_("contact"), max_length=40, required=False)
    contact_phone = forms.CharField(
        label=_("telephone"), max_length=40, required=False, help_text=_("Only employment officers see it.")
    )

    @property
    def form_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def details(self, employer: Employer) -> VacancyDetails:
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return VacancyDetails(
            **given,
            employer=employer.name,
            uscc=employer.uscc or "",
            unit_id=employer.unit_id,
            channel=Channel.EMPLOYER,
        )
