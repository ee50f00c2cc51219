"""Forms of what is written on a jobseeker's file; what they clean goes to one act each."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.casework.actions.services import LONGEST_MINUTES
from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.employment.actions.files import GuidanceDetails
from sunward.employment.enums import (
    CLOSE_CHOICES,
    Diagnosis,
    Intention,
    Measure,
    NextStep,
    Situation,
    Trait,
)
from sunward.employment.rules import BY_ITSELF, SERVICE_KINDS

PLEASE = ("", _("Please choose"))
NOTE_LENGTH = 2000


class KeyedForm(forms.Form):
    """Sent twice, it is one record."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VersionedForm(forms.Form):
    """Carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """An act that wants a reason and nothing else."""

    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class SurveyForm(KeyedForm):
    """Both answers are asked for only if somebody answered."""

    outcome = forms.TypedChoiceField(
        label=_("Did the person answer?"), coerce=ContactOutcome, widget=forms.RadioSelect, initial=ContactOutcome.MADE,
        choices=[(ContactOutcome.MADE, _("Yes, we spoke")), (ContactOutcome.ATTEMPTED, _("No, not reached"))],
    )  # fmt: skip
    happened_on = forms.DateField(label=_("Day of the call"), widget=forms.DateInput)
    situation = forms.ChoiceField(
        label=_("What the person does now"), choices=[PLEASE, *Situation.choices], required=False
    )
    intention = forms.ChoiceField(
        label=_("What the person means to do"), choices=[PLEASE, *Intention.choices], required=False
    )
    note = forms.CharField(
        label=_("Note"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == ContactOutcome.ATTEMPTED:
            # Nobody spoke, so nobody said anything: what stood chosen from before is not an answer.
            return cleaned | {"situation": "", "intention": ""}
        for name in ("situation", "intention"):
            if not cleaned.get(name):
                self.add_error(name, _("Choose what the person said, or say that nobody answered."))
        return cleaned


class ServiceForm(KeyedForm):
    kind = forms.TypedChoiceField(
        label=_("What"), choices=[PLEASE, *((kind.value, kind.label) for kind in SERVICE_KINDS)], coerce=ServiceKind
    )
    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    outcome = forms.TypedChoiceField(
        label=_("Reached?"), choices=ContactOutcome.choices, coerce=ContactOutcome, widget=forms.RadioSelect,
        initial=ContactOutcome.MADE,
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST_MINUTES, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was told, offered or agreed."),
    )  # fmt: skip

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0


class FollowUpForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("The next step"),
        choices=[PLEASE, *((one.value, one.label) for one in NextStep if one not in BY_ITSELF)],
    )
    due_on = forms.DateField(label=_("By when"), widget=forms.DateInput)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class CloseForm(VersionedForm):
    reason = forms.ChoiceField(label=_("Why the file is closed"), choices=[PLEASE, *CLOSE_CHOICES])


class ReopenForm(VersionedForm, ReasonForm):
    """Opening a closed file again."""


class GuidanceForm(KeyedForm):
    """A guidance talk (domain facts B4): what one saw, how it went, what stands in the way, what follows."""

    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST_MINUTES, required=False)
    traits = forms.MultipleChoiceField(
        label=_("What you see in the person"), choices=Trait.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("For the work only: nothing about health, faith, family or politics."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("How the talk went"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    diagnoses = forms.MultipleChoiceField(
        label=_("What stands in the way"), choices=Diagnosis.choices, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    advice = forms.CharField(
        label=_("What you advise"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    measures = forms.MultipleChoiceField(
        label=_("What follows"), choices=Measure.choices, widget=forms.CheckboxSelectMultiple
    )
    next_on = forms.DateField(
        label=_("Day of the next talk"), widget=forms.DateInput, required=False,
        help_text=_("It goes on the list of next steps."),
    )  # fmt: skip

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0

    def said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in ("key", "happened_on", "minutes", "note", "next_on")} | {
            "guidance": GuidanceDetails(
                tuple(data["traits"]), tuple(data["diagnoses"]), tuple(data["measures"]), data["advice"]
            )
        }
