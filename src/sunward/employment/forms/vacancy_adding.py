"""The forms by which a vacancy is written down by hand, and changed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.employment.actions.vacancy_adding import LONGEST_DESCRIPTION, PLACES_AT_MOST, VacancyDetails
from sunward.employment.actions.vacancy_changing import VacancyChanges
from sunward.employment.enums import Channel, Education, VacancyKind


class VacancyForm(forms.Form):
    """`seen`: what the check had found when the form was shown; saving needs it to be what is found now."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    visit = forms.UUIDField(widget=forms.HiddenInput, required=False)
    employer = forms.CharField(label=_("employer"), max_length=120)
    uscc = forms.CharField(label=_("unified social credit code"), max_length=40, required=False)
    title = forms.CharField(label=_("post"), max_length=120)
    kind = forms.ChoiceField(label=pgettext_lazy("vacancy", "Kind"), choices=VacancyKind.choices)
    places = forms.IntegerField(label=_("How many are wanted"), min_value=1, max_value=PLACES_AT_MOST)
    salary_text = forms.CharField(
        label=_("salary"),
        max_length=80,
        help_text=_("As the employer says it: a range a month, so much an hour, to be agreed"),
    )
    description = forms.CharField(
        label=_("what the work is"), max_length=LONGEST_DESCRIPTION, widget=forms.Textarea(attrs={"rows": 6})
    )
    workplace = forms.CharField(label=_("place of work"), max_length=200)
    education = forms.TypedChoiceField(
        label=_("education"), choices=[("", _("Not asked for")), *Education.choices], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    valid_until = forms.DateField(label=_("The employer offers it until"), widget=forms.DateInput, required=False)
    contact_name = forms.CharField(label=_("contact"), max_length=40, required=False)
    contact_phone = forms.CharField(
        label=_("telephone"), max_length=40, required=False, help_text=_("Only employment officers see it.")
    )
    channel = forms.ChoiceField(
        label=_("How it became known"), choices=[one for one in Channel.choices if one[0] != Channel.FEED]
    )
    unit_id = forms.TypedChoiceField(label=_("Office"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_id"].choices = units  # type: ignore[attr-defined]

    @property
    def form_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def details(self) -> VacancyDetails:
        return VacancyDetails(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class VacancyChangeForm(forms.Form):
    """What a list told may be incomplete: only a title is asked for. The telephone is sealed and is not shown here."""

    title = forms.CharField(label=_("post"), max_length=120, show_hidden_initial=True)
    kind = forms.ChoiceField(
        label=pgettext_lazy("vacancy", "Kind"), choices=VacancyKind.choices, show_hidden_initial=True
    )
    places_min = forms.IntegerField(
        label=_("How many are wanted"), min_value=1, max_value=PLACES_AT_MOST, required=False, show_hidden_initial=True
    )
    places_max = forms.IntegerField(
        label=_("Up to how many, if it is a range"), min_value=1, max_value=PLACES_AT_MOST, required=False,
        show_hidden_initial=True,
    )  # fmt: skip
    salary_text = forms.CharField(
        label=_("salary"), max_length=80, required=False, show_hidden_initial=True,
        help_text=_("As the employer says it: a range a month, so much an hour, to be agreed"),
    )  # fmt: skip
    description = forms.CharField(
        label=_("what the work is"), required=False, show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    workplace = forms.CharField(label=_("place of work"), max_length=200, required=False, show_hidden_initial=True)
    education = forms.TypedChoiceField(
        label=_("education"), choices=[("", _("Not asked for")), *Education.choices], coerce=int, empty_value=None,
        required=False, show_hidden_initial=True,
    )  # fmt: skip
    valid_until = forms.DateField(
        label=_("The employer offers it until"), widget=forms.DateInput, required=False, show_hidden_initial=True
    )
    contact_name = forms.CharField(label=_("contact"), max_length=40, required=False, show_hidden_initial=True)
    contact_phone = forms.CharField(
        label=_("New telephone"), max_length=40, required=False,
        help_text=_("Leave it empty to keep the one that is there."),
    )  # fmt: skip

    def changes(self) -> VacancyChanges:
        """One number of places is both ends of its range."""
        given = dict(self.cleaned_data)
        low, high = given["places_min"], given["places_max"]
        return VacancyChanges(
            **given | {"places_min": high if low is None else low, "places_max": low if high is None else high}
        )
