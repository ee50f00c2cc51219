"""One box over every programme's files: within the actor's scope, the likest first, with what made it a hit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.casework.programmes import file_paths, file_roles
from sunward.core.search.entries import SearchEntry
from sunward.core.search.finders import Finder, Hit
from sunward.core.search.index import Findable, find, fold

MOST = 20
# Counting hits further than this costs more than the figure is worth.
_ENOUGH = 200
# Characters of a sentence before and after the word that was found in it.
_AROUND = 15


@dataclass(frozen=True, slots=True)
class HitRow:
    """A hit with the words of its entry that were found."""

    title: str
    href: str
    note: str
    is_closed: bool
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind. `more_href` leads to the ledger with the same words if not all are shown."""

    label: str | Promise
    rows: tuple[HitRow, ...]
    more_href: str


@lru_cache(maxsize=1)
def declared_finders() -> tuple[Finder, ...]:
    """Every programme's, in the order of the settings."""
    found: list[Finder] = []
    for programme in settings.SUNWARD_PROGRAMMES:
        if find_spec(f"{programme}.search"):
            found += import_module(f"{programme}.search").FINDERS
    return tuple(found)


def everything_findable() -> Iterator[Findable]:
    for finder in declared_finders():
        yield from finder.findables()


def search_files(actor: Actor, words: str, *, on: date) -> tuple[HitGroup, ...]:
    """The groups that have hits. At most two queries for the entries, and one for each kind found."""
    if not words.strip() or not any(file_paths(actor, programme) for programme in file_roles()):
        return ()
    entries = [*_own_entries(actor, words), *_open_entries(actor, words)]
    return tuple(filter(None, (_group(finder, entries, actor, words, on) for finder in declared_finders())))


def _own_entries(actor: Actor, words: str) -> QuerySet[SearchEntry]:
    """Of each programme the files at and below the units whose files the actor keeps: what is another programme's is
    not even counted."""
    within = Q(pk__in=[])
    for programme in file_roles():
        kinds = [one.kind for one in declared_finders() if one.reach is None and one.programme == programme]
        if paths := file_paths(actor, programme):
            within |= below(paths) & Q(kind__in=kinds)
    return find(words).filter(within).order_by("pk")[:_ENOUGH]


def _open_entries(actor: Actor, words: str) -> QuerySet[SearchEntry]:
    """Of what is open beyond her units; asked for apart, or a common name would leave no room for it."""
    within = Q(pk__in=[])
    for finder in declared_finders():
        if finder.reach is not None:
            within |= Q(kind=finder.kind) & finder.reach(actor)
    return find(words).filter(within).order_by("pk")[:_ENOUGH]


def _group(finder: Finder, entries: list[SearchEntry], actor: Actor, words: str, on: date) -> HitGroup | None:
    asked = fold(words).split()
    own = sorted((entry for entry in entries if entry.kind == finder.kind), key=lambda entry: _rank(entry, asked))
    if not own:
        return None
    hits = finder.show(actor, [entry.object_id for entry in own[:MOST]], on)
    rows = tuple(_row(hits[e.object_id], _matched(e, asked)) for e in own[:MOST] if e.object_id in hits)
    more = f"{reverse(finder.list_url_name)}?{urlencode({'q': words})}" if len(own) > MOST else ""
    return HitGroup(finder.label, rows, more) if rows else None


def _row(hit: Hit, matched: tuple[str, ...]) -> HitRow:
    return HitRow(hit.title, hit.href, hit.note, hit.is_closed, matched)


def _rank(entry: SearchEntry, asked: list[str]) -> tuple[bool, bool, int]:
    """A whole word before its beginning before its inside."""
    held = entry.text.split()
    is_whole = all(word in held for word in asked)
    is_beginning = all(any(one.startswith(word) for one in held) for word in asked)
    return (not is_whole, not is_beginning, entry.pk)


def _matched(entry: SearchEntry, asked: list[str]) -> tuple[str, ...]:
    """Why it is here: the words of the entry that hold what was asked; not the name, it is read anyway."""
    name, *rest = entry.text.split() or [""]
    telling = [one for one in asked if one not in name]
    return tuple(_around(word, one) for word in rest if (one := next(filter(word.__contains__, telling), "")))


def _around(word: str, asked: str) -> str:
    """A reference is shown whole, of a sentence only what stands around the word that was asked."""
    if len(word) <= 2 * _AROUND:
        return word
    start = word.index(asked)
    begin, end = max(0, start - _AROUND), start + len(asked) + _AROUND
    return f"{'…' if begin else ''}{word[begin:end]}{'…' if end < len(word) else ''}"
