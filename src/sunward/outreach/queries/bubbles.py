"""A text as it stands in the chat, with how much of the channel's room it takes."""

from dataclasses import dataclass

from sunward.outreach.splitting import size


@dataclass(frozen=True, slots=True)
class Bubble:
    """One part: `text` sign for sign as it goes out, `bytes` in UTF-8 of `limit`."""

    number: int
    parts: int
    text: str
    bytes: int
    limit: int


def to_bubble(text: str, number: int, parts: int, limit: int) -> Bubble:
    return Bubble(number, parts, text, size(text), limit)
