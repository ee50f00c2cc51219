"""Forms about children's files; what they clean goes to one act each."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.casework.actions.services import LONGEST_MINUTES
from sunward.casework.enums import FOLLOW_UP_CHOICES, CaseState, CloseReason, ContactOutcome, RiskLevel, ServiceKind
from sunward.core.form_fields import WordsField, YesNoField
from sunward.mentoring.actions.children import ChildDetails
from sunward.mentoring.enums import GuardianshipState, Hardship, NeedKind
from sunward.mentoring.forms.persons import PLEASE, PersonForm
from sunward.mentoring.queries.children import ChildQuestion
from sunward.people.enums import CHILD_PURPOSES, LegalBasis, Purpose
from sunward.people.registering import PersonDetails
from sunward.people.resident_id import DocumentNumber

ANY = ("", _("All"))
SHOW_PURPOSES = ("contact_family", "benefits", "verify_identity", "report", "other")


class ChildFilter(forms.Form):
    """The fields above the ledger. It only reads the question; `queries.children` answers it."""

    q = forms.CharField(label=_("Name or number"), max_length=60, required=False)
    unit = forms.ChoiceField(label=_("Sub-district or committee"), required=False)
    risk = forms.ChoiceField(label=_("Risk"), choices=[ANY, *RiskLevel.choices], required=False)
    silent = forms.ChoiceField(
        label=_("Contact"), choices=[ANY, ("yes", _("Overdue")), ("no", _("In time"))], required=False
    )
    mentor = forms.ChoiceField(
        label=_("Neighbour mom"), choices=[ANY, ("yes", _("Has one")), ("no", _("Has none"))], required=False
    )
    willing = forms.ChoiceField(
        label=_("Wishes a neighbour mom"), choices=[ANY, ("yes", _("Yes")), ("no", _("No"))], required=False
    )
    guardianship = forms.ChoiceField(label=_("Guardianship"), choices=[ANY, *GuardianshipState.choices], required=False)
    need = forms.ChoiceField(label=_("Needs"), choices=[ANY, *NeedKind.choices], required=False)
    state = forms.ChoiceField(
        label=_("State of the file"), required=False,
        choices=[("", _("Open")), (CaseState.CLOSED.value, _("Closed")), ("all", _("Open and closed"))],
    )  # fmt: skip

    def __init__(self, data: Any, *, units: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [ANY, *units]  # type: ignore[attr-defined]

    def question(self, *, unit_path: str) -> ChildQuestion:
        """What cannot be understood is left out: a link that was sent on must open."""
        self.is_valid()
        asked = self.cleaned_data
        return ChildQuestion(
            words=asked.get("q") or "",
            unit_path=unit_path,
            risk=asked.get("risk") or "",
            guardianship=asked.get("guardianship") or "",
            need=asked.get("need") or "",
            is_silent=truth(asked.get("silent")),
            has_mentor=truth(asked.get("mentor")),
            is_willing=truth(asked.get("willing")),
            state=asked.get("state") or CaseState.OPEN,
        )


def truth(word: str | None) -> bool | None:
    return {"yes": True, "no": False}.get(word or "")


class ChildForm(PersonForm):
    """A child's file while it is edited."""

    guardianship = forms.ChoiceField(
        label=_("Guardianship"), choices=[PLEASE, *GuardianshipState.choices], required=False
    )
    hardship = forms.ChoiceField(label=_("Hardship"), choices=[PLEASE, *Hardship.choices], required=False)
    school_stage = forms.CharField(
        label=_("Schooling"), max_length=40, required=False, help_text=_("For example: third year of primary school")
    )
    is_studying = YesNoField(label=_("Goes to school"))
    languages = WordsField(label=_("Languages"), required=False)
    willing_to_pair = YesNoField(label=_("Wishes a neighbour mom"))
    needs = forms.MultipleChoiceField(
        label=_("Needs"), choices=NeedKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    remark = forms.CharField(
        label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def child(self) -> ChildDetails:
        data = self.cleaned_data
        return ChildDetails(
            guardianship=data["guardianship"], hardship=data["hardship"], school_stage=data["school_stage"],
            is_studying=data["is_studying"], languages=data["languages"], willing_to_pair=data["willing_to_pair"],
            needs=tuple(data["needs"]), remark=data["remark"].strip(),
        )  # fmt: skip


class NewChildForm(ChildForm):
    """The same with the first level of risk."""

    risk = forms.TypedChoiceField(
        label=_("Risk level"), choices=RiskLevel.choices, coerce=lambda value: RiskLevel(int(value)),
        initial=RiskLevel.LOW,
    )  # fmt: skip
    risk_reason = forms.CharField(
        label=_("Why this level"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("risk", RiskLevel.LOW) > RiskLevel.LOW and not cleaned.get("risk_reason", "").strip():
            self.add_error("risk_reason", _("Write down why."))
        return cleaned


class ReasonForm(forms.Form):
    """An act that wants a reason and nothing else."""

    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class VersionedForm(forms.Form):
    """Carries the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(VersionedForm, ReasonForm):
    """Opening a closed file again."""


class CloseForm(VersionedForm):
    reason = forms.TypedChoiceField(label=_("Why"), choices=[PLEASE, *CloseReason.choices], coerce=CloseReason)


class ServiceForm(forms.Form):
    kind = forms.TypedChoiceField(label=_("What"), choices=[PLEASE, *ServiceKind.choices], coerce=ServiceKind)
    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    outcome = forms.TypedChoiceField(
        label=_("Reached?"), choices=ContactOutcome.choices, coerce=ContactOutcome, widget=forms.RadioSelect,
        initial=ContactOutcome.MADE,
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=LONGEST_MINUTES, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}), required=False)
    goal_id = forms.UUIDField(label=_("For a goal of the care plan"), required=False, widget=forms.HiddenInput)

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0

    def offer_goals(self, goals: Sequence[tuple[str, str]]) -> None:
        """Which goal it serves is asked only where there is a plan; the act says whether the goal is still open."""
        if goals:
            self.fields["goal_id"].widget = forms.Select(choices=[("", _("None")), *goals])


class FollowUpForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is to be done"), choices=[PLEASE, *((kind.value, kind.label) for kind in FOLLOW_UP_CHOICES)]
    )
    due_on = forms.DateField(label=_("By when"), widget=forms.DateInput)
    role = forms.TypedChoiceField(
        label=_("By whom"), choices=[(role.value, role.label) for role in reversed(CASEWORK_ROLES)], coerce=Role
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


class KinForm(forms.Form):
    """Somebody of the child's home: little is asked, the rest comes with the roster."""

    name = forms.CharField(label=_("Name"), max_length=80)
    relation = forms.CharField(
        label=_("Relation to the child"), max_length=20, required=False, help_text=_("For example: grandmother")
    )
    phone = PersonForm.base_fields["phone"]
    id_number = PersonForm.base_fields["id_number"]

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.is_editing = on, False
        self.number: DocumentNumber | None = None
        self.fields["id_number"].help_text = ""

    clean_phone = PersonForm.clean_phone
    clean_id_number = PersonForm.clean_id_number

    def person(self) -> PersonDetails:
        """What was typed, and what the document number says beside it."""
        data, number = self.cleaned_data, self.number
        return PersonDetails(
            name=data["name"].strip(), id_kind=number.kind if number else "", id_number=data["id_number"],
            phone=data["phone"], birth_date=number.birth_date if number else None,
            sex=(number.sex or "") if number else "",
        )  # fmt: skip


class GuardianForm(KinForm):
    lives_together = YesNoField(label=_("Lives with the child"))
    is_primary = forms.BooleanField(label=_("First to be called"), required=False)


class ConsentForm(forms.Form):
    """One paper, as it was signed: several purposes may stand on it."""

    purpose = forms.TypedMultipleChoiceField(
        label=_("What for"), choices=[(one.value, one.label) for one in CHILD_PURPOSES], coerce=Purpose,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that stands on the same paper."),
        error_messages={"required": _("Tick what it is for.")},
    )  # fmt: skip
    legal_basis = forms.TypedChoiceField(
        label=_("On what basis"), choices=LegalBasis.choices, coerce=LegalBasis, widget=forms.RadioSelect,
        initial=LegalBasis.CONSENT,
    )  # fmt: skip
    given_by = forms.TypedChoiceField(
        label=_("Who consented"), coerce=int, empty_value=None, required=False,
        help_text=_("A guardian; from fourteen on the child itself."),
    )  # fmt: skip
    given_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    expires_on = forms.DateField(label=_("Until"), widget=forms.DateInput, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=200, required=False, help_text=_("For a duty or a danger: which one.")
    )

    def __init__(self, *args: Any, givers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_by"].choices = [PLEASE, *givers]  # type: ignore[attr-defined]
        if len(givers) == 1:
            self.fields["given_by"].initial = givers[0][0]


class ShowForm(forms.Form):
    """What a sealed value is needed for: asked before it is opened, and kept."""

    what = forms.CharField(max_length=30, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("What do you need it for?"))

    def __init__(self, *args: Any, purposes: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = [PLEASE, *purposes]  # type: ignore[attr-defined]
