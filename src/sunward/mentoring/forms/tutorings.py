"""What is asked when a tutoring takes a step, and when its sessions are moved, cancelled or written down."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.mentoring.actions.tutoring_reports import SessionReport
from sunward.mentoring.actions.tutorings import TutoringTerms
from sunward.mentoring.models import Tutoring
from sunward.mentoring.queries.tutorings import CARE_WORDS
from sunward.mentoring.queries.units import Choice
from sunward.mentoring.tutoring.abilities import SLOTS, label_slot
from sunward.mentoring.tutoring.calendar import next_weekday
from sunward.mentoring.tutoring.enums import (
    SessionMood,
    SessionState,
    Stage,
    Subject,
    TutoringEnd,
    TutoringPause,
    TutoringState,
)
from sunward.mentoring.tutoring.limits import (
    HELPFUL_LENGTH,
    LINK_LENGTH,
    MINUTES_AT_FIRST,
    MINUTES_LEAST,
    MINUTES_MOST,
    NEXT_LENGTH,
    NOTE_LENGTH,
    TERM_DAYS,
)

# Only the system pauses for vetting, and only the student says no.
PAUSES = [(why.value, why.label) for why in TutoringPause if why != TutoringPause.VETTING]
ENDS = [(why.value, why.label) for why in TutoringEnd if why != TutoringEnd.STUDENT_DECLINED]
SLOT_CHOICES = [(code, label_slot(slot)) for slot, code in enumerate(SLOTS)]


class TutoringFilterForm(forms.Form):
    q = forms.CharField(label=_("Name"), required=False, max_length=40)
    unit = forms.ChoiceField(label=_("Committee"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    care = forms.ChoiceField(label=_("Needs attention"), required=False)

    def __init__(self, *args: object, units: list[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer("unit", [("", _("All")), *units])
        self._offer("state", [("", _("All that run")), *TutoringState.choices, ("all", _("All, closed ones too"))])
        self._offer("care", [("", _("All")), *CARE_WORDS.items()])

    def _offer(self, name: str, choices: list[tuple[str, object]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class ActForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def first_values(tutoring: Tutoring, *, on: date) -> dict[str, Any]:
        return {}


class RoomForm(ActForm):
    link = forms.URLField(
        label=_("Link of the online room"), max_length=LINK_LENGTH, assume_scheme="https",
        help_text=_("Both sides see it from 15 minutes before a session until its end, and at no other time."),
    )  # fmt: skip
    helpful = forms.CharField(
        label=_("Words for the student"), required=False, max_length=HELPFUL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What helps to know: likes football, needs time to answer. No name, school or address."),
    )  # fmt: skip

    @staticmethod
    def first_values(tutoring: Tutoring, *, on: date) -> dict[str, Any]:
        return {"link": tutoring.link, "helpful": tutoring.helpful}


class HourForm(ActForm):
    first_on = forms.DateField(label=_("From this day on, every week"), widget=forms.DateInput)
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=MINUTES_LEAST, max_value=MINUTES_MOST)

    @staticmethod
    def first_values(tutoring: Tutoring, *, on: date) -> dict[str, Any]:
        weekday = tutoring.weekday if tutoring.weekday is not None else 5
        return {
            "first_on": next_weekday(weekday, after=on + timedelta(days=1)),
            "begins": tutoring.begins or time(14, 30),
            "minutes": tutoring.minutes or MINUTES_AT_FIRST,
        }


class StartForm(HourForm, RoomForm):
    """The first day says the day of the week."""

    field_order = ("version", "first_on", "begins", "minutes", "until_on", "subjects", "link", "helpful")
    until_on = forms.DateField(label=_("The term ends on"), widget=forms.DateInput)
    subjects = forms.MultipleChoiceField(
        label=pgettext_lazy("of a child", "Subjects"), choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )

    @property
    def terms(self) -> TutoringTerms:
        said = self.cleaned_data
        return TutoringTerms(
            first_on=said["first_on"], begins=said["begins"], minutes=said["minutes"], until_on=said["until_on"],
            subjects=tuple(said["subjects"]), link=said["link"], helpful=said["helpful"],
        )  # fmt: skip

    @staticmethod
    def first_values(tutoring: Tutoring, *, on: date) -> dict[str, Any]:
        first = HourForm.first_values(tutoring, on=on)
        return first | {"until_on": first["first_on"] + timedelta(days=TERM_DAYS), "subjects": tutoring.subjects}


class PauseForm(ActForm):
    why = forms.ChoiceField(label=_("Why"), choices=PAUSES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("In your own words"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class CloseForm(PauseForm):
    why = forms.ChoiceField(label=_("Why"), choices=ENDS, widget=forms.RadioSelect)


class MoveForm(forms.Form):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    @property
    def moment(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["begins"]))


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=200)


class ReportForm(forms.Form):
    """A session told in a minute: what became of it, and if it took place a few taps more."""

    outcome = forms.ChoiceField(label=_("Did you meet online?"), widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label=_("How many minutes?"), required=False, min_value=0, max_value=MINUTES_MOST,
        widget=forms.NumberInput(attrs={"step": 15, "inputmode": "numeric", "data-stepper": ""}),
    )  # fmt: skip
    subjects = forms.MultipleChoiceField(
        label=_("What was it about?"), required=False, choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    mood = forms.ChoiceField(
        label=_("How did it go?"), required=False, choices=SessionMood.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("What the committee should know"), required=False, max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    next_time = forms.CharField(
        label=_("What you will do next time"), required=False, max_length=NEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, is_student: bool, subjects: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome, offered = self.fields["outcome"], self.fields["subjects"]
        assert isinstance(outcome, forms.ChoiceField)
        assert isinstance(offered, forms.MultipleChoiceField)
        outcome.choices = OUTCOMES if is_student else OUTCOMES_HEARD
        if not is_student:
            outcome.label = _("Did they meet online?")
            del self.fields["next_time"]
        if is_student and subjects:
            offered.choices = [choice for choice in Subject.choices if choice[0] in {*subjects, Subject.COMPANY}]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == SessionState.HELD and not said.get("minutes"):
            self.add_error("minutes", _("Say how long it was: up to three hours."))
        if said.get("outcome") == SessionState.HELD and not said.get("mood"):
            self.add_error("mood", _("Choose the words that fit best."))
        return said

    @property
    def report(self) -> SessionReport:
        said = self.cleaned_data
        state = SessionState(said["outcome"])
        if state != SessionState.HELD:
            return SessionReport(state, note=said["note"], next_time=said.get("next_time", ""))
        return SessionReport(
            state, said["minutes"] or 0, tuple(said["subjects"]), said["mood"], said["note"], said.get("next_time", "")
        )


OUTCOMES = [
    (SessionState.HELD.value, _("We met")),
    (SessionState.MISSED_BY_CHILD.value, _("The child did not come")),
    (SessionState.MISSED_BY_STUDENT.value, _("I could not come")),
]
OUTCOMES_HEARD = [
    (SessionState.HELD.value, _("They met")),
    (SessionState.MISSED_BY_CHILD.value, SessionState.MISSED_BY_CHILD.label),
    (SessionState.MISSED_BY_STUDENT.value, SessionState.MISSED_BY_STUDENT.label),
]


class StudyForm(forms.Form):
    """What a child needs help with, and when it can be at the screen."""

    school_stage = forms.CharField(label=_("Schooling"), required=False, max_length=40)
    study_subjects = forms.MultipleChoiceField(
        label=pgettext_lazy("of a child", "Subjects"),
        required=False,
        choices=Subject.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    study_slots = forms.MultipleChoiceField(
        label=_("Hours at which the child is free"), required=False, choices=SLOT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class TeachingForm(forms.Form):
    """What a student teaches, whom, when, and how many children."""

    subjects = forms.MultipleChoiceField(
        label=_("Subjects"), required=False, choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    stages = forms.MultipleChoiceField(
        label=_("School stages"), required=False, choices=Stage.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: children of every stage."),
    )  # fmt: skip
    slots = forms.MultipleChoiceField(
        label=_("Weekly hours"), required=False, choices=SLOT_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    capacity = forms.IntegerField(label=_("Children at most"), min_value=0, max_value=5)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DigitsForm(forms.Form):
    last4 = forms.CharField(
        label=_("The last four digits of your telephone number"), min_length=4, max_length=4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
