"""How sure one may be of what people said: an interval around the mean of answers from 1 to 5.

Wilson's score interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927) is that of a yes-or-no
question. Answers on a scale vary no more than those of a yes-or-no question with the same mean (R. Bhatia and C. Davis,
American Mathematical Monthly 107, 2000): laid on the scale it is never too narrow, and the mean and the number of
answers are all it needs. It says nothing about those who gave no answer.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import sqrt

LOWEST, HIGHEST = 1, 5
# 95 of 100.
Z = 1.959964


@dataclass(frozen=True, slots=True)
class Sure:
    """From where to where, with one decimal, rounded outwards."""

    lowest: Decimal
    highest: Decimal


def how_sure(mean: Decimal, answers: int) -> Sure | None:
    """None of no answers."""
    if answers < 1:
        return None
    share = (float(mean) - LOWEST) / (HIGHEST - LOWEST)
    spread = Z * Z / answers
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / answers + spread / (4 * answers)) / (1 + spread)
    low, high = (LOWEST + (HIGHEST - LOWEST) * end for end in (middle - half, middle + half))
    tenth = Decimal("0.1")
    return Sure(
        max(Decimal(LOWEST).quantize(tenth), Decimal(low).quantize(tenth, ROUND_FLOOR)),
        min(Decimal(HIGHEST).quantize(tenth), Decimal(high).quantize(tenth, ROUND_CEILING)),
    )


def response(answers: int, asked: int) -> Decimal | None:
    """The percentage of those who could have answered; None where answers came from other months as well."""
    if not asked or answers > asked:
        return None
    return (Decimal(answers) * 100 / asked).quantize(Decimal("0.1"))
