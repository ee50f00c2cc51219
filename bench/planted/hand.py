"""The hand that writes: chance, one half of every list, and the people of the file that the note belongs to."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from bench.planted import words

_Choice = TypeVar("_Choice")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class File:
    """Full names of those whom the file knows, each as (surname, given name)."""

    child: tuple[str, str]
    guardian: tuple[str, str]
    mentor: tuple[str, str]

    def names(self) -> tuple[str, str, str]:
        return "".join(self.child), "".join(self.guardian), "".join(self.mentor)


@dataclass(slots=True)
class Hand:
    rng: random.Random
    held: bool
    file: File = field(init=False)

    def __post_init__(self) -> None:
        self.open_file()

    def open_file(self) -> None:
        self.file = File(child=self.person(), guardian=self.elder(), mentor=self.elder())

    def pick(self, choices: Sequence[_Choice]) -> _Choice:
        """From this hand's half of the list, or from all of a list too short to be halved."""
        return self.rng.choice(choices[self.held :: 2] if len(choices) > 1 else choices)

    def surname(self) -> str:
        return self.pick(words.SURNAMES)

    def person(self) -> tuple[str, str]:
        first = self.pick(words.GIVEN)
        second = self.pick(words.GIVEN) if self.rng.random() < 0.8 else ""
        return self.surname(), first + (second if second != first else "")

    def three(self) -> tuple[str, str]:
        """Surname and a given name of two different characters."""
        return self.surname(), "".join(self.rng.sample(words.GIVEN[self.held :: 2], 2))

    def elder(self) -> tuple[str, str]:
        first = self.pick(words.GIVEN_OLD)
        second = self.pick(words.GIVEN_OLD) if self.rng.random() < 0.6 else ""
        return self.surname(), first + (second if second != first else "")

    def digits(self, count: int) -> str:
        return "".join(str(self.rng.randrange(10)) for _ in range(count))

    def number(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def mobile(self) -> str:
        return f"1{self.rng.choice('35789')}{self.rng.randrange(10)}00{self.digits(6)}"

    def landline(self) -> str:
        return f"{self.rng.choice(('655', '353', '556', '651'))}00{self.digits(3)}"

    def birth(self) -> tuple[int, int, int]:
        return self.number(2008, 2021), self.number(1, 12), self.number(1, 28)

    def resident_id(self) -> str:
        """Of the synthetic range: its order code lies between 900 and 999."""
        year, month, day = self.birth()
        place = self.rng.choice(("310110", "310109", "341502", "320922", "411625"))
        body = f"{place}{year}{month:02}{day:02}9{self.digits(2)}"
        return body + check_character(body)


def check_character(body: str) -> str:
    weighed = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return "10X98765432"[weighed % 11]
