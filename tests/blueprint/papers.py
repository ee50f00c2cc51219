"""Papers of a meeting made for a test: minutes in Word and workbooks that break work down."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from openpyxl import Workbook

HEADINGS = ("序号", "重点任务", "具体举措", "牵头单位", "责任人", "配合单位", "完成时限", "量化指标")
FIRST_LEADS = "各单位要抓好落实（列第一位者为牵头单位，下同）。"


def write_minutes(
    folder: Path,
    decisions: Sequence[str] = (),
    *,
    speeches: Sequence[str] = (),
    time: str = "2022年10月31日",
    before: Sequence[str] = ("会议围绕使命、机遇、状态三个问题开展学习讨论。",),
    after: Sequence[str] = (FIRST_LEADS,),
    change: Callable[[Any], None] | None = None,
) -> Path:
    document = Document()
    document.add_heading("学习讨论会纪要", 0)
    if time:
        document.add_paragraph(f"时间：{time}")
    _section(document, "一、学习情况", before)
    if speeches:
        _section(document, "二、交流发言", speeches)
    if decisions:
        _section(document, "三、议定事项", decisions)
    _section(document, "四、有关要求", after)
    if change:
        change(document)
    path = folder / "纪要.docx"
    document.save(str(path))
    return path


def _section(document: Any, heading: str, paragraphs: Sequence[str]) -> None:
    document.add_heading(heading, 1)
    for text in paragraphs:
        document.add_paragraph(text)


def write_breakdown(
    folder: Path,
    rows: Sequence[Sequence[object]],
    *,
    merges: Sequence[str] = (),
    title: str = "2023年重点工作分解表",
    headings: Sequence[str] = HEADINGS,
) -> Path:
    """The title stands in row 1, the headings in row 2, the first line of work in row 3."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    path = folder / "分解表.xlsx"
    book.save(path)
    return path
