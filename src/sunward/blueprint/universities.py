"""The universities of the district, from the reference data (`data/README.md`)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "universities.csv"


@dataclass(frozen=True, slots=True)
class University:
    """`key` is the ministry's code, or the short name where the code is not known."""

    key: str
    name: str
    short: str


@lru_cache(maxsize=1)
def universities() -> Mapping[str, University]:
    """By key, in the order of the data."""
    with _DATA.open(encoding="utf-8") as file:
        rows = [
            University(row["moe_code"] or row["short_name"], row["name"], row["short_name"])
            for row in csv.DictReader(file)
        ]
    return {row.key: row for row in rows}


def name_institution(key: str, written: str) -> str:
    known = universities().get(key)
    return known.name if known else written or key


def shorten_institution(key: str, written: str) -> str:
    known = universities().get(key)
    return known.short if known else written or key
