"""Forms of the administrator's pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from sunward.accounts.enums import LockReason, Role

ANY = ("", _("All"))
PLEASE = ("", _("Please choose"))
OFFICE_NUMBER = RegexValidator(r"^[0-9+\-() ]{5,20}$", _("Please write a telephone number."))


class UserFilter(forms.Form):
    q = forms.CharField(label=_("Name or user name"), max_length=60, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[ANY, *Role.choices], required=False)
    unit = forms.ChoiceField(label=_("Unit and below"), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[ANY, ("locked", _("Locked out")), ("none", _("Without a post"))], required=False
    )

    def __init__(self, data: Any, *, units: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["unit"].choices = [ANY, *units]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, str]:
        """What was understood of the question; the rest is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class UserForm(forms.Form):
    username = forms.CharField(
        label=_("User name"), max_length=150, help_text=_("What is typed to sign in: letters, digits and @ . + - _")
    )
    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("As others read it."))


class PostForm(forms.Form):
    role = forms.TypedChoiceField(label=_("Role"), choices=[PLEASE, *Role.choices], coerce=Role)
    unit_id = forms.TypedChoiceField(
        label=_("Unit"), coerce=int,
        help_text=_("A worker belongs to a committee, a supervisor to a sub-district, an officer to the district."),
    )  # fmt: skip
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    until_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput, required=False, help_text=_("The first day without the post.")
    )

    def __init__(self, *args: Any, units: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = [PLEASE, *units]  # type: ignore[attr-defined]


class UnitPhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Office telephone"), required=False, max_length=20, validators=[OFFICE_NUMBER],
        help_text=_("The office's number, never somebody's own. Families and other offices read it."),
    )  # fmt: skip


class EndForm(forms.Form):
    until_on = forms.DateField(
        label=_("Ends on"), widget=forms.DateInput, help_text=_("The first day without the post.")
    )


class DeputyForm(forms.Form):
    deputy = forms.CharField(label=_("Deputy"), max_length=150, help_text=_("The user name."))
    from_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    until_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput, help_text=_("The first day without the post; half a year at most.")
    )
    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class LockForm(forms.Form):
    reason = forms.TypedChoiceField(label=_("Why"), choices=[PLEASE, *LockReason.choices], coerce=LockReason)
