"""The visit form: few questions, large answers. Days are offered as dates, so that a draft keeps its day."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import ContactOutcome, ServiceKind
from sunward.mentoring.enums import NeedKind, VisitCompany, VisitMood, VisitTopic
from sunward.mentoring.models import Visit
from sunward.mentoring.rules import MENTOR_SERVICE_KINDS, MINUTES_AT_FIRST, MINUTES_AT_MOST, MINUTES_STEP, NOTE_LENGTH
from sunward.mentoring.visiting import DraftText, VisitEntry, entry_of

OTHER_DAY = "other"
OUTCOMES = (
    (ContactOutcome.MADE.value, _("I met the child")),
    (ContactOutcome.ATTEMPTED.value, _("I tried, nobody met")),
)


def day_choices(on: date, *, also: str = "") -> list[tuple[str, str]]:
    """Today and the two days before by name, a day that was chosen before midnight, and the way to any other."""
    words = (_("Today"), _("Yesterday"), _("The day before"))
    days = [on - timedelta(days=back) for back in range(len(words))]
    named = [(day.isoformat(), f"{word} {_short(day)}") for word, day in zip(words, days, strict=True)]
    if _is_past_day(also, on=on) and also not in dict(named):
        named.append((also, _short(date.fromisoformat(also))))
    return [*named, (OTHER_DAY, str(_("Another day")))]


def _short(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def _is_past_day(text: str, *, on: date) -> bool:
    try:
        return date.fromisoformat(text) <= on
    except ValueError:
        return False


class VisitForm(forms.Form):
    """`entry` is the visit, once the form is valid."""

    outcome = forms.ChoiceField(
        label=_("Did you meet the child?"), choices=OUTCOMES, widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you met the child.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What was it?"),
        choices=[(kind.value, kind.label) for kind in MENTOR_SERVICE_KINDS],
        widget=forms.RadioSelect,
    )
    day = forms.ChoiceField(label=_("When?"), widget=forms.RadioSelect)
    other_day = forms.DateField(label=_("Which day?"), required=False, widget=forms.DateInput)
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        required=False,
        min_value=0,
        max_value=MINUTES_AT_MOST,
        widget=forms.NumberInput(attrs={"step": MINUTES_STEP, "inputmode": "numeric", "data-stepper": ""}),
    )
    topics = forms.MultipleChoiceField(
        label=_("What was it about?"),
        choices=VisitTopic.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    company = forms.MultipleChoiceField(
        label=_("Who else was there?"),
        choices=VisitCompany.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mood = forms.ChoiceField(
        label=_("How did the child seem?"), choices=VisitMood.choices, required=False, widget=forms.RadioSelect
    )
    needs_noticed = forms.MultipleChoiceField(
        label=_("What does the child need?"),
        choices=NeedKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The committee is told and looks into it."),
    )
    note = forms.CharField(
        label=_("Anything to remember?"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A few words are enough, none are fine too. You may use your phone's microphone."),
    )
    next_on = forms.DateField(
        label=_("When do you see each other next?"),
        required=False,
        widget=forms.DateInput,
        help_text=_("If you have agreed on a day. The family sees it too."),
    )
    is_back = forms.BooleanField(label=_("I am back safely"), required=False)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["day"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = day_choices(on, also=self.data.get("day", ""))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("day") == OTHER_DAY and not said.get("other_day") and "other_day" not in self.errors:
            self.add_error("other_day", _("Choose the day."))
        if said.get("outcome") == ContactOutcome.MADE and not said.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Say how long it was: up to ten hours."))
        return said

    @property
    def has_needs(self) -> bool:
        """Whether the question that few visits need an answer to stands open."""
        return bool(self["needs_noticed"].value()) or "needs_noticed" in self.errors

    @property
    def entry(self) -> VisitEntry:
        """Nobody met: what was typed about minutes and topics before does not count."""
        said = self.cleaned_data
        is_made = said["outcome"] == ContactOutcome.MADE
        return VisitEntry(
            outcome=ContactOutcome(said["outcome"]),
            kind=ServiceKind(said["kind"]),
            happened_on=said["other_day"] if said["day"] == OTHER_DAY else date.fromisoformat(said["day"]),
            minutes=said["minutes"] if is_made else 0,
            topics=tuple(said["topics"]) if is_made else (),
            note=said["note"].strip(),
            company=tuple(said["company"]) if is_made else (),
            mood=said["mood"] if is_made else "",
            needs_noticed=tuple(said["needs_noticed"]),
            next_on=said["next_on"],
        )


def first_values(on: date) -> dict[str, Any]:
    return {"kind": ServiceKind.HOME_VISIT, "day": on.isoformat(), "minutes": MINUTES_AT_FIRST}


def values_of_draft(draft: DraftText, *, on: date) -> dict[str, Any]:
    return {
        "outcome": draft.outcome,
        "kind": draft.kind,
        "minutes": draft.minutes,
        "topics": list(draft.topics),
        "note": draft.note,
        "company": list(draft.company),
        "mood": draft.mood,
        "needs_noticed": list(draft.needs_noticed),
        "next_on": draft.next_on,
        **_day_values(draft.happened_on, on=on),
    }


def values_of_visit(visit: Visit, *, on: date) -> dict[str, Any]:
    entry = entry_of(visit)
    return {
        "outcome": entry.outcome,
        "kind": entry.kind,
        "minutes": entry.minutes or MINUTES_AT_FIRST,
        "topics": list(entry.topics),
        "note": entry.note,
        "company": list(entry.company),
        "mood": entry.mood,
        "needs_noticed": list(entry.needs_noticed),
        "next_on": entry.next_on,
        **_day_values(entry.happened_on.isoformat(), on=on),
    }


def _day_values(day: str, *, on: date) -> dict[str, str]:
    if not day or day in dict(day_choices(on)):
        return {"day": day or OTHER_DAY}
    return {"day": OTHER_DAY, "other_day": day}


def draft_of(sent: QueryDict) -> DraftText:
    """What stands in the form, as it is; lengths are cut, so that nobody keeps a book on the server."""
    day = sent.get("day", "")
    return DraftText(
        outcome=sent.get("outcome", "")[:20],
        kind=sent.get("kind", "")[:20],
        happened_on=(sent.get("other_day", "") if day == OTHER_DAY else day)[:10],
        minutes=sent.get("minutes", "")[:5],
        topics=_known(sent, "topics", VisitTopic),
        note=sent.get("note", "")[:NOTE_LENGTH],
        company=_known(sent, "company", VisitCompany),
        mood=sent.get("mood", "")[:20],
        needs_noticed=_known(sent, "needs_noticed", NeedKind),
        next_on=sent.get("next_on", "")[:10],
    )


def _known(sent: QueryDict, name: str, words: type[TextChoices]) -> tuple[str, ...]:
    return tuple(code for code in sent.getlist(name) if code in words.values)
