"""Small surveys of people without work."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.employment.plans import plan
from tests.factories import resident_id

HEADS = (
    "序号", "姓名", "性别", "身份证号", "街道", "居委", "现住址", "手机", "就业状态", "就业意向", "学历", "期望岗位",
    "期望薪资", "技能", "失业登记日期", "人户分离", "是否残疾", "备注",
)  # fmt: skip
KONGJIANG, WUJIAOCHANG = "控江路街道", "五角场街道"


def number_of(number: int) -> str:
    return resident_id(date(1988, 1 + number % 12, 1 + number % 28), order=900 + number % 100)


def seeker(number: int = 1, **cells: Any) -> list[Any]:
    """A row that is accepted; `cells` by heading replace what stands in it."""
    row: dict[str, Any] = {
        "序号": number, "姓名": f"钱小{'一二三四五六七八九十'[number % 10]}", "性别": "女男"[number % 2],
        "身份证号": number_of(number), "街道": KONGJIANG, "居委": "凤南居委会", "现住址": f"某路8{number:03d}弄1号",
        "手机": f"137{0:02d}{number:06d}", "就业状态": "料理家务", "就业意向": "找工作", "学历": "高职",
        "期望岗位": "收银员、会计", "期望薪资": "7千以上", "技能": "会开车（C1）、办公软件", "失业登记日期": "2022.3",
        "人户分离": "是", "是否残疾": "否", "备注": "",
    }  # fmt: skip
    return list((row | cells).values())


def survey(*rows: Sequence[Any], title: str = "失业人员") -> bytes:
    return plan((title, HEADS, rows))


def by_subdistrict(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A sheet for each sub-district."""
    return plan(*((name, HEADS, rows) for name, rows in sheets.items()))
