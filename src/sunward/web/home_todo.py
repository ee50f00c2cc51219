"""The officer's home: what waits for her, whoever needs help most first.

What is counted is kept for some seconds, as numbers and keys; the lines are read anew each time through the gates, so
that nothing is shown that is settled or no longer hers to see, and no name lies in the cache.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise

from sunward.accounts.absences.queries import StandingIn, tell_standing_in
from sunward.accounts.access import Actor
from sunward.accounts.deputies import list_stood_in_for
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core.furniture import ToDo, Tone
from sunward.ledger.models import Fact
from sunward.mentoring.access import visible_children
from sunward.registers.access import importable_kinds
from sunward.web.home_counting import count_rows, read_first_keys
from sunward.web.home_gatherings import has_planned
from sunward.web.home_work import KINDS, Work

Text = str | Promise

# Lines of one kind, and of all together: the first thing to do should not drown in the fiftieth.
LINES = 4
LINES_TOGETHER = 16
# Beyond this the figure says "more than": counting on would cost more than it tells.
COUNTED_AT_MOST = 200
KEPT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of a kind, and the keys of the first."""

    count: int
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the same kind of work. `href` opens all that it counts."""

    key: str
    title: Text
    count: int
    tone: Tone
    href: str
    lines: tuple[ToDo, ...]

    @property
    def is_capped(self) -> bool:
        return self.count > COUNTED_AT_MOST

    @property
    def shown_count(self) -> int:
        return min(self.count, COUNTED_AT_MOST)

    @property
    def rest(self) -> int:
        """How many stand behind the lines shown."""
        return self.shown_count - len(self.lines)


@dataclass(frozen=True, slots=True)
class ToDoList:
    """`is_first_day`: there is not a single file (or plan) yet, so the first thing to do is another."""

    groups: tuple[Group, ...]
    is_first_day: bool
    is_about_children: bool
    import_href: str
    standing_in: tuple[StandingIn, ...]

    @property
    def count(self) -> int:
        return sum(group.shown_count for group in self.groups)


def read_todo_list(actor: Actor, *, on: date) -> ToDoList:
    """Every group that has something in it, in the order in which people need help."""
    actor, standing_in = stand_in(actor, on=on)
    rows = _Rows(actor, on=on)
    tallies = _read_tallies(actor, rows, on=on)
    groups, room = [], LINES_TOGETHER
    for work in KINDS:
        tally = tallies[work.key]
        if not tally.count:
            continue
        lines = _read_lines(work, tally.keys[: min(LINES, room)], rows, on=on)
        room -= len(lines)
        groups.append(Group(work.key, work.title, tally.count, work.tone, work.href, lines))
    has_children = actor.has(*CASEWORK_ROLES)
    has_begun = visible_children(actor).exists() if has_children else has_planned(actor)
    # Whoever follows plans alone begins with a meeting, and finds it in the menu.
    follows_plans = actor.roles == {Role.PLAN_OFFICER}
    is_first_day = not groups and not has_begun and not follows_plans
    # Importing belongs to officers and supervisors; a worker's first day is somebody else's work.
    may_import = bool(importable_kinds(actor))
    import_href = reverse("registers:batches") if is_first_day and may_import else ""
    return ToDoList(tuple(groups), is_first_day, has_children, import_href, standing_in)


def stand_in(actor: Actor, *, on: date) -> tuple[Actor, tuple[StandingIn, ...]]:
    """The same person with the posts of those who are away and whose deputy she is today, and a line for each."""
    found = list_stood_in_for(actor.user_id, on=on)
    return actor.with_stand_ins(tuple(one.post for one in found)), tell_standing_in(found)


def _read_tallies(actor: Actor, rows: "_Rows", *, on: date) -> Mapping[str, Tally]:
    """From the cache as long as nobody has done anything: every act leaves a fact, and a new fact is a new key.

    What leaves none, a finished import or matching, shows after `KEPT_SECONDS` at the latest.
    """
    latest = Fact.objects.order_by("-pk").values_list("pk", flat=True).first()
    posts = sha256(repr((actor.user_id, actor.posts, actor.stands_in_for, on, latest)).encode()).hexdigest()
    kept: Mapping[str, Tally] | None = cache.get(f"web.todo:{posts}")
    if kept is None:
        kept = count_what_waits({work.key: rows[work.key] for work in KINDS})
        cache.set(f"web.todo:{posts}", kept, timeout=KEPT_SECONDS)
    return kept


def count_what_waits(rows: Mapping[str, "QuerySet[Any]"]) -> dict[str, Tally]:
    """Keys first, rows afterwards: thousands of numbers are sorted faster than thousands of wide rows."""
    lined = {work.key: rows[work.key] for work in KINDS if work.line is not None}
    first = read_first_keys(lined, at_most=LINES + 1)
    long = {key: found for key, found in rows.items() if len(first.get(key, ())) > LINES or key not in lined}
    counts = {key: len(keys) for key, keys in first.items()} | count_rows(long, at_most=COUNTED_AT_MOST + 1)
    return {work.key: Tally(counts.get(work.key, 0), tuple(first.get(work.key, ())[:LINES])) for work in KINDS}


def _read_lines(
    work: Work, keys: tuple[int, ...], rows: Mapping[str, "QuerySet[Any]"], *, on: date
) -> tuple[ToDo, ...]:
    if not keys or work.line is None:
        return ()
    chosen = {row.pk: row for row in rows[work.key].filter(pk__in=keys)}
    return tuple(work.line(chosen[key], on) for key in keys if key in chosen)


class _Rows(dict[str, "QuerySet[Any]"]):
    """Each kind's rows, built when they are first asked for: to build them all takes as long as to count them."""

    def __init__(self, actor: Actor, *, on: date) -> None:
        super().__init__()
        self._builders = {work.key: partial(work.rows, actor, on) for work in KINDS}

    def __missing__(self, key: str) -> "QuerySet[Any]":
        self[key] = self._builders[key]()
        return self[key]
