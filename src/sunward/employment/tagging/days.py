"""The days on which ages and months change, so that a rule and a query of the database count alike."""

from datetime import date, timedelta
from functools import lru_cache

from sunward.core.months import add_months

_DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def last_birth_of(age: int, *, on: date) -> date:
    """Whoever was born on this day or before is at least so old; born on 29 February one ages on 1 March."""
    return add_months(on, -12 * age)


@lru_cache(maxsize=256)
def last_start(months: int, *, is_over: bool, on: date) -> date:
    """Whatever began on this day or before has lasted so many months: at least, or more than that (`is_over`).

    Six months from 31 August end on the last of February; they are over on 1 March.
    """
    wanted = on - _DAY if is_over else on
    day = add_months(wanted, -months)
    while add_months(day + _DAY, months) <= wanted:
        day += _DAY
    return day
