"""The monthly minimum wage of Shanghai by day: a parameter that a notice of the city changes, as a rule in July.

2,590 yuan is what the rosters of 2022 are judged by. The steps of 2023 and 2025 are written down from memory and could
not be checked against a notice: the office has to confirm them. Until then pay that is below such a step, and not below
the last one that is sure, is a question and no finding. Confirm a step, or add the next, in `_MONTHLY`.
"""

from datetime import date

# From which day, how much, and whether a source of ours says so.
_MONTHLY = ((date(2021, 7, 1), 2590, True), (date(2023, 7, 1), 2690, False), (date(2025, 7, 1), 2740, False))


def minimum_wage(on: date, *, is_confirmed: bool = False) -> int | None:
    """Yuan per month on that day; None for days before those that are written down.

    With `is_confirmed` the last one by then that is sure: a minimum wage never falls.
    """
    steps = (step for step in reversed(_MONTHLY) if step[0] <= on and (step[2] or not is_confirmed))
    return next((amount for _begins, amount, _is_sure in steps), None)
