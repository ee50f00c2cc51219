"""Who is known already, for a single row that was repaired: the other rows of its import, and the database."""

import json
from collections.abc import Mapping, Sequence

from sunward.registers.counting import ready
from sunward.registers.known import BatchIdentities
from sunward.registers.models import ImportBatch
from sunward.registers.programmes import intakes
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.sheets.staging import Key, Known, Place, status_of

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

    def _find_rows(self, keys: set[Key]) -> dict[Key, Known]:
        if not keys or self._batch.counts.get("rows", 0) > MOST_ROWS:
            return {}
        found: dict[Key, Known] = {}
        rows = (
            self._batch.rows.filter(ready())
            .exclude(pk=self._leaving_out)
            .select_related("sheet__file")
            .only("uid", "row", "record", "sheet__name", "sheet__kind", "sheet__file__name")
        )
        for row in rows.order_by("pk").iterator(chunk_size=500):
            kind = sheet_kinds()[row.sheet.kind]
            values = json.loads(row.record)
            has = [entry for entry in kind.identities if all(values.get(key) for key in entry.keys)]
            for entry in has:
                key = (kind.key, entry.name, *(str(values[part]) for part in entry.keys))
                if key in keys:
                    found.setdefault(
                        key,
                        Known(
                            Place(row.sheet.file.name, row.sheet.name, row.row), str(values.get("name") or ""),
                            str(values.get("subdistrict_code") or ""), frozenset(other.name for other in has),
                            status=status_of(values, kind),
                        ),
                    )  # fmt: skip
        return found
