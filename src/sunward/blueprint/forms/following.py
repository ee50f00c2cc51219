"""What is typed to see a line of work through: each form asks for what nobody but the typist knows, and no more."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.actions.learning import GaugeDetails, LessonDetails
from sunward.blueprint.actions.reporting import OWN_ACTS, Report
from sunward.blueprint.enums import Confidence, GaugeShape, Rhythm, StepKind
from sunward.blueprint.following.chain import DAYS_TO_ACKNOWLEDGE, DAYS_TO_ANSWER

Choice = tuple[str, Any]
_NO_NAMES = _("No names of those who are served.")


def _words(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=400, widget=forms.Textarea(attrs={"rows": rows}), help_text=help_text,
        required=required,
    )  # fmt: skip


def _day(label: Any, *, help_text: Any = "", required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput, help_text=help_text, required=required)


class NothingForm(forms.Form):
    """Where pressing is all: the page says what it means."""

    sure = forms.BooleanField(widget=forms.HiddenInput, initial=True, required=False)


class IssueForm(forms.Form):
    by = _day(_("To be acknowledged by"))

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"by": today + timedelta(days=DAYS_TO_ACKNOWLEDGE)})


class ReportForm(forms.Form):
    """`asks_number`: whether the platform cannot know it; else the field is not there."""

    text = _words(pgettext_lazy("line of work", "How it stands"), help_text=_NO_NAMES, required=False)
    number = forms.DecimalField(
        label=_("Reached altogether"), max_digits=16, decimal_places=2, required=False,
        help_text=_("From the beginning to that day, not what was added since the last report."),
    )  # fmt: skip
    happened_on = _day(_("As of"))

    def __init__(self, data: Any = None, *, asks_number: bool, today: date, initial: Any = None) -> None:
        super().__init__(data, initial={"happened_on": today, **(initial or {})})
        if not asks_number:
            del self.fields["number"]
            self.fields["text"].required = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("text", "").strip() and given.get("number") is None and not self.errors:
            raise ValidationError(_("Write down how it stands, in words or as a number."))
        return given

    def report(self) -> Report:
        given = self.cleaned_data
        return Report(given["text"], given.get("number"), given["happened_on"])


class CompletionForm(ReportForm):
    text = _words(_("What shows that it is done"), help_text=_("A document, a link, a place to look at. No names."))
    happened_on = _day(_("Done on"))

    def __init__(self, data: Any = None, *, asks_number: bool, today: date, initial: Any = None) -> None:
        super().__init__(data, asks_number=asks_number, today=today, initial=initial)
        if asks_number:
            self.fields["number"].label = _("What was really reached")
            self.fields["number"].help_text = _("Be it less than was decided: eight of ten stay eight of ten.")
            self.fields["number"].required = True
        self.fields["text"].required = True


class ConfidenceForm(forms.Form):
    confidence = forms.ChoiceField(label=_("What do you think?"), choices=Confidence.choices, widget=forms.RadioSelect)
    text = _words(_("What it rests on"))


class ObstacleForm(forms.Form):
    text = _words(_("What stands in the way, and what would help"), help_text=_NO_NAMES)
    unit = forms.ChoiceField(label=_("Who can remove it"))
    by = _day(_("Answer needed by"), help_text=_("Without an answer it goes up to the district."))

    def __init__(self, data: Any = None, *, units: Sequence[Choice], today: date) -> None:
        super().__init__(data, initial={"by": today + timedelta(days=DAYS_TO_ANSWER)})
        _offer(self, "unit", units)


class TextForm(forms.Form):
    def __init__(self, data: Any = None, *, label: Any, required: bool = True, help_text: Any = "") -> None:
        super().__init__(data)
        self.fields["text"] = _words(label, required=required, help_text=help_text)


class ExtensionForm(forms.Form):
    until = _day(_("New deadline"))
    text = _words(_("Why, and how it stands now"))


class DecisionForm(forms.Form):
    """Of an extension: granted until a day, or declined."""

    answer = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("grant", pgettext_lazy("extension", "Grant")), ("decline", pgettext_lazy("extension", "Decline"))],
    )  # fmt: skip
    until = _day(_("New deadline"), required=False, help_text=_("It may be another than the one that was asked for."))
    text = _words(_("Reason"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("answer") == "grant" and given.get("until") is None and "until" not in self.errors:
            self.add_error("until", _("Say until when."))
        return given

    def granted_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        return day if self.cleaned_data["answer"] == "grant" else None


class AcceptanceForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[
            ("accept", pgettext_lazy("completion", "Accept, and close the line")),
            ("return", pgettext_lazy("completion", "Return: something is missing")),
        ],
    )  # fmt: skip
    text = _words(_("Reason"), required=False, help_text=_("Needed to return it, or to close it with less."))

    def accepts(self) -> bool:
        return bool(self.cleaned_data["answer"] == "accept")


class OwnActForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What you did"), widget=forms.RadioSelect, choices=[(kind.value, kind.label) for kind in OWN_ACTS]
    )
    text = _words(_("What it was about, and what came of it"))

    def kind_of_act(self) -> StepKind:
        return StepKind(self.cleaned_data["kind"])


class CoverForm(forms.Form):
    unit = forms.ChoiceField(label=_("Which unit helped out"))
    text = _words(_("With what"))

    def __init__(self, data: Any = None, *, units: Sequence[Choice]) -> None:
        super().__init__(data)
        _offer(self, "unit", units)


class CorrectionForm(ReportForm):
    """Written again, or taken back; the old entry stays to be read."""

    takes_back = forms.BooleanField(label=_("Take the entry back instead"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("takes_back") and not given.get("text", "").strip():
            self.add_error("text", _("Say why the entry is taken back."))
        return given


class LessonForm(forms.Form):
    thought = _words(_("What we thought"))
    happened = _words(pgettext_lazy("lesson", "What happened"))
    kept = _words(_("What to keep"))
    learn_from = forms.CharField(label=_("Whom to learn from"), max_length=200, required=False)

    def details(self) -> LessonDetails:
        return LessonDetails(**self.cleaned_data)


class GaugeForm(forms.Form):
    shape = forms.ChoiceField(label=_("How it is judged"), choices=GaugeShape.choices, widget=forms.RadioSelect)
    figure = forms.ChoiceField(
        label=_("Figure that the platform counts"), required=False,
        help_text=_(
            "Where there is one, nobody is asked for the number. Of persons whole months are counted, as published."
        ),
    )  # fmt: skip
    rhythm = forms.ChoiceField(label=_("Looked at"), choices=Rhythm.choices)
    starts_on = _day(_("Counted from"))

    def __init__(self, data: Any = None, *, figures: Sequence[Choice], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("None: the lead reports it")), *figures]

    def details(self) -> GaugeDetails:
        given = self.cleaned_data
        return GaugeDetails(
            GaugeShape(given["shape"]), given["figure"], Rhythm(given["rhythm"]), given["starts_on"]
        )  # fmt: skip


def _offer(form: forms.Form, name: str, choices: Sequence[Choice]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("Please choose")), *choices]
