"""The monthly minimum wage of Shanghai by day: a parameter that a notice of the city changes, as a rule in July.

2,590 yuan is what the rosters of 2022 are judged by; the later steps are those of the city's notices of 2023 and 2025.
Add a line when the next one is announced.
"""

from datetime import date

_MONTHLY = ((date(2021, 7, 1), 2590), (date(2023, 7, 1), 2690), (date(2025, 7, 1), 2740))


def minimum_wage(on: date) -> int | None:
    """Yuan per month on that day; None for days before those that are written down."""
    return next((amount for begins, amount in reversed(_MONTHLY) if begins <= on), None)
