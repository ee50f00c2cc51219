"""Whatever stands in the cells, reading ends in outcomes that can be stored, and the laws of outcomes hold."""

import json
from datetime import date, datetime, time, timedelta
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sunward.employment.sheets import SHEETS as PLANS
from sunward.mentoring.sheets import SHEETS as ROSTERS
from sunward.registers.enums import Outcome
from sunward.registers.sheets.codes import Severity
from sunward.registers.sheets.declarations import SheetKind, listed
from sunward.registers.sheets.identities import MemoryIdentities
from sunward.registers.sheets.recognition import recognise
from sunward.registers.sheets.staging import stage, stage_raw
from sunward.registers.workbook.cells import CellError
from sunward.registers.workbook.reading import make_sheet

ON = date(2022, 11, 30)
SHEETS = (*ROSTERS, *PLANS)
KINDS = {kind.key: kind for kind in SHEETS}
TELLING = st.sampled_from(
    listed(
        "、无、-、男、女、310110201105179054、31011020110517905、E01234567、13900012345、大桥、花木街道、复旦、2022.1、2022.10.31、不详、=1+1、"
        "@SUM(1)、查询中、未见记录、不适宜、高三、不在校、刘磊、王?、2.02E+09、3.1E+17、#REF!、合计、注：、示例、9月3日-4日、9月中旬、待定、2月30日、十二月、9、13:30-16:00、上午9时、线上、约91人、待统计、因故取消、控江路街道"
    )
)
CELLS = st.one_of(
    TELLING,
    st.text(max_size=12),
    st.floats(),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.just(time(8, 30)),
    st.just(timedelta(hours=30)),
    st.just(CellError("#DIV/0!")),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[SheetKind, list[list[Any]]]:
    kind = KINDS[draw(st.sampled_from(sorted(KINDS)))]
    heads: list[Any] = [field.headings[0] for field in kind.fields if not field.is_combined]
    width = len(heads) + 1
    return kind, [heads, *draw(st.lists(st.lists(CELLS, min_size=0, max_size=width), max_size=5))]


@settings(max_examples=60, deadline=None)
@given(tables(), st.booleans())
def test_any_cells_give_outcomes_that_can_be_stored(table: tuple[SheetKind, list[list[Any]]], is_typed: bool) -> None:
    kind, rows = table
    sheet = make_sheet(rows, name="甲", is_typed=is_typed)
    layout = recognise(sheet, SHEETS)
    assert layout.kind == kind.key
    found = list(stage(sheet, kind, layout, on=ON, identities=MemoryIdentities()))
    assert [row.row for row in found] == [
        number for number in range(2, len(rows) + 1) if number <= layout.last_row and not layout.skipped_as(number)
    ]
    assert len(found) == layout.record_count
    for row in found:
        json.dumps([dict(row.values), dict(row.raw)], allow_nan=True)
        rejecting = {code for code in row.codes if kind.severities[code] is Severity.REJECT}
        assert (row.outcome is Outcome.REJECTED) == bool(rejecting)
        assert (row.outcome is Outcome.DUPLICATE) == (row.duplicate_of is not None)
        assert row.outcome is not Outcome.ACCEPTED or not row.codes
        born = row.values.get("birth_date")
        assert born is None or str(born) <= ON.isoformat()


@settings(max_examples=40, deadline=None)
@given(tables())
def test_a_row_judged_again_from_what_was_kept_of_it_has_the_same_outcome(
    table: tuple[SheetKind, list[list[Any]]],
) -> None:
    kind, rows = table
    sheet = make_sheet([[_plain(cell) for cell in row] for row in rows], name="甲")
    for row in stage(sheet, kind, recognise(sheet, SHEETS), on=ON, identities=MemoryIdentities()):
        if row.codes != ("row_shifted",) and row.duplicate_of is None:
            told = str(row.values.get("subdistrict_code") or "")  # a section row may have told it
            again = stage_raw(row.raw, kind, row=row.row, on=ON, identities=MemoryIdentities(), subdistrict=told)
            assert (again.outcome, again.codes, again.values) == (row.outcome, row.codes, row.values)


def _plain(cell: Any) -> Any:
    """What a repair can show: an error value, a moment and a time of day are texts there."""
    is_text = isinstance(cell, CellError | time | timedelta | datetime) or cell != cell
    return "" if is_text else cell


@pytest.mark.parametrize("piece", ["(", "生", "男 ", "a,", "共 ", "是否愿意", "-1"])
def test_no_long_cell_holds_an_import_up(piece: str) -> None:
    """Patterns that try every beginning took 44 seconds for thirty thousand brackets."""
    cell = piece * (30_000 // len(piece))
    heads: list[Any] = [field.headings[0] for field in KINDS["children"].fields if not field.is_combined]
    sheet = make_sheet([[cell, cell], [cell] * len(heads), heads, [cell] * len(heads)], name=cell[:60])
    started = process_time()
    layout = recognise(sheet, SHEETS)
    assert len(list(stage(sheet, KINDS["children"], layout, on=ON, identities=MemoryIdentities()))) == 1
    assert process_time() - started < 5
