"""One box over every programme's files: within the actor's scope, the likest first, with what made it a hit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from sunward.accounts.access import Actor
from sunward.accounts.scopes import below
from sunward.core.search.entries import SearchEntry
from sunward.core.search.finders import Finder, Hit
from sunward.core.search.index import Findable, find, fold

MOST = 20
# Counting hits further than this costs more than the figure is worth.
_ENOUGH = 200


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
    """The groups that have hits. One query for the entries and one for each kind found."""
    paths = actor.casework_paths()
    if not words.strip() or not paths:
        return ()
    entries = list(find(words).filter(below(paths)).order_by("pk")[:_ENOUGH])
    return tuple(filter(None, (_group(finder, entries, actor, words, on) for finder in declared_finders())))


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
    return tuple(word for word in rest if any(one in word and one not in name for one in asked))
