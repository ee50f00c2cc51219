"""Notes, made of remarks with planted things and of traps: short and long, typed with a thumb."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.planted.families import FAMILIES
from bench.planted.family import CLOSES, OPENS, Family, Kind
from bench.planted.hand import Hand
from bench.planted.talk import ENDS, JOINTS, OPENINGS, REMARKS
from bench.planted.traps import TRAPS

CLEAN_OF_TEN = 3
# Remarks of one note, with how often that length comes: most are short, some are long.
_LENGTHS = (1, 2, 3, 4, 6, 9, 20)
_HOW_OFTEN = (20, 25, 20, 15, 10, 7, 3)


@dataclass(frozen=True, slots=True)
class Planted:
    kind: Kind
    family: str
    unusual: bool
    start: int
    end: int

    def places(self, text: str) -> frozenset[int]:
        """Of the characters that identify: neither spaces nor marks between them."""
        return frozenset(at for at in range(self.start, self.end) if text[at].isalnum())


@dataclass(frozen=True, slots=True)
class Note:
    text: str
    planted: tuple[Planted, ...]
    child: str
    guardian: str
    mentor: str


def make_notes(seed: int, *, held: bool, count: int = 300) -> list[Note]:
    """The same seed makes the same notes; three in ten are clean. Every family comes about as often as every other."""
    hand = Hand(random.Random(seed), held)
    families = _deal(hand)
    return [_write(hand, None if at % 10 < CLEAN_OF_TEN else families) for at in range(count)]


def _deal(hand: Hand) -> Iterator[Family]:
    while True:
        yield from hand.rng.sample(FAMILIES, len(FAMILIES))


def _write(hand: Hand, families: Iterator[Family] | None) -> Note:
    hand.open_file()
    length = hand.rng.choices(_LENGTHS, _HOW_OFTEN)[0]
    parts, text = [hand.pick(OPENINGS)], ""
    sources: list[Family | None] = [None] * length
    if families:
        few = (
            max(1, min(length, hand.rng.randint(1, 1 + length // 2), 8))
            if length < 4
            else hand.rng.randint(2, min(length, 8))
        )
        for at in hand.rng.sample(range(length), few):
            sources[at] = next(families)
    planted: list[Planted] = []
    for number, source in enumerate(sources):
        parts.append(hand.pick(JOINTS) if number else "")
        parts.append(_trap(hand) if source is None else _remark(hand, source))
        for part in parts:
            text = _add(text, part, source, planted)
        parts.clear()
    return Note(text + hand.pick(ENDS), tuple(planted), *hand.file.names())


def _trap(hand: Hand) -> str:
    return hand.pick(hand.rng.choice(list(TRAPS.values())))


def _remark(hand: Hand, family: Family) -> str:
    return hand.pick(family.carriers or REMARKS[family.kind]).format(family.write(hand))


def _add(text: str, part: str, source: Family | None, planted: list[Planted]) -> str:
    """The text with the part behind it; what the part marks is noted with its place, and the marks are left out."""
    for piece in part.split(OPENS):
        inner, closes, rest = piece.partition(CLOSES)
        if closes and source:
            planted.append(Planted(source.kind, source.name, source.unusual, len(text), len(text) + len(inner)))
        text += inner + rest
    return text
