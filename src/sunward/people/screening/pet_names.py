"""What somebody is called for short: 小明, 阿芳, 老王, 婷婷, 梓宝; 梓涵 without a family name; 小名叫豆豆."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sunward.people.screening.beside import ACTS, STRONG_AFTER, STRONG_BEFORE, after, before, may_precede, stands_alone
from sunward.people.screening.finding import FindingKind
from sunward.people.screening.plain import HAN
from sunward.people.screening.words import (
    DOUBLED,
    EVERYDAY,
    FAMILY_NAMES,
    GIVEN,
    NOT_DOUBLED,
    NOT_LITTLE,
    PERHAPS_LITTLE,
    UNCOMMON,
)

Hit = tuple[FindingKind, int, int]

_LITTLE = re.compile(rf"[小阿老][{HAN}](?![{HAN}]?(?:朋友))")
_DOUBLED = re.compile(rf"([{HAN}])\1")
_TREASURE = re.compile(rf"([{HAN}])[宝囡儿]")
_TOLD = re.compile(
    rf"(?:[小乳奶绰外]名|昵称|绰号|外号|(?:大家|家里|都|人家|我们|平时|从小)[都就]?(?:叫|喊)[他她](?:做)?)(?:是|就|叫|做|喊|:|“|\"|\s){{0,3}}"
    rf"(([{HAN}])\2|小[{HAN}]{{2}}|[{HAN}]{{2}}|[A-Za-z]{{2,12}})"
)


def find_pet_names(text: str) -> Iterator[Hit]:
    for match in _LITTLE.finditer(text):
        if _is_little(text, *match.span()):
            yield FindingKind.NAME, *match.span()
    for match in _DOUBLED.finditer(text):
        if _is_doubled(text, match):
            yield FindingKind.NAME, *match.span()
    for match in _TREASURE.finditer(text):
        if match[1] in UNCOMMON | DOUBLED and stands_alone(text, *match.span()) and match[0] not in EVERYDAY:
            yield FindingKind.NAME, *match.span()
    yield from ((FindingKind.NAME, *match.span(1)) for match in _TOLD.finditer(text))
    yield from _given_alone(text)


def _is_little(text: str, start: int, end: int) -> bool:
    said, sign = text[start:end], text[end - 1]
    if any(text[start : start + length] in NOT_LITTLE for length in (2, 3)):
        return False
    if said in PERHAPS_LITTLE:
        return bool(STRONG_AFTER.match(after(text, end)) or STRONG_BEFORE.search(before(text, start))) or (
            may_precede(text, start) and bool(ACTS.match(after(text, end)))
        )
    is_of_names = sign in FAMILY_NAMES or (sign in GIVEN and said[0] != "老")
    return is_of_names and may_precede(text, start) and (said[0] == "阿" or stands_alone(text, start, end))


def _is_doubled(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if any(text[start : start + length] in NOT_DOUBLED for length in (2, 3)):
        return False
    if match[1] in DOUBLED:
        return may_precede(text, start) or stands_alone(text, start, end)
    return match[1] in UNCOMMON and stands_alone(text, start, end)


def _given_alone(text: str) -> Iterator[Hit]:
    """Two signs of given names, one of them hardly met elsewhere, where a person may stand."""
    for place, (first, second) in enumerate(pairwise(text)):
        if not (first in GIVEN and second in GIVEN) or first == second or not (first in UNCOMMON or second in UNCOMMON):
            continue
        is_both = first in UNCOMMON and second in UNCOMMON
        end = place + 2
        is_said_of = bool(STRONG_AFTER.match(after(text, end))) and may_precede(text, place)
        if first + second not in EVERYDAY and (is_said_of or (is_both and stands_alone(text, place, end))):
            yield FindingKind.NAME, place, end
