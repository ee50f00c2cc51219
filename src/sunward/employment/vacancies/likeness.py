"""Whether two adverts speak of one post, although another channel wrote it anew. A person confirms it.

First the employer: two credit codes that are both valid decide; else the name without its town and its legal form.
Then the workplace: another address is another post, whatever the words say. Then what is left: the pay has to overlap,
and the title or the duties have to be alike. Benefits (五险一金) stand in every advert and count for nothing.
"""

import re
import unicodedata
from array import array
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from rapidfuzz import fuzz

from sunward.employment.vacancies.benefits import drop_benefits

# What the employer, the place and the pay leave open is decided by these. Of two posts of one employer under titles
# that have nothing in common, real adverts share 0.30 of their duties in the middle and 0.47 in one of twenty.
TITLES_ALIKE, TITLES_NEAR = 0.75, 0.3
DUTIES_NEAR, DUTIES_ALIKE, DUTIES_SAME, DUTIES_EQUAL = 0.3, 0.55, 0.6, 0.75
PAY_CLOSE = 0.8
_LONGEST_READ = 800
_MOST_TITLES = 4
_FEWEST_PIECES, _FEW_PIECES, _SOME_PIECES = 5, 10, 20

_AREA = re.compile(r"^(?:中国)?(?:上海市?)?(?:杨浦区)?")
_TOWN = re.compile(r"[(\[](?:中国|上海|杨浦|[一-鿿]{2,3}(?:市|区)?)[)\]]")
_FORM = re.compile(r"(?:股份|集团|控股)?(?:有限责任|有限|股份)?(?:公司|合作社)?(?:[一-鿿]{2,8}分公司)?$")
_BRACKETS = re.compile(r"[(\[【<《][^)\]】>》]*[)\]】>》]")
_URGENT = re.compile(
    r"诚聘|急聘|急招|高薪|招聘|直招|直聘|热招|热聘|新增|急需|招募|聘请|\d+[-~至]?\d*[名人位]|[!！★☆*#·.。\s]+|"
    r"包吃包?住|五险一金|双休|底薪\d*[k千万元]*"
)
_OR = re.compile(r"[/、,;|或及&]")
_GRADES = re.compile(
    r"高级|资深|中级|初级|主管|总监|主任|组长|领班|班长|店长|副店长|实习|见习|兼职|小时工|夜班|白班|日班|早班|晚班|临时|学徒"
)
_SUBDISTRICT = re.compile(r"^[一-鿿]{2,6}?(?:街道|镇)(?=.)")
_ROOM = re.compile(
    r"(?:[A-Z]?\d*[-—]?[A-Z]?\d+室|[A-Z]\d*[座栋幢].*|\d+[座栋幢].*|[B-]?\d+(?:楼|层|F)(?:.{0,8})|附近|旁边?|对面)+$"
)
_NUMBERED = re.compile(r"^(.*?[^\d])(\d+)")
_DISTRICT = re.compile(r"^(浦东|黄浦|徐汇|长宁|静安|普陀|虹口|闵行|宝山|嘉定|金山|松江|青浦|奉贤|崇明)(?:新区|区)?")
# Numbering parts clauses as marks do.
_CLAUSES = re.compile(r"[\W\d_]+")
_IDLE = frozenset("的和及与等并或对各按好做")
_SIGNS = re.compile(r"[^\w]+|_")


class Sketch(NamedTuple):
    """What of an advert is compared, small enough to keep a hundred thousand of them. `words` are the duties."""

    uscc: str
    employer: str
    titles: tuple[str, ...]
    grades: frozenset[str]
    place: str
    period: str
    low: float
    high: float
    words: bytes


def sketch_of(values: Mapping[str, Any]) -> Sketch:
    """From the values of a row, or from a vacancy told in the same keys."""
    titles, grades = read_titles(str(values.get("title") or ""))
    period, low, high = _pay(values)
    return Sketch(
        str(values.get("uscc") or ""),
        employer_core(str(values.get("employer") or "")),
        titles,
        grades,
        place_core(str(values.get("place") or "")),
        period,
        low,
        high,
        _duties(str(values.get("description") or "")[:_LONGEST_READ]),
    )


