"""The interface of a channel: a letter goes in, an answer comes out. An outlet never raises and never says a key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sunward.outreach.enums import Format


class Verdict(StrEnum):
    """What an answer means for the message.

    `later` is known not to have gone out; of `unknown` nobody can say. `limited` is the channel's wish to be left
    alone and says nothing against the message.
    """

    SENT = "sent"
    LIMITED = "limited"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is the channel's own number or a word of ours: never its text, which may repeat a key."""

    verdict: Verdict
    code: str = ""
    receipt: str = ""
    pause: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out. To a group `text` is everything; to a person it is a reference and a link, `to` the address."""

    uid: UUID
    text: str
    format: str = Format.TEXT
    to: str = ""
    reference: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A channel with its keys open, for as long as one call takes. Its `repr` shows none of them."""

    address: str
    secret: str = ""
    sender: str = ""
    template: str = ""

    def __repr__(self) -> str:
        return "Way(…)"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `calls` in any stretch of `seconds`."""

    calls: int
    seconds: int


class Outlet(Protocol):
    """`drops_repeats`: the same uid handed over twice is one message there, so that it may be sent again."""

    drops_repeats: bool
    limits: tuple[Limit, ...]

    def most_bytes(self, format: str) -> int:  # noqa: A002 - the word of the model
        """How many bytes in UTF-8 one text may have."""
        ...

    def read_address(self, typed: str) -> str:
        """The key as it is kept, from whatever was pasted; empty if it is none."""
        ...

    def send(self, letter: Letter, way: Way, *, now: datetime) -> Answer: ...
