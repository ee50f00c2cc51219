"""What somebody who would like to become a neighbour mom says of herself, and what is answered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from sunward.core.form_fields import WordsField
from sunward.mentoring.actions.applications import ApplicationDetails
from sunward.mentoring.enums import ApplicationState, DeclineReason
from sunward.mentoring.forms.children import ANY
from sunward.mentoring.forms.persons import PLEASE
from sunward.mentoring.queries.applications import OPEN, Street
from sunward.mentoring.queries.units import Choice, Group
from sunward.mentoring.rules import MOTIVE_LENGTH
from sunward.people.phones import read_phone

_MOBILE_LENGTH = len("+8613800000000")
# The words of the rosters, which matching reads; shown in the reader's language.
FREE_TIMES = (
    ("工作日晚上", _("Workday evenings")),
    ("周六上午", _("Saturday morning")),
    ("周六下午", _("Saturday afternoon")),
    ("周日上午", _("Sunday morning")),
    ("周日下午", _("Sunday afternoon")),
    ("寒暑假", _("School holidays")),
    ("工作日白天", _("Workdays in the daytime")),
)


class ApplicationForm(forms.Form):
    """Nothing is asked that is not needed yet: no document number, no date of birth, no address."""

    name = forms.CharField(label=_("Your name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = forms.CharField(
        label=_("Your mobile phone"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("We call you on it."),
    )  # fmt: skip
    street = forms.TypedChoiceField(label=_("Sub-district"), coerce=int)
    committee = forms.TypedChoiceField(
        label=_("Neighbourhood committee, if you know it"), coerce=int, required=False, empty_value=None
    )
    occupation = forms.CharField(label=_("What do you do for a living, or did?"), max_length=80, required=False)
    skills = WordsField(
        label=_("What can you do well, or like to do?"), max_length=200, required=False,
        help_text=_("For example: drawing, cooking, English, listening. Parted by commas."),
    )  # fmt: skip
    languages = WordsField(
        label=_("Languages and dialects"), max_length=100, required=False, initial=("普通话",),
        help_text=_("For example: Mandarin, Shanghainese."),
    )  # fmt: skip
    slots = forms.MultipleChoiceField(
        label=_("When do you have time?"), choices=FREE_TIMES, required=False, widget=forms.CheckboxSelectMultiple
    )
    own_children = WordsField(
        label=_("How old are your own children?"), max_length=60, required=False,
        help_text=_("Only if you like: a child of the same age is good company. For example: 8, 12."),
    )  # fmt: skip
    motive = forms.CharField(
        label=_("Why would you like to do it?"), required=False, max_length=MOTIVE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("A sentence or two is enough."),
    )  # fmt: skip

    def __init__(self, *args: Any, streets: Sequence[Street] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.streets = streets
        if streets:
            self._choose("street", [PLEASE, *((one.id, one.name) for one in streets)])
            self._choose("committee", [("", _("I do not know")), *((one.name, one.committees) for one in streets)])

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        number = read_phone(self.cleaned_data["phone"].strip()) or ""
        if len(number) != _MOBILE_LENGTH:
            raise ValidationError(_("Write a mobile phone number of eleven digits."))
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        committee, street = cleaned.get("committee"), cleaned.get("street")
        below = {pk for one in self.streets if one.id == street for pk, _name in one.committees}
        if committee and street and committee not in below:
            self.add_error("committee", _("This committee belongs to another sub-district."))
        return cleaned

    def details(self) -> ApplicationDetails:
        data = self.cleaned_data
        return ApplicationDetails(
            unit_id=self.unit_id(), slots=tuple(data["slots"]),
            **{name: data[name] for name in (
                "name", "phone", "occupation", "skills", "languages", "own_children", "motive",
            )},
        )  # fmt: skip

    def unit_id(self) -> int:
        return int(self.cleaned_data["committee"] or self.cleaned_data["street"])


class WrittenApplicationForm(ApplicationForm):
    """The same, written by a worker with the volunteer at her side: where she lives is a unit of the worker's."""

    street = None  # type: ignore[assignment]
    committee = None  # type: ignore[assignment]
    unit = forms.TypedChoiceField(label=_("Lives in"), coerce=int)

    field_order = ("name", "phone", "unit")

    def __init__(self, *args: Any, units: Sequence[Choice | Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("unit", [PLEASE, *units])

    def unit_id(self) -> int:
        return int(self.cleaned_data["unit"])


class ApplicationFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), choices=[(OPEN, _("Not decided yet")), *ApplicationState.choices, ("all", _("All"))],
        required=False,
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Sub-district or committee"), required=False)

    def __init__(self, data: Any, *, units: Sequence[Choice]) -> None:
        super().__init__(data)
        self._units = units
        self.fields["unit"].choices = [ANY, *units]  # type: ignore[attr-defined]

    def state_asked(self) -> str:
        """What cannot be understood asks for those that wait."""
        self.is_valid()
        asked = self.cleaned_data.get("state") or OPEN
        return "" if asked == "all" else str(asked)


class DeclineForm(forms.Form):
    """A code, never words: what a check found is nobody's to write down."""

    reason = forms.TypedChoiceField(
        label=_("Why"), choices=DeclineReason.choices, coerce=DeclineReason, widget=forms.RadioSelect
    )


SOMEBODY_NEW = "new"


class AcceptForm(forms.Form):
    """Which of those known already she is; without any, nothing is asked."""

    who = forms.ChoiceField(label=_("Who is she?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, likely: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [*likely, (SOMEBODY_NEW, _("Somebody new"))]  # type: ignore[attr-defined]