def blocks_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Only adverts with a block in common are compared: one employer, and one house number or one title."""
    employer, uscc = employer_core(str(values.get("employer") or "")), str(values.get("uscc") or "")
    numbered = _NUMBERED.match(place_core(str(values.get("place") or "")))
    house = "".join(numbered.groups()) if numbered else place_core(str(values.get("place") or ""))
    titles, _grades = read_titles(str(values.get("title") or ""))
    blocks = [f"{employer}|{title}" for title in titles] if employer else []
    if house:
        blocks += [f"{name}|{house}" for name in (employer, uscc) if name]
    return tuple(dict.fromkeys(blocks))


def likeness(one: Sketch, other: Sketch) -> float:
    """0 for two posts; else how like the adverts are, for choosing the most like of several."""
    if not _is_one_employer(one, other) or one.grades != other.grades:
        return 0.0
    place, pay = _places(one.place, other.place), _pays(one, other)
    if place == 0.0 or pay == 0.0:
        return 0.0
    titles = max((fuzz.ratio(a, b) / 100 for a in one.titles for b in other.titles), default=0.0)
    duties = _shared(one.words, other.words)
    pieces = min(len(one.words), len(other.words)) // 2
    if not _is_alike(titles, duties, pay, is_placed=place == 1.0, pieces=pieces):
        return 0.0
    return (titles + (duties or 0.0) + (place or 0.5) + (pay or 0.5)) / 4


class Sign(StrEnum):
    """What speaks for one post; a person reads it beside the two."""

    CODE = "uscc"
    EMPLOYER = "employer"
    PLACE = "place"
    TITLE = "title"
    PAY = "pay"
    PAY_CLOSE = "pay_close"
    DUTIES = "duties"


def signs_of(one: Sketch, other: Sketch) -> tuple[Sign, ...]:
    titles = max((fuzz.ratio(a, b) / 100 for a in one.titles for b in other.titles), default=0.0)
    pay = _pays(one, other)
    spoken = {
        Sign.CODE: bool(one.uscc) and one.uscc == other.uscc,
        Sign.EMPLOYER: bool(one.employer) and one.employer == other.employer,
        Sign.PLACE: _places(one.place, other.place) == 1.0,
        Sign.TITLE: titles >= TITLES_ALIKE,
        Sign.PAY: pay == 1.0,
        Sign.PAY_CLOSE: pay is not None and 0.0 < pay < 1.0,
        Sign.DUTIES: (_shared(one.words, other.words) or 0.0) >= DUTIES_ALIKE,
    }
    return tuple(sign for sign, speaks in spoken.items() if speaks)


def _is_alike(titles: float, duties: float | None, pay: float | None, *, is_placed: bool, pieces: int) -> bool:
    """`is_placed`: both name the same workplace. Where one names none, everything else has to agree.

    `pieces`: how much is said of the duties. The less, the less they decide where the titles have nothing in common.
    """
    if not is_placed:
        return titles >= TITLES_ALIKE and pay == 1.0 and (duties or 0.0) >= DUTIES_ALIKE
    if duties is None:
        return titles >= TITLES_ALIKE and (pay is None or pay >= PAY_CLOSE)
    if titles >= TITLES_ALIKE:
        return duties >= DUTIES_NEAR
    if titles >= TITLES_NEAR:
        return duties >= DUTIES_ALIKE
    if pay == 1.0:
        return duties >= DUTIES_SAME and pieces >= _FEW_PIECES
    return duties >= DUTIES_EQUAL and pieces >= _SOME_PIECES


def _is_one_employer(one: Sketch, other: Sketch) -> bool:
    if one.uscc and other.uscc:
        return one.uscc == other.uscc
    return bool(one.employer) and one.employer == other.employer


@lru_cache(maxsize=16384)
def employer_core(name: str) -> str:
    """上海澍桉曜商贸有限公司, 澍桉曜商贸（上海）有限公司 and 澍桉曜商贸 are one."""
    written = "".join(unicodedata.normalize("NFKC", name).split())
    bare = _FORM.sub("", _AREA.sub("", _TOWN.sub("", written)))
    return bare or written


@lru_cache(maxsize=16384)
def read_titles(title: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The names that an advert gives its post (仓库管理员/仓管员), and the words of grade and shift among them."""
    written = "".join(unicodedata.normalize("NFKC", title).casefold().split())
    grades = frozenset(_GRADES.findall(written))
    bare = _URGENT.sub("", _BRACKETS.sub("", written)) or _BRACKETS.sub("", written) or written
    names = dict.fromkeys(name for part in _OR.split(bare) if (name := _SIGNS.sub("", part)))
    return tuple(names)[:_MOST_TITLES], grades


