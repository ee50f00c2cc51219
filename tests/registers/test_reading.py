"""Files are told by their content; what cannot be read safely is refused with a reason."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from sunward.mentoring.sheets import SHEETS
from sunward.registers.sheets.inspection import inspect_files
from sunward.registers.sheets.reporting import write_report
from sunward.registers.workbook.cells import CellError, Merge
from sunward.registers.workbook.reading import open_workbook
from sunward.registers.workbook.refusals import WorkbookRefused
from tests.registers import containers

ROW = ["姓名", "性别"]
MEGABYTE = 1024 * 1024


def document(kind: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(kind, "<x/>")
    return target.getvalue()


REFUSED = {
    "nothing in it": (b"", "a.xlsx", "empty"),
    "blank text": (b"\xef\xbb\xbf \r\n,,\r\n", "a.csv", "empty"),
    "a workbook without a cell": (containers.workbook(), "a.xlsx", "empty"),
    "a package cut short": (containers.workbook(ROW)[:900], "a.xlsx", "unreadable"),
    "bytes of no kind": (bytes(range(256)) * 20, "a.xls", "unreadable"),
    "a damaged sheet": (
        containers.with_part(containers.workbook(ROW), "xl/workbook.xml", b"<workbook><sheets>"), "a.xlsx", "unreadable"
    ),
    "entities that expand": (containers.with_entities(), "a.xlsx", "unreadable"),
    "an old workbook cut short": (containers.compound_file("Workbook"), "a.xls", "unreadable"),
    "protected by a password": (containers.compound_file("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "encrypted"),
    "parts under a password": (containers.encrypted_zip(), "a.xlsx", "encrypted"),
    "called a macro workbook": (containers.workbook(ROW), "a.xlsm", "has_macros"),
    "called a binary workbook": (containers.workbook(ROW), "a.xlsb", "has_macros"),
    "macros inside": (
        containers.with_part(containers.workbook(ROW), "xl/vbaProject.bin", b"x"), "a.xlsx", "has_macros"
    ),
    "macros in an old workbook": (containers.compound_file("Workbook", "_VBA_PROJECT_CUR"), "a.xls", "has_macros"),
    "a Word document": (document("word/document.xml"), "a.docx", "not_a_workbook"),
    "an old Word document": (containers.compound_file("WordDocument"), "a.doc", "not_a_workbook"),
    "a PDF": (b"%PDF-1.7 ...", "a.pdf", "not_a_workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "a.png", "not_a_workbook"),
    "a web page": ("<html><table><tr><td>姓名".encode(), "a.xls", "web_page"),
    "a cell at the end of the world": (containers.far_cell("XFD1048576"), "a.xlsx", "too_large"),
    "a cell that says to be far away": (containers.far_cell("XFD99999", row="2"), "a.xlsx", "too_large"),
    "an old cell far away": (containers.old_workbook((0, 0, "姓名"), (65000, 5000, 1.0)), "a.xls", "too_large"),
    "bytes of no encoding": ("姓名,性别\n".encode("gb18030") + b"\xff\xff\xff\n", "a.csv", "encoding_unknown"),
}  # fmt: skip


@pytest.mark.parametrize("label", REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_with_its_reason(label: str, tmp_path: Path) -> None:
    content, name, reason = REFUSED[label]
    target = containers.save(content, tmp_path / name)
    report = inspect_files([target], on=date(2022, 11, 30), kinds=SHEETS)
    refusal = report.files[0].refusal
    assert refusal is not None
    assert refusal.code == f"registers.{reason}"


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    with target.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    with pytest.raises(WorkbookRefused) as refused:
        open_workbook(target)
    assert refused.value.code == "registers.too_large"


@pytest.mark.parametrize("told", [None, 1000])
def test_a_package_that_unpacks_too_far_is_refused_even_if_its_directory_lies(told: int | None, tmp_path: Path) -> None:
    from sunward.registers.workbook.container import examine

    target = containers.save(containers.bomb(9 * MEGABYTE, told), tmp_path / "a.xlsx")
    with pytest.raises(WorkbookRefused) as refused:
        examine(target, unpacked_limit=8 * MEGABYTE)
    assert refused.value.code == "registers.expands_too_far"


def test_a_workbook_without_a_known_sheet_says_so(tmp_path: Path) -> None:
    target = containers.save(containers.workbook(["商品", "单价", "数量"], ["笔", 2, 3]), tmp_path / "a.xlsx")
    report = inspect_files([target], on=date(2022, 11, 30), kinds=SHEETS)
    assert report.files[0].refusal is not None
    assert report.files[0].refusal.code == "registers.no_known_sheet"
    assert [column.heading for column in report.files[0].sheets[0].layout.columns] == ["商品", "单价", "数量"]


def test_a_table_of_headings_only_says_so(tmp_path: Path) -> None:
    heads = ["序号", "姓名", "身份证号", "街道", "居委", "监护人", "困境类型", "风险等级"]
    target = containers.save(containers.workbook(["困境儿童台账"], heads), tmp_path / "a.xlsx")
    told = inspect_files([target], on=date(2022, 11, 30), kinds=SHEETS).files[0]
    assert told.sheets[0].layout.kind == "children"
    assert told.refusal is not None
    assert told.refusal.code == "registers.no_records"
    with io.StringIO() as sink:
        written = write_report([target], on=date(2022, 11, 30), kinds=SHEETS, target=sink)
    assert written["files"][0]["refusal"]["code"] == "registers.no_records"


def test_a_quote_that_was_never_closed_swallows_no_row(tmp_path: Path) -> None:
    lines = [
        "姓名,性别,电话,备注",
        '王一,男,13900000001,"小名阿宝',
        "王二,女,13900000002,",
        '王三,男,13900000003,"住院，',
        '下月再访"',
    ]
    target = tmp_path / "a.csv"
    target.write_text("\r\n".join(lines), encoding="utf-8")
    with open_workbook(target) as book:
        rows = list(next(book.sheets()).rows())
    assert [row[0] for row in rows[:4]] == ["姓名", "王一", "王二", "王三"]
    assert rows[1][3] == '"小名阿宝'
    target.write_text('姓名,性别,电话,备注\n"王一,男,13900000001,无', encoding="utf-8")
    with open_workbook(target) as book:
        assert list(next(book.sheets()).rows())[1] == ['"王一', "男", "13900000001", "无"]


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    from sunward.registers.workbook import refusals

    kinds = [kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, WorkbookRefused)]
    assert len(kinds) >= 10
    for kind in kinds:
        with override("en"):
            english = str(kind().sentence)
        with override("zh-hans"):
            chinese = str(kind().sentence)
        assert english.isascii() or "“" in english
        assert chinese != english, kind.__name__
        assert "。" in chinese


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.xls", "台账", "0f3a"])
def test_the_format_is_told_by_content_whatever_the_name(name: str, tmp_path: Path) -> None:
    target = containers.save(containers.workbook(ROW, ["李明", "男"]), tmp_path / name)
    with open_workbook(target) as book:
        sheets = [list(sheet.rows()) for sheet in book.sheets()]
    assert sheets == [[["姓名", "性别"], ["李明", "男"]]]


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet(tmp_path: Path) -> None:
    target = containers.save(containers.workbook([], [], ["", "", "姓名"], ["", "", "李明"]), tmp_path / "a.xlsx")
    with open_workbook(target) as book:
        sheet = next(book.sheets())
        assert list(sheet.numbered(start=3)) == [(3, ["", "", "姓名"]), (4, ["", "", "李明"])]


def test_error_values_hidden_columns_and_merged_cells_are_seen(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for place, value in {"A1": "姓名", "B1": "年龄", "A2": "李明"}.items():
        book.active[place] = value
    book.active["B2"].value, book.active["B2"].data_type = "#REF!", "e"
    book.active.column_dimensions["B"].hidden = True
    book.active.merge_cells("A2:A4")
    book.create_sheet("旧表").sheet_state = "hidden"
    book["旧表"]["A1"] = "x"
    book.save(tmp_path / "a.xlsx")
    with open_workbook(tmp_path / "a.xlsx") as opened:
        sheet, old = opened.sheets()
        cell = sheet.head(2)[1][1]
    assert isinstance(cell, CellError)
    assert cell == "#REF!"
    assert sheet.hidden_columns == {2}
    assert sheet.merges == (Merge(2, 1, 4, 1),)
    assert (sheet.is_hidden, old.is_hidden) == (False, True)


def test_an_old_workbook_tells_its_cells_hidden_columns_and_error_values(tmp_path: Path) -> None:
    cells = [(0, 0, "姓名"), (0, 1, "年龄"), (1, 0, "李明"), (1, 1, None), (2, 0, "王芳"), (2, 1, 12.0)]
    target = containers.save(containers.old_workbook(*cells, hidden=2), tmp_path / "a.xls")
    with open_workbook(target) as book:
        sheet = next(book.sheets())
        rows = list(sheet.rows())
    assert (sheet.name, sheet.hidden_columns) == ("名单", {2})
    assert rows == [["姓名", "年龄"], ["李明", "#REF!"], ["王芳", 12.0]]
    assert isinstance(rows[1][1], CellError)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("gbk", "\t"), ("utf-16", "\t"), ("utf-8", "|")],
)
def test_encoding_and_separator_of_a_text_file_are_found(encoding: str, separator: str, tmp_path: Path) -> None:
    lines = [["姓名", "住址", "备注"], ["李明", '控江路"8001"弄', "一行\n两行"], ["王芳", "", "a"]]
    text = "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    target = containers.save(text.encode(encoding), tmp_path / "a.csv")
    with open_workbook(target) as book:
        sheet = next(book.sheets())
        assert list(sheet.rows()) == lines
        assert not sheet.is_typed


def test_numbers_kept_as_text_by_an_equals_sign_are_texts_again(tmp_path: Path) -> None:
    target = containers.save('姓名,身份证号\n李明,"=""310110201105179054"""\n王芳,=1+1\n'.encode(), tmp_path / "a.csv")
    with open_workbook(target) as book:
        rows = list(next(book.sheets()).rows())
    assert rows[1:] == [["李明", "310110201105179054"], ["王芳", "=1+1"]]
