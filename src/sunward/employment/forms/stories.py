"""Forms of stories of success: what an officer tells, looked through for names, and what stories are looked for by."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.core.furniture import Text
from sunward.core.refusals import Refusal, show_above
from sunward.employment.actions.stories import Incomplete, Told
from sunward.employment.enums import ClientTagKind
from sunward.employment.queries.stories import StoryQuestion
from sunward.employment.stories.enums import AgeBand, Helped
from sunward.employment.stories.rules import (
    LINE_LENGTH,
    PSEUDONYM_LENGTH,
    REASON_LENGTH,
    SEARCH_LENGTH,
    STORY_LENGTH,
    TITLE_LENGTH,
)
from sunward.employment.stories.text import FIELDS, part_fields, tell_fields
from sunward.people.screening.clearing import StillNames
from sunward.people.screening.marking import Marked, mark

# What one can do about a mark; the value says which words are meant: "keep:王小波".
_KEEP, _CHANGE = "keep:", "change:"
_ANY = ("", _("All"))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StoryForm(forms.Form):
    """The hidden initial values tell two edits of one story apart."""

    pseudonym = forms.CharField(
        label=_("Other name"), max_length=PSEUDONYM_LENGTH, show_hidden_initial=True,
        help_text=_("By which the story calls the person. Not the family name, and no nickname."),
    )  # fmt: skip
    title = forms.CharField(
        label=pgettext_lazy("story", "Title"), max_length=TITLE_LENGTH, show_hidden_initial=True,
        help_text=_("For example: From afraid of interviews to a steady counter"),
    )  # fmt: skip
    obstacle = forms.CharField(
        label=_("What stood in the way"), max_length=LINE_LENGTH, widget=_area(2), show_hidden_initial=True
    )
    helped = forms.TypedMultipleChoiceField(
        label=_("What helped"), choices=Helped.choices, coerce=Helped, widget=forms.CheckboxSelectMultiple,
        show_hidden_initial=True, help_text=_("Stories are looked for by it."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("What was done and what helped"), max_length=STORY_LENGTH, widget=_area(9), show_hidden_initial=True,
        help_text=_(
            "Step by step, so that a colleague can do the same. No names, no employer, no address, no exact day: these "
            "are looked for before it is saved."
        ),
    )  # fmt: skip
    outcome = forms.CharField(
        label=_("What came of it"), max_length=LINE_LENGTH, widget=_area(2), show_hidden_initial=True
    )
    age_band = forms.TypedChoiceField(
        label=_("Age"), choices=[("", _("Is not told")), *AgeBand.choices], coerce=AgeBand, empty_value=None,
        required=False, show_hidden_initial=True,
    )  # fmt: skip
    client_tags = forms.TypedMultipleChoiceField(
        label=_("Groups to be told"), coerce=ClientTagKind, required=False, widget=forms.CheckboxSelectMultiple,
        show_hidden_initial=True, help_text=_("As few as the story needs: together they may say who it is."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)
    marked: Marked | None = None

    def __init__(self, *args: Any, tags: Sequence[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client_tags"].choices = tags  # type: ignore[attr-defined]
        if not tags:
            del self.fields["client_tags"]
        self.fields["key"].initial = uuid4

    @property
    def form_key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def told(self, *, kept: Sequence[str] = ()) -> Told:
        """`kept`: what was said to name nobody before."""
        said = self.cleaned_data
        return Told(
            pseudonym=said["pseudonym"], title=said["title"], obstacle=said["obstacle"], words=_plain(said["words"]),
            outcome=said["outcome"], helped=tuple(said["helped"]), age_band=said["age_band"],
            client_tags=tuple(said.get("client_tags", ())), kept=self._chosen(_KEEP) | frozenset(kept),
            changed=self._chosen(_CHANGE),
        )  # fmt: skip

    def try_to_tell(self, act: Callable[[], object]) -> bool:
        """Whether it was told; else what stands in the way is in the form, and nothing that was typed is lost."""
        if not self.is_valid():
            return False
        try:
            act()
        except StillNames as refused:
            self.marked = tell_fields(mark(refused, kept=self._chosen(_KEEP)))
            self.data = self.data.copy()  # type: ignore[attr-defined]
            for name, words in zip(FIELDS, part_fields(refused.words), strict=True):
                self.data[name] = words  # type: ignore[index]
            return False
        except Incomplete as refused:
            self.add_error(refused.field, str(refused.sentence))
            return False
        except Refusal as refusal:
            if refusal.status != Refusal.status:
                raise
            show_above(self, refusal)
            return False
        return True

    def _chosen(self, what: str) -> frozenset[str]:
        values = [_plain(value) for name, value in self.data.items() if name.startswith("mark-")]
        return frozenset(value.removeprefix(what) for value in values if value.startswith(what))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("What has to be changed?"), max_length=REASON_LENGTH, widget=_area(3),
        help_text=_("Whoever wrote it reads this. Say which words could give the person away, or what is missing."),
    )  # fmt: skip


class StoryFilter(forms.Form):
    """The fields above the list. What cannot be understood is left out: a link that was sent on must open."""

    q = forms.CharField(label=_("Words of the story"), max_length=SEARCH_LENGTH, required=False)
    helped = forms.ChoiceField(label=_("What helped"), choices=[_ANY, *Helped.choices], required=False)
    tag = forms.ChoiceField(
        label=pgettext_lazy("jobseeker", "Group"), choices=[_ANY, *ClientTagKind.choices], required=False
    )
    age = forms.ChoiceField(label=_("Age"), choices=[_ANY, *AgeBand.choices], required=False)

    def question(self) -> StoryQuestion:
        self.is_valid()
        asked = self.cleaned_data
        return StoryQuestion(
            words=asked.get("q") or "", helped=asked.get("helped") or "", tag=asked.get("tag") or "",
            age=asked.get("age") or "",
        )  # fmt: skip


def _plain(value: str) -> str:
    """A browser sends the ends of lines in another way than it shows them."""
    return value.replace("\r\n", "\n")
