"""A vacancy in words: its salary, its places, and one entry of a group's digest."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sunward.employment.enums import SalaryPeriod, VacancyKind

# The name `describe` knows each value by, and the column it is: every one is classified public.
ANNOUNCED_COLUMNS = {
    "title": "title",
    "employer": "employer__name",
    "kind": "kind",
    "places_min": "places_min",
    "places_max": "places_max",
    "salary_min": "salary_min",
    "salary_max": "salary_max",
    "salary_period": "salary_period",
    "amount_min": "amount_min",
    "amount_max": "amount_max",
    "salary_months": "salary_months",
    "workplace": "workplace",
}
_MONTHLY = (SalaryPeriod.MONTH, SalaryPeriod.YEAR)


@dataclass(frozen=True, slots=True)
class Pay:
    """What a vacancy pays: yuan a month, or per `period` where nobody knows the hours."""

    month_min: int | None
    month_max: int | None
    period: str = SalaryPeriod.MONTH
    amount_min: Decimal | None = None
    amount_max: Decimal | None = None
    months: int = 12

    def words(self) -> str:
        """``8,000–12,000 yuan a month, 13 times a year``; said plainly where it is not known."""
        if self.month_min is not None or self.month_max is not None:
            said = _span(self.month_min, self.month_max, str(SalaryPeriod.MONTH.label))
            if self.months > 12:
                return _("%(salary)s, %(count)d times a year") % {"salary": said, "count": self.months}
            return said
        if self.period and (self.amount_min is not None or self.amount_max is not None):
            return _span(self.amount_min, self.amount_max, str(SalaryPeriod(self.period).label))
        return _("salary to be agreed")


def describe(values: Mapping[str, Any]) -> str:
    """Title and employer, and below it what it pays, where, and how many are wanted."""
    head = _("%(post)s · %(employer)s") % {"post": values["title"], "employer": values["employer"]}
    pay = Pay(
        values["salary_min"], values["salary_max"], values["salary_period"], values["amount_min"],
        values["amount_max"], values["salary_months"],
    )  # fmt: skip
    kind = "" if values["kind"] == VacancyKind.FULL_TIME else str(VacancyKind(values["kind"]).label)
    wanted = write_places(values["places_min"], values["places_max"])
    return f"{head}\n   " + " · ".join(filter(None, (pay.words(), kind, str(values["workplace"]), wanted)))


def write_places(low: int | None, high: int | None) -> str:
    """Empty where nobody said how many."""
    if low is None or high is None or low == high:
        count = high if low is None else low
        return ngettext("%(count)d wanted", "%(count)d wanted", count) % {"count": count} if count else ""
    return _("%(low)d to %(high)d wanted") % {"low": low, "high": high}


def _span(low: int | Decimal | None, high: int | Decimal | None, period: str) -> str:
    values = {"low": _figure(low), "high": _figure(high), "period": period}
    if low is not None and high is not None and low != high:
        return _("%(low)s–%(high)s yuan %(period)s") % values
    if high is None:
        return _("from %(low)s yuan %(period)s") % values
    if low is None:
        return _("up to %(high)s yuan %(period)s") % values
    return _("%(low)s yuan %(period)s") % values


def _figure(amount: int | Decimal | None) -> str:
    return f"{Decimal(amount).normalize():f}" if amount is not None else ""
