"""A text in parts that a channel takes: counted in bytes of UTF-8, parted between lines, never inside a character."""

import unicodedata
from collections.abc import Iterator


def size(text: str) -> int:
    return len(text.encode())


def split_text(text: str, *, most_bytes: int) -> list[str]:
    """The text itself if it fits, else numbered parts ``（1/3）``, each on a line of its own at the head of its part.

    A line is only cut if it is longer than a part, and then between characters. Put together again without their
    numbers the parts say the same lines in the same order.
    """
    if size(text) <= most_bytes:
        return [text]
    head = size(_number(99, 99))
    while True:
        room = most_bytes - head
        if room < 16:
            raise ValueError("a part must have room for some words")
        parts = list(_fill(text, room))
        longest = size(_number(len(parts), len(parts)))
        if longest <= head:
            return [_number(at, len(parts)) + part for at, part in enumerate(parts, start=1)]
        head = longest


def _number(at: int, count: int) -> str:
    return f"（{at}/{count}）\n"


def _fill(text: str, room: int) -> Iterator[str]:
    """Lines put together as long as they fit; blank lines at the ends of a part say nothing and are left out."""
    part: list[str] = []
    used = 0
    for line in _lines(text, room):
        more = size(line) + (1 if part else 0)
        if used + more > room:
            yield from _trimmed(part)
            part, used, more = [], 0, size(line)
        part.append(line)
        used += more
    yield from _trimmed(part)


def _trimmed(lines: list[str]) -> Iterator[str]:
    part = "\n".join(lines).strip("\n")
    if part.strip():
        yield part


def _lines(text: str, room: int) -> Iterator[str]:
    for line in text.split("\n"):
        yield from _cut(line, room) if size(line) > room else [line]


def _cut(line: str, room: int) -> Iterator[str]:
    """Pieces of at most `room` bytes; what belongs to the character before it stays with it."""
    start = used = 0
    for at, sign in enumerate(line):
        width = size(sign)
        if used + width > room:
            end = _before_marks(line, start, at)
            yield line[start:end]
            start, used = end, size(line[end:at])
        used += width
    yield line[start:]


def _before_marks(line: str, start: int, at: int) -> int:
    """A cut no mark, joiner or second half of a sign falls behind; where everything is marks, the plain place."""
    end = at
    while end > start + 1 and _hangs_on(line, end):
        end -= 1
    return end if end > start + 1 or not _hangs_on(line, end) else at


def _hangs_on(line: str, at: int) -> bool:
    sign, before = line[at], line[at - 1]
    return unicodedata.combining(sign) != 0 or sign in "\u200d\ufe0e\ufe0f\u20e3" or before == "\u200d"
