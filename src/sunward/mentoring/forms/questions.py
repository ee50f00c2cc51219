"""Forms of questions to the expert team: a text that is looked through before it leaves."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal
from sunward.mentoring.actions.questions import Asked
from sunward.mentoring.experts.clearing import StillNames
from sunward.mentoring.experts.enums import ExpertField
from sunward.mentoring.experts.rules import QUESTION_LENGTH
from sunward.people.screening.marking import Marked, mark

# What one can do about a mark; the value says which words are meant: "keep:王小波".
_KEEP, _CHANGE = "keep:", "change:"


class TurnForm(forms.Form):
    """Words that leave the file. What was refused comes back whole, with its marks."""

    words = forms.CharField(
        label=_("What you would like to add"), strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": QUESTION_LENGTH}),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    marked: Marked | None = None

    def clean_words(self) -> str:
        return _plain_lines(self.cleaned_data["words"])

    def chosen(self, what: str) -> frozenset[str]:
        """The marked words for which this was chosen."""
        values = (_plain_lines(value) for name, value in self.data.items() if name.startswith("mark-"))
        return frozenset(value.removeprefix(what) for value in values if value.startswith(what))

    @property
    def said(self) -> dict[str, Any]:
        chosen = {"kept": self.chosen(_KEEP), "changed": self.chosen(_CHANGE)}
        return {"key": self.cleaned_data["key"], "words": self.cleaned_data["words"], **chosen}

    def try_to_say(self, act: Callable[[], object]) -> bool:
        """Whether it was said; else what stood in the way is in the form: marked words, or a refusal's sentence."""
        if not self.is_valid():
            return False
        try:
            act()
        except StillNames as refused:
            self.marked = mark(refused, kept=self.chosen(_KEEP))
            self.data = {**self.data.dict(), "words": refused.words}  # type: ignore[attr-defined]
            return False
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                raise
            self.add_error("words", str(refusal.sentence))
            return False
        return True


class AdviceForm(TurnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Your answer")
        self.fields["words"].widget.attrs["rows"] = 8


class QuestionForm(TurnForm):
    field = forms.ChoiceField(label=_("What it is about"), choices=ExpertField.choices, widget=forms.RadioSelect)
    field_order = ("field", "words", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.label = _("Your question")
        words.help_text = _(
            "Write as you would tell it. Names, schools and addresses are looked for before it is sent."
        )
        words.widget.attrs["rows"] = 8

    @property
    def asked(self) -> Asked:
        return Asked(field=ExpertField(self.cleaned_data["field"]), **self.said)


def _plain_lines(value: str) -> str:
    """A browser sends the ends of lines in another way than it shows them."""
    return value.replace("\r\n", "\n")
