"""Names that nobody knows beforehand: by the signs they are made of and the words around them.

A family name and one or two signs that names are made of are a name where the words before or after are those that
stand beside a person. What an everyday word (周末, 高兴) begins is none.
"""

import re
from collections.abc import Iterator
from itertools import chain

from sunward.people.screening.beside import (
    KIN_BEFORE,
    STRONG_AFTER,
    STRONG_BEFORE,
    TITLES,
    WEAK_AFTER,
    after,
    before,
    may_follow,
    may_precede,
)
from sunward.people.screening.finding import FindingKind
from sunward.people.screening.pet_names import find_pet_names
from sunward.people.screening.plain import HAN
from sunward.people.screening.words import (
    EVERYDAY,
    EVERYDAY_LENGTHS,
    FAMILY_NAMES,
    FAMILY_NAMES_OF_TWO,
    FOREIGN,
    GIVEN,
    NOT_LATIN,
)

Hit = tuple[FindingKind, int, int]

_TITLED = re.compile(rf"(?P<name>[{HAN}]{{1,2}})(?=(?:{TITLES})(?![{HAN}]?[节会室]))")
# 康家奶奶, 丁家老二, 周老
_HOUSEHOLD = re.compile(
    rf"([{HAN}])(?=家(?:奶奶|爷爷|阿婆|姆妈|外婆|外公|阿姨|老[大二三]|小囡|小孩|孩子|里人|那个|妈妈|爸爸|姐妹|兄弟|[儿姑]))|([{HAN}])(?=老[,。;!?\s])"
)
_CALLED = re.compile(rf"(?<!百)姓(?:是|:|\s)?([{HAN}])")
_HALF_HIDDEN = re.compile(rf"([{HAN}])[*＊×xX]{{1,2}}[{HAN}]?(?![A-Za-z])")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+")
_FOREIGN = re.compile("|".join(sorted(FOREIGN, key=len, reverse=True)))
_LEADS_UP = re.compile("[是叫为和跟与给对找问带陪见到的了醒烦]")
_LATIN = re.compile(r"(?<![A-Za-z0-9@._/-])[A-Z][a-z]{1,11}(?:[ '-][A-Z][a-z]{1,11}){0,2}(?![A-Za-z0-9@._-])")
_PINYIN = re.compile(r"(?<![A-Za-z0-9@._/-])[A-Z]{2,8} [A-Z]{2,12}(?![A-Za-z0-9@._-])")
_INITIAL = re.compile(r"(?<![A-Za-z0-9])[A-Z](?:同学|老师|小朋友|某|妈妈|爸爸|奶奶|女士|先生|家长)")
_ANONYMOUS = re.compile(r"某|××|XX|xx|\*\*")


def find_names(text: str) -> Iterator[Hit]:
    return chain(_by_family_name(text), _by_title(text), _family_name_alone(text), find_pet_names(text), _foreign(text))


def _by_family_name(text: str) -> Iterator[Hit]:
    place = 0
    while place < len(text) - 1:
        length = _name_at(text, place)
        if length:
            yield FindingKind.NAME, place, place + length
        place += max(length, 1)


def _name_at(text: str, place: int) -> int:
    """How many signs of a name stand here; 0 for none. Three before two: 王小明 rather than 王小."""
    if text[place] not in FAMILY_NAMES and text[place : place + 2] not in FAMILY_NAMES_OF_TWO:
        return 0
    if _is_everyday(text, place):
        return 0
    for family, given in _shapes(text, place):
        end = place + family + given
        signs = text[place + family : end]
        if len(signs) == given and GIVEN.issuperset(signs) and _beside_a_person(text, place, end, family + given):
            return family + given
    return 0


def _shapes(text: str, place: int) -> Iterator[tuple[int, int]]:
    """Signs of the family name and of the given one: 欧阳雨婷, 张石俊语, 王小明, 王明."""
    first = text[place : place + 2]
    if first in FAMILY_NAMES_OF_TWO:
        yield from ((2, 2), (2, 1))
    elif FAMILY_NAMES.issuperset(first) and not _is_everyday(text, place + 1):
        yield (2, 2)
    if text[place] in FAMILY_NAMES:
        yield from ((1, 2), (1, 1))


def _beside_a_person(text: str, start: int, end: int, signs: int) -> bool:
    """Strong words on one side; weak ones on both; or, for three signs, the next name right behind this one."""
    if signs == 2 and _is_everyday(text, end - 1):
        return False
    said, is_weak_before, is_long = before(text, start), may_precede(text, start), signs > 2
    if KIN_BEFORE.search(said):
        return True
    if STRONG_BEFORE.search(said):
        return is_long or may_follow(text, end)
    if _is_everyday(text, start + 1):
        return False
    if STRONG_AFTER.match(after(text, end)):
        return is_long or is_weak_before
    follows = WEAK_AFTER.match(after(text, end)) or (is_long and _looks_like_a_name(text, end))
    return is_weak_before and bool(follows)


def _looks_like_a_name(text: str, place: int) -> bool:
    said = text[place : place + 3]
    return len(said) == 3 and said[0] in FAMILY_NAMES and GIVEN.issuperset(said[1:]) and not _is_everyday(text, place)


def _is_everyday(text: str, place: int) -> bool:
    return any(text[place : place + length] in EVERYDAY for length in EVERYDAY_LENGTHS)


def _by_title(text: str) -> Iterator[Hit]:
    """陈老师, 欧阳阿姨, 小雨妈妈: a family name, or a given one, before what somebody is called."""
    for match in _TITLED.finditer(text):
        said, end = match["name"], match.end()
        if said in FAMILY_NAMES_OF_TWO:
            yield FindingKind.NAME, match.start(), end
        elif _is_family_name(text, end - 1):
            yield FindingKind.NAME, end - 1, end


def _family_name_alone(text: str) -> Iterator[Hit]:
    """康家奶奶; 姓丁; 李*轩."""
    for match in chain(_HOUSEHOLD.finditer(text), _HALF_HIDDEN.finditer(text)):
        if _is_family_name(text, match.start()):
            yield FindingKind.NAME, *match.span()
    for match in _CALLED.finditer(text):
        if match[1] in FAMILY_NAMES or match[1] in GIVEN:
            yield FindingKind.NAME, *match.span(1)


def _is_family_name(text: str, place: int) -> bool:
    return text[place] in FAMILY_NAMES and not _is_everyday(text, place) and may_precede(text, place)


def _foreign(text: str) -> Iterator[Hit]:
    for match in _DOTTED.finditer(text):
        first = match[0].partition("·")[0]
        led = max((lead.end() for lead in _LEADS_UP.finditer(first[:-1])), default=0)
        yield FindingKind.NAME, match.start() + led, match.end()
    for match in _FOREIGN.finditer(text):
        yield FindingKind.NAME, match.start(), _end_of_foreign(text, match.end())
    for pattern in (_PINYIN, _INITIAL):
        yield from ((FindingKind.NAME, *match.span()) for match in pattern.finditer(text))
    for match in _LATIN.finditer(text):
        if not NOT_LATIN.issuperset(re.split("[ '-]", match[0])) and not _ANONYMOUS.search(match[0]):
            yield FindingKind.NAME, *match.span()


def _end_of_foreign(text: str, end: int) -> int:
    """Some signs more, up to a word that stands behind a person; none if no such word is near."""
    return next((at for at in range(end, min(end + 4, len(text)) + 1) if may_follow(text, at)), end)
