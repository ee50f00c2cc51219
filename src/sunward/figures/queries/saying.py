"""A number as people read it."""

from decimal import Decimal

from django.utils.formats import number_format

from sunward.figures.counting.figure import Number
from sunward.figures.definition import Measure, Result, result_of

_PLACES = {Result.NUMBER: 0, Result.PERCENT: 1, Result.MEAN: 1, Result.DAYS: 0}


def say(measure: Measure, number: Number) -> str:
    """Empty where there is nothing to say: a share of nobody is not zero."""
    if number.value is None:
        return ""
    result = result_of(measure)
    places = 1 if number.value % 1 and result == Result.DAYS else _PLACES[result]
    text = number_format(_plain(number.value, places), decimal_pos=places, force_grouping=True)
    return f"{text}%" if result == Result.PERCENT else text


def _plain(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places))
