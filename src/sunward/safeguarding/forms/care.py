"""Where a child is for the time being, and to whom it was handed back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.people.phones import read_phone
from sunward.safeguarding.actions.care import CareEntry, Carer
from sunward.safeguarding.enums import CareEnd
from sunward.safeguarding.forms.emergencies import moment_field
from sunward.safeguarding.rules import WORDS_AT_MOST

Choice = tuple[str, Any]
_OTHER = "other"
# The next morning at this hour is what most people mean.
_MORNING = 9


class CareForm(forms.Form):
    """`volunteers` are those of the stand-by list who come, `family` the people written down in the child's file."""

    carer = forms.ChoiceField(label=_("With whom"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Somebody else: name"), max_length=80, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    place = forms.CharField(label=_("Where the child is"), max_length=200)
    begun_at = moment_field(_("In care since"))
    expected_until_at = moment_field(_("Expected until"))
    basis = forms.ChoiceField(
        label=_("On what basis"), widget=forms.RadioSelect, initial="open",
        choices=[
            ("agreed", _("A guardian agreed")),
            ("decided", _("Decided by civil affairs")),
            ("open", _("Neither agreed nor decided yet")),
        ],
    )  # fmt: skip
    words = forms.CharField(
        label=_("What she has to know"), max_length=WORDS_AT_MOST, required=False,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Medicine, allergies, bedtime, whom to call."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, volunteers: Sequence[tuple[UUID, str]], family: Sequence[tuple[int, str]],
        now: datetime,
    ) -> None:  # fmt: skip
        morning = (localtime(now) + timedelta(days=1)).replace(hour=_MORNING, minute=0, second=0, microsecond=0)
        super().__init__(data, initial={"begun_at": localtime(now), "expected_until_at": morning})
        self.fields["carer"].choices = [  # type: ignore[attr-defined]
            *((f"v{uid}", name) for uid, name in volunteers),
            *((f"p{key}", name) for key, name in family),
            (_OTHER, _("Somebody else")),
        ]

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        phone = read_phone(typed) if typed else ""
        if phone is None:
            raise forms.ValidationError(_("This is not a telephone number we can read. A mobile has 11 digits."))
        return phone

    def entry(self) -> CareEntry:
        given = self.cleaned_data
        return CareEntry(
            carer=self._carer(), place=given["place"], begun_at=given["begun_at"],
            expected_until_at=given["expected_until_at"],
            is_agreed={"agreed": True, "decided": False}.get(given["basis"]), words=given["words"],
        )  # fmt: skip

    def _carer(self) -> Carer:
        chosen: str = self.cleaned_data["carer"]
        if chosen == _OTHER:
            return Carer(name=self.cleaned_data["name"], phone=self.cleaned_data["phone"])
        if chosen.startswith("v"):
            return Carer(volunteer_id=UUID(chosen[1:]))
        return Carer(person_id=int(chosen[1:]))


class CareEndForm(forms.Form):
    ended_with = forms.TypedChoiceField(
        label=_("Where is the child now?"), choices=CareEnd.choices, coerce=CareEnd, widget=forms.RadioSelect
    )
    handed_to = forms.CharField(label=_("Handed to"), max_length=80)
    ended_at = moment_field(_("When"))

    def __init__(self, data: Any = None, *, now: datetime) -> None:
        super().__init__(data, initial={"ended_at": localtime(now)})


class ExtendForm(forms.Form):
    expected_until_at = moment_field(_("Expected until"))


class AfterCareForm(forms.Form):
    months = forms.TypedChoiceField(label=_("Follow up for"), coerce=int)
    reason = forms.CharField(label=_("Why fewer months will do"), max_length=300)

    def __init__(self, data: Any = None, *, months: Sequence[int]) -> None:
        super().__init__(data)
        choices = [(number, _("%(months)d months") % {"months": number}) for number in months]
        self.fields["months"].choices = choices  # type: ignore[attr-defined]
