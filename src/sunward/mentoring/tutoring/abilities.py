"""Subjects, school stages and weekly hours, read from codes or from the words of the rosters, as bits of a mask.

A bit's place never changes, since the snapshots of matchings keep the masks.
"""

import re
from collections.abc import Iterable
from datetime import time
from typing import TypeVar

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from sunward.mentoring.tutoring.enums import DayPart, Stage, Subject

T = TypeVar("T")
SUBJECTS, STAGES, PARTS = tuple(Subject), tuple(Stage), tuple(DayPart)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# The codes of the weekly hours, Monday morning first: 21 bits.
SLOTS = tuple(f"{day}_{part.value}" for day in _DAYS for part in PARTS)
# When a session begins if the student has given only the part of the day.
FIRST_HOURS = {DayPart.MORNING: time(9, 30), DayPart.AFTERNOON: time(14, 30), DayPart.EVENING: time(19, 0)}

# The first word that occurs decides, so a longer word stands before one that it holds.
_SUBJECT_WORDS: tuple[tuple[tuple[str, ...], Subject], ...] = (
    (("阅读", "写作", "作文", "reading"), Subject.READING),
    (("语文", "chinese"), Subject.CHINESE),
    (("数学", "奥数", "math"), Subject.MATHS),
    (("英语", "外语", "english"), Subject.ENGLISH),
    (("物理", "physics"), Subject.PHYSICS),
    (("化学", "chemistry"), Subject.CHEMISTRY),
    (("历史", "history"), Subject.HISTORY),
    (("科学", "science"), Subject.SCIENCE),
    (("编程", "计算机", "信息", "programming"), Subject.PROGRAMMING),
    (("美术", "绘画", "画", "art"), Subject.ART),
    (("书法", "calligraphy"), Subject.CALLIGRAPHY),
    (("音乐", "声乐", "乐器", "music"), Subject.MUSIC),
    (("生物", "biology"), Subject.BIOLOGY),
    (("地理", "geography"), Subject.GEOGRAPHY),
    (("政治", "道德", "道法", "civics"), Subject.CIVICS),
    (("陪伴", "聊天", "谈心", "company"), Subject.COMPANY),
)
# What a field of study knows about; teachers-to-be about all of it.
_MAJOR_WORDS: tuple[tuple[tuple[str, ...], tuple[Subject, ...]], ...] = (
    (("师范", "教育"), SUBJECTS),
    (("汉语言", "中文", "文学", "新闻"), (Subject.CHINESE, Subject.READING)),
    (("数学", "统计", "金融", "经济", "会计"), (Subject.MATHS,)),
    (("英语", "翻译", "国际"), (Subject.ENGLISH,)),
    (("物理", "光电", "力学", "机械", "电气", "土木", "航空"), (Subject.PHYSICS, Subject.MATHS, Subject.SCIENCE)),
    (("化学", "化工", "材料", "制药"), (Subject.CHEMISTRY, Subject.SCIENCE)),
    (("生物", "医学", "护理", "农"), (Subject.BIOLOGY, Subject.SCIENCE)),
    (("历史", "考古", "民族"), (Subject.HISTORY,)),
    (("计算机", "软件", "人工智能", "互联网", "信息", "数据"), (Subject.PROGRAMMING, Subject.MATHS)),
    (("美术", "设计", "摄影", "动画"), (Subject.ART,)),
    (("音乐", "舞蹈"), (Subject.MUSIC,)),
    (("地理", "测绘", "矿物"), (Subject.GEOGRAPHY,)),
    (("法", "政治", "马克思"), (Subject.CIVICS,)),
    (("心理", "社会工作"), (Subject.COMPANY,)),
)
_STAGE_WORDS: tuple[tuple[tuple[str, ...], Stage], ...] = (
    (("primary", "小学", "小一", "小二", "小三", "小四", "小五", "一年级", "二年级", "三年级", "四年级", "五年级"),
     Stage.PRIMARY),
    (("junior", "初中", "初一", "初二", "初三", "预初", "六年级", "七年级", "八年级", "九年级"), Stage.JUNIOR),
    (("senior", "高中", "高一", "高二", "高三", "职高", "中专", "中职", "技校"), Stage.SENIOR),
)  # fmt: skip
_DAY_WORDS = (
    ("周一", "星期一"), ("周二", "星期二"), ("周三", "星期三"), ("周四", "星期四"), ("周五", "星期五"),
    ("周六", "星期六"), ("周日", "周天", "星期日", "星期天"),
)  # fmt: skip
_PART_WORDS = {"上午": 0, "早上": 0, "下午": 1, "晚": 2, "傍晚": 2}
_CLOCK = re.compile(r"(\d{1,2})[::](\d{2})")


