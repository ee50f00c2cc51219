"""Where the records of a sheet are looked up by their keys and blocks, and what is remembered of each."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

Key: TypeAlias = tuple[str, ...]  # (kind, name of the identity, value, …)

MOST_COMPARED = 200


class Place(NamedTuple):
    """Where a record came from; `record` names one that was there before the import (then the rest is empty)."""

    file: str
    sheet: str
    row: int
    record: str = ""


class Known(NamedTuple):
    """What is remembered under a key. `has` names the identities the record has (see `Identity.unless`).

    One that `is_elsewhere` is not the importer's to see: that it is there is said, nothing about it.
    """

    place: Place
    name: str
    subdistrict: str
    has: frozenset[str]
    is_elsewhere: bool = False
    status: str = ""


class Near(NamedTuple):
    """A record as it is remembered under its blocks: what of it is compared, and which it is."""

    sketch: Any
    known: Known


class Identities(Protocol):
    """Where records are looked up by their keys, across sheets, files and what is already in the database."""

    def find(self, keys: Sequence[Key]) -> Mapping[Key, Known]:
        """The first record remembered under each of the keys that is known."""

    def remember(self, entries: Sequence[tuple[Key, Known]]) -> None:
        """Remember accepted records; a key that is known already keeps its first record."""

    def find_near(self, blocks: Sequence[Key]) -> Mapping[Key, Sequence[Near]]:
        """The records remembered under each of the blocks, for kinds that declare a likeness."""

    def remember_near(self, entries: Sequence[tuple[Key, Near]]) -> None:
        """Remember accepted records under their blocks."""


class MemoryNearness:
    """Remembers in memory; of a block only the newest few."""

    def __init__(self) -> None:
        self._near: dict[int, list[Near]] = {}

    def find_near(self, blocks: Sequence[Key]) -> Mapping[Key, Sequence[Near]]:
        return {block: found for block in blocks if (found := self._near.get(hash(block)))}

    def remember_near(self, entries: Sequence[tuple[Key, Near]]) -> None:
        for block, near in entries:
            kept = self._near.setdefault(hash(block), [])
            kept.append(near)
            if len(kept) > 2 * MOST_COMPARED:
                del kept[:-MOST_COMPARED]


class MemoryIdentities(MemoryNearness):
    """For one run without a database."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[Key, Known] = {}

    def find(self, keys: Sequence[Key]) -> Mapping[Key, Known]:
        return {key: self._known[key] for key in keys if key in self._known}

    def remember(self, entries: Sequence[tuple[Key, Known]]) -> None:
        for key, known in entries:
            self._known.setdefault(key, known)
