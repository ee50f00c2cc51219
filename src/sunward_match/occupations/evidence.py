"""What speaks for an occupation: six numbers, from the samples most like a title.

A sample is a text whose code is known: a labelled title, an entry of the classification with its aliases, or its
definition. The chief number is kernel ridge regression, solved for the nearest samples only (at most 150, all sharing
a word with the title): what the whole system of some 8,000 equations gives in ten seconds, these give in a millisecond
with an accuracy within a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from .catalogue import Labelled, Occupation
from .vocabulary import Floats, Ints, Rows, Vocabulary
from .words import Words, read_description, read_title

KINDS: Final = ("ridge", "family", "wide_family", "title", "alias", "centre")
RIDGE, FAMILY, WIDE_FAMILY, TITLE, ALIAS, CENTRE = range(len(KINDS))

NEAREST = 150
TOLERANCE = 1e-20  # of the square of the residue against that of the right side
CONSIDERED = 40  # occupations that get a probability; the right one is among them in 19 of 20 titles
PENALTIES = {"title": 0.5, "alias": 0.5, "definition": 1.5}  # how little one sample of a kind is trusted
SHARES = {"title": 1.0, "alias": 1.0, "definition": 0.5}  # of a kind in the centre of an occupation
CENTRE_SHARE = 0.1  # of likeness to the centre, besides ridge, in choosing whom to consider
FAMILIES = {FAMILY: 7, WIDE_FAMILY: 4}  # characters of a code that name its 小类 and its 中类


@dataclass(frozen=True, slots=True)
class Evidence:
    """For one text: the numbers of the occupations considered, and one row of ``KINDS`` for each."""

    occupations: Ints  # ascending
    values: Floats


class Samples:
    """Everything that was learned from, ready to be compared with."""

    __slots__ = ("_across", "_centres", "_families", "_kinds", "_labels", "_penalties", "_rows", "codes", "vocabulary")

    def __init__(self, occupations: Sequence[Occupation], labelled: Sequence[Labelled]) -> None:
        self.codes = tuple(occupation.code for occupation in occupations)
        number = {code: place for place, code in enumerate(self.codes)}
        defined = [occupation for occupation in occupations if occupation.definition]
        words = [read_title(sample.title) for sample in labelled]
        words += [read_title(occupation.aliases) for occupation in occupations]
        words += [read_description(occupation.definition) for occupation in defined]
        owners = [*(sample.code for sample in labelled), *self.codes, *(occupation.code for occupation in defined)]
        sizes = {"title": len(labelled), "alias": len(occupations), "definition": len(defined)}
        self._kinds = np.repeat(list(sizes), list(sizes.values()))
        self._labels = np.array([number[code] for code in owners], np.int64)
        self._penalties = np.array([PENALTIES[kind] for kind in self._kinds])
        self.vocabulary = Vocabulary.of(words)
        self._rows: Rows = self.vocabulary.rows(words)
        self._across: Rows = sparse.csr_array(self._rows.T)
        self._centres = self._find_centres()
        self._families = {
            kind: np.unique([code[:length] for code in self.codes], return_inverse=True)[1]
            for kind, length in FAMILIES.items()
        }

    def _find_centres(self) -> Rows:
        """One column of length one for each occupation: the middle of its samples."""
        shares = np.array([SHARES[kind] for kind in self._kinds])
        shape = (len(self._labels), len(self.codes))
        belongs = sparse.csr_array((shares, (np.arange(len(self._labels)), self._labels)), shape=shape)
        sums = sparse.csr_array(self._across @ belongs)
        lengths = np.sqrt(np.asarray(sums.multiply(sums).sum(axis=0)).ravel())
        sums.data /= lengths[sums.indices]
        return sums

    def weigh(self, rows: Rows) -> list[Evidence]:
        """The evidence for each text, given as rows of the vocabulary."""
        likeness = (rows @ self._across).toarray()
        centres = (rows @ self._centres).toarray()
        return [self._weigh_one(own, centre) for own, centre in zip(likeness, centres, strict=True)]

    def _weigh_one(self, likeness: Floats, centre: Floats) -> Evidence:
        near = np.sort(np.argpartition(-likeness, NEAREST)[:NEAREST] if len(likeness) > NEAREST else likeness.argsort())
        near = near[likeness[near] > 0]
        if not len(near):
            return Evidence(np.empty(0, np.int64), np.empty((0, len(KINDS))))
        close, labels, kinds = likeness[near], self._labels[near], self._kinds[near]
        ridge = np.bincount(labels, self._solve(near, close), len(self.codes))
        considered = np.flatnonzero(centre > 0)
        if len(considered) > CONSIDERED:
            promise = ridge[considered] + CENTRE_SHARE * centre[considered]
            considered = np.sort(considered[np.argsort(-promise, kind="stable")[:CONSIDERED]])
        values = np.empty((len(considered), len(KINDS)))
        values[:, RIDGE], values[:, CENTRE] = ridge[considered], centre[considered]
        for kind, families in self._families.items():
            values[:, kind] = np.bincount(families, ridge)[families[considered]]
        for kind, name in ((TITLE, "title"), (ALIAS, "alias")):
            best = np.zeros(len(self.codes))
            np.maximum.at(best, labels[kinds == name], close[kinds == name])
            values[:, kind] = best[considered]
        return Evidence(considered, values)

    def _solve(self, near: Ints, close: Floats) -> Floats:
        """How much each of the nearest samples has to say, taking into account that they repeat one another."""
        rows = self._rows[near]
        system = (rows @ rows.T).toarray()
        system[np.diag_indices_from(system)] += self._penalties[near]
        return solve(system, close)


def solve(system: Floats, right: Floats) -> Floats:
    """The solution of a positive definite system by conjugate gradients.

    Not by LAPACK: on a busy machine its threads wait for one another, and a millisecond becomes a second.
    """
    found = np.zeros_like(right)
    residue = direction = right
    size = least = residue @ residue
    for _ in range(2 * len(right)):
        across = system @ direction
        step = size / (direction @ across)
        found = found + step * direction
        residue = residue - step * across
        before, size = size, residue @ residue
        if size < TOLERANCE * least:
            break
        direction = residue + size / before * direction
    return found


def read_query(title: str, description: str | None) -> tuple[Words, Words]:
    """The words of a title and of its description, which may be missing."""
    return read_title(title), read_description(description or "")
