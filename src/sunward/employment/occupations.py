"""Which occupation of the 2022 classification (职业分类大典) a post or a wish means.

What the words say plainly is coded at once; anything else is offered to a person, who chooses. How sure is sure was
measured: see `docs/mechanisms/occupations.md`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sunward.matching.occupations import Occupation, code_title, code_titles, occupation_names

# From here on a title is coded without a person: 95 of 100 right. Measured on titles alone.
SURE = 0.98
_AT_ONCE = 256
_CODE = re.compile(r"\d-\d{2}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Offer:
    """An occupation that a person may choose. `percent`: how likely the words mean it."""

    code: str
    name: str
    percent: int


def offer_occupations(words: str, description: str = "") -> tuple[Offer, ...]:
    """What the words may mean, the likeliest first; none where nothing can be read.

    Unlikely ones too: the coder is somewhat too sure, and a code that has to be typed is hardly ever given.
    """
    found = code_title(words, description)
    return tuple(Offer(one.code, one.name, round(100 * one.probability)) for one in found)


def sure_code(words: str) -> str:
    """The code that the words say plainly; empty where a person has to choose."""
    return sure_codes([words])[words]


def sure_codes(words: Iterable[str]) -> dict[str, str]:
    """`sure_code` of each of many. What was read once in this process is not read again."""
    found = best_guesses(words)
    return {one: guess.code if guess and guess.probability >= SURE else "" for one, guess in found.items()}


def best_guesses(words: Iterable[str]) -> dict[str, Occupation | None]:
    """The likeliest occupation of each, however unsure; None where nothing can be read."""
    return _memory().recall(dict.fromkeys(words))


def name_of(code: str) -> str:
    """Its name in the classification; empty for a code that is not there."""
    return occupation_names().get(code, "")


def read_occupation(typed: str) -> str:
    """The code that somebody means who types a code or the name of an occupation in full; empty if there is none."""
    written = typed.strip()
    if _CODE.fullmatch(written):
        return written if written in occupation_names() else ""
    return _codes_by_name().get(written, "")


class _Memory:
    """The same few titles come again and again; those that no code was found for, every ten minutes."""

    most = 100_000

    def __init__(self) -> None:
        self._known: dict[str, Occupation | None] = {}

    def recall(self, words: Iterable[str]) -> dict[str, Occupation | None]:
        asked = list(words)
        new = [one for one in asked if one not in self._known]
        if len(self._known) + len(new) > self.most:
            self._known = {}
            new = asked
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            self._known |= dict(zip(some, code_titles(some), strict=True))
        return {one: self._known[one] for one in asked}


@lru_cache(maxsize=1)
def _memory() -> _Memory:
    return _Memory()


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    """Where an upper level has the name of its only occupation, the occupation is meant."""
    return {name: code for code, name in sorted(occupation_names().items())}
