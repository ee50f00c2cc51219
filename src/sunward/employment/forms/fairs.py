"""The forms of booths, their times, and of a jobseeker's time at one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sunward.employment.actions.interview_times import PLACES_AT_MOST, BoothTimes
from sunward.employment.actions.interviews import Wanted
from sunward.employment.forms.jobseeker_acts import PLEASE, KeyedForm, VersionedForm


def _lengths() -> list[tuple[int, str]]:
    return [(minutes, gettext("%(minutes)s minutes") % {"minutes": minutes}) for minutes in (10, 15, 20, 30, 45, 60)]


class EmployerFilter(forms.Form):
    """Whom to invite: employers that offer something open, by their name, post or industry."""

    q = forms.CharField(label=_("Employer or post"), max_length=60, required=False)

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q") or "").strip()


class InviteForm(forms.Form):
    employer = forms.UUIDField(widget=forms.HiddenInput)


class PlaceForm(VersionedForm):
    place = forms.CharField(
        label=pgettext_lazy("booth", "Where it stands"),
        max_length=20,
        required=False,
        help_text=_("As on the sign: A3, table 7."),
    )


class VacanciesForm(VersionedForm):
    """Which of its open vacancies the employer brings."""

    vacancies = forms.MultipleChoiceField(
        label=_("Vacancies at this booth"), widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": _("One of these vacancies is not open any more. Look at the list again.")},
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vacancies"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> list[UUID]:
        return [UUID(one) for one in self.cleaned_data["vacancies"]]


class BoothTimesForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    begins = forms.TimeField(label=pgettext_lazy("time of day", "From"), widget=forms.TimeInput(format="%H:%M"))
    ends = forms.TimeField(label=pgettext_lazy("time of day", "Until"), widget=forms.TimeInput(format="%H:%M"))
    minutes = forms.TypedChoiceField(label=_("Each takes"), choices=_lengths, coerce=int, initial=15)
    places = forms.IntegerField(
        label=_("How many at once"), min_value=1, max_value=PLACES_AT_MOST, initial=1,
        help_text=_("One for a talk; more where several interviewers sit there."),
    )  # fmt: skip

    def times(self) -> BoothTimes:
        return BoothTimes(**{name: value for name, value in self.cleaned_data.items() if name != "key"})


class InterviewForm(KeyedForm):
    """A time at a booth, for one of its vacancies; `offer` fills in what is free and open."""

    slot = forms.ChoiceField(
        label=pgettext_lazy("interview", "When"),
        error_messages={"invalid_choice": _("This time is not free any more. Choose another.")},
    )
    vacancy = forms.ChoiceField(
        label=_("Which vacancy"),
        error_messages={"invalid_choice": _("This vacancy is not open any more. Choose another one of the booth.")},
    )
    is_shared = forms.BooleanField(
        label=_("The person agrees that the employer learns name, schooling and experience"), required=False,
        help_text=_("Without this the employer sees only that the time is taken."),
    )  # fmt: skip

    def offer(self, times: Sequence[tuple[str, str]], vacancies: Sequence[tuple[str, str]]) -> None:
        self.fields["slot"].choices = [PLEASE, *times]  # type: ignore[attr-defined]
        # With one vacancy there is nothing to choose.
        first = [] if len(vacancies) == 1 else [PLEASE]
        self.fields["vacancy"].choices = [*first, *vacancies]  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(UUID(data["slot"]), UUID(data["vacancy"]), data["is_shared"])


class OwnInterviewForm(InterviewForm):
    """The same, said to the person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_shared"].label = _("The employer may learn my name, schooling and experience")
        self.fields["is_shared"].help_text = _("You need not: then it sees only that the time is taken.")
