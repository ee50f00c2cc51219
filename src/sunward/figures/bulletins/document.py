"""What a bulletin says, to the last sign: words alone, so that a page and a Word file say the same for ever.

Everything is decided here already: numbers are rounded, what is withheld is absent, dates are written out.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence; `is_figure` where it came from a figure, or says that the figure is withheld."""

    text: str
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`number` is what a chart draws, empty where there is nothing to draw."""

    text: str
    number: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of either rank, a paragraph or a table: `kind` says which, and the rest is empty."""

    kind: str
    text: str = ""
    runs: tuple[Run, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    note: str = ""


HEADING, SUBHEADING, PARAGRAPH, TABLE = "heading", "subheading", "paragraph", "table"
# After a number that may still change.
PROVISIONAL = "*"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The definition of one figure, as it stood."""

    name: str
    version: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """`signed` is 报/送/发; `notes` what a reader has to know of the numbers; `withheld` names what is not told."""

    language: str
    masthead: str
    number: str
    issued_by: str
    day: str
    title: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    withheld: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def content_of(document: Document) -> str:
    """The content as text, the same for the same document."""
    return json.dumps(document.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(document: Document) -> str:
    return sha256(content_of(document).encode()).hexdigest()


def read_document(said: Mapping[str, Any]) -> Document:
    """Back from what `to_json` gave, or the database kept of it."""
    return Document(
        **{name: said[name] for name in ("language", "masthead", "number", "issued_by", "day", "title", "headings")},
        parts=tuple(_part(part) for part in said["parts"]),
        notes=tuple(said["notes"]),
        meanings=tuple(
            Meaning(meaning["name"], meaning["version"], tuple(meaning["words"])) for meaning in said["meanings"]
        ),
        withheld=tuple(said["withheld"]),
        signed=tuple(said["signed"]),
    )


def _part(said: Mapping[str, Any]) -> Part:
    return Part(
        kind=said["kind"],
        text=said["text"],
        runs=tuple(Run(**run) for run in said["runs"]),
        columns=tuple(said["columns"]),
        rows=tuple(Row(row["name"], tuple(Cell(**cell) for cell in row["cells"])) for row in said["rows"]),
        note=said["note"],
    )
