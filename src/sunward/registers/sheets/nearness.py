"""Rows that may be the same although no declared value is: the same post in other words, from another channel.

Only rows with a block in common are compared (`Likeness.blocks`), and of a block no more than the newest few. What is
found is offered: the row is a duplicate until a person says that it is another one, or the same from another source.
"""

from collections.abc import Sequence
from typing import Any

from sunward.registers.sheets.declarations import Draft, Likeness, SheetKind
from sunward.registers.sheets.identities import MOST_COMPARED, Identities, Key, Known, Near

# Where a person's decision stands among the cells of a row, so that it holds whenever the row is judged again.
DECISION, SAME, ANOTHER = "decision", "same", "another"
SAME_CODE = "same_from_another_source"


class Neighbourhood:
    """The rows of a chunk and everything they may be like. Without a declared likeness it does nothing."""

    def __init__(self, kind: SheetKind, drafts: Sequence[Draft], identities: Identities) -> None:
        self._likeness: Likeness | None = kind.likeness
        self._identities = identities
        self._blocks: dict[int, list[Key]] = {}
        self._sketches: dict[int, Any] = {}
        self._there: dict[Key, list[Near]] = {}
        self._fresh: list[tuple[Key, Near]] = []
        if self._likeness is not None:
            for draft in drafts:
                self._blocks[id(draft)] = [(kind.key, block) for block in self._likeness.blocks(draft.values)]
            keys = dict.fromkeys(key for blocks in self._blocks.values() for key in blocks)
            self._there = {key: list(near) for key, near in identities.find_near([*keys]).items()}

    def closest(self, draft: Draft) -> Known | None:
        """The record that is most like the row; of those equally like, the one that was there first."""
        if self._likeness is None or draft.cells.get(DECISION) == ANOTHER:
            return None
        sketch = self._sketch(draft)
        best: tuple[float, Near] | None = None
        for near in self._candidates(draft):
            likeness = self._likeness.compare(sketch, near.sketch)
            if likeness > 0 and (best is None or likeness > best[0]):
                best = (likeness, near)
        return best[1].known if best else None

    def add(self, draft: Draft, known: Known) -> None:
        """A row that becomes a record of its own is one of those the next rows are compared with."""
        if self._likeness is None:
            return
        near = Near(self._sketch(draft), known)
        for key in self._blocks[id(draft)]:
            self._there.setdefault(key, []).append(near)
            self._fresh.append((key, near))

    def remember(self) -> None:
        if self._fresh:
            self._identities.remember_near(self._fresh)

    def _sketch(self, draft: Draft) -> Any:
        assert self._likeness is not None
        found = self._sketches.get(id(draft))
        if found is None:
            found = self._sketches[id(draft)] = self._likeness.sketch(draft.values)
        return found

    def _candidates(self, draft: Draft) -> list[Near]:
        found: dict[int, Near] = {}
        for key in self._blocks[id(draft)]:
            for near in self._there.get(key, ())[-MOST_COMPARED:]:
                found.setdefault(id(near), near)
        return list(found.values())
