"""Forms of notes of experience: what she tells, looked through before it is handed in, and why it is given back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal
from sunward.mentoring.actions.sharing import Told
from sunward.mentoring.enums import VisitTopic
from sunward.mentoring.experts.clearing import StillNames
from sunward.mentoring.experts.one_text import part_text, tell_places
from sunward.mentoring.forms.questions import TurnForm
from sunward.mentoring.sharing.rules import NOTE_LENGTH, REASON_LENGTH, TITLE_LENGTH
from sunward.people.screening.marking import mark

_ABOUT_TITLE = ("mentoring.experience_untitled", "mentoring.experience_title_long")


class NoteForm(TurnForm):
    title = forms.CharField(
        label=_("Title"), max_length=TITLE_LENGTH, help_text=_("For example: How homework goes without tears")
    )
    topics = forms.TypedMultipleChoiceField(
        label=_("What it is about"), choices=VisitTopic.choices, coerce=VisitTopic, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    field_order = ("title", "words", "topics", "key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = self.fields["words"]
        words.label = _("What you have found out")
        words.help_text = _(
            "What was difficult, what you tried, what helped. Without names: write “the child”, “the grandmother”. "
            "Names, schools and addresses are looked for before it is handed in."
        )
        words.widget.attrs |= {"rows": 10, "maxlength": NOTE_LENGTH}

    @property
    def told(self) -> Told:
        said, cleaned = self.said, self.cleaned_data
        return Told(
            title=cleaned["title"], words=said["words"], topics=tuple(cleaned["topics"]), kept=said["kept"],
            changed=said["changed"],
        )  # fmt: skip

    def try_to_say(self, act: Callable[[], object]) -> bool:
        """As with a question; what was refused comes back in title and words, each where it stood."""
        if not self.is_valid():
            return False
        try:
            act()
        except StillNames as refused:
            self.marked = tell_places(mark(refused, kept=self.said["kept"]))
            title, words = part_text(refused.words)
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["title"], self.data["words"] = title, words  # type: ignore[index]
            return False
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                raise
            self.add_error("title" if refusal.code in _ABOUT_TITLE else "words", str(refusal.sentence))
            return False
        return True


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("What should she change?"), max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("She reads this. Say kindly which words could give somebody away, or what is missing."),
    )  # fmt: skip
