"""Reading a batch: every sheet recognised, every row judged and staged, a chunk at a time.

Nothing is taken over here. A reading that was interrupted begins anew: what it had staged is put away first.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from pydantic_core import to_json

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.models import Unit
from sunward.core.bulk import insert_rows, many_objects, new_uids, reserve_ids
from sunward.registers.access import batch_subject, is_foreign, kinds_of
from sunward.registers.conducting import Conductor
from sunward.registers.counting import count_rows
from sunward.registers.enums import BatchState, Outcome, RowState
from sunward.registers.intake import Place as UnitPlace
from sunward.registers.known import BatchIdentities
from sunward.registers.memory import read_corrections, remembered_headings
from sunward.registers.models import ImportBatch, ImportFile, ImportSheet, StagedRow
from sunward.registers.programmes import intakes
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.identities import Place
from sunward.registers.sheets.layouts import Layout
from sunward.registers.sheets.recognition import Remembered, correct, recognise
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.sheets.staging import StagedRow as Judged
from sunward.registers.sheets.staging import stage, stage_raw
from sunward.registers.storing import DiskFull, discard, is_full, path_of
from sunward.registers.workbook.reading import Sheet, open_workbook
from sunward.registers.workbook.refusals import NoKnownSheet, NoRecords, NotYours, WorkbookRefused

CHUNK = 1000
OUTSIDE = "outside_your_unit"
_COLUMNS = (
    "id", "uid", "batch_id", "sheet_id", "row", "outcome", "codes", "state", "raw", "record", "duplicate_row_id",
    "duplicate_kind", "duplicate_id", "is_repaired",
)  # fmt: skip


@contextmanager
def room_needed() -> Iterator[None]:
    """A full disk becomes a refusal that says so, whoever met it: the file system or the database."""
    try:
        yield
    except (OSError, DatabaseError) as error:
        if is_full(error):
            raise DiskFull from error
        raise


def places_by_code() -> dict[str, UnitPlace]:
    return {code: UnitPlace(pk, path) for code, pk, path in Unit.objects.values_list("code", "pk", "path")}


def stage_batch(*, batch_id: int, conductor: Conductor, now: datetime) -> None:
    """Read all files of a batch in their order; afterwards it waits to be checked, or says why it cannot be read."""
    with room_needed(), many_objects():
        reading = _begin(batch_id, conductor)
        if reading is None:
            return
        for file in reading.batch.files.order_by("position"):
            _read_file(reading, file)
        _finish(reading, now=now)


@dataclass(slots=True)
class _Reading:
    """One reading of a batch. `repaired` and `skipped` are what people did to rows before the batch was read again."""

    batch: ImportBatch
    conductor: Conductor
    kinds: Mapping[str, SheetKind]
    places: Mapping[str, UnitPlace]
    home: UnitPlace
    identities: BatchIdentities
    remembered: Remembered
    repaired: dict[tuple[int, int], dict[str, Any]]
    skipped: set[tuple[int, int]]
    sheets: dict[tuple[str, str], int]
    done: int = 0
    total: int = 0


def _begin(batch_id: int, conductor: Conductor) -> _Reading | None:
    with conductor.step():
        batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("unit").get(pk=batch_id)
        if batch.state != BatchState.STAGING:
            return None
        repaired = {
            (row.sheet_id, row.row): json.loads(row.raw)
            for row in batch.rows.filter(is_repaired=True).only("uid", "sheet_id", "row", "raw")
        }
        skipped = set(batch.rows.filter(state=RowState.SKIPPED).values_list("sheet_id", "row"))
        StagedRow.objects.filter(batch=batch)._raw_delete(using="default")
    kinds = sheet_kinds()
    return _Reading(
        batch, conductor, kinds, places_by_code(), UnitPlace(batch.unit_id, batch.unit_path),
        BatchIdentities(kinds, intakes(), home=batch.unit_path), remembered_headings(), repaired, skipped, {},
    )  # fmt: skip


def _read_file(reading: _Reading, file: ImportFile) -> None:
    """One file; what cannot be read keeps its reason and does not hold up the others."""
    if file.failure and not file.stored_as:
        return
    file.failure = ""
    try:
        with open_workbook(path_of(file.stored_as), name=file.name, limit=settings.SUNWARD_UPLOAD_LIMIT) as book:
            counts = [_read_sheet(reading, file, sheet) for sheet in book.sheets()]
            if not any(count is not None for count in counts):
                raise NotYours if _is_foreign(file, reading.batch) else NoKnownSheet
            if not any(counts):
                raise NoRecords
    except WorkbookRefused as refusal:
        file.failure = refusal.code
    except FileNotFoundError:
        file.failure = "registers.file_gone"
    with reading.conductor.step():
        if file.failure == NotYours().code:
            discard(file.stored_as)
            file.stored_as = ""
        file.save(update_fields=["failure", "stored_as"])


def _is_foreign(file: ImportFile, batch: ImportBatch) -> bool:
    return any(is_foreign(kind, batch) for kind in file.sheets.values_list("kind", flat=True))


def _read_sheet(reading: _Reading, file: ImportFile, sheet: Sheet) -> int | None:
    """How many records a sheet of a known kind has, whether or not it is left out; None if its kind is not known.

    Of a sheet that is another post's work no row is staged.
    """
    entry, kind, layout = _understand(reading, file, sheet)
    if kind is None:
        return None
    if entry.is_skipped:
        return layout.record_count
    reading.sheets[sheet.file_name, sheet.name] = entry.pk
    reading.total += layout.record_count
    judged = stage(sheet, kind, layout, on=reading.batch.judged_on, identities=reading.identities, chunk=CHUNK)
    while chunk := list(islice(judged, CHUNK)):
        reading.conductor.report(done=reading.done, total=reading.total)
        with reading.conductor.step():
            _write(reading, entry, kind, sheet, chunk)
        reading.done += len(chunk)
    reading.conductor.report(done=reading.done, total=reading.total)
    return layout.record_count


def _understand(reading: _Reading, file: ImportFile, sheet: Sheet) -> tuple[ImportSheet, SheetKind | None, Layout]:
    """The sheet's layout: as it was corrected, as it was before, or recognised now.

    Of one that is another post's work nothing but its name and its kind is kept.
    """
    entry = ImportSheet.objects.filter(file=file, position=sheet.position).first() or ImportSheet(
        file=file, position=sheet.position, name=sheet.name[:120]
    )
    kinds = reading.kinds.values()
    is_new = not entry.layout
    layout = recognise(sheet, kinds, remembered=reading.remembered) if is_new else Layout.from_dict(entry.layout)
    if entry.corrections:
        own = kinds_of(reading.batch).values()
        layout = correct(layout, sheet, own, read_corrections(entry.corrections), remembered=reading.remembered)
    if layout.kind is not None and is_foreign(layout.kind, reading.batch):
        layout = Layout(sheet.name, layout.kind, is_hidden=sheet.is_hidden)
    if is_new:
        # A hidden sheet is a leftover more often than not: it is shown, and read only if somebody asks for it.
        entry.is_skipped = sheet.is_hidden or is_foreign(layout.kind or "", reading.batch)
    entry.kind, entry.layout, entry.rows_seen, entry.corrections = (
        layout.kind or "",
        layout.to_dict(),
        layout.record_count,
        {},
    )
    with reading.conductor.step():
        entry.save()
    return entry, kinds_of(reading.batch).get(entry.kind), layout


def _write(reading: _Reading, entry: ImportSheet, kind: SheetKind, sheet: Sheet, chunk: Sequence[Judged]) -> None:
    judged = [_as_people_left_it(reading, entry, kind, sheet, row) for row in chunk]
    judged = [(confine(row, kind.key, reading.home, reading.places), is_repaired) for row, is_repaired in judged]
    ids = list(reserve_ids(StagedRow, len(judged)))
    originals = _originals(reading, [row for row, _repaired in judged], entry.pk, ids)
    rows = []
    for new, uid, (row, is_repaired) in zip(ids, new_uids(len(ids)), judged, strict=True):
        state = RowState.SKIPPED if (entry.pk, row.row) in reading.skipped else RowState.STAGED
        duplicate_kind, duplicate_id = record_of(row.duplicate_of)
        rows.append(
            (
                new, uid, reading.batch.pk, entry.pk, row.row, row.outcome.value, row.codes, state.value,
                # A row that nobody has to look at is never repaired, so its cells need not be kept.
                "" if row.outcome == Outcome.ACCEPTED else dump(row.raw), dump(row.values),
                originals.get(new), duplicate_kind, duplicate_id, is_repaired,
            )
        )  # fmt: skip
    insert_rows(StagedRow, _COLUMNS, rows)


def _as_people_left_it(
    reading: _Reading, entry: ImportSheet, kind: SheetKind, sheet: Sheet, row: Judged
) -> tuple[Judged, bool]:
    """A row that somebody repaired before the batch was read again is judged by its repaired cells."""
    raw = reading.repaired.get((entry.pk, row.row)) if reading.repaired else None
    if raw is None:
        return row, False
    return (
        stage_raw(
            raw, kind, row=row.row, on=reading.batch.judged_on, identities=reading.identities, file=sheet.file_name,
            sheet=sheet.name, subdistrict=Layout.from_dict(entry.layout).subdistrict_at(row.row),
            is_typed=sheet.is_typed,
        ),
        True,
    )  # fmt: skip


def confine(row: Judged, kind: str, home: UnitPlace, places: Mapping[str, UnitPlace]) -> Judged:
    """A record that would come under another unit than the importer's is refused: nobody opens files elsewhere."""
    intake = intakes().get(kind)
    if intake is None or row.outcome not in (Outcome.ACCEPTED, Outcome.WARNED):
        return row
    if intake.place(row.values, home=home, places=places).path.startswith(home.path):
        return row
    return row._replace(outcome=Outcome.REJECTED, codes=(*row.codes, OUTSIDE))


