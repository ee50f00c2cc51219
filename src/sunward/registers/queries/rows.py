"""Rows of an import as they are listed and repaired: what was read, what is said about it, what can be done."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sunward.core.furniture import Tone
from sunward.core.tables import Column
from sunward.people.masking import mask_number
from sunward.registers.enums import Outcome, RowState
from sunward.registers.models import ImportBatch, StagedRow
from sunward.registers.programmes import is_certain
from sunward.registers.sheets.declarations import SheetKind
from sunward.registers.sheets.nearness import SAME_CODE
from sunward.registers.sheets.registry import sheet_kinds
from sunward.registers.wording import KEPT_SENTENCES, Words, keeps_out, row_sentence

ONE_LINE = 120
ROW_COLUMNS = (
    Column("row", gettext_lazy("Row"), ("sheet", "row"), "number"),
    Column("who", gettext_lazy("Who")),
    Column("where", gettext_lazy("Where")),
    Column("said", gettext_lazy("What to do")),
    Column("acts", gettext_lazy("Actions"), kind="acts"),
)
EXPORT_HEADS = (
    gettext_lazy("File"),
    gettext_lazy("Sheet"),
    gettext_lazy("Row"),
    gettext_lazy("Name"),
    gettext_lazy("What to do"),
    gettext_lazy("Code"),
    gettext_lazy("The cells as they came"),
)


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    sentence: Words
    tone: Tone


@dataclass(frozen=True, slots=True)
class RowView:
    uid: UUID
    row: int
    sheet: str
    name: str
    number: str
    place: str
    reasons: tuple[Reason, ...]
    duplicate: str
    kept: Words
    is_repaired: bool
    is_skipped: bool
    may_repair: bool
    may_skip: bool
    may_be_another: bool
    may_be_same: bool
    is_thing: bool


def list_rows(batch: ImportBatch, *, outcome: str, code: str = "") -> QuerySet[StagedRow]:
    rows = batch.rows.select_related("sheet__file", "duplicate_row__sheet")
    rows = rows.filter(_standing(outcome))
    return rows.filter(_has_code(code)) if code else rows


def _standing(outcome: str) -> Q:
    if outcome == "skipped":
        return Q(state=RowState.SKIPPED)
    if outcome == "kept":
        return ~Q(kept_because="")
    return Q(outcome=outcome) & ~Q(state=RowState.SKIPPED)


def _has_code(code: str) -> Q:
    """JSON lists cannot be searched alike on both databases; on SQLite the text of the list is."""
    if connection.vendor == "postgresql":
        return Q(codes__contains=[code])
    return Q(codes__icontains=f'"{code}"')


def count_codes(batch: ImportBatch, *, outcome: str) -> list[tuple[str, Words, int]]:
    """What is said about the rows of an outcome, the most frequent first: one query over the codes alone."""
    counts: Counter[tuple[str, str]] = Counter()
    for kind, codes in batch.rows.filter(_standing(outcome)).exclude(codes=[]).values_list("sheet__kind", "codes"):
        counts.update((kind, code) for code in codes)
    merged: dict[str, tuple[Words, int]] = {}
    for (kind, code), number in counts.most_common():
        sentence, before = merged.get(code, (row_sentence(kind, code), 0))
        merged[code] = (sentence, before + number)
    return [(code, sentence, number) for code, (sentence, number) in merged.items()]


def to_row_view(row: StagedRow, *, is_open: bool) -> RowView:
    """Opens the row; reads its sheet and what it repeats: fetch them along."""
    values = json.loads(row.record) if row.record else {}
    kind = row.sheet.kind
    declared = sheet_kinds()[kind]
    is_skipped = row.state == RowState.SKIPPED
    may_decide = is_open and not is_skipped and declared.likeness is not None
    return RowView(
        uid=row.uid,
        row=row.row,
        sheet=row.sheet.name or row.sheet.file.name,
        name=str(values.get(declared.named_by) or ""),
        number=mask_number(str(values.get("id_number") or values.get("student_no") or "")),
        place=_place(values, declared),
        reasons=tuple(
            Reason(code, row_sentence(kind, code), "urgent" if keeps_out(kind, code) else "warn") for code in row.codes
        ),
        duplicate=_duplicate(row),
        kept=KEPT_SENTENCES.get(row.kept_because, ""),
        is_repaired=row.is_repaired,
        is_skipped=is_skipped,
        may_repair=is_open and bool(row.raw),
        may_skip=is_open and not is_skipped and row.outcome in (Outcome.WARNED, Outcome.ACCEPTED, Outcome.REJECTED),
        may_be_another=(
            is_open and row.outcome == Outcome.DUPLICATE and declared.is_about_persons and not is_certain(kind, values)
        )
        or (may_decide and (row.outcome == Outcome.DUPLICATE or SAME_CODE in row.codes)),
        may_be_same=may_decide and row.outcome == Outcome.DUPLICATE and "known_elsewhere" not in row.codes,
        is_thing=not declared.is_about_persons,
    )


def _place(values: Mapping[str, object], kind: SheetKind) -> str:
    """Where it is, or whatever else tells one row from another."""
    if kind.told_by:
        return " · ".join(str(values[key]) for key in kind.told_by if values.get(key))
    return str(values.get("subdistrict") or values.get("school") or "")


def _duplicate(row: StagedRow) -> str:
    if row.outcome != Outcome.DUPLICATE:
        return ""
    kind = sheet_kinds()[row.sheet.kind]
    if row.duplicate_row is not None:
        return _repeats_row(row, row.duplicate_row, kind)
    if kind.likeness is not None:
        return _("It looks like one that is in Sunward already. Is it the same?")
    if kind.is_about_persons:
        return _("This person has a file already. This row changes nothing.")
    return _("This is in Sunward already. This row changes nothing.")


def _repeats_row(row: StagedRow, original: StagedRow, kind: SheetKind) -> str:
    sheet = original.sheet.name
    told = {"row": original.row, "sheet": f"（{sheet}）" if sheet and original.sheet_id != row.sheet_id else ""}
    if kind.likeness is not None:
        told["which"] = _which(original, kind)
        return _("It looks like row %(row)s%(sheet)s: %(which)s. Is it the same?") % told
    if kind.is_about_persons:
        return _("The same person stands in row %(row)s%(sheet)s. This row changes nothing.") % told
    return _("The same stands in row %(row)s%(sheet)s already. This row changes nothing.") % told


def _which(original: StagedRow, kind: SheetKind) -> str:
    """The row that it is like, in the values by which people tell rows apart."""
    values = json.loads(original.record) if original.record else {}
    return " · ".join(text for text in (str(values.get(kind.named_by) or ""), _place(values, kind)) if text)


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of a row that is repaired: what was in it, and what is said about it."""

    key: str
    label: Words
    text: str

    @property
    def is_long(self) -> bool:
        """A text in several lines would lose them in a field of one."""
        return len(self.text) > ONE_LINE or "\n" in self.text


