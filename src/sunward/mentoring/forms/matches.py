"""What is asked when a match takes a step. Every form carries the version that the person saw."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.mentoring.enums import EndReason, MatchState, PauseReason
from sunward.mentoring.queries.matches import CARE_WORDS
from sunward.mentoring.queries.staff import StaffMember
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
    """`staff`: who may be there at the first meeting."""

    first_meeting_with = forms.TypedChoiceField(label=_("Who of us is there"), coerce=int)
    first_meeting_on = forms.DateField(
        label=_("First meeting"),
        widget=forms.DateInput,
        help_text=_("Somebody of the committee comes along to the first meeting."),
    )
    until_on = forms.DateField(label=_("The trial ends on"), widget=forms.DateInput)
    agreed_times = forms.CharField(
        label=_("Agreed times"), required=False, max_length=120, help_text=_("For instance: Saturdays at two o'clock")
    )

    field_order = ("first_meeting_on", "first_meeting_with", "until_on", "agreed_times")

    def __init__(self, *args: Any, staff: Iterable[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["first_meeting_with"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(member.user_id, member.label) for member in staff]

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


AGAIN = [("", _("Not talked about yet")), ("yes", _("Yes")), ("no", _("No"))]


def _read_again(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


class CloseForm(PauseForm):
    why = forms.ChoiceField(label=_("Why"), choices=ENDS, widget=forms.RadioSelect)
    is_child_again = forms.TypedChoiceField(
        label=_("Would the child like another neighbour mom?"), choices=AGAIN, coerce=_read_again, empty_value=None,
        required=False,
    )  # fmt: skip
    is_mentor_again = forms.TypedChoiceField(
        label=_("Would she take another child?"), choices=AGAIN, coerce=_read_again, empty_value=None, required=False,
        help_text=_("If not, she rests: matching leaves her out until her file says otherwise."),
    )  # fmt: skip


class AgreementForm(StepForm):
    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput,
        help_text=_("The day on which the last of the three signed. The paper stays with the committee."),
    )  # fmt: skip
    agreed_times = forms.CharField(label=_("Agreed times"), required=False, max_length=120)

    @staticmethod
    def first_values(*, on: date) -> dict[str, date]:
        return {"signed_on": on}


class FarewellForm(StepForm):
    said_on = forms.DateField(label=_("They said goodbye on"), widget=forms.DateInput)
    words = forms.CharField(
        label=_("A word of thanks"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the child or the family would like to tell her. Read it to her, or write it on a card."),
    )  # fmt: skip

    @staticmethod
    def first_values(*, on: date) -> dict[str, date]:
        return {"said_on": on}


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
