"""Telephones, document numbers, accounts and dates of birth, by their shape alone."""

import re
from collections.abc import Iterator

from sunward.people.screening.finding import FindingKind

Hit = tuple[FindingKind, int, int]

SPOKEN = str.maketrans("〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两", "0012345678911234567892")
_SPOKEN_DIGIT = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_GAP = r"[ \t\-—–.·_/()]{0,2}"
_DIGITS = re.compile(rf"(?<![A-Za-z0-9])\+?(?:\d{_GAP}){{6,19}}[\dXx](?![A-Za-z0-9])")
_SPOKEN_RUN = re.compile(rf"[{_SPOKEN_DIGIT}](?:[ 、,]?[{_SPOKEN_DIGIT}]){{6,18}}")
_MIXED_RUN = re.compile(rf"(?<!\d)[\d{_SPOKEN_DIGIT}](?:{_GAP}[\d{_SPOKEN_DIGIT}]){{6,18}}(?!\d)")
LETTERED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,3}\d{6,10}(?:\(\d\))?(?![A-Za-z0-9])")
RUNS = (_DIGITS, _SPOKEN_RUN, _MIXED_RUN)
# A thumb writes O for 0; at least seven true digits stand beside it.
WITH_LETTERS = re.compile(r"(?<![A-Za-z0-9])(?=(?:[OolI]*\d){7})1[\dOolI]{10}(?![A-Za-z0-9])")
HALF_HIDDEN = re.compile(r"(?<![A-Za-z0-9])\d{3,14}[*xX#•]{2,14}\d{0,4}[\dXx]?(?![A-Za-z0-9])")
# 手机尾号3614; of a document (身份证后四位) it is of the document.
TAIL = re.compile(
    rf"(?P<of>证|证件|证号|卡)?(?:号码?)?(?:是|的|,)?(?:尾号|尾数|[最]?[后末]尾?[二三四五六两2-6](?:位数?字?|个数字?|个号))"
    rf"(?:码|数|字|是|为|:|\s){{0,3}}(?P<said>[\d{_SPOKEN_DIGIT}]{{2,6}}[Xx]?)"
)
LABELLED = re.compile(
    r"(?:学号|学籍号|考号|准考证|证号|病历号|住院号|卡号|社保号|医保号|残疾证|护照|户口本?号|编号)"
    r"(?:码|是|为|:|：|\s){0,3}([A-Za-z0-9-]{5,24})"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"(?:https?://|www\.)[^\s，。；、）)]+")
_CALLED = re.compile(
    r"(?:微信号?|QQ号?|qq号?|抖音号?|快手号?|小红书号?|账号|帐号|昵称|网名|ID|wx|vx|v信|威信|薇信)"
    r"(?:码|是|为|叫|:|：|\s|“|\"){0,4}([A-Za-z0-9_.\-]{5,30})",
    re.IGNORECASE,
)
PLATE = re.compile(
    r"[京沪津渝苏浙皖鲁豫冀晋鄂湘粤桂琼闽赣川黔滇陕甘宁青新藏蒙辽吉黑][A-Z][·. -]?[A-Z0-9]{5,6}(?![A-Za-z0-9])"
)
_MONTHS, _DAYS = r"(?:\d{1,2}|[正一二三四五六七八九十冬腊]{1,2})", r"(?:\d{1,2}|[初廿卅一二三四五六七八九十]{1,3})"
_YEAR = r"(?:(?:19|20)?\d{2}|[一二〇零○三四五六七八九]{4})"
_DAY = rf"(?:(?:19|20)\d{{2}}\s?[./ -]\s?\d{{1,2}}\s?[./ -]\s?\d{{1,2}}|{_YEAR}年\s?{_MONTHS}月\s?{_DAYS}\s?[日号]?)"
_OF_A_YEAR = rf"(?:{_MONTHS}月{_DAYS}[日号]?)"
_EIGHT = r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_BIRTH = "出生年月日?|出生日期|出生于|出生|生日|生辰|生于|诞生于"
_BORN = re.compile(
    rf"(?:农历|阴历|阳历|公历)?(?:{_DAY}|{_EIGHT}|{_OF_A_YEAR})\s?的?(?:出生|生日|生辰|生人?(?!病|气|活|意|字|词|物))"
    rf"|(?:{_BIRTH})(?:是|在|于|为|:|(?:农历|阴历|阳历)|\s){{0,3}}({_DAY}|{_EIGHT}|{_OF_A_YEAR}|\d{{1,2}}[./-]\d{{1,2}}(?![\d:]))"
)
# A day of the calendar written in eight digits, and years that stand side by side, are nobody's number.
_CALENDAR = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:19|20)\d{2}(?:19|20)\d{2}")
_DATE_LIKE = re.compile(r"(?:19|20)\d{2}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])")


def find_numbers(text: str) -> Iterator[Hit]:
    for pattern, kind in ((_MAIL, FindingKind.ACCOUNT), (_WEB, FindingKind.ACCOUNT), (PLATE, FindingKind.ID_NUMBER)):
        yield from ((kind, *match.span()) for match in pattern.finditer(text))
    for pattern, kind in ((_CALLED, FindingKind.ACCOUNT), (LABELLED, FindingKind.ID_NUMBER)):
        yield from ((kind, *match.span(1)) for match in pattern.finditer(text))
    yield from ((FindingKind.BIRTHDAY, *match.span()) for match in _BORN.finditer(text))
    yield from ((FindingKind.PHONE, *match.span()) for match in WITH_LETTERS.finditer(text))
    yield from ((FindingKind.ID_NUMBER, *match.span()) for match in HALF_HIDDEN.finditer(text))
    for match in TAIL.finditer(text):
        yield (FindingKind.ID_NUMBER if match["of"] else FindingKind.PHONE), *match.span("said")
    yield from ((FindingKind.ID_NUMBER, *match.span()) for match in LETTERED.finditer(text))
    for pattern in RUNS:
        for match in pattern.finditer(text):
            number = kind_of(match[0])
            if number:
                yield number, *match.span()


def kind_of(said: str) -> FindingKind | None:
    """What a run of digits is: a document from 15 digits on, a telephone from 7 on; a date is neither."""
    digits = re.sub(r"[^\dXx]", "", said.translate(SPOKEN))
    if len(digits) < 7 or _DATE_LIKE.fullmatch(said.strip()) or _CALENDAR.fullmatch(digits):
        return None
    return FindingKind.ID_NUMBER if len(digits) >= 15 else FindingKind.PHONE
