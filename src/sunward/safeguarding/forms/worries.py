"""The form that takes two minutes on a phone, and the small ones of whoever looks into a worry."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.safeguarding.actions.worries import WorryDetails
from sunward.safeguarding.enums import WorrySign
from sunward.safeguarding.queries.units import Choice, Group
from sunward.safeguarding.rules import CHILD_AGE_AT_MOST, LINK_DAYS, SEEN_DAYS_AT_MOST, WORDS_AT_MOST

DANGER = (("no", _("No, or I do not know")), ("yes", _("Yes, or it may be")))


class WorryForm(forms.Form):
    """Two questions must be answered: what was seen, and whether there is danger now."""

    danger = forms.ChoiceField(
        label=_("Is the child in danger now?"), choices=DANGER, widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the child is in danger now.")},
    )  # fmt: skip
    signs = forms.MultipleChoiceField(
        label=_("What worries you?"), choices=WorrySign.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("Everything that fits."),
        error_messages={"required": _("Choose at least one; the last stands for anything else.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("What did you see or hear?"), required=False, max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words are enough. You need no proof; the supervisor looks into it."),
    )  # fmt: skip
    unit = forms.TypedChoiceField(label=_("Where does the child live?"), coerce=int)
    child_name = forms.CharField(
        label=_("The child's name, if you know it"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    child_age = forms.IntegerField(
        label=_("About how old?"), required=False, min_value=0, max_value=CHILD_AGE_AT_MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    child_phone = forms.CharField(
        label=_("The family's telephone, if you know it"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    whereabouts = forms.CharField(
        label=_("Where can the child be found?"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("A road, a building, a school and class: whatever helps to find the child."),
    )  # fmt: skip
    seen_on = forms.DateField(label=_("When did you see it?"), widget=forms.DateInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, units: Sequence[Choice | Group], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def clean_seen_on(self) -> date:
        seen: date = self.cleaned_data["seen_on"]
        if not self.on - timedelta(days=SEEN_DAYS_AT_MOST) <= seen <= self.on:
            raise forms.ValidationError(_("Choose today or a day of the last two months."))
        return seen

    def details(self) -> WorryDetails:
        asked = self.cleaned_data
        return WorryDetails(
            signs=tuple(asked["signs"]), seen_on=asked["seen_on"], child_name=asked["child_name"],
            child_age=asked["child_age"], child_phone=asked["child_phone"], whereabouts=asked["whereabouts"],
            words=asked["words"], is_urgent=asked["danger"] == "yes",
        )  # fmt: skip


class PublicWorryForm(WorryForm):
    """The same without an account: name and telephone, so that somebody can ask back."""

    name = forms.CharField(
        label=_("Your name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Only the child-welfare supervisor reads your name and number. The family does not learn them."),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Your telephone"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class PassOnForm(forms.Form):
    unit = forms.TypedChoiceField(label=_("To which sub-district?"), coerce=int)
    words = forms.CharField(
        label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The supervisor there reads this, together with the worry."),
    )  # fmt: skip

    def __init__(self, *args: Any, units: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("Please choose")), *units]  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    outcome = forms.CharField(
        label=_("What you found, and why nothing is to be done"), max_length=WORDS_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class LinkForm(forms.Form):
    label = forms.CharField(
        label=_("For whom"),
        max_length=60,
        help_text=_("A school, a clinic, a shop: so that you know which one to end."),
    )
    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    expires_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput, help_text=_("One year at the most; the day itself no longer counts.")
    )

    def __init__(self, *args: Any, units: Sequence[Choice], on: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": on + timedelta(days=LINK_DAYS)})
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
