"""The forms of a survey of wishes: what is asked, what comes of it, and what somebody answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.core.furniture import Text
from sunward.employment.actions.interest_answers import LONGEST_WISH, MOST_WISHES, Wished
from sunward.employment.actions.interest_surveys import PLACES_AT_MOST, SurveyDetails, SurveyTerms
from sunward.employment.forms.jobseeker_acts import VersionedForm
from sunward.employment.interests.merging import COMMON_FROM
from sunward.employment.interests.topics import LONGEST_OWN, MOST_OWN, declared_choices, read_topics

_OWN_LENGTH = (LONGEST_OWN + 2) * (MOST_OWN + 1)


class TermsForm(forms.Form):
    """What may still be changed while people answer, and afterwards."""

    closes_on = forms.DateField(
        label=pgettext_lazy("interest survey", "Last day"), widget=forms.DateInput, show_hidden_initial=True
    )
    places = forms.IntegerField(
        label=_("Places of a session"), min_value=1, max_value=PLACES_AT_MOST, initial=20, show_hidden_initial=True,
        help_text=_("Where more wish the same, several sessions are proposed, each about as full."),
    )  # fmt: skip
    common_from = forms.IntegerField(
        label=_("A common wish from"), min_value=1, max_value=PLACES_AT_MOST, initial=COMMON_FROM,
        show_hidden_initial=True, help_text=_("So many have to wish the same before a session is proposed."),
    )  # fmt: skip

    def terms(self) -> SurveyTerms:
        return SurveyTerms(**{name: self.cleaned_data[name] for name in ("closes_on", "places", "common_from")})


class SurveyForm(TermsForm):
    """A draft of a survey."""

    title = forms.CharField(
        label=pgettext_lazy("interest survey", "Title"), max_length=60, show_hidden_initial=True,
        help_text=_("As people read it: Courses this autumn"),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Whose jobseekers are asked"), show_hidden_initial=True)
    topics = forms.MultipleChoiceField(
        label=_("What they may wish for"), choices=declared_choices, widget=forms.CheckboxSelectMultiple,
        required=False, show_hidden_initial=True,
    )  # fmt: skip
    own = forms.CharField(
        label=_("And in your own words, one in a line"), required=False, max_length=_OWN_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}), show_hidden_initial=True,
        help_text=_("Twelve at most: cutting short films, Excel from the beginning."),
    )  # fmt: skip
    opens_on = forms.DateField(
        label=pgettext_lazy("interest survey", "First day"), widget=forms.DateInput, show_hidden_initial=True
    )
    field_order = ("title", "unit", "opens_on", "closes_on", "topics", "own", "places", "common_from")

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]

    def details(self) -> SurveyDetails:
        data = self.cleaned_data
        return SurveyDetails(
            title=data["title"], unit=data["unit"], opens_on=data["opens_on"], terms=self.terms(),
            topics=read_topics(data["topics"], data["own"]),
        )  # fmt: skip


class NewSurveyForm(SurveyForm):
    """Sent twice, it is one survey."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class DeclineForm(forms.Form):
    because = forms.CharField(
        label=_("Why not this time"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who wished it reads this on their own page. Name nobody."),
    )  # fmt: skip


class WishReplyForm(VersionedForm):
    """A course of the survey, words, or both; neither takes an answer back."""

    course = forms.ChoiceField(label=_("A course that fits"), required=False)
    reply = forms.CharField(
        label=_("What you tell the person"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where the person can learn it, or why not this time. It stands on their own page."),
    )  # fmt: skip

    def offer(self, courses: Sequence[tuple[str, str]]) -> None:
        self.fields["course"].choices = [("", _("None of these")), *courses]  # type: ignore[attr-defined]

    def answer(self) -> dict[str, Any]:
        data = self.cleaned_data
        course = int(data["course"]) if data["course"] else None
        return {"version": data["version"], "reply": data["reply"], "course": course}


class InterestAnswerForm(VersionedForm):
    """What somebody wishes to learn, as the office writes it down on the telephone."""

    topics = forms.MultipleChoiceField(
        label=_("What the person would like to learn"), widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": _("One of these topics is not asked any more. Look again.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Something else, one wish in a line"), required=False,
        max_length=(LONGEST_WISH + 2) * (MOST_WISHES + 1), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, topics: Sequence[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics  # type: ignore[attr-defined]

    def wished(self) -> Wished:
        data = self.cleaned_data
        topics = frozenset(UUID(one) for one in data["topics"])
        return Wished(topics, tuple(data["words"].splitlines()), data["version"])


class OwnInterestForm(InterestAnswerForm):
    """The same, said to the person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].label = _("What would you like to learn?")
        self.fields["words"].label = _("Is there something else? One wish in a line.")
