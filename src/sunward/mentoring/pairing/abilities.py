"""What a neighbour mom brings, read from the words of the rosters: which needs her skills and her work can meet.

Financial aid is left out on purpose: it is the office's business, never asked of a volunteer.
"""

import re
from collections.abc import Iterable

from sunward.mentoring.enums import NeedKind

# Needs in the order of their bits in a mask; a new kind goes to the end, since snapshots keep the masks.
MEETABLE = (
    NeedKind.COMPANIONSHIP,
    NeedKind.TUTORING,
    NeedKind.COUNSELLING,
    NeedKind.DAILY_CARE,
    NeedKind.HEALTH,
    NeedKind.FAMILY_EDUCATION,
    NeedKind.INTERESTS,
    NeedKind.CAREER_PLANNING,
    NeedKind.LEGAL_AID,
    NeedKind.SAFETY_EDUCATION,
)
# What everyone who is vetted and trained can do.
EVERYBODY = (NeedKind.COMPANIONSHIP, NeedKind.DAILY_CARE)

# Words of skills, in Chinese or as codes, and the needs they meet. The first word that occurs decides.
_SKILLS: tuple[tuple[tuple[str, ...], tuple[NeedKind, ...]], ...] = (
    (("学业", "辅导", "英语", "数学", "语文", "tutoring", "english"), (NeedKind.TUTORING,)),
    (("心理", "counselling", "psychology"), (NeedKind.COUNSELLING,)),
    (("法律", "legal", "law"), (NeedKind.LEGAL_AID, NeedKind.SAFETY_EDUCATION)),
    (("营养", "膳食", "nutrition"), (NeedKind.HEALTH,)),
    (("急救", "first_aid"), (NeedKind.HEALTH, NeedKind.SAFETY_EDUCATION)),
    (("护理", "康复", "医", "health", "care"), (NeedKind.HEALTH,)),
    (("亲子", "家庭教育", "阅读", "reading"), (NeedKind.FAMILY_EDUCATION, NeedKind.INTERESTS)),
    (("安全", "safety"), (NeedKind.SAFETY_EDUCATION,)),
    (("职业", "生涯", "career"), (NeedKind.CAREER_PLANNING,)),
    (
        ("绘画", "手工", "书法", "舞蹈", "烘焙", "音乐", "唱", "体育", "运动", "摄影", "棋",
         "painting", "drawing", "handicraft", "crafts", "calligraphy", "dance", "baking", "music", "sport", "chess"),
        (NeedKind.INTERESTS,),
    ),
)  # fmt: skip
# Words of occupations. A teacher of small children knows families rather than school work.
_WORK: tuple[tuple[tuple[str, ...], tuple[NeedKind, ...]], ...] = (
    (("幼儿园",), (NeedKind.FAMILY_EDUCATION,)),
    (("教师", "老师", "教授", "讲师"), (NeedKind.TUTORING,)),
    (("心理", "社工", "社会工作"), (NeedKind.COUNSELLING,)),
    (("医生", "医师", "护士", "营养师", "康复"), (NeedKind.HEALTH,)),
    (("律师", "法律", "法官", "检察"), (NeedKind.LEGAL_AID,)),
    (("图书馆",), (NeedKind.INTERESTS,)),
    (("人事", "人力", "园区", "企业"), (NeedKind.CAREER_PLANNING,)),
    (("民警", "消防", "街道干部"), (NeedKind.SAFETY_EDUCATION,)),
)

MANDARIN = "普通话"
_SPEECH_NAMES = {
    "mandarin": MANDARIN, "putonghua": MANDARIN, "国语": MANDARIN, "汉语": MANDARIN, "shanghainese": "上海话",
    "沪语": "上海话", "english": "英语", "sign_language": "手语", "cantonese": "粤语", "广东话": "粤语",
    "uyghur": "维吾尔语",
}  # fmt: skip

_DAYS = (
    ("周六", "星期六", "sat"),
    ("周日", "周天", "星期日", "星期天", "sun"),
    ("寒暑假", "假期", "holiday", "vacation"),
)


def mask_of(kinds: Iterable[str]) -> int:
    """The needs as bits; what no volunteer can meet has none."""
    wanted = set(kinds)
    return sum(1 << bit for bit, kind in enumerate(MEETABLE) if kind in wanted)


def skills_mask(skills: Iterable[object]) -> int:
    """The needs that skills in words can meet, besides what everybody can do."""
    met: set[str] = set(EVERYBODY)
    for skill in skills:
        met.update(_look_up(str(skill), _SKILLS))
    return mask_of(met)


def work_mask(occupation: str) -> int:
    """The needs that her work knows about."""
    return mask_of(_look_up(occupation, _WORK))


def speech_of(languages: Iterable[object]) -> frozenset[str]:
    """Languages and dialects under one name each."""
    words = (str(language).strip().lower() for language in languages)
    return frozenset(_SPEECH_NAMES.get(word, word) for word in words if word)


def times_mask(slots: Iterable[object]) -> int:
    """When she is free outside school hours: workday evenings, Saturdays, Sundays, school holidays."""
    mask = 0
    for slot in slots:
        word = str(slot).lower()
        for bit, names in enumerate(_DAYS, start=1):
            if any(name in word for name in names):
                mask |= 1 << bit
        hour = re.search(r"(\d{1,2})[::]", word)
        is_weekday = re.search(r"周[一二三四五]|星期[一二三四五]|工作日|workday|weekday|mon|tue|wed|thu|fri", word)
        if is_weekday and ("晚" in word or "evening" in word or (hour and int(hour.group(1)) >= 16)):
            mask |= 1
    return mask


def ages_of(own_children: Iterable[object]) -> tuple[int, ...]:
    """Ages in years; grown-up ones and words are left out."""
    found = (re.search(r"\d{1,2}", str(word)) for word in own_children if "成年" not in str(word))
    return tuple(sorted({int(match.group()) for match in found if match and int(match.group()) < 25}))


def _look_up(words: str, table: tuple[tuple[tuple[str, ...], tuple[NeedKind, ...]], ...]) -> tuple[NeedKind, ...]:
    text = words.lower()
    return next((needs for names, needs in table if any(name in text for name in names)), ())
