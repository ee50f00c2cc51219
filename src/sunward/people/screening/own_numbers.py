"""Which of the numbers in a text have the shape of somebody's telephone or document.

Years, marks, temperatures, sums of money and public help lines are found as numbers too, and do not have it.
"""

import re
from collections.abc import Iterator

from sunward.people.screening.numbers import (
    HALF_HIDDEN,
    LABELLED,
    LETTERED,
    PLATE,
    RUNS,
    SPOKEN,
    TAIL,
    WITH_LETTERS,
    kind_of,
)

_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_LAND_LINE = re.compile(r"(?:(?:00)?86)?0\d{2,3}[2-9]\d{6,7}|(?:00)?86(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}")
_LOCAL = re.compile(r"[2-9]\d{2,3}[ -]?\d{4}")
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"\d{{6}}(?:18|19|20)\d{{2}}{_DAY}\d{{3}}[\dX]|\d{{6}}\d{{2}}{_DAY}\d{{3}}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# Seven or eight digits alone are a telephone of the town.
_OF_MONEY = re.compile(r"\s?(?:元|块|圆|人民币)")
_LONG, _IN_FOURS, _SHORTEST_PIECE = 15, 4, 3
_AS_DIGITS = str.maketrans("oOlI", "0011")


def find_own_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where they stand. What is written with a label (学号), with a letter (passports) or half hidden is one."""
    for pattern in (PLATE, LETTERED):
        yield from (match.span() for match in pattern.finditer(text))
    yield from (match.span("said") for match in TAIL.finditer(text))
    yield from (match.span(1) for match in LABELLED.finditer(text) if any(sign.isdigit() for sign in match[1]))
    yield from (match.span() for match in HALF_HIDDEN.finditer(text) if len(match[0]) >= len("1234567"))
    for match in WITH_LETTERS.finditer(text):
        if _MOBILE.fullmatch(match[0].translate(_AS_DIGITS)):
            yield match.span()
    for pattern in RUNS:
        for match in pattern.finditer(text):
            is_money = _OF_MONEY.match(text, match.end()) is not None
            if kind_of(match[0]) and _is_own(match[0].strip(), is_money=is_money):
                yield match.span()


def _is_own(said: str, *, is_money: bool) -> bool:
    said = said.translate(SPOKEN).upper()
    pieces = re.findall(r"[\dX]+", said)
    if all(_YEAR.fullmatch(piece) for piece in pieces):
        return False
    if said.startswith("+") or any(_is_whole(stretch) for stretch in _stretches(pieces)):
        return True
    # A card's number is written in fours; many small numbers beside each other are marks or temperatures.
    if sum(map(len, pieces)) >= _LONG and all(len(piece) == _IN_FOURS for piece in pieces[:-1]):
        return True
    return _LOCAL.fullmatch(said) is not None and not is_money


def _is_whole(digits: str) -> bool:
    return any(shape.fullmatch(digits) for shape in (_MOBILE, _LAND_LINE, _IDENTITY))


def _stretches(pieces: list[str]) -> Iterator[str]:
    """All together, and what of it could be one number where two stand beside each other."""
    yield "".join(pieces)
    for first, _piece in enumerate(pieces):
        for last in range(first + 1, len(pieces) + 1):
            if all(len(piece) >= _SHORTEST_PIECE for piece in pieces[first:last]):
                yield "".join(pieces[first:last])
