"""Telephone numbers as offices write them, into E.164. Number ranges are not listed: they grow."""

import re
import unicodedata

AREA_CODE = "021"

_MOBILE = re.compile(r"1[3-9]\d{9}")
_BETWEEN = re.compile(r"[/;,、|\n\r\t]+|或|和|及")
_SCIENTIFIC = re.compile(r"\d\.\d+[eE]\+?\d")
_NOISE = re.compile(r"[^\d+]")
_EXCHANGE = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
_LOCAL = re.compile(r"[2-8]\d{7}")


def read_phone(text: str) -> str | None:
    """The first mobile number of a cell in E.164, else its first land line, else None."""
    if len(text) == 11 and _MOBILE.fullmatch(text):
        return "+86" + text
    return _search(text)


def _search(text: str) -> str | None:
    if _SCIENTIFIC.search(text):
        return None  # digits are lost; what is left would be somebody else's number
    pieces = _BETWEEN.split(unicodedata.normalize("NFKC", text))
    numbers = [_strip_country(_NOISE.sub("", piece)) for piece in pieces]
    for number in numbers:
        if _MOBILE.fullmatch(number):
            return "+86" + number
    spaced = _first_of_spaced(pieces)
    if spaced:
        return spaced
    for number in numbers:
        if _EXCHANGE.fullmatch(number):
            return "+86" + number[1:]
        if _LOCAL.fullmatch(number):
            return "+86" + AREA_CODE[1:] + number
    return None


def _strip_country(number: str) -> str:
    bare = number.replace("+", "")
    for prefix in ("0086", "86"):
        rest = bare.removeprefix(prefix)
        if rest != bare and (_MOBILE.fullmatch(rest) or _EXCHANGE.fullmatch("0" + rest) or _EXCHANGE.fullmatch(rest)):
            return rest if not _EXCHANGE.fullmatch("0" + rest) or _MOBILE.fullmatch(rest) else "0" + rest
    if len(bare) == 12 and bare.startswith("01") and _MOBILE.fullmatch(bare[1:]):
        return bare[1:]  # the zero once dialled before a mobile of another town
    return bare


def _first_of_spaced(pieces: list[str]) -> str | None:
    """Two numbers parted by a space only, or words around the number (王 13900012345)."""
    for piece in pieces:
        for word in re.split(r"[^\d+\-]+", piece):
            number = _strip_country(_NOISE.sub("", word))
            if _MOBILE.fullmatch(number):
                return "+86" + number
    return None
