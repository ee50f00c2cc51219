"""The list of students as a university's volunteer office sends it: a CSV file, one row for each."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

from sunward.web.demo.people import PersonMaker

HEADINGS = (
    "序号", "学校", "专业", "学号", "姓名", "性别", "手机", "可辅导科目", "可用时段", "年级", "有无辅导经验", "备注",
)  # fmt: skip
# Invented universities and what is studied there, with what such a student likes to teach.
_SCHOOLS = ("江畔大学", "云杉师范大学", "滨江理工大学", "明湖外国语大学", "东海医科大学")
_FIELDS = (
    ("数学与应用数学", "数学、物理"), ("小学教育", "语文、数学、阅读"), ("英语", "英语、阅读"),
    ("汉语言文学", "语文、写作"), ("应用化学", "化学、科学"), ("软件工程", "编程、数学"), ("临床医学", "生物、英语"),
    ("美术学", "美术、书法"), ("社会工作", "陪伴、语文"), ("物理学", "物理、数学"),
)  # fmt: skip
_TIMES = (
    "周六下午、周三19:00-20:30", "周日上午、周五晚上", "周六上午、周日下午", "周二18:30-20:00、周六下午",
    "周日下午、周四晚上",
)  # fmt: skip
STUDENTS = 24


def write_students(path: Path, *, people: PersonMaker, random: Random, on: date) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(["云上牵手大学生志愿者名单（演示数据，均为虚构）"])
        out.writerow(HEADINGS)
        out.writerows(_rows(people, random, on))


def _rows(people: PersonMaker, random: Random, on: date) -> Iterator[tuple[object, ...]]:
    for number in range(1, STUDENTS + 1):
        student = people.student(on)
        field, subjects = _FIELDS[number % len(_FIELDS)]
        began = on.year - random.randint(1, 3)
        yield (
            number, _SCHOOLS[number % len(_SCHOOLS)], field, f"{began}30{number:04d}", student.name,
            "女" if student.sex == "F" else "男", student.phone, subjects, _TIMES[number % len(_TIMES)], f"{began}级",
            random.choice(("有", "无")), "已参加培训",
        )  # fmt: skip
