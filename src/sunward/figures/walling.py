"""What an app may add to the wall of the leadership: words and counts, never a person."""

from collections.abc import Iterator
from dataclasses import dataclass

from sunward.core.furniture import Text, Tone


@dataclass(frozen=True, slots=True)
class WallCount:
    """How many there are of one kind; `tone` helps, the word says it."""

    word: Text
    tone: Tone
    number: int


@dataclass(frozen=True, slots=True)
class WallPart:
    """`read_wall_part` in a programme's `wall.py` gives it, or None where the reader reads nothing of it."""

    title: Text
    href: str
    counts: tuple[WallCount, ...]

    @property
    def total(self) -> int:
        return sum(count.number for count in self.counts)

    @property
    def stretches(self) -> Iterator[tuple[int, WallCount]]:
        """Of a bar as long as all of them: where each begins."""
        begins = 0
        for count in self.counts:
            yield begins, count
            begins += count.number