def record_of(place: Place | None) -> tuple[str, int | None]:
    """Kind and number of the record that was there before the import, if it is one."""
    if place is None or not place.record:
        return "", None
    kind, _, number = place.record.rpartition(":")
    return kind, int(number)


def _originals(reading: _Reading, rows: Sequence[Judged], sheet_id: int, ids: Sequence[int]) -> dict[int, int]:
    """Which staged row each duplicate in the chunk repeats; rows of the chunk itself have their numbers already."""
    wanted: dict[int, tuple[int, int]] = {}
    for new, row in zip(ids, rows, strict=True):
        place = row.duplicate_of
        if place is not None and not place.record:
            wanted[new] = (reading.sheets[place.file, place.sheet], place.row)
    if not wanted:
        return {}
    here = {(sheet_id, row.row): new for new, row in zip(ids, rows, strict=True)}
    elsewhere: dict[int, list[int]] = {}
    for sheet, number in wanted.values():
        if (sheet, number) not in here:
            elsewhere.setdefault(sheet, []).append(number)
    for sheet, numbers in elsewhere.items():
        found = StagedRow.objects.filter(sheet=sheet, row__in=numbers).values_list("row", "pk")
        here.update({(sheet, number): pk for number, pk in found})
    return {new: here[position] for new, position in wanted.items() if position in here}


def dump(values: Mapping[str, Any]) -> str:
    return to_json(values).decode()


_CORRECTABLE = frozenset((NoKnownSheet().code, NoRecords().code))  # a person may still choose the heading


def _finish(reading: _Reading, *, now: datetime) -> None:
    batch = reading.batch
    with reading.conductor.step():
        failures = list(batch.files.values_list("failure", flat=True))
        could_not_read = all(failure and failure not in _CORRECTABLE for failure in failures)
        batch.counts = count_rows(batch)
        batch.state = BatchState.FAILED if could_not_read else BatchState.STAGED
        batch.failure = failures[0] if could_not_read else ""
        batch.version += 1
        batch.save(update_fields=["counts", "state", "failure", "version"])
        record_act(
            actor=Actor.system(), code="registers.batch_staged", now=now, subject=batch_subject(batch),
            unit_path=batch.unit_path, rows=batch.counts.get("rows", 0), failed=could_not_read,
        )  # fmt: skip
