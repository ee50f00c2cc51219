"""A refused text as a page shows it: what may name somebody is marked in it, and each has what can be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sunward.core.furniture import Text
from sunward.people.screening.clearing import StillNames
from sunward.people.screening.finding import FindingKind


@dataclass(frozen=True, slots=True)
class Mark:
    """Some words that may say who it is, wherever they stand. What `is_known` or `is_own_number` cannot be kept."""

    number: int
    kind: Text
    words: str
    instead: str
    is_known: bool
    is_own_number: bool
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text; `number` is that of its mark, 0 where there is nothing to mark."""

    words: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    parts: tuple[Part, ...]
    marks: tuple[Mark, ...]


def mark(refused: StillNames, *, kept: frozenset[str]) -> Marked:
    """The same words twice are one mark: one decision is enough."""
    marks: dict[str, Mark] = {}
    for found in refused.findings:
        before = marks.get(found.text)
        is_known = found.is_known or (before is not None and before.is_known)
        is_own_number = found.is_own_number or (before is not None and before.is_own_number)
        marks[found.text] = Mark(
            number=before.number if before else len(marks) + 1,
            kind=FindingKind(found.kind).label,
            words=found.text,
            instead=found.instead,
            is_known=is_known,
            is_own_number=is_own_number,
            is_kept=found.text in kept and not (is_known or is_own_number),
        )
    return Marked(tuple(_part(refused, marks)), tuple(marks.values()))


def _part(refused: StillNames, marks: dict[str, Mark]) -> Iterator[Part]:
    end = 0
    for found in refused.findings:
        if found.start > end:
            yield Part(refused.words[end : found.start])
        yield Part(found.text, marks[found.text].number)
        end = found.end
    if end < len(refused.words):
        yield Part(refused.words[end:])
