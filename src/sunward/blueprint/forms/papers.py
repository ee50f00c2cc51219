"""Papers that are uploaded: read at once, in fractions of a second, and not kept. What cannot be read says why."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.blueprint.actions.meetings import MeetingDetails, PaperTold
from sunward.blueprint.reading.breakdown import Breakdown, read_breakdown
from sunward.blueprint.reading.minutes import Minutes, read_minutes
from sunward.blueprint.reading.numbers import without_numbers
from sunward.core.refusals import Refusal

Read = TypeVar("Read")
Plans = Sequence[tuple[str, str]]
DAYS_FOR_ANSWERS = 30
# The same file is the same meeting of a district: a meeting's key follows from both.
_KEYS = UUID("5f0b9f0a-6d1c-4f53-9a51-1f4e6a3a6d10")


class MinutesForm(forms.Form):
    paper = forms.FileField(
        label=_("Minutes in Word"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose the minutes.")},
        help_text=_("A .docx file. It is read and not kept; nothing becomes work before you have confirmed each line."),
    )
    unit = forms.ChoiceField(label=_("District"))
    met_on = forms.DateField(
        label=_("Day of the meeting"), required=False, widget=forms.DateInput,
        help_text=_("Only if the minutes do not say it."),
    )  # fmt: skip
    answers_due_on = forms.DateField(
        label=_("Every proposal is answered by"), required=False, widget=forms.DateInput,
        help_text=_("Empty: 30 days after the meeting."),
    )  # fmt: skip
    looks_at = forms.ChoiceField(label=_("Stocktake of a plan"), required=False)
    told = PaperTold()
    minutes: Minutes

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], plans: Plans = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, units)
        offer_plans(self, plans)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "paper" in given and "met_on" in given:
            day = given["met_on"]
            self.told, self.minutes = _read(self, given["paper"], lambda path, _name: read_minutes(path, met_on=day))
            if not self.errors and self.minutes.met_on is None:
                self.add_error("met_on", _("The minutes do not say the day. Write it here, and choose the file again."))
        return given

    def details(self) -> MeetingDetails:
        """What the minutes say of the meeting; a day that was typed goes before the one that was read."""
        read = self.minutes
        met_on: Any = read.met_on
        texts = (read.title or PurePath(self.told.name).stem, read.venue, read.chair, read.attended)
        title, venue, chair, attended = (without_numbers(text) for text in texts)
        due = self.cleaned_data.get("answers_due_on") or (met_on and met_on + timedelta(days=DAYS_FOR_ANSWERS))
        return MeetingDetails(title[:120], met_on, due, venue[:120], chair[:60], attended[:200])

    def key(self, unit_code: str) -> UUID:
        return uuid5(_KEYS, f"{unit_code}:{self.told.digest}")


class BreakdownForm(forms.Form):
    paper = forms.FileField(
        label=_("Breakdown of work"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
        error_messages={"required": _("Choose the workbook.")},
        help_text=_("Excel, with a row of headings: what is done, lead unit, deadline. Merged cells are understood."),
    )
    told = PaperTold()
    breakdown: Breakdown

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "paper" in given:
            self.told, self.breakdown = _read(
                self, given["paper"], lambda path, name: read_breakdown(path, name=name)
            )  # fmt: skip
        return given


class MeetingForm(forms.Form):
    """A meeting's own lines, typed. The hidden initial values tell two edits apart."""

    title = forms.CharField(label=_("Name of the meeting"), max_length=120, show_hidden_initial=True)
    unit = forms.ChoiceField(label=_("District"))
    met_on = forms.DateField(label=_("Day of the meeting"), widget=forms.DateInput, show_hidden_initial=True)
    venue = forms.CharField(label=_("Place"), max_length=120, required=False, show_hidden_initial=True)
    chair = forms.CharField(label=_("Chair"), max_length=60, required=False, show_hidden_initial=True)
    attended = forms.CharField(label=_("Who attended"), max_length=200, required=False, show_hidden_initial=True)
    answers_due_on = forms.DateField(
        label=_("Every proposal is answered by"), widget=forms.DateInput, show_hidden_initial=True
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_units(self, units)

    def details(self) -> MeetingDetails:
        names = ("title", "met_on", "answers_due_on", "venue", "chair", "attended")
        return MeetingDetails(**{name: self.cleaned_data[name] for name in names})


class QuestionsForm(forms.Form):
    questions = forms.CharField(
        label=_("Questions of the meeting"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=800,
        help_text=_("One on each line. Every line of work answers one of them."),
    )

    def clean_questions(self) -> tuple[str, ...]:
        found = tuple(text for said in self.cleaned_data["questions"].splitlines() if (text := said.strip()))
        if any(len(text) > 120 for text in found):
            raise ValidationError(_("A question has at most 120 characters."))
        return found


class NewMeetingForm(MeetingForm, QuestionsForm):
    """One that has no minutes to read."""

    looks_at = forms.ChoiceField(label=_("Stocktake of a plan"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = (
        "looks_at", "title", "unit", "met_on", "venue", "chair", "attended", "answers_due_on", "questions", "key",
    )  # fmt: skip

    def __init__(self, *args: Any, plans: Plans = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_plans(self, plans)


def offer_units(form: forms.Form, units: Sequence[tuple[str, str]]) -> None:
    """Who keeps the meetings of one district is not asked of which."""
    field = form.fields["unit"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(units)
    if len(units) < 2:
        del form.fields["unit"]


def offer_plans(form: forms.Form, plans: Plans) -> None:
    """Most meetings are a stocktake of none; where there is no plan yet, nothing is asked."""
    field = form.fields["looks_at"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", pgettext_lazy("stocktake of a plan", "None: another meeting")), *plans]
    field.help_text = _("Choose the plan whose lines the meeting goes through.")
    if not plans:
        del form.fields["looks_at"]


def chosen_plan(form: forms.Form) -> UUID | None:
    chosen = form.cleaned_data.get("looks_at")
    return UUID(chosen) if chosen else None


def chosen_unit(form: forms.Form, units: Sequence[tuple[str, str]]) -> str:
    return form.cleaned_data.get("unit") or units[0][0]


def _read(
    form: forms.Form, upload: UploadedFile[Any], read: Callable[[Path, str], Read]
) -> tuple[PaperTold, Any]:  # fmt: skip
    with _on_disk(upload) as (path, digest):
        try:
            return PaperTold((upload.name or "")[:120], digest), read(path, upload.name or "")
        except Refusal as refused:
            form.add_error("paper", str(refused.sentence))
            return PaperTold(), None


@contextmanager
def _on_disk(upload: UploadedFile[Any]) -> Iterator[tuple[Path, str]]:
    """The readers open files by their path. Readable by ourselves alone, and gone afterwards."""
    digest = hashlib.sha256()
    with TemporaryDirectory(prefix="sunward-paper-") as folder:
        path = Path(folder) / f"paper{PurePath(upload.name or '').suffix.lower()[:6]}"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                file.write(chunk)
        yield path, digest.hexdigest()
