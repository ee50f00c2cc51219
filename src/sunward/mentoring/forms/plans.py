"""Forms of care plans, goals, referrals and small wishes; what they clean goes to one act each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.casework.actions import GoalDetails
from sunward.casework.enums import GoalState, ServiceKind
from sunward.mentoring.forms.children import VersionedForm
from sunward.mentoring.goal_suggestions import suggest

NONE = ("", _("None"))
Choices = Sequence[tuple[str, Any]]


class PlanForm(forms.Form):
    review_on = forms.DateField(
        label=_("Look at the plan again on"), widget=forms.DateInput, show_hidden_initial=True,
        help_text=_("The worker finds it on her list that day."),
    )  # fmt: skip
    agreement = forms.CharField(
        label=_("Agreed with the family"), max_length=2000, required=False, show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Who does what, in the family's own words if you can."),
    )  # fmt: skip


class NewPlanForm(PlanForm):
    """Each open need suggests a goal: change the sentence, or empty it where no goal is wanted."""

    def __init__(self, *args: Any, needs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = needs
        for code, word in needs:
            self.fields[f"goal_{code}"] = forms.CharField(
                label=_("Goal for: %(need)s") % {"need": word}, max_length=500, required=False,
                initial=suggest(code).words, widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def goals(self) -> list[GoalDetails]:
        said = {code: self.cleaned_data[f"goal_{code}"].strip() for code, _word in self.needs}
        return [
            GoalDetails(words, service_kind=suggest(code).service_kind, need=code)
            for code, words in said.items()
            if words
        ]


class ReviewForm(VersionedForm):
    review_on = forms.DateField(label=_("The next time on"), widget=forms.DateInput)


class GoalForm(forms.Form):
    words = forms.CharField(
        label=_("What is to be reached"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        show_hidden_initial=True, help_text=_("So that everybody can see whether it is reached."),
    )  # fmt: skip
    service_kind = forms.ChoiceField(
        label=_("By which service"), choices=[NONE, *ServiceKind.choices], required=False, show_hidden_initial=True
    )
    need = forms.ChoiceField(label=_("For which need"), required=False, show_hidden_initial=True)
    due_on = forms.DateField(label=_("By when"), widget=forms.DateInput, required=False, show_hidden_initial=True)

    def __init__(self, *args: Any, needs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [NONE, *needs]  # type: ignore[attr-defined]

    def goal(self) -> GoalDetails:
        return GoalDetails(**self.cleaned_data)


class SettleGoalForm(VersionedForm):
    state = forms.TypedChoiceField(
        label=pgettext_lazy("a goal", "How it stands"), coerce=GoalState, widget=forms.RadioSelect,
        choices=[(state.value, state.label) for state in (GoalState.REACHED, GoalState.DROPPED)],
    )  # fmt: skip
    result = forms.CharField(label=_("What came of it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    is_need_met = forms.BooleanField(label=_("The need is met with it"), required=False)


class ReferralForm(forms.Form):
    """`resource` is chosen from a list that is narrowed while one types; the act says whether it still stands."""

    resource = forms.UUIDField(error_messages={"required": _("Choose where to."), "invalid": _("Choose where to.")})
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    goal = forms.ChoiceField(label=_("For which goal"), required=False)
    answer_due_on = forms.DateField(
        label=_("Ask for the answer on"), widget=forms.DateInput,
        help_text=_("The worker finds it on her list that day."),
    )  # fmt: skip

    def __init__(self, *args: Any, goals: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [NONE, *goals]  # type: ignore[attr-defined]


class AnswerForm(VersionedForm):
    """Declined: why may be left open, for they owe us no reason."""

    result = forms.CharField(
        label=_("What they said"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ResultForm(VersionedForm):
    result = forms.CharField(label=_("What came of it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class WhyForm(VersionedForm):
    reason = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class WishForm(forms.Form):
    words = forms.CharField(
        label=_("What the child wishes for"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Something small and near: a book, a visit to the sea, a pair of skates. No names."),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("For which day"), widget=forms.DateInput, required=False, help_text=_("A birthday, for example.")
    )


class ReleaseForm(VersionedForm):
    wall_words = forms.CharField(
        label=_("Words on the wall"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No name, school, street or number. We look for the names on this file and for what looks like a "
                    "number, an address or a school; the rest you see yourself."),
    )  # fmt: skip


class GrantForm(VersionedForm):
    granted_by = forms.CharField(
        label=_("Granted by"), max_length=100, help_text=_("A company, a group, a neighbour; as they wish to be named.")
    )
    granted_on = forms.DateField(label=_("Day"), widget=forms.DateInput)
    result = forms.CharField(
        label=_("How it was"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