@dataclass(frozen=True, slots=True)
class RepairView:
    row: RowView
    cells: tuple[CellView, ...]
    url: str


def read_repair(batch: ImportBatch, row: StagedRow, *, is_open: bool) -> RepairView:
    """The row with every cell that can be put right, in the order in which the kind declares its fields."""
    kind = sheet_kinds()[row.sheet.kind]
    raw: Mapping[str, object] = json.loads(row.raw) if row.raw else {}
    return RepairView(
        row=to_row_view(row, is_open=is_open),
        cells=tuple(
            CellView(entry.key, entry.label, _text(raw.get(entry.key, "")))
            for entry in kind.fields
            if entry.read is not None and (entry.key in raw or entry.is_required)
        ),
        url=reverse("registers:row", args=[batch.uid, row.uid]),
    )


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def export_rows(batch: ImportBatch, *, outcome: str) -> Iterator[list[str | int]]:
    """Rows with what is wrong and how they came, for whoever puts them right in the original file."""
    rows = list_rows(batch, outcome=outcome).order_by("sheet", "row")
    for row in rows.iterator(chunk_size=500):
        raw = json.loads(row.raw) if row.raw else {}
        view = to_row_view(row, is_open=False)
        said = [str(reason.sentence) for reason in view.reasons] + ([view.duplicate] if view.duplicate else [])
        cells = "；".join(f"{key}: {_text(cell)}" for key, cell in _labelled(row, raw) if _text(cell))
        yield [row.sheet.file.name, row.sheet.name, row.row, view.name, "\n".join(said), "、".join(row.codes), cells]


def _labelled(row: StagedRow, raw: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    kind = sheet_kinds().get(row.sheet.kind)
    for entry in kind.fields if kind else ():
        if entry.key in raw:
            yield str(entry.label), raw[entry.key]
