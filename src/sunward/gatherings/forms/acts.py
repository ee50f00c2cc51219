"""The small forms of one gathering: a duty, a reason, a day, a rule to repeat by, what is said at the end."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.gatherings.actions.copying import REPEATED_AT_MOST, Rule
from sunward.gatherings.enums import Duty
from sunward.gatherings.forms.gathering import PLEASE
from sunward.gatherings.queries.units import Choice


class StewardForm(forms.Form):
    duty = forms.TypedChoiceField(label=_("Duty"), choices=Duty.choices, coerce=Duty, initial=Duty.SAFETY)
    user = forms.ChoiceField(label=_("Colleague"), required=False)
    name = forms.CharField(
        label=_("Or somebody from outside"), max_length=60, required=False, help_text=_("Name, as it is to be printed.")
    )

    def __init__(self, data: Any = None, *, users: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["user"].choices = [PLEASE, *users]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("user") and not (given.get("name") or "").strip():
            raise forms.ValidationError(_("Choose somebody, or write a name."))
        return given


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever is signed up reads it."),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    whom = forms.ChoiceField(
        label=_("Who does not come"), widget=forms.RadioSelect, initial="one",
        choices=[("one", _("Only this person")), ("party", _("All who come together"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, is_alone: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_alone:
            del self.fields["whom"]


class FinishForm(forms.Form):
    summary = forms.CharField(
        label=_("Summary"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What went well, what to do otherwise next time. No names of children."),
    )  # fmt: skip
    reported_attendance = forms.IntegerField(
        label=_("Reported attendance"), required=False, min_value=0, max_value=1_000_000,
        help_text=_("Only where not everybody was checked in, for instance at a street fair."),
    )  # fmt: skip


class CopyForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=80)
    begins_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput, required=False,
        help_text=_("Its times come along, moved to this day. Empty: you give the times afterwards."),
    )  # fmt: skip


class TemplateForm(forms.Form):
    title = forms.CharField(
        label=_("Name of the template"), max_length=80, help_text=_("People and sign-ups do not go along, duties do.")
    )


RULES = [
    (Rule.WEEKLY, _("Every week")),
    (Rule.FORTNIGHTLY, _("Every two weeks")),
    (Rule.MONTHLY, _("Every month on the same weekday")),
]


class RepeatForm(forms.Form):
    rule = forms.TypedChoiceField(label=_("How often"), choices=RULES, coerce=Rule, initial=Rule.WEEKLY)
    times = forms.IntegerField(label=_("How many more"), min_value=1, max_value=REPEATED_AT_MOST, initial=4)
