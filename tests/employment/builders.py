"""Employers and vacancies for tests; everything is invented."""

from datetime import timedelta
from itertools import count
from typing import Any

from sunward.employment.enums import VacancyState
from sunward.employment.models import Employer, Vacancy
from tests.factories import NOW, TODAY, make_district

_NUMBERS = count(1)


def make_employer(unit=None, **more: Any) -> Employer:
    unit = unit or make_district()
    name = more.pop("name", f"上海示例{next(_NUMBERS)}服务有限公司")
    given = {"name": name, "name_key": name, "unit": unit, "unit_path": unit.path, "made_at": NOW} | more
    return Employer.objects.create(**given)


def make_vacancy(employer: Employer | None = None, **more: Any) -> Vacancy:
    """Open, verified today for thirty days, unless something else is said."""
    employer = employer or make_employer()
    unit = more.pop("unit", employer.unit)
    given = {
        "employer": employer, "title": "仓库管理员", "salary_min": 5000, "salary_max": 7000, "salary_period": "month",
        "places_min": 2, "places_max": 2, "workplace": "控江路街道", "unit": unit, "unit_path": unit.path,
        "state": VacancyState.OPEN, "verified_on": TODAY, "verified_until": TODAY + timedelta(days=30), "made_at": NOW,
    } | more  # fmt: skip
    return Vacancy.objects.create(**given)
