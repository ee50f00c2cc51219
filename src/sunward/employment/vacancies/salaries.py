"""A salary as channels write it, read into yuan per month. No database, no clock.

What the forms mean follows the rosters' own rules: yearly pay is divided by twelve; daily and hourly pay is kept as it
is, since nobody knows the hours; a thirteenth salary does not change the month; what is only a floor has no ceiling.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from sunward.employment.enums import SalaryPeriod

# Beyond these a figure is a slip of the pen or a lure, whatever its unit: yuan per month.
LOWEST_MONTH, HIGHEST_MONTH = 300, 300_000
# A wider range says nothing: 1-100万.
WIDEST = 10
# Without a unit a figure below this may be thousands, or yuan a day; from it on it can only be yuan a month.
BARE_AT_LEAST = 1000

_DIGITS = dict(zip("零一二两三四五六七八九", (0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_FACTORS = {"k": 1_000, "千": 1_000, "w": 10_000, "万": 10_000}
_PERIODS = {
    "年": "year", "月": "month", "周": "week", "天": "day", "日": "day", "小时": "hour", "时": "hour", "h": "hour",
}  # fmt: skip
_AMOUNT = r"(\d+(?:\.\d+)?)([k千w万]?)"
_ONE = re.compile(_AMOUNT)
_RANGE = re.compile(rf"{_AMOUNT}元?(?:[-~—–－至到]+){_AMOUNT}")
_MONTHS = re.compile(r"[·.*x×]?(1[0-9]|2[0-4])薪")
_PER = re.compile(r"(?:/|每|元)(年|月|周|天|日|小时|时|h)|(年|月|周|日|时)[薪结]")
_FLOOR = re.compile(r"以上|起|底薪|保底|不低于|至少|\+")
_CEILING = re.compile(r"以下|以内|及下|不超过|最高|至多")
_OPEN = re.compile(r"^(?:薪资|薪酬|工资|待遇)?(?:面议|面谈|详谈|可议|不详|保密)$")


class SalaryFlag(StrEnum):
    """Why a figure is not what was written; the values are the codes of an import."""

    NOT_STATED = "salary_not_stated"
    UNIT_MISSING = "salary_unit_missing"
    MIN_OVER_MAX = "salary_min_over_max"
    NOT_CREDIBLE = "salary_not_credible"
    UNREADABLE = "salary_unreadable"


@dataclass(frozen=True, slots=True)
class Salary:
    """`month_min` and `month_max` in yuan per month, None where nothing is said of that end or of the hours.

    `amount_min` and `amount_max` are in yuan per `period`, as written; `months` is how many salaries a year brings.
    """

    month_min: int | None = None
    month_max: int | None = None
    period: SalaryPeriod | None = None
    amount_min: float | None = None
    amount_max: float | None = None
    months: int = 12
    flags: frozenset[SalaryFlag] = frozenset()

    @property
    def is_stated(self) -> bool:
        return self.amount_min is not None or self.amount_max is not None


def read_salary(text: str) -> Salary:
    """``read_salary("8千-1.2万·13薪")``: 8,000 to 12,000 yuan a month, thirteen times a year."""
    plain = _fold(text)
    if not plain or _OPEN.match(plain):
        return Salary(flags=frozenset({SalaryFlag.NOT_STATED}))
    plain, months = _take_months(plain)
    ends = _read_ends(plain)
    if ends is None:
        is_open = any(word in plain for word in ("面议", "面谈", "可议"))
        return Salary(flags=frozenset({SalaryFlag.NOT_STATED if is_open else SalaryFlag.UNREADABLE}))
    low, high, has_unit = ends
    period = _read_period(plain)
    if period is None and not has_unit and max(low or 0, high or 0) < BARE_AT_LEAST:
        return Salary(months=months, flags=frozenset({SalaryFlag.UNIT_MISSING}))
    return _settle(low, high, period or SalaryPeriod.MONTH, months)


def _fold(text: str) -> str:
    """Wide signs, spaces, thousands' commas, marks of currency and numerals in words are all one way of writing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"[\s¥￥]|rmb|人民币|税前|税后|约|左右", "", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    plain = re.sub(r"块钱?|圆", "元", plain)
    plain = re.sub(r"([零一二两三四五六七八九])(?=[千万]|百元)", lambda found: str(_DIGITS[found[1]]), plain)
    plain = re.sub(r"(\d)百元", r"\g<1>00元", plain)
    # 8千5, 1万2: what follows is a tenth of the unit.
    return re.sub(r"(\d)([千万])([一二三四五六七八九]|\d)(?![\d.千万k])", _with_tenth, plain)


def _with_tenth(found: re.Match[str]) -> str:
    tenth = _DIGITS.get(found[3], found[3])
    return f"{found[1]}.{tenth}{found[2]}"


def _take_months(plain: str) -> tuple[str, int]:
    found = _MONTHS.search(plain)
    if found is None:
        return plain, 12
    return plain[: found.start()] + plain[found.end() :], int(found[1])


def _read_ends(plain: str) -> tuple[float | None, float | None, bool] | None:
    """Both ends in yuan, and whether a unit was written. The unit of the second end is that of the first as well."""
    pair = _RANGE.search(plain)
    if pair is not None:
        low, low_unit, high, high_unit = pair.groups()
        if not low_unit and high_unit and float(low) < BARE_AT_LEAST:
            low_unit = high_unit
        has_unit = bool(low_unit or high_unit or "元" in plain)
        return _yuan(low, low_unit), _yuan(high, high_unit), has_unit
    single = _ONE.search(plain)
    if single is None:
        return None
    amount, has_unit = _yuan(*single.groups()), bool(single[2] or "元" in plain)
    if _FLOOR.search(plain):
        return amount, None, has_unit
    if _CEILING.search(plain):
        return None, amount, has_unit
    return amount, amount, has_unit


def _yuan(amount: str, unit: str) -> float:
    return round(float(amount) * _FACTORS.get(unit, 1), 2)


def _read_period(plain: str) -> SalaryPeriod | None:
    found = _PER.search(plain)
    return SalaryPeriod(_PERIODS[found[1] or found[2]]) if found else None


def _settle(low: float | None, high: float | None, period: SalaryPeriod, months: int) -> Salary:
    flags: set[SalaryFlag] = set()
    if low is not None and high is not None and low > high:
        low, high = high, low
        flags.add(SalaryFlag.MIN_OVER_MAX)
    month_min, month_max = (_monthly(end, period) for end in (low, high))
    if not _is_credible(low, high, month_min, month_max):
        return Salary(months=months, flags=frozenset({*flags, SalaryFlag.NOT_CREDIBLE}))
    return Salary(month_min, month_max, period, low, high, months, frozenset(flags))


def _monthly(end: float | None, period: SalaryPeriod) -> int | None:
    if end is None or period not in (SalaryPeriod.MONTH, SalaryPeriod.YEAR):
        return None
    return round(end / 12) if period == SalaryPeriod.YEAR else round(end)


def _is_credible(low: float | None, high: float | None, *months: int | None) -> bool:
    if low is not None and high is not None and high > WIDEST * max(low, 0.01):
        return False
    return all(LOWEST_MONTH <= month <= HIGHEST_MONTH for month in months if month is not None)
