"""Small plans of events, and an import of them from end to end."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.registers.actions import (
    Upload,
    commit_batch,
    request_commit,
    request_undo,
    stage_batch,
    start_batch,
    undo_batch,
)
from sunward.registers.conducting import TerminalConductor
from sunward.registers.models import ImportBatch
from tests.factories import NOW, TODAY
from tests.registers.imports import officer

ON = date(2022, 11, 30)
FAIR_HEADS = (
    "序号", "活动名称", "形式", "行业专场", "日期", "时间", "地点", "主办单位", "参会企业数", "提供岗位数", "参加人数",
    "备注",
)  # fmt: skip
COURSE_HEADS = ("街道", "月份", "课程", "岗位", "参加人数", "讲师", "备注")
KONGJIANG_CENTRE = "控江路街道社区文化活动中心"


def fair(number: int = 1, **cells: Any) -> list[Any]:
    """A row that is accepted; `cells` by heading replace what stands in it."""
    row: dict[str, Any] = {
        "序号": number, "活动名称": f"第{number}场专场", "形式": "线下", "行业专场": "综合", "日期": "9月6日",
        "时间": "9:00-11:30", "地点": KONGJIANG_CENTRE, "主办单位": "区人社局", "参会企业数": 20, "提供岗位数": 100,
        "参加人数": 50, "备注": "",
    }  # fmt: skip
    return list((row | cells).values())


def course(number: int = 1, **cells: Any) -> list[Any]:
    row: dict[str, Any] = {
        "街道": "控江路街道", "月份": "9月", "课程": f"第{number}课", "岗位": "收银员", "参加人数": 20, "讲师": "王一",
        "备注": "",
    }  # fmt: skip
    return list((row | cells).values())


def plan(*sheets: tuple[str, Sequence[str], Sequence[Sequence[Any]]]) -> bytes:
    """Each sheet: its title (and name), its headings, its rows."""
    target = BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd hh:mm"}
    ) as book:
        book.set_properties({"created": NOW.replace(tzinfo=None)})  # the same rows are the same bytes
        for title, heads, rows in sheets:
            sheet = book.add_worksheet(title)
            sheet.write_string(0, 0, f"2022年{title}安排")
            sheet.write_row(1, 0, heads)
            for number, row in enumerate(rows, start=2):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def fairs(*rows: Sequence[Any]) -> bytes:
    return plan(("招聘会", FAIR_HEADS, rows))


def courses(*rows: Sequence[Any]) -> bytes:
    return plan(("小课式", COURSE_HEADS, rows))


def employment_officer(code: str = "310110") -> Actor:
    return officer(code, Role.EMPLOYMENT_OFFICER)


def read(actor: Actor, *files: bytes, names: Sequence[str] = (), on: date = ON) -> ImportBatch:
    """Stored and read."""
    uploads = [Upload(names[place] if names else f"安排{place}.xlsx", [file]) for place, file in enumerate(files)]
    batch = start_batch(actor=actor, uploads=uploads, judged_on=on, now=NOW, is_background=False)
    stage_batch(batch_id=batch.pk, conductor=TerminalConductor(), now=NOW)
    batch.refresh_from_db()
    return batch


def bring_in(actor: Actor, *files: bytes, on: date = ON) -> ImportBatch:
    """Stored, read and taken over."""
    return take_over(actor, read(actor, *files, on=on))


def take_over(actor: Actor, batch: ImportBatch) -> ImportBatch:
    request_commit(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)
    commit_batch(batch_id=batch.pk, conductor=TerminalConductor(), on=TODAY, now=NOW)
    batch.refresh_from_db()
    return batch


def undo(actor: Actor, batch: ImportBatch) -> ImportBatch:
    request_undo(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)
    undo_batch(batch_id=batch.pk, conductor=TerminalConductor(), now=NOW)
    batch.refresh_from_db()
    return batch
