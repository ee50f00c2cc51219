"""Industries by their names in the national classification (GB/T 4754-2017). Source: `data/README.md`."""

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "industries.csv"
_CODE = re.compile(r"[A-T]\d{0,4}")
_NOISE = re.compile(r"[\s、,，/和及与的()（）]+")


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    """Where one name stands on several levels (教育), the broadest is meant."""
    with _DATA.open(encoding="utf-8", newline="") as lines:
        rows = sorted(csv.DictReader(lines), key=lambda row: len(row["code"]))
    found: dict[str, str] = {row["code"]: row["code"] for row in rows}
    for row in rows:
        found.setdefault(_fold(row["name"]), row["code"])
    return found


def _fold(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).removesuffix("业")


@lru_cache(maxsize=2048)
def read_industry(text: str) -> str | None:
    """The code with the letter of its section (F52) for a name or a code as written; None if it is no such name."""
    written = unicodedata.normalize("NFKC", text).strip()
    code = _CODE.match(written.upper())
    names = _codes_by_name()
    if code is not None and code[0] in names:
        return code[0]
    return names.get(_fold(written))
