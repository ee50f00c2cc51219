"""Forms of recommendations and of the work that came of them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.actions.placements import NewWork
from sunward.employment.actions.step_writing import Step
from sunward.employment.enums import PlacementBasis, PlacementEnd, PlacementKind, StepBy, StepKind
from sunward.employment.forms.jobseeker_acts import NOTE_LENGTH, PLEASE, VersionedForm
from sunward.employment.recommendations import chain

_EXPECTED = {StepKind.INVITED: _("Day of the interview"), StepKind.HIRED: _("First day at work")}


class FittingFilter(forms.Form):
    q = forms.CharField(label=_("Post, employer or place"), max_length=60, required=False)

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")


class RecommendForm(forms.Form):
    vacancy = forms.UUIDField(widget=forms.HiddenInput)
    is_told = forms.BooleanField(required=False)


class StepForm(VersionedForm):
    """One step, with no more than it asks for: the reason of a no, the day of an interview, what kind of work."""

    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    expected_on = forms.DateField(widget=forms.DateInput, required=False)
    reason = forms.ChoiceField(label=_("Why not"))
    kind = forms.ChoiceField(label=_("What kind of work"), choices=[PLEASE, *PlacementKind.choices])
    basis = forms.ChoiceField(label=_("How you know"), choices=[PLEASE, *PlacementBasis.choices])
    note = forms.CharField(
        label=_("Note"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, step: StepKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        if step in chain.REASONS:
            choices = [PLEASE, *((reason.value, reason.label) for reason in chain.REASONS[step])]
            self.fields["reason"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["reason"]
        if step in _EXPECTED:
            self.fields["expected_on"].label = _EXPECTED[step]
            self.fields["expected_on"].required = step == StepKind.HIRED
        else:
            del self.fields["expected_on"]
        if step != StepKind.HIRED:
            del self.fields["kind"], self.fields["basis"]

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        step = Step(
            self.step, StepBy.OFFICER, data["happened_on"], data.get("reason", ""), data["note"],
            data.get("expected_on"),
        )  # fmt: skip
        work = None
        if self.step == StepKind.HIRED:
            work = NewWork(PlacementKind(data["kind"]), PlacementBasis(data["basis"]), data["expected_on"])
        return {"version": data["version"], "said": step, "work": work}


class PlacementForm(forms.Form):
    kind = forms.ChoiceField(label=_("What kind of work"), choices=[PLEASE, *PlacementKind.choices])
    employer_name = forms.CharField(label=_("employer"), max_length=120, required=False)
    title = forms.CharField(label=_("post"), max_length=120, required=False)
    started_on = forms.DateField(label=_("First day at work"), widget=forms.DateInput)
    basis = forms.ChoiceField(label=_("How you know"), choices=[PLEASE, *PlacementBasis.choices])

    def work(self) -> NewWork:
        data = self.cleaned_data
        started_on: date = data["started_on"]
        return NewWork(
            PlacementKind(data["kind"]), PlacementBasis(data["basis"]), started_on, data["employer_name"], data["title"]
        )


class PlacementEndForm(VersionedForm):
    ended_on = forms.DateField(label=_("Last day at work"), widget=forms.DateInput)
    reason = forms.ChoiceField(
        label=_("Why it ended"),
        choices=[PLEASE, *(one for one in PlacementEnd.choices if one[0] != PlacementEnd.MISTAKE)],
    )


class AgreeForm(VersionedForm):
    """An act that wants nothing but a second look."""
