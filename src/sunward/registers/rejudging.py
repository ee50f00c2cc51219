"""Who is known already, for a single row that was repaired: the other rows of its import, and the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sunward.registers.counting import ready
from sunward.registers.known import BatchIdentities
from sunward.registers.models import ImportBatch, StagedRow
from sunward.registers.programmes import intakes
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.identities import Key, Known, Near, Place
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.sheets.staging import status_of

# Staged rows are sealed, so each has to be opened. Beyond this many, what repeats a row of the same import is found
# when it is taken over, where whoever comes second changes nothing.
MOST_ROWS = 3000


class StagedIdentities:
    """Looks keys up; remembers nothing, for the row that is judged is not settled yet."""

    def __init__(self, batch: ImportBatch, *, leaving_out: int) -> None:
        self._batch = batch
        self._leaving_out = leaving_out
        self._records = BatchIdentities(sheet_kinds(), intakes(), home=batch.unit_path)

    def find(self, keys: Sequence[Key]) -> Mapping[Key, Known]:
        return {**self._records.find(keys), **self._find_rows(set(keys))}

    def remember(self, entries: Sequence[tuple[Key, Known]]) -> None:
        return

    def find_near(self, blocks: Sequence[Key]) -> Mapping[Key, Sequence[Near]]:
        """What is there already, then the other rows of the import."""
        found = {block: list(near) for block, near in self._records.find_near(blocks).items()}
        wanted = set(blocks)
        for row, kind, values in self._open_rows({kind for kind, *_ in wanted}):
            likeness = kind.likeness
            own = wanted.intersection((kind.key, block) for block in likeness.blocks(values)) if likeness else set()
            if likeness and own:
                near = Near(likeness.sketch(values), _known(row, kind, values, frozenset()))
                for block in own:
                    found.setdefault(block, []).append(near)
        return found

    def remember_near(self, entries: Sequence[tuple[Key, Near]]) -> None:
        return

    def _find_rows(self, keys: set[Key]) -> dict[Key, Known]:
        found: dict[Key, Known] = {}
        for row, kind, values in self._open_rows({kind for kind, *_ in keys}):
            has = [entry for entry in kind.identities if all(values.get(key) for key in entry.keys)]
            for entry in has:
                key = (kind.key, entry.name, *(str(values[part]) for part in entry.keys))
                if key in keys:
                    found.setdefault(key, _known(row, kind, values, frozenset(other.name for other in has)))
        return found

    def _open_rows(self, kinds: set[str]) -> Iterator[tuple[StagedRow, SheetKind, Mapping[str, Any]]]:
        if not kinds or self._batch.counts.get("rows", 0) > MOST_ROWS:
            return
        rows = (
            self._batch.rows.filter(ready(), sheet__kind__in=kinds)
            .exclude(pk=self._leaving_out)
            .select_related("sheet__file")
            .only("uid", "row", "record", "sheet__name", "sheet__kind", "sheet__file__name")
        )
        for row in rows.order_by("pk").iterator(chunk_size=500):
            yield row, sheet_kinds()[row.sheet.kind], json.loads(row.record)


def _known(row: StagedRow, kind: SheetKind, values: Mapping[str, Any], has: frozenset[str]) -> Known:
    return Known(
        Place(row.sheet.file.name, row.sheet.name, row.row), str(values.get("name") or ""),
        str(values.get("subdistrict_code") or ""), has, status=status_of(values, kind),
    )  # fmt: skip
