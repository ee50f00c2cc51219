"""How long it takes to fill in a form: an estimate from what was typed, never a measurement of anybody.

The operators are those of the Keystroke-Level Model (Card, Moran, Newell: Communications of the ACM 23(7), 1980,
396-410): a key 0.28 s for an average typist who is no secretary (0.20 for a skilled one, 0.50 for one who looks for the
keys), pointing 1.10 s, a hand from mouse to keyboard 0.40 s, making up one's mind 1.35 s; a press of the mouse 0.20 s.

A Chinese sign takes the letters of its pinyin and a share of choosing among signs that sound alike: three to five keys.
Writing one's own words is slower than copying by 32.5 to 19.0 (Karat and others, CHI 1999). Together that is about
thirty signs a minute, and the truth may well be a third of the time or more than double: whoever shows the number shows
the range too.
What leaves no record (reading, asking around, drafts, meetings) is not in it.
"""

import re
from dataclasses import dataclass

POINTING, HOMING, MIND, PRESSING = 1.10, 0.40, 1.35, 0.20
COMPOSING = 32.5 / 19.0
# Ideographs with their extensions and compatibility forms.
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Pace:
    """`key`: seconds for a key; `strokes`: keys for a Chinese sign; `composing`: how much slower than copying."""

    key: float
    strokes: float
    composing: float


@dataclass(frozen=True, slots=True)
class TypingModel:
    """A changed number is another version: what a page shows names the one that it was reckoned by."""

    version: str
    quick: Pace
    likely: Pace
    slow: Pace

    @property
    def paces(self) -> tuple[Pace, Pace, Pace]:
        return self.quick, self.likely, self.slow


MODEL = TypingModel("1", Pace(0.20, 3, 1.0), Pace(0.28, 4, COMPOSING), Pace(0.50, 5, COMPOSING))


@dataclass(frozen=True, slots=True)
class Estimate:
    """Seconds: for a quick typist, likely, and for a slow one."""

    low: float = 0.0
    likely: float = 0.0
    high: float = 0.0

    def __add__(self, other: "Estimate") -> "Estimate":
        return Estimate(self.low + other.low, self.likely + other.likely, self.high + other.high)

    def times(self, number: int) -> "Estimate":
        return Estimate(self.low * number, self.likely * number, self.high * number)

    @property
    def minutes(self) -> int:
        return round(self.likely / 60)

    @property
    def minutes_low(self) -> int:
        return int(self.low // 60)

    @property
    def minutes_high(self) -> int:
        return -int(-self.high // 60)


NOTHING = Estimate()


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent: words of one's own, numbers and days that were typed, and choices that were made.

    What arrived in the form already was not typed and is not in it.
    """

    texts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    choices: int = 0


def estimate(filled: Filled, model: TypingModel = MODEL) -> Estimate:
    texts = [text for text in filled.texts if text]
    signs = sum(map(len, texts))
    chinese = sum(len(_CHINESE.findall(text)) for text in texts)
    return Estimate(*(_seconds(filled, pace, len(texts), chinese, signs - chinese) for pace in model.paces))


def changed(before: str, after: str) -> str:
    """What somebody had to type who found `before` in the form and left `after`."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return after[start : len(after) - end]


def _seconds(filled: Filled, pace: Pace, texts: int, chinese: int, others: int) -> float:
    press = MIND + POINTING + PRESSING
    # To the line, to the form, and away it goes.
    found = (3 + filled.choices) * press
    found += (texts + len(filled.values)) * (press + HOMING)
    found += (chinese * pace.strokes + others) * pace.key * pace.composing
    return found + sum(map(len, filled.values)) * pace.key
