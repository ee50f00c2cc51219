"""Search in Chinese: two-character words are words, so the index is made of bigrams (see docs/adr/0005)."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from sunward.core.bulk import insert_rows
from sunward.core.search.entries import SearchEntry

_WORDS = re.compile(r"[^\w]+", re.UNICODE)


class Findable(NamedTuple):
    """One thing the search box may find. `text` is what people type: names, references, pinyin initials."""

    kind: str
    object_id: int
    unit_path: str
    text: str
    detail: str = ""


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def bigrams(text: str) -> list[str]:
    """The overlapping pairs of each word, and the word itself if it is a single character."""
    return _pairs(fold(text))


def _pairs(folded: str) -> list[str]:
    pieces: dict[str, None] = {}
    for word in _WORDS.split(folded):
        if len(word) == 1:
            pieces[word] = None
        for start in range(len(word) - 1):
            pieces[word[start : start + 2]] = None
    return list(pieces)


def index(findables: Iterable[Findable]) -> None:
    """Write or rewrite the entries; runs in the caller's transaction."""
    rows = [
        SearchEntry(
            kind=item.kind,
            object_id=item.object_id,
            unit_path=item.unit_path,
            text=fold(item.text)[:300],
            detail=item.detail[:200],
            grams=" ".join(_stored(bigrams(item.text))),
        )
        for item in findables
    ]
    SearchEntry.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["unit_path", "text", "detail", "grams"],
    )


def add(findables: Iterable[Findable]) -> None:
    """Write entries for things that were not there before; a thousand at a time, without a model for each."""
    insert_rows(
        SearchEntry,
        ("kind", "object_id", "unit_path", "text", "detail", "grams"),
        [
            (
                item.kind, item.object_id, item.unit_path, folded[:300], item.detail[:200],
                " ".join(_stored(_pairs(folded))),
            )
            for item in findables
            for folded in (fold(item.text),)
        ],
    )  # fmt: skip


def forget(kind: str, object_ids: Collection[int]) -> None:
    """Take entries out; runs in the caller's transaction."""
    SearchEntry.objects.filter(kind=kind, object_id__in=object_ids).delete()


def rebuild(findables: Iterable[Findable]) -> int:
    """Write the whole index anew, in one transaction: nobody searches in a half of it. Returns how many entries."""
    written = 0
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        for chunk in batched(findables, 1000):
            add(chunk)
            written += len(chunk)
    return written


def batched(items: Iterable[Findable], size: int) -> Iterator[list[Findable]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def holding(column: str, word: str) -> Q:
    """Rows whose column holds the word; Chinese has no small letters, and not to turn them saves most of the time."""
    return Q(**{f"{column}__{'contains' if word.upper() == word.lower() else 'icontains'}": word})


def find(words: str) -> QuerySet[SearchEntry]:
    """Entries that hold every bigram of every word, rechecked against the text. Scope it before you show it."""
    grams = bigrams(words)
    if not grams:
        return SearchEntry.objects.none()
    found = _holding(grams)
    for word in filter(None, _WORDS.split(fold(words))):
        found = found.filter(text__icontains=word)
    return found


def _holding(grams: list[str]) -> QuerySet[SearchEntry]:
    """A single character has no bigram of its own inside longer words: the recheck alone decides then."""
    pairs = _stored([gram for gram in grams if len(gram) == 2])
    return SearchEntry.objects.filter(grams__holds=pairs) if pairs else SearchEntry.objects.all()


def _stored(grams: list[str]) -> list[str]:
    """Grams as hex words: one token each for every tokenizer, whatever script or sign they hold."""
    return [_token(gram) for gram in grams]


@lru_cache(maxsize=50_000)
def _token(gram: str) -> str:
    return "x" + gram.encode("utf-8").hex()
