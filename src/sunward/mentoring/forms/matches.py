"""What is asked when a match takes a step. Every form carries the version that the person saw."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.mentoring.enums import EndReason, MatchState, PauseReason
from sunward.mentoring.queries.matches import CARE_WORDS
from sunward.mentoring.queries.units import Choice
from sunward.mentoring.rules import HANDOVER_DAYS, TRIAL_DAYS

# Only the system pauses for vetting; a handover ends of itself.
PAUSES = [(why.value, why.label) for why in PauseReason if why != PauseReason.VETTING]
ENDS = [(why.value, why.label) for why in EndReason if why != EndReason.HANDED_OVER]


class MatchFilterForm(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=40)
    unit = forms.ChoiceField(label=_("Committee"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    care = forms.ChoiceField(label=_("Needs attention"), required=False)

    def __init__(self, *args: object, units: list[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer("unit", [("", _("All")), *units])
        self._offer("state", [("", _("All that run")), *MatchState.choices, ("all", _("All, closed ones too"))])
        self._offer("care", [("", _("All")), *CARE_WORDS.items()])

    def _offer(self, name: str, choices: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class StepForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TrialForm(StepForm):
    first_meeting_on = forms.DateField(
        label=_("First meeting"),
        widget=forms.DateInput,
        help_text=_("Somebody of the committee comes along to the first meeting."),
    )
    until_on = forms.DateField(label=_("The trial ends on"), widget=forms.DateInput)
    agreed_times = forms.CharField(
        label=_("Agreed times"), required=False, max_length=120, help_text=_("For instance: Saturdays at two o'clock")
    )

    @staticmethod
    def first_values(*, on: date) -> dict[str, date]:
        first = on + timedelta(days=3)
        return {"first_meeting_on": first, "until_on": first + timedelta(days=TRIAL_DAYS)}


class PauseForm(StepForm):
    why = forms.ChoiceField(label=_("Why"), choices=PAUSES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In your own words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    @staticmethod
    def first_values(*, on: date) -> dict[str, date]:
        return {}


class CloseForm(PauseForm):
    why = forms.ChoiceField(label=_("Why"), choices=ENDS, widget=forms.RadioSelect)


class HandoverForm(StepForm):
    mentor = forms.UUIDField(error_messages=dict.fromkeys(("required", "invalid"), _("Choose who takes over.")))
    until_on = forms.DateField(
        label=_("Both know the child until"),
        widget=forms.DateInput,
        help_text=_("After this day the page of the child is closed to the one who hands over."),
    )
    reason = forms.CharField(
        label=_("In your own words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    @staticmethod
    def first_values(*, on: date) -> dict[str, date]:
        return {"until_on": on + timedelta(days=HANDOVER_DAYS)}
