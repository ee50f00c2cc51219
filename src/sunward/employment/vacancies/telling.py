"""A vacancy told in the keys of a row of a list, so that both are compared by one rule."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sunward.employment.models import Employer, Vacancy


def told_of(vacancy: "Vacancy", employer: "Employer") -> Mapping[str, Any]:
    return {
        "employer": employer.name, "uscc": employer.uscc, "title": vacancy.title, "place": vacancy.workplace,
        "salary_min": vacancy.salary_min, "salary_max": vacancy.salary_max, "salary_period": vacancy.salary_period,
        "amount_min": vacancy.amount_min, "amount_max": vacancy.amount_max, "description": vacancy.description,
    }  # fmt: skip
