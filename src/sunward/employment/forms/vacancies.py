"""Forms of the pages of vacancies."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.employment.enums import ReleaseReason, VacancyCloseReason, VacancyState
from sunward.employment.queries.vacancies import VacancyQuestion

_CHOOSE = ("", _("Please choose"))


class VacancyFilter(forms.Form):
    """The fields above the list. What cannot be understood is left out."""

    q = forms.CharField(label=_("Post, employer or occupation code"), max_length=60, required=False)
    state = forms.ChoiceField(
        label=pgettext_lazy("vacancy", "State"), required=False,
        choices=[
            ("", _("All that are not closed")), *VacancyState.choices,
            ("running_out", pgettext_lazy("vacancy", "Run out within seven days")),
            ("run_out", pgettext_lazy("vacancy", "Run out")), ("over", _("The employer's last day is over")),
            ("all", _("Closed ones too")),
        ],
    )  # fmt: skip
    subdistrict = forms.ChoiceField(label=_("Sub-district"), required=False)

    def __init__(self, *args: Any, subdistricts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subdistrict"].choices = [("", _("All")), *subdistricts]  # type: ignore[attr-defined]

    def question(self) -> VacancyQuestion:
        self.is_valid()
        asked = self.cleaned_data
        return VacancyQuestion(
            words=asked.get("q") or "", state=asked.get("state") or "", subdistrict=asked.get("subdistrict") or ""
        )


class VerifyForm(forms.Form):
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput, help_text=_("Ask the employer first. It ends by itself on that day.")
    )


class ReleaseForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why the wording may stand"), choices=[_CHOOSE, *ReleaseReason.choices])


class CloseForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why it is closed"),
        choices=[_CHOOSE, *(one for one in VacancyCloseReason.choices if one[0] != VacancyCloseReason.MERGED)],
    )


class KeepForm(forms.Form):
    """Which of a pair stays, and the versions in which the two were seen. The template draws the choice."""

    keep = forms.UUIDField(error_messages={"required": _("Say which of the two shall stay.")})
    first_version = forms.IntegerField(widget=forms.HiddenInput)
    second_version = forms.IntegerField(widget=forms.HiddenInput)

    def decision(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"keep": said["keep"], "versions": (said["first_version"], said["second_version"])}
