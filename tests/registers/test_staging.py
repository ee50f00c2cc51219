"""Outcomes row by row: who is whom, what has moved, what a person repaired, where a killed import goes on."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from sunward.core.workbooks import write_workbook
from sunward.mentoring.sheets import CHILDREN, MOTHERS, SHEETS, STUDENTS
from sunward.registers.enums import Outcome
from sunward.registers.sheets.declarations import SheetKind, listed
from sunward.registers.sheets.identities import Key, Known, MemoryIdentities, Place
from sunward.registers.sheets.layouts import Corrections, Layout, RowUse
from sunward.registers.sheets.recognition import correct, recognise
from sunward.registers.sheets.staging import StagedRow, stage, stage_raw
from sunward.registers.workbook.cells import Merge
from sunward.registers.workbook.reading import Sheet, make_sheet, open_workbook
from sunward.registers.workbook.writing import blank_workbook

ON = date(2022, 11, 30)
HEADS = [*listed("序号、姓名、性别、身份证号、出生日期、街道、居委、监护状况、实际监护人、联系电话、困境类型、备注")]
CHILD = [
    1,
    *listed("刘磊、男、310110201105179054、、控江路街道、凤南居委会、无力监护、曹婧娟、19900754125、留守儿童、"),
]


def child(**changed: Any) -> list[Any]:
    row = [*CHILD]
    for head, value in changed.items():
        row[HEADS.index(head)] = value
    return row


def sheet_of(*rows: list[Any], heads: list[Any] | None = None, **more: Any) -> Sheet:
    return make_sheet([heads or HEADS, *rows], name="儿童", file_name="台账.xlsx", **more)


def staged(sheet: Sheet, kind: SheetKind = CHILDREN, identities: MemoryIdentities | None = None) -> list[StagedRow]:
    layout = recognise(sheet, SHEETS)
    assert layout.kind == kind.key
    return list(stage(sheet, kind, layout, on=ON, identities=identities or MemoryIdentities()))


def test_a_clean_row_is_accepted_with_its_values() -> None:
    (row,) = staged(sheet_of(CHILD))
    assert (row.row, row.outcome, row.codes, row.duplicate_of) == (2, Outcome.ACCEPTED, (), None)
    assert row.values["birth_date"] == "2011-05-17"
    assert row.values["neighbourhood_code"] == "310110012020"
    assert row.raw["name"] == "刘磊"


def test_twins_and_namesakes_are_not_merged_and_one_person_twice_is() -> None:
    rows = [
        child(),
        child(姓名="刘淼", 身份证号="310110201105179134"),  # the twin: same guardian, same phone
        child(身份证号="310110200805099632"),  # a namesake whose number differs
        child(身份证号=""),  # the first again, without a number
        child(姓名="刘垒"),  # the first again, under another spelling
        child(姓名="刘垒", 身份证号="", 联系电话="18100561543"),  # no number, another phone: somebody else
    ]
    found = staged(sheet_of(*rows))
    assert [row.outcome.value for row in found] == [
        "accepted",
        "accepted",
        "accepted",
        "duplicate_of",
        "duplicate_of",
        "accepted_with_warning",
    ]
    assert [row.duplicate_of for row in found[3:5]] == [Place("台账.xlsx", "儿童", 2)] * 2
    assert [row.codes for row in found[3:]] == [("id_missing",), ("name_differs",), ("id_missing",)]


def test_a_rejected_row_is_nobodys_original() -> None:
    rows = [child(姓名=""), child()]
    assert [row.outcome for row in staged(sheet_of(*rows))] == [Outcome.REJECTED, Outcome.ACCEPTED]


def test_the_same_person_in_two_sub_districts_is_told() -> None:
    known = MemoryIdentities()
    staged(sheet_of(CHILD), identities=known)
    (row,) = staged(sheet_of(child(街道="大桥街道", 居委="")), identities=known)
    assert (row.outcome, row.codes) == (Outcome.DUPLICATE, ("subdistrict_differs",))


def test_a_record_that_was_there_before_is_found_by_its_place() -> None:
    known = MemoryIdentities()
    there = Known(Place("", "", 0, record="child:7"), "刘磊", "310110012", frozenset({"id_number"}))
    known.remember([(("children", "id_number", "310110201105179054"), there)])
    (row,) = staged(sheet_of(CHILD), identities=known)
    assert row.duplicate_of == Place("", "", 0, record="child:7")


def test_identities_are_asked_once_for_each_chunk() -> None:
    class Counting(MemoryIdentities):
        def __init__(self) -> None:
            super().__init__()
            self.asked = self.told = 0

        def find(self, keys: Sequence[Key]) -> Mapping[Key, Known]:
            self.asked += 1
            return super().find(keys)

        def remember(self, entries: Sequence[tuple[Key, Known]]) -> None:
            self.told += 1
            super().remember(entries)

    sheet = sheet_of(
        *[child(姓名=f"刘{'磊淼森焱'[place % 4]}", 身份证号="", 联系电话=f"139000{place:05}") for place in range(25)]
    )
    known = Counting()
    assert len(list(stage(sheet, CHILDREN, recognise(sheet, SHEETS), on=ON, identities=known, chunk=10))) == 25
    assert (known.asked, known.told) == (3, 3)


@pytest.mark.parametrize("start", [2, 5, 9, 13])
def test_an_interrupted_import_goes_on_at_a_row_with_the_same_outcomes(start: int) -> None:
    rows = [
        ["一、殷行街道"] + [""] * 11,
        child(街道="", 居委=""),
        child(姓名=""),
        [""] * 12,
        child(身份证号="310110200805099632", 街道="", 居委=""),
        ["二、大桥街道"] + [""] * 11,
        child(身份证号="310110200606060603", 街道="", 居委=""),
        child(街道="五角场"),
        child(备注="=1+1|x", 街道=""),
    ]
    sheet = sheet_of(*rows)
    layout = recognise(sheet, SHEETS)
    whole = list(stage(sheet, CHILDREN, layout, on=ON, identities=MemoryIdentities()))
    known = MemoryIdentities()
    before = [row for row in stage(sheet, CHILDREN, layout, on=ON, identities=known) if row.row < start]
    again = MemoryIdentities()
    for row in before:  # what the first run had remembered when it was killed
        again.remember([(key, entry) for key, entry in known._known.items() if entry.place.row == row.row])
    after = list(stage(sheet, CHILDREN, layout, on=ON, identities=again, start=start))
    assert before + after == whole
    assert {row.values.get("subdistrict") for row in whole} >= {"殷行街道", "大桥街道"}


@pytest.mark.parametrize("offset", [1, 2, 3])
def test_cells_that_moved_right_are_recognised_and_nothing_of_them_is_taken(offset: int) -> None:
    moved = [*CHILD[:offset], "", *CHILD[offset:]]
    (_, row) = staged(sheet_of(CHILD, moved))
    assert (row.outcome, row.codes, dict(row.values)) == (Outcome.REJECTED, ("row_shifted",), {})
    assert "刘磊" in row.raw.values()


def test_cells_that_moved_left_are_recognised() -> None:
    (_, row) = staged(sheet_of(CHILD, [1, *CHILD[2:], ""]))
    assert row.codes == ("row_shifted",)


@pytest.mark.parametrize(
    "changed",
    [
        {"姓名": ""},
        {"姓名": "=1+1"},
        {"联系电话": "1390001"},
        {"身份证号": "31011020110517905"},
        {"街道": "花木街道"},
        {"居委": "幸福里第九居委会"},
        {"姓名": "", "身份证号": "", "联系电话": ""},
        {"姓名": "", "居委": "", "街道": ""},
        {"身份证号": "不详", "出生日期": "不详", "联系电话": "不详"},
    ],
)
def test_a_faulty_row_that_stands_where_it_should_is_not_taken_for_a_moved_one(changed: dict[str, str]) -> None:
    (row,) = staged(sheet_of(child(**changed)))
    assert "row_shifted" not in row.codes


def test_a_repaired_row_is_judged_again_like_the_cells_of_a_sheet() -> None:
    (row,) = staged(sheet_of(child(身份证号=3.10110201105179e17, 出生日期=date(2011, 5, 17))))
    assert (row.outcome, row.codes) == (Outcome.REJECTED, ("id_excel_truncated",))
    repaired = stage_raw(
        {**row.raw, "id_number": "310110201105179054"}, CHILDREN, row=row.row, on=ON, identities=MemoryIdentities()
    )
    assert (repaired.row, repaired.outcome, repaired.codes) == (2, Outcome.ACCEPTED, ())
    assert repaired.values["birth_date"] == "2011-05-17"


def test_a_merged_cell_counts_for_every_record_beside_it() -> None:
    rows = [
        child(),
        child(姓名="刘淼", 身份证号="310110201105179134", 街道=""),
        child(姓名="高俊", 身份证号="310110201310089314", 街道="", 居委=""),
    ]
    found = staged(sheet_of(*rows, merges=(Merge(2, 6, 4, 6),)))
    assert [row.values["subdistrict"] for row in found] == ["控江路街道"] * 3


def test_the_school_may_be_told_by_the_name_of_the_sheet() -> None:
    sheet = make_sheet(
        [["姓名", "学号", "性别", "手机", "可辅导科目"], ["周英莉", "1920316900", "女", "15100336408", "物理"]],
        name="上理工",
        file_name="大学生.xlsx",
    )
    (row,) = staged(sheet, STUDENTS)
    assert (row.outcome, row.values["school"]) == (Outcome.ACCEPTED, "上海理工大学")


def test_an_unreadable_day_or_an_expired_check_is_no_clear_check() -> None:
    heads = ["姓名", "身份证号", "手机", "街道", "从业查询日期", "从业查询结果", "可结对人数"]
    cases: list[tuple[Any, str, tuple[str, ...]]] = [
        ("2022-11-01", "未见记录", ()),
        ("2021-11-30", "未见记录", ()),  # twelve months on the day
        ("2021-11-29", "未见记录", ("vetting_expired",)),
        ("2021-11", "未见记录", ("vetting_expired",)),  # an unknown day counts against the check
        ("", "未见记录", ("vetting_missing",)),
        ("2022-11-01", "", ("vetting_missing",)),
        ("查询中", "", ("vetting_pending",)),
        ("", "查询中", ("vetting_pending",)),
        ("2022-11-01", "不适宜", ("vetting_unfit",)),
        ("2023-11-01", "未见记录", ("date_in_future", "vetting_missing")),
    ]
    rows = [
        ["傅瑶", "310110198606219048", f"138000{place:05}", "控江路街道", day, result, 2]
        for place, (day, result, _) in enumerate(cases)
    ]
    for cells, (_, _, codes) in zip(rows, cases, strict=True):
        sheet = make_sheet([heads, cells], name="邻家妈妈")
        (row,) = staged(sheet, MOTHERS)
        assert row.codes == codes, cells
        assert (row.outcome is Outcome.REJECTED) == ("vetting_unfit" in codes)


def test_one_column_may_hold_what_others_hold_apart() -> None:
    heads = ["姓名", "性别", "身份证号", "困境类型", "监护人及联系电话", "所属街道/居委"]
    rows = [
        ["刘磊", "男", "310110201105179054", "孤儿", "曹婧娟 19900754125", "控江路街道凤南居委会"],
        ["高俊", "男", "310110201310089314", "孤儿", "曹芳欣：13900012345", "四平/公交新村"],
        ["高杰", "男", "", "孤儿", "曹芳欣", "大桥街道"],
    ]
    found = staged(sheet_of(*rows, heads=heads))
    told = [tuple(row.values.get(key) for key in ("guardian_name", "phone", "neighbourhood_code")) for row in found]
    assert told == [
        ("曹婧娟", "+8619900754125", "310110012020"),
        ("曹芳欣", "+8613900012345", "310110009016"),
        ("曹芳欣", None, None),
    ]
    assert [row.codes for row in found] == [(), (), ("id_missing",)]
    assert not {"place", "guardian_contact"} & set(found[0].values)


def test_a_log_of_visits_to_children_is_no_register_of_children() -> None:
    heads = ["走访日期", "儿童姓名", "监护人", "走访人", "走访情况", "需求", "困境类型"]
    sheet = make_sheet(
        [heads, ["2022-11-1", "刘磊", "曹婧娟", "王芳", "良好", "学业辅导", "孤儿"]], name="困境儿童走访"
    )
    assert recognise(sheet, SHEETS).kind is None


# Layouts, corrected -------------------------------------------------------------------------------------------------


def test_a_layout_goes_to_json_and_back() -> None:
    import json

    layout = recognise(sheet_of(CHILD, ["小计 1人"], child(姓名="")), SHEETS)
    assert Layout.from_dict(json.loads(json.dumps(layout.to_dict()))) == layout


def test_a_column_that_was_not_understood_can_be_given_its_meaning_and_is_remembered() -> None:
    heads = [*HEADS]
    heads[9] = "怎么找到家里人"
    sheet = sheet_of(CHILD, heads=heads)
    layout = recognise(sheet, SHEETS)
    assert "phone" not in layout.mapping
    corrected = correct(layout, sheet, SHEETS, Corrections(fields={10: "phone", 12: None}))
    (row,) = stage(sheet, CHILDREN, corrected, on=ON, identities=MemoryIdentities())
    assert row.values["phone"] == "+8619900754125"
    assert "remark" not in row.values
    remembered = recognise(sheet, SHEETS, remembered={"children": {"怎么找到家里人": "phone", "备注": None}})
    assert remembered.mapping == corrected.mapping
    assert corrected.fingerprint == layout.fingerprint


def test_a_field_given_to_another_column_leaves_its_old_one() -> None:
    sheet = sheet_of(CHILD)
    layout = correct(recognise(sheet, SHEETS), sheet, SHEETS, Corrections(fields={9: "name"}))
    (row,) = stage(sheet, CHILDREN, layout, on=ON, identities=MemoryIdentities())
    assert row.values["name"] == "曹婧娟"
    assert "guardian_name" not in row.values


def test_rows_can_be_left_out_and_taken_in() -> None:
    sheet = sheet_of(CHILD, ["小计 1人"], child(身份证号="310110200805099632"))
    changes = Corrections(leave_out=frozenset({2}), take_in=frozenset({3}))
    layout = correct(recognise(sheet, SHEETS), sheet, SHEETS, changes)
    assert layout.record_count == 2
    assert [row.row for row in stage(sheet, CHILDREN, layout, on=ON, identities=MemoryIdentities())] == [3, 4]
    entry = layout.skipped_as(2)
    assert entry is not None
    assert entry.use is RowUse.LEFT_OUT


def test_a_sheet_of_no_known_kind_can_be_given_its_kind_header_and_columns() -> None:
    sheet = make_sheet([["说明"], ["谁", "证", "归谁管"], ["刘磊", "310110201105179054", "控江路街道"]], name="甲")
    layout = recognise(sheet, SHEETS)
    assert layout.kind is None
    corrections = Corrections(kind="children", header_rows=(2,), fields={1: "name", 2: "id_number", 3: "subdistrict"})
    corrected = correct(layout, sheet, SHEETS, corrections)
    (row,) = stage(sheet, CHILDREN, corrected, on=ON, identities=MemoryIdentities())
    assert (row.row, row.values["name"], row.values["subdistrict"]) == (3, "刘磊", "控江路街道")


@pytest.mark.parametrize(
    ("line", "use"),
    [
        ([""] * 12, RowUse.BLANK),
        (["3", *[""] * 11], RowUse.BLANK),
        (["小计", "", 5], RowUse.SUBTOTAL),
        (["", "合 计", "", 12, 3, 4], RowUse.SUBTOTAL),
        (HEADS, RowUse.REPEATED_HEADER),
        ([str(place) for place in range(1, 13)], RowUse.REPEATED_HEADER),
        (["注：以上为初步统计。"], RowUse.FOOTNOTE),
        (["填表人：王某", "", "", "审核人：李某"], RowUse.FOOTNOTE),
        (["二、殷行街道（12人）"], RowUse.SECTION),
        (["示例", *CHILD[1:]], RowUse.LEFT_OUT),
    ],
)
def test_rows_between_records_that_are_none_are_told(line: list[Any], use: RowUse) -> None:
    sheet = sheet_of(CHILD, line, child(身份证号="310110200805099632"))
    layout = recognise(sheet, SHEETS)
    entry = layout.skipped_as(3)
    assert entry is not None
    assert entry.use is use
    assert layout.record_count == 2


# Out again ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SHEETS, ids=lambda kind: kind.key)
def test_the_empty_workbook_of_a_kind_is_recognised_with_every_column(kind: SheetKind, tmp_path: Any) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(write_workbook([blank_workbook(kind)]))
    with open_workbook(target) as book:
        layout = recognise(next(book.sheets()), SHEETS)
    assert layout.kind == kind.key
    assert set(layout.mapping) == {
        entry.key for entry in kind.fields if entry.read is not None and not entry.is_combined
    }
