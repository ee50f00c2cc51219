"""Unified social credit codes (GB 32100): eighteen signs of a reduced alphabet, the last one a check.

The first sign names who registered the body; letters are legal there (N rural co-operatives, Y others), and the list
of them grows, so it is not written down here.
"""

import re
import unicodedata
from functools import lru_cache

MISSING, CHECKSUM, TRUNCATED = "uscc_missing", "uscc_checksum", "uscc_excel_truncated"

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {sign: value for value, sign in enumerate(_ALPHABET)}
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}")
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_NOISE = re.compile(r"[\s\-_'’`:：.]+|^(?:统一社会)?信用代码")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_LOST = re.compile(r"\d{15}000")
_EXACT_DIGITS = 15


@lru_cache(maxsize=8192)  # an employer posts more than one vacancy
def read_credit_code(text: str, *, is_numeric: bool = False) -> tuple[str | None, str]:
    """The code in capitals, or None and the outcome code why. `is_numeric`: the cell held a number, not a text."""
    written = unicodedata.normalize("NFKC", text).upper()
    if _SCIENTIFIC.fullmatch("".join(written.split())):
        return None, TRUNCATED
    written = _NOISE.sub("", written)
    if is_numeric and len(written) > _EXACT_DIGITS:
        return None, TRUNCATED
    if not _SHAPE.fullmatch(written):
        return None, CHECKSUM
    if _check_sign(written) == written[17]:
        # A spreadsheet's zeros may pass the check by chance: then the organisation's own number tells.
        return (None, TRUNCATED) if _LOST.fullmatch(written) and not _has_own_check(written) else (written, "")
    return None, TRUNCATED if _LOST.fullmatch(written) else CHECKSUM


def _check_sign(code: str) -> str:
    total = sum(_VALUES[sign] * weight for sign, weight in zip(code[:17], _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


def _has_own_check(code: str) -> bool:
    """GB 11714: the ninth sign of the organisation's number is a check of the eight before it."""
    number = code[8:17]
    values = (int(sign) if sign.isdigit() else ord(sign) - 55 for sign in number[:8])
    rest = 11 - sum(value * weight for value, weight in zip(values, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return number[8] == {10: "X", 11: "0"}.get(rest, str(rest))
