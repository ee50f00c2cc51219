"""A title in words → ranked codes, each with the probability that a labeller would have chosen it."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ..faults import Fault, refuse
from .catalogue import Labelled, Occupation, read_labelled, read_occupations
from .evidence import Evidence, Samples, read_query
from .vocabulary import Floats

# One for each of evidence.KINDS, so that the probabilities come out right; `python -m bench.occupations --weights`
# finds them anew. Six numbers from 4,157 titles: nothing is learned by heart.
WEIGHTS: Final = (5.1, 1.2, 1.3, 2.0, 2.4, 4.1)

DESCRIPTION_SHARE = 0.2  # of a description beside the title, which decides
AT_ONCE = 64  # titles compared in one go: 64 × 8,000 numbers are 4 MB


@dataclass(frozen=True, slots=True)
class Candidate:
    """An occupation that a title may mean.

    ``score`` is the probability from 0 to 1 that this is the code a labeller chose; all candidates of a title together
    have 1. It is somewhat too sure: of first candidates at about 0.75, 63 % were right (`bench.occupations`).
    """

    code: str
    name: str
    score: float


class Coder:
    """Ranks the occupations of the 2022 classification for a title. Nothing in it changes; threads may share one."""

    __slots__ = ("_names", "samples")

    def __init__(self, occupations: Sequence[Occupation], labelled: Sequence[Labelled]) -> None:
        self.samples = Samples(occupations, labelled)
        self._names = tuple(occupation.name for occupation in occupations)

    def rank(self, title: str, description: str | None = None, *, k: int = 5) -> list[Candidate]:
        """The ``k`` likeliest occupations, best first; fewer if fewer share a character with the title, at most 40.

        Nothing is made up: a title of emoji, digits or unknown Latin words gives an empty list. Without any readable
        word in the title the description alone is ranked. Read are the first 200 characters of a title and the first
        2,000 of a description. Raises ``InputError`` for a title that is blank while there is no description, for
        what is not text, and for a ``k`` below 1.
        """
        faults = [*_find_wrong_k(k), *_find_wrong_text(title, description)]
        if not faults and not title.strip() and not (description or "").strip():
            faults.append(Fault("title_empty", "There is no title; write what the work is called."))
        refuse(faults)
        return self._choose(self._weigh([(title, description)])[0], k)

    def rank_many(
        self, titles: Iterable[str], descriptions: Iterable[str | None] | None = None, *, k: int = 5
    ) -> list[list[Candidate]]:
        """``rank`` for each title, faster; one blank title among many stops nobody, its list is empty."""
        texts = list(titles)
        others = [None] * len(texts) if descriptions is None else list(descriptions)
        faults = [*_find_wrong_k(k)]
        if len(others) != len(texts):
            sentence = f"There are {len(texts)} titles but {len(others)} descriptions."
            faults.append(Fault("descriptions_mismatch", sentence, {"titles": len(texts), "others": len(others)}))
        pairs = list(zip(texts, others, strict=False))
        for row, pair in enumerate(pairs):
            faults.extend(_find_wrong_text(*pair, row=row))
        refuse(faults)
        return [self._choose(evidence, k) for some in _batches(pairs) for evidence in self._weigh(some)]

    def weigh_many(self, titles: Iterable[str]) -> list[Evidence]:
        """What speaks for which occupation, before it is made a probability."""
        pairs: list[tuple[str, str | None]] = [(title, None) for title in titles]
        return [evidence for some in _batches(pairs) for evidence in self._weigh(some)]

    def _weigh(self, pairs: Sequence[tuple[str, str | None]]) -> list[Evidence]:
        read = [read_query(*pair) for pair in pairs]
        named = self.samples.vocabulary.rows(title for title, _ in read)
        described = self.samples.vocabulary.rows(description for _, description in read)
        alone = np.diff(named.indptr) == 0
        shares = np.where(alone, 1.0, DESCRIPTION_SHARE)
        described.data *= np.repeat(shares, np.diff(described.indptr))
        return self.samples.weigh(named + described)

    def _choose(self, evidence: Evidence, k: int) -> list[Candidate]:
        scores = score(evidence.values)
        first = np.argsort(-scores, kind="stable")[:k]  # what is equal stays in the order of codes
        return [
            Candidate(self.samples.codes[place], self._names[place], float(scores[one]))
            for one, place in zip(first, evidence.occupations[first], strict=True)
        ]


def _batches(pairs: list[tuple[str, str | None]]) -> Iterator[list[tuple[str, str | None]]]:
    for start in range(0, len(pairs), AT_ONCE):
        yield pairs[start : start + AT_ONCE]


def _find_wrong_k(k: object) -> Iterator[Fault]:
    if not isinstance(k, int | np.integer) or isinstance(k, bool) or k < 1:
        yield Fault("k_out_of_range", f"k says how many occupations are wanted: a whole number from 1, not {k!r:.40}.")


def _find_wrong_text(title: object, description: object, row: int | None = None) -> Iterator[Fault]:
    at, data = ("", {}) if row is None else (f" in row {row}", {"row": row})
    if not isinstance(title, str):
        yield Fault("title_not_text", f"The title{at} is not text but {type(title).__name__}.", data)
    if not isinstance(description, str | None):
        yield Fault("description_not_text", f"The description{at} is not text but {type(description).__name__}.", data)


def score(values: Floats, weights: Sequence[float] = WEIGHTS) -> Floats:
    """The evidence of some occupations as probabilities that together make 1."""
    if not len(values):
        return np.empty(0)
    leaning = values @ np.array(weights)
    powers: Floats = np.exp(leaning - leaning.max())
    shares: Floats = powers / powers.sum()
    return shares


@functools.cache
def coder() -> Coder:
    """The coder with everything it has to learn from. Made once, in about a second."""
    return Coder(read_occupations(), read_labelled())
