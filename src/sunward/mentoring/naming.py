"""Whether words give away a child: held against the names on its own file, and against a few plain patterns.

It finds what this file knows and what looks like a number, an address or a school; it cannot know the name of a cat or
of a friend. So a person reads the words as well before they are shown.
"""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d{6,}|\d[\d\s-]{6,}\d")
_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2,}(?:小学|中学|学校|幼儿园|附小|附中|一中|二中)")
_ADDRESS = re.compile(r"\d+\s*[弄号室栋幢]")


def find_telling(words: str, *, names: Iterable[str], schools: Iterable[str] = ()) -> tuple[str, ...]:
    """The parts of the words that tell who it is, in the order found; a given name alone counts as well."""
    plain = words.replace(" ", "").replace("\u3000", "")
    telling = [part for name in names for part in _parts_of(name) if part in plain]
    telling += [school for school in schools if len(school) > 1 and school in plain]
    for pattern in (_NUMBER, _SCHOOL, _ADDRESS):
        telling += [found.group() for found in pattern.finditer(words)]
    return tuple(dict.fromkeys(telling))


def said_at_home(name: str) -> frozenset[str]:
    """What a child is called without its surname: it says who it is only to those who know."""
    return frozenset(_parts_of(name)[1:])


def _parts_of(name: str) -> list[str]:
    """The whole name, and what is said of it at home: the last two characters, and one of them doubled."""
    name = name.replace(" ", "").replace("·", "")
    if len(name) < 2:
        return []
    parts = [name]
    if len(name) > 2:
        parts.append(name[-2:])
    parts.append(name[-1] * 2)
    return [*parts, f"小{name[-1]}"]
