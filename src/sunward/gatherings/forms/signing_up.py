"""Who is signed up: persons chosen from the search, and guests by name."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.admission import HEADS_AT_MOST, Head
from sunward.gatherings.enums import Part
from sunward.people.phones import read_phone

GUEST_LINES = 3


class GuestForm(forms.Form):
    """A guest; an empty line is nobody."""

    name = forms.CharField(label=_("Guest's name"), max_length=60, required=False)
    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=120, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    part = forms.TypedChoiceField(label=_("Comes as"), choices=Part.choices, coerce=Part, required=False)

    def clean_phone(self) -> str:
        typed: str = self.cleaned_data["phone"].strip()
        if typed and not read_phone(typed):
            raise forms.ValidationError(_("This is not a telephone number."))
        return read_phone(typed) or ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("name") and (given.get("phone") or given.get("age") is not None):
            self.add_error("name", _("Write the guest's name."))
        return given

    def head(self) -> Head | None:
        given = self.cleaned_data
        if not given.get("name"):
            return None
        return Head(
            part=given.get("part") or Part.PARTICIPANT, guest_name=given["name"], guest_age=given.get("age"),
            guest_phone=given.get("phone", ""),
        )  # fmt: skip


class CompanionForm(forms.Form):
    """A mentor's own child, who comes along."""

    name = forms.CharField(label=_("Name of the child"), max_length=60, required=False)
    age = forms.IntegerField(label=_("Age"), min_value=0, max_value=17, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("name")) != (given.get("age") is not None):
            raise forms.ValidationError(_("Write both the name and the age."))
        return given

    def head(self) -> Head | None:
        given = self.cleaned_data
        if not given.get("name"):
            return None
        return Head(part=Part.COMPANION, guest_name=given["name"], guest_age=given["age"])


GuestFormSet: Any = forms.formset_factory(
    GuestForm, extra=GUEST_LINES, max_num=HEADS_AT_MOST, absolute_max=HEADS_AT_MOST
)
CompanionFormSet: Any = forms.formset_factory(CompanionForm, extra=2, max_num=2, absolute_max=2)


def read_guests(lines: Iterable[Any]) -> list[Head]:
    return [head for line in lines if (head := line.head()) is not None]


def chosen_persons(typed: QueryDict) -> list[UUID]:
    """What is no key is nobody's."""
    return [key for value in typed.getlist("person") if (key := read_key(value)) is not None]


def read_key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
