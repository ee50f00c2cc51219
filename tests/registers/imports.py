"""Small workbooks of invented people, and an import of them from end to end."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.accounts.units import load_district
from sunward.registers.actions import Upload, commit_batch, request_commit, stage_batch, start_batch
from sunward.registers.conducting import TerminalConductor
from sunward.registers.models import ImportBatch
from tests.factories import NOW, TODAY, actor_of, make_officer, resident_id

CHILD_HEADS = (
    "序号",
    "姓名",
    "身份证号",
    "所属街道",
    "居委",
    "住址",
    "监护状况",
    "实际监护人",
    "关系",
    "电话",
    "困境类型",
    "风险等级",
    "需求",
    "是否愿意结对",
    "备注",
)
MOTHER_HEADS = (
    "序号",
    "姓名",
    "身份证号",
    "手机",
    "街道",
    "职业/单位",
    "特长",
    "可服务时间",
    "从业查询日期",
    "从业查询结果",
    "培训日期",
    "可结对人数",
)
STUDENT_HEADS = ("序号", "学校", "专业", "学号", "姓名", "性别", "手机", "可辅导科目", "可用时段")
PASSWORD = "right-sunny-day"
KONGJIANG, WUJIAOCHANG = "控江路街道", "五角场街道"


def child(number: int, *, name: str = "", sub: str = KONGJIANG, **cells: Any) -> list[Any]:
    """A row that is accepted; `cells` by heading replace what stands in it."""
    row: dict[str, Any] = {
        "序号": number,
        "姓名": name or f"张小{'一二三四五六七八九十百千'[number % 12]}{'云雨雪风'[number // 12 % 4]}",
        "身份证号": resident_id(date(2014, 1 + number % 12, 1 + number % 28), order=900 + number % 100),
        "所属街道": sub,
        "居委": "",
        "住址": f"某路8{number:03d}弄1号",
        "监护状况": "监护缺失",
        "实际监护人": f"李秀{'兰芳珍英梅'[number % 5]}",
        "关系": "祖母",
        "电话": f"138{0:02d}{number:06d}",
        "困境类型": "留守儿童",
        "风险等级": "中",
        "需求": "亲情陪伴、学业辅导",
        "是否愿意结对": "是",
        "备注": "",
    }
    return list((row | cells).values())


def mother(number: int, **cells: Any) -> list[Any]:
    row: dict[str, Any] = {
        "序号": number,
        "姓名": f"王淑{'芬琴华'[number % 3]}",
        "身份证号": resident_id(date(1980, 1 + number % 12, 1 + number % 28), order=900 + number * 2 % 100),
        "手机": f"139{0:02d}{number:06d}",
        "街道": KONGJIANG,
        "职业/单位": "教师",
        "特长": "亲子阅读、烘焙",
        "可服务时间": "周六上午",
        "从业查询日期": "2026-05-04",
        "从业查询结果": "未见记录",
        "培训日期": "2026.06",
        "可结对人数": "2人",
    }
    return list((row | cells).values())


def student(number: int, **cells: Any) -> list[Any]:
    row: dict[str, Any] = {
        "序号": number,
        "学校": "同济大学",
        "专业": "土木工程",
        "学号": f"20221{number:05d}",
        "姓名": f"赵一{'鸣凡宁'[number % 3]}",
        "性别": "男",
        "手机": f"150{0:02d}{number:06d}",
        "可辅导科目": "数学、物理",
        "可用时段": "周日下午",
    }
    return list((row | cells).values())


def workbook(
    rows: Sequence[Sequence[Any]], *, heads: Sequence[str] = CHILD_HEADS, title: str = "困境儿童台账"
) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": NOW.replace(tzinfo=None)})  # the same rows are the same bytes
        sheet = book.add_worksheet("名册")
        sheet.write_string(0, 0, title)
        sheet.write_row(1, 0, heads)
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def children(count: int = 3, **cells: Any) -> bytes:
    return workbook([child(number, **cells) for number in range(1, count + 1)])


def mothers(count: int = 2) -> bytes:
    return workbook([mother(n) for n in range(1, count + 1)], heads=MOTHER_HEADS, title="邻家妈妈花名册")


def students(count: int = 2) -> bytes:
    return workbook([student(n) for n in range(1, count + 1)], heads=STUDENT_HEADS, title="大学生志愿者名单")


def officer(code: str = "310110", role: Role = Role.DISTRICT_OFFICER) -> Actor:
    """Somebody with a post in a unit of the loaded district."""
    load_district()
    return actor_of(make_officer(role, Unit.objects.get(code=code), password=PASSWORD))


def supervisor(code: str = "310110012") -> Actor:
    return officer(code, Role.SUPERVISOR)


def upload(actor: Actor, *files: bytes, names: Sequence[str] = ()) -> ImportBatch:
    """Stored, not yet read."""
    uploads = [Upload(names[place] if names else f"名册{place}.xlsx", [content]) for place, content in enumerate(files)]
    return start_batch(actor=actor, uploads=uploads, judged_on=TODAY, now=NOW, is_background=False)


def read(actor: Actor, *files: bytes, names: Sequence[str] = ()) -> ImportBatch:
    """Stored and read."""
    batch = upload(actor, *files, names=names)
    stage_batch(batch_id=batch.pk, conductor=TerminalConductor(), now=NOW)
    batch.refresh_from_db()
    return batch


def take_over(actor: Actor, batch: ImportBatch) -> ImportBatch:
    request_commit(actor=actor, batch_id=batch.uid, now=NOW, is_background=False)
    commit_batch(batch_id=batch.pk, conductor=TerminalConductor(), on=TODAY, now=NOW)
    batch.refresh_from_db()
    return batch


def bring_in(actor: Actor, *files: bytes) -> ImportBatch:
    """Stored, read and taken over."""
    return take_over(actor, read(actor, *files))
