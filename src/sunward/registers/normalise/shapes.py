"""Whether a text looks like a thing: quick tests that find rows whose cells have moved sideways."""

import re

from sunward.accounts.areas import find_committees, read_subdistrict
from sunward.people.phones import read_phone
from sunward.registers.normalise.answers import read_sex
from sunward.registers.normalise.dates import read_date_text
from sunward.registers.normalise.names import read_name
from sunward.registers.normalise.schools import is_school

_ID_SHAPE = re.compile(r"[\d ]{15,21}[\dXx]?|[\dXx' ]{15,20}|\d\.\d+E\+\d+|[A-Z]{1,2}\d{7,8}", re.IGNORECASE)
_DATE_SHAPE = re.compile(r"\d")
_STUDENT_NUMBER_SHAPE = re.compile(r"(?=.*\d{5})[A-Za-z0-9]{6,14}|\d\.\d+E\+\d+", re.IGNORECASE)


def is_id(text: str) -> bool:
    return bool(_ID_SHAPE.fullmatch(text))


def is_phone(text: str) -> bool:
    return read_phone(text) is not None


def is_name(text: str) -> bool:
    found, code = read_name(text)
    return found is not None and code is None and read_sex(text) is None and len(found) <= 20 and not is_school(text)


def is_sex(text: str) -> bool:
    return read_sex(text) is not None and not text.isdigit()


def is_date(text: str) -> bool:
    return bool(_DATE_SHAPE.search(text)) and read_date_text(text).value is not None


def is_subdistrict(text: str) -> bool:
    reading = read_subdistrict(text)
    return reading is not None and reading.area is not None


def is_committee(text: str) -> bool:
    return text.endswith(("居委会", "居委", "居民区", "居民委员会")) or bool(find_committees(text))


def is_student_number(text: str) -> bool:
    return bool(_STUDENT_NUMBER_SHAPE.fullmatch(text))
