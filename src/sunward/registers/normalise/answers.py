"""Short answers: sex, yes or no, a small number."""

import re
from functools import lru_cache

from sunward.accounts.areas import read_numeral
from sunward.people.enums import Sex
from sunward.registers.normalise.text import clean_text

_SEXES = {
    Sex.MALE: (
        "男",
        "男性",
        "男孩",
        "男童",
        "男生",
        "男士",
        "先生",
        "m",
        "male",
        "boy",
        "man",
        "1",
        "1男",
        "♂",
        "1-男",
        "1.男",
    ),
    Sex.FEMALE: (
        "女",
        "女性",
        "女孩",
        "女童",
        "女生",
        "女士",
        "小姐",
        "f",
        "female",
        "girl",
        "woman",
        "2",
        "2女",
        "♀",
        "2-女",
        "2.女",
    ),
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words}
_YES = frozenset(
    [
        "是",
        "愿意",
        "同意",
        "可以",
        "有",
        "需要",
        "能",
        "行",
        "已",
        "√",
        "✓",
        "✔",
        "☑",
        "对",
        "y",
        "yes",
        "true",
        "t",
        "1",
        "愿",
        "非常愿意",
        "有意愿",
        "愿意结对",
        "已同意",
        "好",
    ]
)
_NO = frozenset(
    [
        "否",
        "不愿意",
        "不同意",
        "不可以",
        "无",
        "没有",
        "不需要",
        "不",
        "不能",
        "不行",
        "未",
        "×",
        "✗",
        "✘",
        "x",
        "n",
        "no",
        "false",
        "f",
        "0",
        "不愿",
        "无意愿",
        "不愿意结对",
        "不用",
        "拒绝",
    ]
)
_REASON = re.compile(r"[(\[,;。:].*$")
_NUMERALS = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "俩": 2,
    "仨": 3,
}
_COUNT = re.compile(
    r"(?:约|最多|可|能|限|不超过|至多|带|帮扶|结对)*(\d+|[零一二三四五六七八九十两壹贰叁俩仨])(?:\.0+)?(?:个|位|名|人|户|对|儿童|孩子|小朋友|家庭)*(?:左右|以内)?"
)

_AMOUNT = re.compile(
    r"(?:约|近|超过?|共计?|总计|合计|不少于|不超过|至少|逾|大约|预计|计划|提供|吸引|参[加会与])*"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)(?:-\d+)?(?P<wan>万)?[+余多几]*"
    r"(?:人次|人|家|个|名|位|场次|场|户|企业|单位|岗位|职位|左右|以上|以内|上下)*[+余多]?"
)


@lru_cache(maxsize=1024)
def read_amount(text: str) -> int | None:
    """How many, as reports say it: 约91人, 176人次, 365余人, 1.2万; of two numbers the lower. None if none is said."""
    match = _AMOUNT.fullmatch("".join(clean_text(text).split()).rstrip("。.;,"))
    if match is None:
        return None
    written = match["number"].replace(",", "")
    number = float(written) if written[0].isdigit() else float(read_numeral(written))
    return round(number * 10_000) if match["wan"] else int(number)


@lru_cache(maxsize=256)
def read_sex(text: str) -> Sex | None:
    return _SEX_OF.get("".join(clean_text(text).split()).casefold())


@lru_cache(maxsize=256)
def read_yes_no(text: str) -> bool | None:
    """True, False, or None where the answer is open (暂不考虑) or empty."""
    written = "".join(clean_text(text).split()).casefold()
    # 否(家长不同意), 是，愿意: the answer, then its reason.
    for answer in (written.strip("。.!()"), _REASON.sub("", written)):
        if answer in _YES:
            return True
        if answer in _NO:
            return False
    return None


@lru_cache(maxsize=512)
def read_count(text: str) -> int | None:
    """A small number as typed: 2, 2人, 两名, ２."""
    match = _COUNT.fullmatch("".join(clean_text(text).split()))
    if match is None:
        return None
    written = match.group(1)
    return int(written) if written.isdigit() else _NUMERALS[written]
