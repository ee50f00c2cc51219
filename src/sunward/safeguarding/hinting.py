"""Whether two offices may be worried about one child: points that can be said in words. No database, no clock.

Precision before recall: a hint makes two people talk about a child, so no single sign but a telephone is enough. A name
of three characters with about the same age is; a name of two, which hundreds bear, is only together with a telephone:
with the very age, two hints of three were wrong on invented districts (`tests/safeguarding/test_hint_precision.py`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from sunward.people.names import name_key, toneless

POINTS = {
    "same_phone": 60,
    "same_name": 40,
    "same_short_name": 30,
    "like_name": 15,
    "same_age": 25,
    "about_same_age": 20,
    "name_differs": -40,
    "age_differs": -30,
}
THRESHOLD = 60
# What may be said of a hint. What speaks against it is not: it would tell more of the other child.
WORDS: dict[str, Promise] = {
    "same_phone": _("same telephone"),
    "same_name": _("same name"),
    "same_short_name": _("same name"),
    "like_name": _("similar name"),
    "same_age": _("same age"),
    "about_same_age": _("about the same age"),
}
_SHORT = 2
_ABOUT, _FAR = 1, 3


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a child. `age` is in full years on the day of the comparison; `phones` are blind indexes."""

    name: str = ""
    age: int | None = None
    phones: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    points: int
    reasons: tuple[str, ...]

    @property
    def is_enough(self) -> bool:
        return self.points >= THRESHOLD


def compare(one: Sketch, other: Sketch) -> Likeness:
    signs = tuple(_signs(one, other))
    return Likeness(sum(POINTS[sign] for sign in signs), tuple(sign for sign in signs if POINTS[sign] > 0))


def _signs(one: Sketch, other: Sketch) -> Iterator[str]:
    if one.phones & other.phones:
        yield "same_phone"
    if one.name and other.name:
        yield _name_sign(one.name, other.name)
    if one.age is not None and other.age is not None:
        apart = abs(one.age - other.age)
        if apart == 0:
            yield "same_age"
        elif apart <= _ABOUT:
            yield "about_same_age"
        elif apart >= _FAR:
            yield "age_differs"


def _name_sign(one: str, other: str) -> str:
    if one == other:
        return "same_short_name" if len(one) <= _SHORT else "same_name"
    if toneless(name_key(one)) == toneless(name_key(other)):
        return "like_name"
    is_long = min(len(one), len(other)) > _SHORT
    return "like_name" if is_long and OSA.distance(one, other, score_cutoff=1) <= 1 else "name_differs"


def read_name(text: str) -> str:
    """A name as it is compared: without spaces and points; a nickname stays what it is."""
    return "".join(sign for sign in text if sign.isalpha()).casefold()


def age_now(age: int | None, *, seen_on: date, on: date) -> int | None:
    """How old a child is today of whom somebody said an age then; a guess does not become better by months."""
    return None if age is None else age + round((on - seen_on).days / 365)
