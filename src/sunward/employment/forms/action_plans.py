"""Forms of an individual action plan and its goals; what they clean goes to one act each."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.actions import GoalDetails
from sunward.casework.enums import GoalState
from sunward.employment.forms.jobseeker_acts import VersionedForm
from sunward.employment.rules import GOAL_KINDS

_LONGEST_GOAL, _MOST_GOALS = 500, 8


class PlanForm(forms.Form):
    review_on = forms.DateField(
        label=_("Look at the plan again on"), widget=forms.DateInput, show_hidden_initial=True,
        help_text=_("It stands among the next steps on that day."),
    )  # fmt: skip
    agreement = forms.CharField(
        label=_("Agreed with the person"), max_length=2000, required=False, show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Who does what: the person, and the office."),
    )  # fmt: skip


class NewPlanForm(PlanForm):
    goals = forms.CharField(
        label=_("Goals"), max_length=_MOST_GOALS * (_LONGEST_GOAL + 2), required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, so that everybody can see whether it is reached. More can be added later."),
    )  # fmt: skip

    def clean_goals(self) -> list[str]:
        said = [line.strip() for line in str(self.cleaned_data["goals"]).splitlines()]
        goals = list(dict.fromkeys(line for line in said if line))
        if len(goals) > _MOST_GOALS or any(len(goal) > _LONGEST_GOAL for goal in goals):
            raise forms.ValidationError(_("Eight goals at most, each of five hundred signs at most."))
        return goals

    def details(self) -> list[GoalDetails]:
        return [GoalDetails(words) for words in self.cleaned_data["goals"]]


class ReviewForm(VersionedForm):
    review_on = forms.DateField(label=_("The next time on"), widget=forms.DateInput)


class GoalForm(forms.Form):
    words = forms.CharField(
        label=_("What is to be reached"), max_length=_LONGEST_GOAL, widget=forms.Textarea(attrs={"rows": 3}),
        show_hidden_initial=True, help_text=_("So that everybody can see whether it is reached."),
    )  # fmt: skip
    service_kind = forms.ChoiceField(
        label=_("By which service"), choices=[("", _("None")), *((kind.value, kind.label) for kind in GOAL_KINDS)],
        required=False, show_hidden_initial=True,
    )  # fmt: skip
    due_on = forms.DateField(label=_("By when"), widget=forms.DateInput, required=False, show_hidden_initial=True)

    def goal(self) -> GoalDetails:
        return GoalDetails(**self.cleaned_data)


class SettleGoalForm(VersionedForm):
    state = forms.TypedChoiceField(
        label=pgettext_lazy("a goal", "How it stands"), coerce=GoalState, widget=forms.RadioSelect,
        choices=[(state.value, state.label) for state in (GoalState.REACHED, GoalState.DROPPED)],
    )  # fmt: skip
    result = forms.CharField(label=_("What came of it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
