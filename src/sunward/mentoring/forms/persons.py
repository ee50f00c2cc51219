"""What the forms for children, guardians and neighbour moms share: a person, cleaned as the registers clean."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sunward.mentoring.actions.children import PersonChanges, SealedChanges
from sunward.mentoring.queries.units import Choice, Group
from sunward.people.enums import Sex
from sunward.people.phones import read_phone
from sunward.people.registering import PersonDetails
from sunward.people.resident_id import DocumentNumber, DocumentNumberRefused, parse_resident_id

CLEAR = "-"
PLEASE = ("", _("Please choose"))


class PersonForm(forms.Form):
    """A person. While editing, sealed fields are empty: what is typed takes the place of what lies there."""

    name = forms.CharField(label=_("Name"), max_length=80)
    sex = forms.ChoiceField(label=_("Sex"), choices=[PLEASE, *Sex.choices], required=False)
    birth_date = forms.DateField(label=_("Date of birth"), widget=forms.DateInput, required=False)
    id_number = forms.CharField(
        label=_("Document number"),
        max_length=30,
        required=False,
        help_text=_("Sex and date of birth are read from it."),
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    unit = forms.TypedChoiceField(label=_("Lives in"), coerce=int)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    SEALED = ("id_number", "phone", "address")

    def __init__(
        self, *args: Any, units: Sequence[Choice | Group], on: date, is_editing: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on, self.is_editing = on, is_editing
        self.number: DocumentNumber | None = None
        self.fields["unit"].choices = [PLEASE, *units]  # type: ignore[attr-defined]
        if is_editing:
            keep = _("Leave empty to keep what is written; “-” takes it away.")
            for name, field in self.fields.items():
                field.show_hidden_initial = name not in self.SEALED
                if name in self.SEALED:
                    field.help_text = keep

    def clean_id_number(self) -> str:
        typed = self.cleaned_data["id_number"].strip()
        if not typed or (self.is_editing and typed == CLEAR):
            return str(typed)
        try:
            self.number = parse_resident_id(typed, on=self.on)
        except DocumentNumberRefused as refusal:
            raise ValidationError(str(refusal.sentence), code=refusal.code) from refusal
        return self.number.number

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        if not typed or (self.is_editing and typed == CLEAR):
            return str(typed)
        phone = read_phone(typed)
        if phone is None:
            raise ValidationError(_("This is not a telephone number we can read. A mobile has 11 digits."))
        return phone

    def clean_birth_date(self) -> date | None:
        birth: date | None = self.cleaned_data["birth_date"]
        if birth and birth > self.on:
            raise ValidationError(_("The day has not come yet."))
        return birth

    def clean(self) -> dict[str, Any]:
        """The number wins over an empty field and is held against a full one: one of the two was mistyped."""
        cleaned = super().clean() or self.cleaned_data
        if self.number is None:
            return cleaned
        for name, told in (("birth_date", self.number.birth_date), ("sex", self.number.sex)):
            if told and not cleaned.get(name):
                cleaned[name] = told
            elif told and cleaned.get(name) != told and not self.is_editing:
                self.add_error(name, _("The document number says something else. Compare both with the document."))
            elif told:
                cleaned[name] = told
        return cleaned

    def person(self) -> PersonDetails:
        data = self.cleaned_data
        return PersonDetails(
            name=data["name"].strip(), sex=data["sex"], birth_date=data["birth_date"],
            id_kind=self.number.kind if self.number else "", id_number=data["id_number"], phone=data["phone"],
            address=data["address"], unit_id=data.get("unit"),
        )  # fmt: skip

    def changes(self) -> PersonChanges:
        data = self.cleaned_data
        return PersonChanges(
            name=data["name"].strip(), sex=data["sex"], birth_date=data["birth_date"], unit_id=data["unit"],
            sealed=SealedChanges(
                id_kind=self.number.kind if self.number else "", id_number=_typed(data["id_number"]),
                phone=_typed(data["phone"]), address=_typed(data["address"]),
            ),
        )  # fmt: skip


def _typed(value: str) -> str | None:
    """None: nothing was typed; empty: it is to be taken away."""
    return None if not value else ("" if value == CLEAR else value)
