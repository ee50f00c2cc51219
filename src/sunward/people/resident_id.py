"""Document numbers: resident IDs (GB 11643-1999), permits of the same build, and passports.

What a number says about region is a hint and never a reason to refuse: numbers keep the code of the place and
year of registration, and lists of codes do not know them all. A check digit proves little against Excel: a
number cut to 15 digits and filled with 000 still passes in about one of eleven cases, so the cut is recognised
by its shape.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal
from sunward.people.enums import IdKind, Sex


class Fault(StrEnum):
    """Why a number is refused; the values are the outcome codes of the registers."""

    LENGTH = "id_length"
    CHECKSUM = "id_checksum"
    BAD_DATE = "id_bad_date"
    TRUNCATED = "id_excel_truncated"


class Caution(StrEnum):
    """What a reader should know about a number that is taken."""

    FIFTEEN_DIGITS = "id_15_digit"
    UNVERIFIABLE = "id_unverifiable"
    REGION_UNKNOWN = "id_region_unknown"


_SENTENCES: dict[Fault, Promise] = {
    Fault.LENGTH: _("The document number has neither 15 nor 18 characters. Compare it with the document."),
    Fault.CHECKSUM: _("The check digit of the document number is wrong. Compare it with the document."),
    Fault.BAD_DATE: _("The date inside the document number does not exist. Compare it with the document."),
    Fault.TRUNCATED: _(
        "Excel has cut off the last digits of the document number. Format the column as text and type the number again."
    ),
}


class DocumentNumberRefused(Refusal):
    """`fault` says why; nothing of the number may be used."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(f"people.{fault.value}", _SENTENCES[fault])
        self.fault = fault


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number in its canonical form; birth date and sex are None where the document does not carry them."""

    kind: IdKind
    number: str
    birth_date: date | None
    sex: Sex | None
    warnings: tuple[str, ...] = ()


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SHAPE = re.compile(r"\d{17}[\dX]")
_SEPARATORS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad'\"’‘`´\-‐-―_.·,，。:：]+")
_LABELS = re.compile(r"\([^()\d]*\)|[\u4e00-\u9fff]+")  # words before or behind the number: 护照E01234567
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_FLOAT_TAIL = re.compile(r"(\d{15,})\.0+")
_OTHER_DOCUMENT = re.compile(r"(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*\d){5})[A-Z0-9]{6,12}")
_OLD_PERMANENT = re.compile(r"[A-Z]{3}\d{12}")
# Two-digit region codes of GB/T 2260, and 81-83 of the residence permits.
_REGIONS = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_HMT = ("810000", "820000", "830000")
_EARLIEST_YEAR = 1900


def parse_resident_id(text: str, *, on: date, is_numeric: bool = False) -> DocumentNumber:
    """Read a document number as typed. `is_numeric`: the cell held a number, not text.

    Raises `DocumentNumberRefused`. `on` is the day on which a birth date would lie in the future.
    """
    number = text
    if not (len(text) == 18 and text.isascii() and _SHAPE.fullmatch(text)):
        number = _clean(text)
    length = len(number)
    if length == 18 and _SHAPE.fullmatch(number):
        return _eighteen(number, on=on, is_numeric=is_numeric)
    if length > 15 and is_numeric:
        raise DocumentNumberRefused(Fault.TRUNCATED)
    if length == 15 and number.isdigit():
        return _fifteen(number, on=on)
    if _OLD_PERMANENT.fullmatch(number):
        return DocumentNumber(IdKind.PERMANENT_RESIDENT_ID, number, None, None, (Caution.UNVERIFIABLE.value,))
    if _OTHER_DOCUMENT.fullmatch(number):
        return DocumentNumber(IdKind.PASSPORT, number, None, None, (Caution.UNVERIFIABLE.value,))
    raise DocumentNumberRefused(Fault.CHECKSUM if length == 18 else Fault.LENGTH)


def check_character(seventeen: str) -> str:
    """MOD 11-2 (ISO 7064) over the first seventeen digits."""
    return _CHECK[(_weigh(seventeen[:6], 0) + _weigh(seventeen[6:14], 6) + _weigh(seventeen[14:], 14)) % 11]


@lru_cache(maxsize=65536)
def _weigh(digits: str, start: int) -> int:
    """The weighted sum of a part; regions, days and order numbers come back again and again."""
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS[start:], digits, strict=False))


def _clean(text: str) -> str:
    written = unicodedata.normalize("NFKC", text).strip()
    if _SCIENTIFIC.fullmatch(written):
        raise DocumentNumberRefused(Fault.TRUNCATED)
    tail = _FLOAT_TAIL.fullmatch(written)
    if tail:
        if len(tail.group(1)) > 15:
            raise DocumentNumberRefused(Fault.TRUNCATED)
        written = tail.group(1)
    number = _SEPARATORS.sub("", _LABELS.sub("", written)).upper()
    if len(number) == 18 and number[-1] in "×*✕ХΧ":  # the last two: a Cyrillic and a Greek letter that look like X
        number = number[:-1] + "X"
    return number


def _eighteen(number: str, *, on: date, is_numeric: bool) -> DocumentNumber:
    if is_numeric or number.endswith("000"):
        raise DocumentNumberRefused(Fault.TRUNCATED)
    if check_character(number[:17]) != number[17]:
        raise DocumentNumberRefused(Fault.CHECKSUM)
    born = _date(number[6:14], on=on)
    kind = IdKind.RESIDENT_ID
    warnings: tuple[str, ...] = ()
    if number[0] == "9":
        kind = IdKind.PERMANENT_RESIDENT_ID
    elif number.startswith(_HMT):
        kind = IdKind.HMT_RESIDENCE_PERMIT
    elif number[:2] not in _REGIONS:
        warnings = (Caution.REGION_UNKNOWN.value,)
    return DocumentNumber(kind, number, born, _sex(number[16]), warnings)


def _fifteen(number: str, *, on: date) -> DocumentNumber:
    """Numbers before 1999 lack the century, which is the twentieth, and the check digit."""
    seventeen = number[:6] + "19" + number[6:]
    born = _date(seventeen[6:14], on=on)
    upgraded = seventeen + check_character(seventeen)
    return DocumentNumber(IdKind.RESIDENT_ID, upgraded, born, _sex(seventeen[16]), (Caution.FIFTEEN_DIGITS.value,))


def _date(digits: str, *, on: date) -> date:
    born = _calendar_date(digits)
    if born is None or born.year < _EARLIEST_YEAR or born > on:
        raise DocumentNumberRefused(Fault.BAD_DATE)
    return born


@lru_cache(maxsize=65536)
def _calendar_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _sex(order_digit: str) -> Sex:
    return Sex.MALE if int(order_digit) % 2 else Sex.FEMALE
