"""The fields of a story are searched for names as one text; here they are joined and parted."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sunward.core.furniture import Text
from sunward.people.screening.marking import Marked, Part

# A sign that nobody types, and a full stop before it: an address does not go on in the next field.
_SIGN = "\u2029"
_JOIN = f"。\n{_SIGN}"
FIELDS = ("pseudonym", "title", "obstacle", "words", "outcome")
_NAMES: tuple[Text, ...] = (
    _("Other name"), pgettext_lazy("story", "Title"), _("What stood in the way"), _("What was done and what helped"),
    _("What came of it"),
)  # fmt: skip


def join_fields(said: Sequence[str]) -> str:
    return _JOIN.join(one.replace(_SIGN, "\n") for one in said)


def part_fields(text: str) -> list[str]:
    return text.split(_JOIN)


def tell_fields(marked: Marked) -> Marked:
    """The same marks, with its name before each field, so that one sees where each stands."""
    return Marked(tuple(_tell(marked)), marked.marks)


def _tell(marked: Marked) -> Iterator[Part]:
    number = 0
    yield Part(f"{_NAMES[number]}: ")
    for part in marked.parts:
        first, *rest = part.words.split(_JOIN)
        if first:
            yield Part(first, part.number)
        for words in rest:
            number += 1
            yield Part(f"\n{_NAMES[number]}: ")
            if words:
                yield Part(words, part.number)
