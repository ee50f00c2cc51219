"""The administrative tree as published, and how offices write the names in it.

Facts only, no database: the units of an installation are made from these, and the register workbench reads
names with them. Source and date of the facts: `data/README.md`.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DISTRICT_CODE = "310110"

# Abolished towns and the sub-district that took their area over.
SUCCESSORS = {"五角场镇": "长海路街道"}

_DATA = Path(__file__).with_name("data") / "areas.csv"
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_ABOVE = re.compile(r"^(?:中国)?(?:上海市?)?(?:杨浦区|杨浦(?=.{2,}(?:街道|镇)))?")
_OFFICE = re.compile(r"(?:人民政府|党工委|办事处|政府|妇联)$")
_NUMBERED = re.compile(r"^\d{1,2}[.、\-_]?")
_COMMITTEE_ENDING = re.compile(r"(?:社区)?(?:居民委员会|居委会|居委|居民区|居民小区|社区)$")
_NUMERAL = re.compile(r"[零〇○一二三四五六七八九十百千两]+")
_PLACE_MARKS = re.compile(r"[/\\、,;|\s\-—]+")
_DIGITS = {**{sign: value for value, sign in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Area:
    """A node of the tree; `level` 3 district, 4 sub-district or town, 5 neighbourhood committee."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class SubdistrictReading:
    """What a written sub-district is: `area` is None for one outside the district."""

    area: Area | None
    is_old_name: bool = False


@lru_cache(maxsize=1)
def _areas() -> dict[str, Area]:
    with _DATA.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Area(row["code"], row["name"], int(row["level"]), row["parent"])
            for row in csv.DictReader(lines)
        }


def get_area(code: str) -> Area | None:
    return _areas().get(code)


def district() -> Area:
    return _areas()[DISTRICT_CODE]


@lru_cache(maxsize=1)
def subdistricts() -> tuple[Area, ...]:
    """The sub-districts of the district, by code."""
    return tuple(area for area in _areas().values() if area.parent == DISTRICT_CODE)


@lru_cache(maxsize=32)
def committees(subdistrict_code: str | None = None) -> tuple[Area, ...]:
    """The neighbourhood committees of one sub-district, or all of the district."""
    return tuple(
        area
        for area in _areas().values()
        if area.level == 5 and (subdistrict_code is None or area.parent == subdistrict_code)
    )


def short_names(name: str) -> tuple[str, ...]:
    """How offices shorten a sub-district: 长白新村街道 is also 长白新村, 长白街道 and 长白."""
    base = name.removesuffix("街道")
    root = re.sub(r"(?:路|新村)$", "", base)
    return tuple(dict.fromkeys((base, root, f"{root}街道")))