def subjects_mask(words: Iterable[object]) -> int:
    """Subjects by their codes or in the words of a list; what is no subject of ours has no bit."""
    return mask_of(SUBJECTS, (subject for word in words if (subject := _look_up(str(word), _SUBJECT_WORDS))))


def major_mask(major: str) -> int:
    """The subjects that a field of study knows about."""
    found = next((known for names, known in _MAJOR_WORDS if any(name in major for name in names)), ())
    return mask_of(SUBJECTS, found)


def stages_mask(words: Iterable[object]) -> int:
    """School stages named in the words: “小学三年级” and “初中数学” name one each. None named: 0, which is not no."""
    return mask_of(STAGES, (stage for word in words if (stage := _look_up(str(word), _STAGE_WORDS))))


def slots_mask(words: Iterable[object]) -> int:
    """Weekly hours. School holidays are no weekly hour and have no bit."""
    mask = 0
    for day, part, _begins in _hours(words):
        mask |= 1 << (day * len(PARTS) + part)
    return mask


def first_hour(slot: int, words: Iterable[object]) -> tuple[int, time]:
    """Weekday and time of a slot's bit: the hour that the student named, else the usual one of that part of the day."""
    day, part = divmod(slot, len(PARTS))
    named = [begins for at, in_part, begins in _hours(words) if (at, in_part) == (day, part) and begins is not None]
    return day, min(named, default=FIRST_HOURS[PARTS[part]])


def codes_of_subjects(mask: int) -> tuple[Subject, ...]:
    return tuple(subject for bit, subject in enumerate(SUBJECTS) if mask >> bit & 1)


def slots_of(mask: int) -> tuple[int, ...]:
    """The bits of a mask of hours, the evening after the morning, Sunday last."""
    return tuple(bit for bit in range(len(SLOTS)) if mask >> bit & 1)


def label_slot(slot: int) -> Promise:
    day, part = divmod(slot, len(PARTS))
    # Translators: a day of the week and a part of the day; Chinese writes no space between them.
    return format_lazy(_("{day} {part}"), day=WEEKDAYS[day], part=PARTS[part].label)


def mask_of(order: tuple[object, ...], members: Iterable[object]) -> int:
    wanted = set(members)
    return sum(1 << bit for bit, member in enumerate(order) if member in wanted)


def _hours(words: Iterable[object]) -> Iterable[tuple[int, int, time | None]]:
    """Weekday, part of the day, and the hour where one is named. A day without an hour is any part of it."""
    for word in words:
        text = str(word).lower()
        if text in SLOTS:
            yield (*divmod(SLOTS.index(text), len(PARTS)), None)
            continue
        days = [day for day, names in enumerate(_DAY_WORDS) if any(name in text for name in names)]
        days += range(5) if "工作日" in text else (5, 6) if "周末" in text or "双休" in text else ()
        begins = _clock(text)
        for day in days:
            for part in _parts(text, begins):
                yield day, part, begins


def _parts(text: str, begins: time | None) -> tuple[int, ...]:
    if begins is not None:
        return (0 if begins < time(12) else 1 if begins < time(17) else 2,)
    named = tuple({part for word, part in _PART_WORDS.items() if word in text})
    return named or tuple(range(len(PARTS)))


def _clock(text: str) -> time | None:
    found = _CLOCK.search(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))


def _look_up(word: str, table: tuple[tuple[tuple[str, ...], T], ...]) -> T | None:
    text = word.lower()
    return next((found for names, found in table if any(name in text for name in names)), None)
