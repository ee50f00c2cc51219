"""The door to the coder of occupations: titles in words in, ranked codes of the classification of 2022 out.

The coder learns in about a second, once in a process, when it is first asked: never at import.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sunward_match.occupations import coder, read_occupations

OFFERED = 5


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation that a title may mean. `probability`: that a person would have chosen it; somewhat too sure."""

    code: str
    name: str
    probability: float


def code_title(title: str, description: str = "", *, most: int = OFFERED) -> tuple[Occupation, ...]:
    """The likeliest occupations, best first; none where nothing can be read."""
    if not title.strip() and not description.strip():
        return ()
    return tuple(Occupation(one.code, one.name, one.score) for one in coder().rank(title, description or None, k=most))


def code_titles(titles: Sequence[str]) -> list[Occupation | None]:
    """The likeliest occupation of each title, None where nothing can be read. Faster than one by one."""
    return [
        Occupation(found[0].code, found[0].name, found[0].score) if found else None
        for found in coder().rank_many(titles, k=1)
    ]


@lru_cache(maxsize=1)
def occupation_names() -> dict[str, str]:
    """Every entry of the classification by its code, upper levels included (their codes end in ``-00``)."""
    return {one.code: one.name for one in read_occupations()}
