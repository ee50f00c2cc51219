"""What a programme declares for the search box, in its own `search.py` as ``FINDERS``; the box itself knows none."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise

from sunward.core.search.index import Findable


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `note` tells namesakes apart."""

    title: str
    href: str
    note: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """One kind of thing. `show` gets the actor, the numbers found and the day, and leaves out what is not the actor's.

    `kind` begins with its programme's name and a dot: within her units somebody finds what her posts keep, no more.
    `list_url_name` is the ledger that takes the same words as ``q``; `findables` is everything there is, for building
    the index again. `reach` says which entries (their `unit_path`) are open to the actor where that is wider than her
    own units: what is published for a district. Files of persons have none.
    """

    kind: str
    label: str | Promise
    list_url_name: str
    show: Callable[[Any, Sequence[int], date], dict[int, Hit]]
    findables: Callable[[], Iterator[Findable]]
    reach: Callable[[Any], Q] | None = None

    @property
    def programme(self) -> str:
        return self.kind.split(".", 1)[0]
