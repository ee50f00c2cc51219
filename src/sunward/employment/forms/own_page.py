"""What is asked on a jobseeker's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.employment.enums import NextStep, StepBy, StepKind, StepReason
from sunward.employment.forms.appointments import BookForm, MoveForm
from sunward.employment.recommendations import chain

_ANSWERS = [(kind.value, kind.label) for kind in StepKind if chain.may_say(StepBy.JOBSEEKER, kind)]


class QuestionForm(forms.Form):
    """Four digits; the page says which."""

    typed = forms.CharField(
        label=_("Four digits"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "8"}),
    )  # fmt: skip


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(choices=_ANSWERS)
    reason = forms.ChoiceField(choices=StepReason.choices, required=False)


class ShareForm(forms.Form):
    employer = forms.UUIDField()


class FeedbackForm(forms.Form):
    points = forms.IntegerField(min_value=1, max_value=5)
    words = forms.CharField(required=False, max_length=500)


class AskForm(forms.Form):
    kind = forms.ChoiceField(choices=[(one.value, one.label) for one in (NextStep.ASKED, NextStep.CORRECTION)])
    words = forms.CharField(required=False, max_length=200)


class OwnBookForm(BookForm):
    """Notes are the office's."""

    note = None  # type: ignore[assignment]


class OwnMoveForm(MoveForm):
    """To another free time."""
