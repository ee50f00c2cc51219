"""The shapes that pages hand to the furniture templates (`core/_facts.html`, `core/_timeline.html`, …)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
Tone = Literal["calm", "good", "info", "warn", "urgent", "off"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a file. An empty `value` is shown as "—"."""

    label: Text
    value: Text | date | int | None
    note: Text = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    label: Text
    href: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    label: Text
    state: Literal["done", "current", "ahead"] = "ahead"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, for a timeline."""

    on: date | datetime
    title: Text
    who: Text = ""
    note: Text = ""
    icon: str = "note"
    tone: Tone = "calm"
    href: str = ""


@dataclass(frozen=True, slots=True)
class ToDo:
    """A line of a to-do list. `word` with `tone` says how pressing it is."""

    title: Text
    href: str
    note: Text = ""
    word: Text = ""
    tone: Tone = "calm"
    person: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened a file."""

    at: datetime
    who: Text
    role: Text = ""
    purpose: Text = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """A job under way. `url` answers with `core/_progress.html` again, with status 286 once `is_over`."""

    url: str
    label: Text
    done: int = 0
    total: int | None = None
    note: Text = ""
    is_over: bool = False
    has_failed: bool = False
    next_href: str = ""
    next_label: Text = ""

    @property
    def percent(self) -> int | None:
        """None while the total is not known yet."""
        if self.is_over and not self.has_failed:
            return 100
        if not self.total:
            return None
        return min(99, 100 * self.done // self.total)
