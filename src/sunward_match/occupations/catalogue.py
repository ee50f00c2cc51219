"""The classification of 2022 and the titles with known codes, as they lie in ``data``."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

_MARK = re.compile(r"[LS/]+$")  # green, digital: a mark of the classification, not part of the name


@dataclass(frozen=True, slots=True)
class Occupation:
    """One entry at any of the four levels; the codes of the upper levels end in ``-00``."""

    code: str
    name: str
    aliases: str  # further titles, separated by commas; holds the name as well
    definition: str  # with the tasks; empty at the upper levels


@dataclass(frozen=True, slots=True)
class Labelled:
    """A title whose code is known."""

    title: str
    code: str


@functools.cache
def read_occupations() -> tuple[Occupation, ...]:
    """All entries in the order of their codes. A few occur twice, with aliases of their own: they become one."""
    found: dict[str, Occupation] = {}
    for row in _read("occupations.csv"):
        code, before = row["code"], found.get(row["code"])
        found[code] = Occupation(
            code,
            before.name if before else _MARK.sub("", row["name"]),
            f"{before.aliases},{row['alias']}" if before else row["alias"],
            before.definition if before else row["definition"] + row["tasks"],
        )
    return tuple(found[code] for code in sorted(found) if code)


@functools.cache
def read_labelled() -> tuple[Labelled, ...]:
    """The titles with a code of the classification."""
    known = {occupation.code for occupation in read_occupations()}
    return tuple(Labelled(row["title"], row["code"]) for row in _read("titles.csv") if row["code"] in known)


def _read(name: str) -> Iterator[dict[str, str]]:
    with files("sunward_match.occupations").joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