@lru_cache(maxsize=16384)
def place_core(place: str) -> str:
    """Road and house, without what stands above them and without the room."""
    written = "".join(unicodedata.normalize("NFKC", place).upper().split())
    bare = _SUBDISTRICT.sub("", _AREA.sub("", _BRACKETS.sub("", written)))
    return (_ROOM.sub("", bare) or bare).rstrip("号,、.;")


def _places(one: str, other: str) -> float | None:
    """1 the same, 0 another, None where one of them does not say."""
    short, long = sorted((one, other), key=len)
    if short == long:
        return 1.0 if short else None
    if _district(one) != _district(other):
        return 0.0 if short else None
    if not any(sign.isdigit() for sign in short):
        return None
    is_within = long.startswith(short) and not (short[-1].isdigit() and long[len(short)].isdigit())
    return 1.0 if is_within else 0.0


def _district(place: str) -> str:
    """Another district that the place names; ours is never written out any more."""
    found = _DISTRICT.match(place)
    return found[1] if found else ""


def _pay(values: Mapping[str, Any]) -> tuple[str, float, float]:
    """Per month where that is known; else per hour or day. An open end leaves the other."""
    low, high = values.get("salary_min"), values.get("salary_max")
    period = "month"
    if low is None and high is None:
        low, high, period = values.get("amount_min"), values.get("amount_max"), str(values.get("salary_period") or "")
    if low is None and high is None:
        return "", 0.0, 0.0
    return period, float(low if low is not None else high or 0), float(high if high is not None else low or 0)


def _pays(one: Sketch, other: Sketch) -> float | None:
    """How far two ranges cover each other; None where one is not told, or is told by another measure."""
    if not one.period or one.period != other.period:
        return None
    if (one.low, one.high) == (other.low, other.high):
        return 1.0
    if one.low == other.low and (one.low == one.high or other.low == other.high):
        return PAY_CLOSE  # 6,000 and more, and 6,000 to 9,000
    shared = min(one.high, other.high) - max(one.low, other.low)
    whole = max(one.high, other.high) - min(one.low, other.low)
    return max(shared / whole, 0.0) if whole else 1.0


@lru_cache(maxsize=4096)
def _duties(text: str) -> bytes:
    """The signs of a text and the pairs of them within a clause, sixteen bits each: a set in two bytes for each.

    Pairs tell more, signs outlast another order of the words (夜间巡视房间, 房间夜间巡视).
    """
    clauses = _CLAUSES.split(drop_benefits(unicodedata.normalize("NFKC", text).casefold()))
    pieces = {clause[place : place + size] for clause in clauses for size in (1, 2) for place in range(len(clause))}
    return array("H", sorted({crc32(piece.encode()) & 0xFFFF for piece in pieces if piece not in _IDLE})).tobytes()


def _shared(one: bytes, other: bytes) -> float | None:
    """How much of the shorter text stands in the longer; None where one says nothing of the duties."""
    if min(len(one), len(other)) < 2 * _FEWEST_PIECES:
        return None
    first, second = set(memoryview(one).cast("H")), set(memoryview(other).cast("H"))
    return len(first & second) / min(len(first), len(second))