def fold(text: str) -> str:
    """NFKC without white space and invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=1)
def _subdistrict_names() -> dict[str, SubdistrictReading]:
    names: dict[str, SubdistrictReading] = {}
    by_name = {area.name: area for area in subdistricts()}
    for area in by_name.values():
        reading = SubdistrictReading(area)
        names.update(dict.fromkeys(short_names(area.name), reading))
        names.update({area.name: reading, area.code: reading, f"{area.code}000": reading})
    names.update({old: SubdistrictReading(by_name[new], is_old_name=True) for old, new in SUCCESSORS.items()})
    return names


@lru_cache(maxsize=4096)
def read_subdistrict(text: str) -> SubdistrictReading | None:
    """What a cell calls a sub-district; None if nothing is written there, `area=None` if it is not one of ours."""
    written = fold(text)
    if not written:
        return None
    names = _subdistrict_names()
    for candidate in _spellings(written):
        if not candidate:
            return None  # the district's name alone says nothing
        if candidate in names:
            return names[candidate]
    return _leading_name(written) or SubdistrictReading(None)


def _spellings(written: str) -> Iterator[str]:
    yield written
    bare = _BRACKETS.sub("", written)
    yield bare
    inner = _OFFICE.sub("", _ABOVE.sub("", bare))
    yield inner
    yield inner.removesuffix("办")
    yield inner.removesuffix("社区")
    yield inner.removeprefix("原")
    yield _NUMBERED.sub("", inner)


def _leading_name(written: str) -> SubdistrictReading | None:
    """四平路街道公交新村: a sub-district with something behind it."""
    bare = _ABOVE.sub("", _BRACKETS.sub("", written))
    named = {
        name: reading
        for name, reading in _subdistrict_names().items()
        if name.endswith(("街道", "镇")) and name in bare
    }
    if len({reading.area for reading in named.values()}) != 1:
        return None
    return next((reading for name, reading in named.items() if bare.startswith(name)), None)


def find_subdistrict_in(text: str) -> Area | None:
    """The one sub-district a title, a sheet's or a file's name speaks of; None if none or several.

    A shortened name counts only if it stands alone (a sheet called 9大桥), never inside a sentence.
    """
    written = fold(text)
    alone = read_subdistrict(re.sub(r"^[\d.、_\-]+|[\d.、_\-]+$", "", _BRACKETS.sub("", written)))
    if alone is not None and alone.area is not None:
        return alone.area
    found = {area.code: area for area in subdistricts() if area.name in written}
    if not found:
        found = {area.code: area for area in subdistricts() if short_names(area.name)[-1] in written}
    if not found:
        found = {reading.area.code: reading.area for old, reading in _old_names() if old in written and reading.area}
    return next(iter(found.values())) if len(found) == 1 else None


def _old_names() -> Iterator[tuple[str, SubdistrictReading]]:
    return ((name, reading) for name, reading in _subdistrict_names().items() if reading.is_old_name)


def read_numeral(sign: str) -> str:
    """Digits for a Chinese numeral, positional (二零二六) or with powers (一千二百)."""
    if not any(power in sign for power in _POWERS):
        return "".join(str(_DIGITS[character]) for character in sign)
    total, pending = 0, 0
    for character in sign:
        if character in _DIGITS:
            pending = _DIGITS[character]
        else:
            total += (pending or 1) * _POWERS[character]
            pending = 0
    return str(total + pending)


def committee_key(name: str) -> str:
    """One key for the ways to write a committee: ending left off, numerals as digits, 第 dropped."""
    bare = _COMMITTEE_ENDING.sub("", fold(name))
    return _NUMERAL.sub(lambda match: read_numeral(match.group()), bare).replace("第", "")


@lru_cache(maxsize=1)
def _committees_by_key() -> dict[str, tuple[Area, ...]]:
    found: dict[str, tuple[Area, ...]] = {}
    for area in committees():
        for key in (committee_key(area.name), area.code):
            found[key] = (*found.get(key, ()), area)
    return found


@lru_cache(maxsize=8192)
def find_committees(text: str) -> tuple[Area, ...]:
    """Every committee of the district that may be meant; empty if there is none of that name."""
    written = fold(text)
    for candidate in (written, _BRACKETS.sub("", written), _without_subdistrict(written)):
        found = _committees_by_key().get(committee_key(candidate))
        if found:
            return found
    return _behind_short_name(_ABOVE.sub("", _BRACKETS.sub("", written)))


def _behind_short_name(bare: str) -> tuple[Area, ...]:
    """四平公交新村居委: a committee behind the short name of its own sub-district."""
    for area in subdistricts():
        for name in short_names(area.name):
            if bare.startswith(name) and len(bare) > len(name):
                found = _committees_by_key().get(committee_key(bare[len(name) :]), ())
                own = tuple(committee for committee in found if committee.parent == area.code)
                if own:
                    return own
    return ()


def _without_subdistrict(written: str) -> str:
    return _split(_ABOVE.sub("", _BRACKETS.sub("", written)))[1]


def _split(bare: str) -> tuple[str, str]:
    for area in subdistricts():
        for name in (area.name, short_names(area.name)[-1]):
            if bare.startswith(name) and len(bare) > len(name):
                return name, bare[len(name) :]
    return "", bare


def split_place(text: str) -> tuple[str, str]:
    """Sub-district and committee of a cell that holds both: 四平路街道公交新村居委会, 四平/公交新村."""
    parts = [part for part in _PLACE_MARKS.split(unicodedata.normalize("NFKC", text).strip()) if part]
    if len(parts) > 1:
        return parts[0], "".join(parts[1:])
    subdistrict, rest = _split(_ABOVE.sub("", fold(text)))
    if subdistrict:
        return subdistrict, rest
    return ("", rest) if find_committees(rest) else (rest, "")
