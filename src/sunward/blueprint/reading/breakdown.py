"""The workbook that breaks a year's work down (重点工作分解表): goals in merged cells, a line of work in each row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sunward.blueprint.reading import lines as line_fields
from sunward.blueprint.reading.deadlines import Deadline, read_deadline
from sunward.blueprint.reading.lines import WorkLine, charge_of
from sunward.blueprint.reading.punctuation import with_chinese_marks
from sunward.blueprint.reading.refusals import NoBreakdown, NoWork
from sunward.blueprint.reading.targets import Target, read_target
from sunward.blueprint.reading.unit_names import UnitNames, district_names
from sunward.registers.normalise import readers
from sunward.registers.normalise.spans import YearFrame, told_year
from sunward.registers.normalise.text import clean_text, is_placeholder
from sunward.registers.sheets.declarations import Field, SheetKind, listed
from sunward.registers.sheets.identities import MemoryIdentities
from sunward.registers.sheets.layouts import Layout, RowUse
from sunward.registers.sheets.recognition import recognise
from sunward.registers.sheets.staging import stage
from sunward.registers.workbook.cells import Cell, text_of
from sunward.registers.workbook.reading import Sheet, open_workbook

# Only the layout is read by these fields; what the cells mean is read here, since it depends on the names of units.
BREAKDOWN = SheetKind(
    key="plan",
    label="重点工作分解表",
    titles=listed("分解表、重点工作、重点任务、任务分解、工作要点、责任分解、施工图、任务清单、工作台账"),
    fields=(
        Field("seq", "序号", listed("序号、编号、项目编号"), readers.plain_text),
        Field("section", "领域", listed("领域、类别、板块、专项"), readers.plain_text, fills_down=True),
        Field(
            "goal",
            "重点任务",
            listed("重点任务、重点工作、重要项目、任务名称、工作任务、主要任务、目标任务"),
            readers.plain_text,
            fills_down=True,
            is_signature=True,
            like=r"(?:重点|主要|年度|工作)+(?:任务|工作|项目)",
        ),
        Field(
            "measure",
            "具体举措",
            listed(
                "具体举措、具体措施、工作举措、工作措施、主要举措、工作内容、具体内容、任务内容、具体任务、目标任务和工作要求"
            ),
            readers.plain_text,
            is_signature=True,
            is_required=True,
            like=r"(?:具体|工作|主要)+(?:举措|措施|内容|要求)",
        ),
        Field(
            "lead",
            "牵头单位",
            listed("牵头单位、牵头部门、主责部门、主责单位、主办单位、主办部门、责任单位、责任部门"),
            readers.plain_text,
            is_signature=True,
            is_required=True,
        ),
        Field(
            "joint",
            "配合单位",
            listed("配合单位、配合部门、协办单位、协办部门、联动单位、联动部门、参与单位、协同单位、协同部门"),
            readers.plain_text,
            is_signature=True,
        ),
        Field(
            "officer", "责任人", listed("责任人、负责人、责任领导、分管领导、牵头领导、责任同志"), readers.plain_text
        ),
        Field(
            "due",
            "完成时限",
            listed("完成时限、完成时间、时限、时间节点、完成期限、计划完成时间、办结时限、时间要求"),
            readers.plain_text,
            is_signature=True,
            is_required=True,
        ),
        Field(
            "target",
            "量化指标",
            listed("量化指标、指标要求、指标、目标、工作目标、考核指标、任务目标、预期目标"),
            readers.plain_text,
            is_signature=True,
        ),
        Field("remark", "备注", listed("备注、说明")),
    ),
    is_about_persons=False,
)
_READ = ("lead", "joint", "due", "target", "officer", "measure")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）])\s*")
_SAID_AS = {"due": line_fields.DEADLINE, "measure": "text"}


@dataclass(frozen=True, slots=True)
class Breakdown:
    """`notes` are codes of what is to be looked at in the whole (`reading.wording`)."""

    title: str
    year: int | None
    lines: tuple[WorkLine, ...]
    notes: tuple[str, ...] = ()


def read_breakdown(path: Path | str, *, name: str | None = None, names: UnitNames | None = None) -> Breakdown:
    """All lines of work of a workbook. Raises a refusal where the file cannot be opened or holds none."""
    known = names or district_names()
    with open_workbook(path, name=name) as book:
        sheets = [sheet for sheet in book.sheets() if not sheet.is_hidden]
        laid_out = [(sheet, recognise(sheet, (BREAKDOWN,))) for sheet in sheets]
        found = [(sheet, layout) for sheet, layout in laid_out if layout.kind]
        if not found:
            raise NoBreakdown
        read = [(_year_of(sheet, layout), read_sheet(sheet, layout, known)) for sheet, layout in found]
    lines = tuple(line for _, of_sheet in read for line in of_sheet)
    if not lines:
        raise NoWork
    years = {year for year, _ in read}
    year = years.pop() if len(years) == 1 else None
    left = any(sheet.head(1) for sheet, layout in laid_out if not layout.kind)
    notes = (*(("sheet_unread",) if left else ()), *(("year_unknown",) if None in (year, *years) else ()))
    return Breakdown(_title_of(*found[0]), year, lines, notes)


def read_sheet(sheet: Sheet, layout: Layout, names: UnitNames) -> tuple[WorkLine, ...]:
    year = _year_of(sheet, layout)
    sections = [(entry.first, entry.text) for entry in layout.skipped if entry.use is RowUse.SECTION]
    rows = [
        (staged.row, staged.cells)
        # No age and no expiry is judged here, so that any day will do.
        for staged in stage(sheet, BREAKDOWN, layout, on=date.min, identities=MemoryIdentities())
    ]
    lines = [
        _read_row(row, cells, sheet, names, year, next((text for first, text in reversed(sections) if first < row), ""))
        for row, cells in rows
    ]
    return tuple(_without_merged(lines, sheet, layout))


def _read_row(
    row: int, cells: Mapping[str, Cell], sheet: Sheet, names: UnitNames, year: int | None, section: str
) -> WorkLine:
    texts = {key: clean_text(text_of(cell)) for key, cell in cells.items()}
    texts = {key: "" if is_placeholder(text) else text for key, text in texts.items()}
    goal, measure = (with_chinese_marks(texts.get(key, "")) for key in ("goal", "measure"))
    return WorkLine(
        row,
        measure or goal,
        charge_of(names.read_list(texts.get("lead", "")), names.read_list(texts.get("joint", ""))),
        read_deadline(cells.get("due", ""), year=year, is_typed=sheet.is_typed, is_1904=sheet.is_1904),
        read_target(texts.get("target", "")),
        number=texts.get("seq", ""),
        section=texts.get("section", "") or _ORDINAL.sub("", section),
        goal=goal,
        officer=texts.get("officer", ""),
    )


def _without_merged(lines: Sequence[WorkLine], sheet: Sheet, layout: Layout) -> Iterable[WorkLine]:
    """A cell that is merged over two goals may be meant for one of them: what it says is left blank in every row."""
    by_row = {line.place: line for line in lines}
    keys = {number: key for key, number in layout.mapping.items() if key in _READ}
    doubtful: dict[int, set[str]] = defaultdict(set)
    for merge in sheet.merges:
        rows = [by_row[row] for row in range(merge.top, merge.bottom + 1) if row in by_row]
        if len({(line.section, line.goal) for line in rows}) > 1:
            for column in range(merge.left, merge.right + 1):
                for line in rows if column in keys else ():
                    doubtful[line.place].add(keys[column])
    return (_blanked(line, doubtful[line.place]) if line.place in doubtful else line for line in lines)


def _blanked(line: WorkLine, keys: set[str]) -> WorkLine:
    changed = replace(line, merged_over_goals=tuple(sorted(_SAID_AS.get(key, key) for key in keys)))
    if "lead" in keys:
        changed = replace(changed, charge=replace(line.charge, lead=""))
    if "joint" in keys:
        changed = replace(changed, charge=replace(changed.charge, joint=(), marks=(), unknown=()))
    if "due" in keys:
        changed = replace(changed, deadline=Deadline(None, written=line.deadline.written))
    if "target" in keys:
        changed = replace(changed, target=Target(line.target.written))
    if "officer" in keys:
        changed = replace(changed, officer="")
    return changed


def _titles(layout: Layout) -> list[str]:
    return [entry.text for entry in layout.skipped if entry.use is RowUse.TITLE and entry.first < layout.first_row]


def _title_of(sheet: Sheet, layout: Layout) -> str:
    return next(iter(_titles(layout)), "") or Path(sheet.file_name).stem


def _year_of(sheet: Sheet, layout: Layout) -> int | None:
    """The year of a title or of the file's name; a day of filling in (填表日期) is none."""
    for text in (*_titles(layout), sheet.name, Path(sheet.file_name).stem):
        if (told := told_year(text)) and (frame := YearFrame.from_text(told)):
            return frame.year
    return None
