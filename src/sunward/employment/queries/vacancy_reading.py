"""What the words of an advert mean, while they are being written."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sunward.accounts.access import Actor
from sunward.employment.access.vacancies import addable_units
from sunward.employment.enums import Channel
from sunward.employment.models import EmployerVisit, Vacancy
from sunward.employment.queries.vacancies import FindingLine, to_finding
from sunward.employment.vacancies.findings import find_in_wording
from sunward.employment.vacancies.salaries import SalaryFlag, read_salary
from sunward.employment.vacancies.wording import Pay

_CHANGEABLE = (
    "title", "kind", "places_min", "places_max", "salary_text", "description", "workplace", "education", "valid_until",
    "contact_name",
)  # fmt: skip
# Reading goes no further than what can be kept.
_LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Reading:
    """`pay` is empty where nothing is written yet; `is_doubtful`: the salary cannot be understood or believed."""

    pay: str
    is_doubtful: bool
    findings: tuple[FindingLine, ...]
    mark: str


def read_words(typed: Mapping[str, str]) -> Reading:
    title, words = typed.get("title", "")[:_LONGEST], typed.get("description", "")[:_LONGEST]
    written = typed.get("salary_text", "")[:200].strip()
    salary = read_salary(written)
    is_doubtful = bool(written) and bool(salary.flags - {SalaryFlag.NOT_STATED, SalaryFlag.MIN_OVER_MAX})
    pay = Pay(
        salary.month_min, salary.month_max, salary.period or "", _decimal(salary.amount_min),
        _decimal(salary.amount_max), salary.months,
    )  # fmt: skip
    return Reading(
        pay="" if not written or is_doubtful else pay.words(),
        is_doubtful=is_doubtful,
        findings=tuple(to_finding(one) for one in find_in_wording(title, words)),
        mark=sha256(f"{title}\0{words}".encode()).hexdigest()[:16],
    )


def values_of(vacancy: Vacancy) -> dict[str, Any]:
    """What stands now, for the form by which it is changed; never the telephone."""
    values = {name: getattr(vacancy, name) for name in _CHANGEABLE}
    if vacancy.places_max == vacancy.places_min:
        values["places_max"] = None
    return values


def values_of_visit(visit: EmployerVisit) -> dict[str, Any]:
    """What a post that came of a visit begins with."""
    return {
        "visit": visit.uid, "employer": visit.employer.name, "uscc": visit.employer.uscc or "",
        "workplace": visit.employer.address, "unit_id": visit.unit_id,
        "channel": Channel.ONLINE_VISIT if visit.is_online else Channel.VISIT,
    }  # fmt: skip


def unit_choices(actor: Actor) -> list[tuple[int, str]]:
    return list(addable_units(actor).order_by("path").values_list("pk", "name"))


def _decimal(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))
