"""Title and words are searched for names as one text, the title its first line; here they are joined and parted."""

from collections.abc import Iterator

from django.utils.translation import gettext

from sunward.people.screening.marking import Marked, Part

# A line alone would not end an address: 控江路, and below it 120弄.
_JOIN = "。\n"
# So many characters does the one text have more than title and words.
JOIN_LENGTH = len(_JOIN)


def join_text(title: str, words: str) -> str:
    return f"{title}{_JOIN}{words}" if words else title


def part_text(text: str) -> tuple[str, str]:
    title, _line, words = text.partition(_JOIN)
    return title, words


def tell_places(marked: Marked) -> Marked:
    """The same marks, with a word before the title and before the words, so that one sees where each stands."""
    return Marked(tuple(_tell(marked)), marked.marks)


def _tell(marked: Marked) -> Iterator[Part]:
    yield Part(gettext("Title: "))
    is_title = True
    for part in marked.parts:
        title, line, words = part.words.partition(_JOIN) if is_title else (part.words, "", "")
        if title:
            yield Part(title, part.number)
        if line:
            is_title = False
            yield Part("\n" + gettext("Words: "))
            if words:
                yield Part(words, part.number)
