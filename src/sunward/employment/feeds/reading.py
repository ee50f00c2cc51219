"""What another system tells is read by the very rules of a workbook: one salary, one check, the same codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from sunward.employment.feeds.items import IncomingVacancy
from sunward.employment.intake.vacancy_values import COLUMNS, read
from sunward.employment.sheets.vacancies import VACANCIES
from sunward.registers.sheets.codes import Severity
from sunward.registers.sheets.declarations import Value
from sunward.registers.sheets.staging import read_draft

_EDUCATION = {
    "junior": "初中", "senior": "高中", "vocational": "中专", "college": "大专", "bachelor": "本科", "master": "硕士",
    "doctor": "博士",
}  # fmt: skip
_KIND = {"full_time": "全职", "part_time": "兼职", "traineeship": "就业见习"}
_SHIFTS = {"day": "日班", "night": "夜班", "rotating": "轮班", "weekend": "周末班"}


@dataclass(frozen=True, slots=True)
class Reading:
    """`columns` of a vacancy, and what there is to say; `is_refused`: nothing can be made of it."""

    values: Mapping[str, Value]
    columns: dict[str, Any]
    codes: tuple[str, ...]
    is_refused: bool

    @property
    def reasons(self) -> tuple[str, ...]:
        """Of the codes, those for which it is refused."""
        return tuple(code for code in self.codes if VACANCIES.severities.get(code) == Severity.REJECT)


def read_item(told: IncomingVacancy, *, on: date) -> Reading:
    cells = {
        "employer": told.employer, "uscc": told.uscc, "industry": told.industry, "title": told.title,
        "headcount": _places(told), "salary": told.salary_text, "education": _EDUCATION.get(told.education, ""),
        "nature": _KIND[told.kind], "shifts": "、".join(_SHIFTS[one] for one in told.shifts), "place": told.workplace,
        "subdistrict": told.subdistrict, "contact_name": told.contact_name, "phone": told.contact_phone,
        "valid_until": told.valid_until or "", "description": told.description,
    }  # fmt: skip
    draft = read_draft({key: cell for key, cell in cells.items() if cell}, VACANCIES, on=on)
    refused = any(VACANCIES.severities.get(code) == Severity.REJECT for code in draft.codes)
    columns = {} if refused else dict(zip(COLUMNS, read(draft.values), strict=True))
    return Reading(draft.values, columns, tuple(draft.codes), refused)


def digest_of(told: IncomingVacancy) -> str:
    return sha256(told.model_dump_json().encode()).hexdigest()


def where_wrong(error: ValidationError) -> str:
    """The first place that has not the promised shape; never what stands there."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return ".".join(str(part) for part in first["loc"])[:80] + f": {first['type']}"


def _places(told: IncomingVacancy) -> str:
    counts = [str(count) for count in (told.places_min, told.places_max) if count is not None]
    return "-".join(dict.fromkeys(counts))
