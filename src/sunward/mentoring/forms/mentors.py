"""Forms about neighbour moms' files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.core.form_fields import WordsField
from sunward.mentoring.actions.mentors import MentorDetails
from sunward.mentoring.enums import LeaveReason, MentorKind, MentorState, VettingKind, VettingResult
from sunward.mentoring.forms.children import ANY, truth
from sunward.mentoring.forms.persons import PLEASE, PersonForm
from sunward.mentoring.queries.mentors import MentorQuestion

MOST_CHILDREN = 9
SHOW_PURPOSES = ("contact_mentor", "vetting", "verify_person", "other")


class MentorFilter(forms.Form):
    """The fields above the ledger. It only reads the question; `queries.mentors` answers it."""

    q = forms.CharField(label=_("Name, number, work or skill"), max_length=60, required=False)
    unit = forms.ChoiceField(label=_("Sub-district or committee"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *MentorKind.choices], required=False)
    state = forms.ChoiceField(label=_("State"), choices=[ANY, *MentorState.choices], required=False)
    vetting = forms.ChoiceField(
        label=_("Vetting"), required=False,
        choices=[
            ANY, ("ready", _("Complete")), ("expiring", _("Expires within 90 days")), ("lacking", _("Not complete")),
        ],
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Places"), choices=[ANY, ("yes", _("Has a free place")), ("no", _("Full"))], required=False
    )

    def __init__(self, data: Any, *, units: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [ANY, *units]  # type: ignore[attr-defined]

    def question(self, *, unit_path: str) -> MentorQuestion:
        """What cannot be understood is left out: a link that was sent on must open."""
        self.is_valid()
        asked = self.cleaned_data
        return MentorQuestion(
            words=asked.get("q") or "", unit_path=unit_path, kind=asked.get("kind") or "",
            state=asked.get("state") or "", vetting=asked.get("vetting") or "", has_place=truth(asked.get("place")),
        )  # fmt: skip


class MentorForm(PersonForm):
    """A volunteer's file. Fields of students stand at the end; empty ones cost nothing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MentorKind.choices)
    state = forms.ChoiceField(label=_("State"), choices=MentorState.choices)
    capacity = forms.IntegerField(
        label=_("Children she can take"), min_value=0, max_value=MOST_CHILDREN, initial=1,
        help_text=_("0 keeps her out of matching."),
    )  # fmt: skip
    occupation = forms.CharField(label=_("Occupation"), max_length=80, required=False)
    skills = WordsField(label=_("Skills"), required=False)
    languages = WordsField(label=_("Languages"), required=False)
    slots = WordsField(label=_("Free times"), required=False, help_text=_("For example: Saturday afternoon"))
    own_children = WordsField(label=_("Own children's ages"), required=False)
    honours = WordsField(label=_("Honours"), required=False)
    joined_on = forms.DateField(label=_("Joined"), widget=forms.DateInput, required=False)
    school = forms.CharField(label=_("University"), max_length=60, required=False)
    major = forms.CharField(label=_("Major"), max_length=60, required=False)
    subjects = WordsField(label=_("Subjects"), required=False)

    def __init__(self, *args: Any, state: str = MentorState.ACTIVE, **kwargs: Any) -> None:
        """By hand she rests or goes on; an applicant becomes one of us by the steps, and leaving has its own page."""
        super().__init__(*args, **kwargs)
        others = {MentorState.ACTIVE, MentorState.RESTING}
        possible = others if state in others else {state}
        states = [choice for choice in MentorState.choices if choice[0] in possible]
        self.fields["state"].choices = states  # type: ignore[attr-defined]

    def mentor(self) -> MentorDetails:
        names = (
            "kind", "state", "capacity", "occupation", "skills", "languages", "slots", "honours", "own_children",
            "school", "major", "subjects", "joined_on",
        )  # fmt: skip
        return MentorDetails(**{name: self.cleaned_data[name] for name in names})


class NewMentorForm(MentorForm):
    """She begins as an applicant; every step done, she is one no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, state=MentorState.APPLIED, **kwargs)


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("What is typed to sign in: letters, digits and @ . + - _")
    )


class AgreementForm(forms.Form):
    agreed_on = forms.DateField(
        label=_("Signed by both on"), widget=forms.DateInput, help_text=_("The paper itself stays with the office.")
    )


class LeaveForm(forms.Form):
    """A code, never words about a person."""

    reason = forms.TypedChoiceField(
        label=_("Why"), choices=LeaveReason.choices, coerce=LeaveReason, widget=forms.RadioSelect
    )


class VettingForm(forms.Form):
    """One dated step of vetting. What a record says is never asked (Minors Protection Law, art. 62).

    Opened for one kind, it asks for nothing that this kind has not: only a check comes from an authority and ends.
    """

    kind = forms.TypedChoiceField(label=_("What"), choices=[PLEASE, *VettingKind.choices], coerce=VettingKind)
    result = forms.TypedChoiceField(
        label=_("Result"), choices=VettingResult.choices, coerce=VettingResult, widget=forms.RadioSelect
    )
    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    expires_on = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput, required=False,
        help_text=_("Empty: twelve months for a background check, without end for the others."),
    )  # fmt: skip
    authority = forms.CharField(label=_("Authority"), max_length=80, required=False)
    receipt = forms.CharField(label=_("Receipt number"), max_length=60, required=False)

    def __init__(self, data: Any = None, *, kind: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.only = VettingKind(kind) if kind in VettingKind.values else None
        if self.only is None:
            return
        self.fields["kind"].widget = forms.HiddenInput()
        self.initial["kind"] = self.only
        self.fields["result"].initial = VettingResult.CLEAR
        if self.only != VettingKind.BACKGROUND_CHECK:
            for name in ("expires_on", "authority", "receipt"):
                del self.fields[name]
