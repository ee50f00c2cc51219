"""What a way of writing is: its kind, whether anybody would think of it, and a function that writes one example.

What is to be found stands between ⟦ and ⟧; around it may stand what belongs to the way of writing but identifies
nobody: a title, a label, a relation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bench.planted.hand import Hand

OPENS, CLOSES = "⟦", "⟧"


class Kind(StrEnum):
    NAME = "name"
    KNOWN = "known name"
    SCHOOL = "school"
    PHONE = "phone"
    ACCOUNT = "account"
    IDENTITY = "identity"
    ADDRESS = "address"
    BIRTH = "birth date"


@dataclass(frozen=True, slots=True)
class Family:
    kind: Kind
    name: str
    unusual: bool
    write: Callable[[Hand], str]
    # Whole remarks of its own; otherwise those of its kind. Each has one {}.
    carriers: tuple[str, ...] = ()


def mark(text: str) -> str:
    return f"{OPENS}{text}{CLOSES}"
