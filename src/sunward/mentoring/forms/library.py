"""Forms of the small library: what one looks for, what its keepers write, and of which year the hours are."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal, show_above
from sunward.mentoring.actions.library import MaterialSaid
from sunward.mentoring.experts.clearing import StillNames
from sunward.mentoring.experts.enums import ExpertField, MaterialKind
from sunward.mentoring.experts.one_text import part_text, tell_places
from sunward.mentoring.forms.questions import TurnForm
from sunward.mentoring.library.rules import LINK_LENGTH, MINUTES_AT_MOST, TITLE_LENGTH, WORDS_LENGTH
from sunward.mentoring.queries.library import LibraryQuestion
from sunward.people.screening.marking import mark

_ANY = ("", _("All"))
# What the officer writes by hand; a question with its answer comes of a question.
_WRITTEN = tuple((kind.value, kind.label) for kind in (MaterialKind.ARTICLE, MaterialKind.LINK))
# What an act refuses of one field stands at that field.
_FIELD_OF = {
    "mentoring.material_link": "link", "mentoring.material_link_numbers": "link", "mentoring.material_empty": "words",
    "mentoring.material_untitled": "title", "mentoring.material_title_long": "title",
    "mentoring.material_minutes": "minutes", "mentoring.note_too_long": "words",
}  # fmt: skip


class LibraryFilter(forms.Form):
    """The fields above the list. What cannot be understood is left out: a link that was sent on must open."""

    q = forms.CharField(label=_("Words in it"), max_length=60, required=False)
    field = forms.ChoiceField(label=_("What it is about"), choices=[_ANY, *ExpertField.choices], required=False)

    @property
    def question(self) -> LibraryQuestion:
        self.is_valid()
        return LibraryQuestion(self.cleaned_data.get("q") or "", self.cleaned_data.get("field") or "")


class YearForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, empty_value=None)

    def __init__(self, data: Any = None, *, years: Sequence[int]) -> None:
        super().__init__(data, initial={"year": years[0]})
        self.years = years
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> int:
        """This year, where nothing that can be understood was asked for."""
        self.is_valid()
        return int(self.cleaned_data.get("year") or self.years[0])


class _Lines(forms.CharField):
    """A browser sends the ends of lines in another way than they are kept: that alone is no change."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(_plain(initial), _plain(data))


class MaterialForm(TurnForm):
    """Remembers what it was opened with, so that two who change one material choose between both."""

    field = forms.ChoiceField(
        label=_("What it is about"), choices=ExpertField.choices, widget=forms.RadioSelect, show_hidden_initial=True
    )
    kind = forms.ChoiceField(
        label=_("Where it stands"), choices=_WRITTEN, widget=forms.RadioSelect, initial=MaterialKind.ARTICLE,
        show_hidden_initial=True,
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title"), max_length=TITLE_LENGTH, show_hidden_initial=True,
        help_text=_("Short, and in the words of those who look for it."),
    )  # fmt: skip
    link = forms.CharField(
        label=_("Address of the page"), max_length=LINK_LENGTH, required=False, show_hidden_initial=True,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
        help_text=_("Only for what stands elsewhere. Open it yourself first: you answer for it."),
    )  # fmt: skip
    words = _Lines(
        label=_("Text"), strip=False, required=False, show_hidden_initial=True,
        widget=forms.Textarea(attrs={"rows": 14, "maxlength": WORDS_LENGTH}),
        help_text=_("One thing at a time, in short paragraphs. Of what stands elsewhere: what one finds there."),
    )  # fmt: skip
    minutes = forms.IntegerField(
        label=_("Minutes to read"), min_value=1, max_value=MINUTES_AT_MOST, initial=10, show_hidden_initial=True,
        help_text=_("As many count as learning hours for whoever has worked through it."),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=_("For whom"), widget=forms.RadioSelect, help_text=_("Everybody in this unit reads it.")
    )
    field_order = ("unit", "field", "kind", "title", "link", "words", "minutes", "key")

    def __init__(
        self, *args: Any, homes: Sequence[tuple[str, str]] = (), kind: str = MaterialKind.ARTICLE, **kwargs: Any
    ) -> None:
        """`homes` to choose from, where there is more than one; a question with its answer stays one."""
        super().__init__(*args, **kwargs)
        if len(homes) > 1:
            self.fields["unit"].choices = homes  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
        if kind == MaterialKind.QUESTION:
            self.fields["kind"].choices = [(kind, MaterialKind.QUESTION.label)]  # type: ignore[attr-defined]
            self.fields["kind"].initial = kind
            self.fields["link"].widget = forms.HiddenInput()

    @property
    def material(self) -> MaterialSaid:
        told, said = self.cleaned_data, self.said
        return MaterialSaid(
            kind=MaterialKind(told["kind"]), field=ExpertField(told["field"]), title=told["title"],
            words=told["words"], link=told["link"], minutes=told["minutes"], kept=said["kept"], changed=said["changed"],
        )  # fmt: skip

    @property
    def unit_path(self) -> str:
        return str(self.cleaned_data.get("unit", ""))

    def try_to_say(self, act: Callable[[], object]) -> bool:
        """As for any text that is looked through; title and words are marked as one, the title its first line."""
        if not self.is_valid():
            return False
        try:
            act()
        except StillNames as refused:
            self.marked = tell_places(mark(refused, kept=self.said["kept"]))
            title, words = part_text(refused.words)
            data: QueryDict = self.data.copy()  # type: ignore[attr-defined]
            data["title"], data["words"] = title, words
            self.data = data
        except Refusal as refusal:
            if refusal.code not in _FIELD_OF:
                show_above(self, refusal)
            else:
                self.add_error(_FIELD_OF[refusal.code], str(refusal.sentence))
        else:
            return True
        return False


def _plain(value: Any) -> str:
    return str(value or "").replace("\r\n", "\n")
