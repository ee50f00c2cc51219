"""The two workbooks an officer would drop: children in difficulty and neighbour moms, as offices lay them out."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from sunward.web.demo.people import Committee, PersonMaker, SyntheticPerson

CHILD_HEADINGS = (
    "序号", "姓名", "性别", "身份证号", "出生日期", "所属街道", "居委", "监护状况", "实际监护人", "关系", "联系电话",
    "困境类型", "风险等级", "需求", "是否愿意结对", "语言/方言", "就学情况", "备注",
)  # fmt: skip
MENTOR_HEADINGS = (
    "序号", "姓名", "身份证号", "手机", "街道", "居委", "职业/单位", "特长", "子女年龄", "可服务时间", "荣誉",
    "从业查询日期", "从业查询结果", "培训日期", "可结对人数", "加入日期", "备注",
)  # fmt: skip

_GUARDIANSHIP = ("无力监护", "监护缺失", "隔代照料", "监护不当", "正常监护")
_RELATIONS = ("祖母", "外祖母", "祖父", "外祖父", "姑母", "舅舅", "母亲", "父亲")
_MEN = ("祖父", "外祖父", "舅舅", "父亲")
_HARDSHIP = ("监护缺失或监护不当", "事实无人抚养", "留守儿童", "家庭经济困难", "流动儿童", "孤儿", "自身残疾")
_NEEDS = (
    "学业辅导",
    "亲情陪伴",
    "心理疏导",
    "生活照料",
    "兴趣培养",
    "安全教育",
    "医疗康复",
    "生涯规划",
    "经济救助",
    "法律援助",
)
_SKILLS = ("学业辅导", "心理疏导", "陪伴", "书法", "音乐", "美术", "烹饪", "法律", "医护", "家庭教育", "手工", "运动")
_SLOTS = ("周六上午", "周六下午", "周日上午", "周日下午", "工作日晚上", "寒暑假")
_OCCUPATIONS = (
    "小学教师",
    "社区工作者",
    "企业负责人",
    "护士",
    "退休教师",
    "会计",
    "律师",
    "心理咨询师",
    "街道妇联执委",
    "全职妈妈",
)
_HONOURS = ("三八红旗手", "五好家庭", "最美家庭", "优秀志愿者")
_LANGUAGES = ("普通话", "普通话、上海话", "上海话", "普通话、四川话", "普通话、安徽话")

Row = Sequence[object]


def _as_it_is(number: str) -> str:
    return number


# Rows as offices really send them: a digit lost, the last digits eaten by a spreadsheet, no papers at all.
_MESSY_NUMBERS: dict[int, Callable[[str], str]] = {
    11: lambda number: number[:-1],
    37: lambda number: "无",
    64: lambda number: number[:15] + "000",
    98: lambda number: f"{number[:6]} {number[6:14]} {number[14:]}",
}


def write_children(path: Path, *, people: PersonMaker, random: Random, on: date, count: int) -> None:
    _write(
        path,
        f"杨浦区困境儿童台账（演示数据，{count}人，均为虚构）",
        CHILD_HEADINGS,
        _children(people, random, on, count),
    )


def write_mentors(path: Path, *, people: PersonMaker, random: Random, on: date, count: int) -> None:
    _write(
        path, f"邻家妈妈花名册（演示数据，{count}人，均为虚构）", MENTOR_HEADINGS, _mentors(people, random, on, count)
    )


def _children(people: PersonMaker, random: Random, on: date, count: int) -> Iterable[Row]:
    for number in range(1, count + 1):
        child = people.child(on)
        relation = random.choice(_RELATIONS)
        guardian = (people.man if relation in _MEN else people.woman)(on, youngest=40, oldest=78)
        document = _MESSY_NUMBERS.get(number, _as_it_is)(child.number)
        risk = random.choices(("高", "中", "低"), (15, 35, 50))[0]
        yield (
            number, child.name, "女" if child.sex == "F" else "男", document, child.birth.isoformat(),
            *_place(child.committee), random.choice(_GUARDIANSHIP), guardian.name, relation,
            guardian.phone, random.choice(_HARDSHIP), risk, "、".join(random.sample(_NEEDS, random.randint(1, 3))),
            random.choices(("是", "否", ""), (80, 8, 12))[0], random.choice(_LANGUAGES), _school(child, on), "",
        )  # fmt: skip


def _mentors(people: PersonMaker, random: Random, on: date, count: int) -> Iterable[Row]:
    for number in range(1, count + 1):
        mentor = people.woman(on)
        checked = on - timedelta(
            days=random.choices((random.randint(5, 300), random.randint(336, 364), 400), (80, 12, 8))[0]
        )
        result = random.choices(("未见异常", "查询中", ""), (94, 3, 3))[0]
        yield (
            number, mentor.name, mentor.number, mentor.phone, *_place(mentor.committee), random.choice(_OCCUPATIONS),
            "、".join(random.sample(_SKILLS, random.randint(1, 3))), _own_children(random),
            "、".join(random.sample(_SLOTS, random.randint(1, 3))), random.choice(("", *_HONOURS)),
            checked.isoformat() if result else "", result, (checked + timedelta(days=3)).isoformat(),
            f"{random.choices((1, 2, 3), (70, 24, 6))[0]}人",
            (on - timedelta(days=random.randint(60, 2000))).isoformat(), "",
        )  # fmt: skip


def _place(committee: Committee) -> tuple[str, str]:
    return committee.subdistrict, committee.name


def _own_children(random: Random) -> str:
    return "、".join(str(age) for age in sorted(random.sample(range(3, 28), random.randint(0, 2))))


def _school(child: SyntheticPerson, on: date) -> str:
    age = on.year - child.birth.year
    for limit, stage in ((6, "学前班"), (12, "小学"), (15, "初中")):
        if age <= limit:
            return stage
    return "高中"


def _write(path: Path, title: str, headings: Row, rows: Iterable[Row]) -> None:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_string(0, 0, title)
        sheet.write_row(1, 0, headings)
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, row)
