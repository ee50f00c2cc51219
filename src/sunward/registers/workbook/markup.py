"""What the reader of cells does not tell about an .xlsx: hidden columns, error values, how far a sheet extends."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from sunward.registers.workbook.refusals import TooLarge, Unreadable

_CHUNK = 1024 * 1024
_LONGEST_TAG = 64 * 1024
_CELL = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>(?:([^<]*<(?:\w+:)?(?:f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*<(?:\w+:)?)?v>([^<]*)<))?"
)
_ERROR_TYPE = re.compile(rb"\bt=[\"']e[\"']")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
# Both begin with letters, which the engine finds several times faster than a word's edge.
_ROW = re.compile(rb"r=[\"'][A-Z]{0,3}(\d{1,10})[\"']")  # of rows and of cells: the reader believes the cells
_WIDE = re.compile(rb"r=[\"']([A-Z]{2,9})\d")  # cells beyond column Z
_REPEATED_ROW = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.DOTALL
)
_MOST_REPEATED = 10_000
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_NUMBER_ATTRIBUTE = re.compile(rb"\b(min|max)=[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_WIDEST = 1024
# The reader of cells holds a sheet as one rectangle, so a stray cell far below would take gigabytes.
MOST_CELLS = 12_000_000
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetMarkup:
    """`errors` by (row, column), 1-based."""

    hidden_columns: frozenset[int] = frozenset()
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkbookMarkup:
    is_1904: bool
    parts: dict[str, str]  # a sheet's name to its part of the archive


def read_workbook_markup(path: Path) -> WorkbookMarkup:
    try:
        with zipfile.ZipFile(path) as archive:
            book = _parse(archive, "xl/workbook.xml")
            targets = {
                entry.get("Id", ""): entry.get("Target", "") for entry in _parse(archive, "xl/_rels/workbook.xml.rels")
            }
    except KeyError:
        return WorkbookMarkup(False, {})
    properties = next((node for node in book.iter() if node.tag.endswith("}workbookPr")), None)
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    parts = {
        node.get("name", ""): _part(targets.get(node.get(_REL) or node.get(_STRICT_REL) or "", ""))
        for node in book.iter()
        if node.tag.endswith("}sheet")
    }
    return WorkbookMarkup(is_1904, parts)


def _part(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _parse(archive: zipfile.ZipFile, name: str) -> ET.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:  # no workbook has one; entities may expand without end
        raise Unreadable
    try:
        return ET.fromstring(content)  # noqa: S314 - entities are refused above
    except (ET.ParseError, LookupError) as error:
        raise Unreadable from error


def read_sheet_markup(path: Path, part: str) -> SheetMarkup:
    hidden: set[int] = set()
    errors: dict[tuple[int, int], str] = {}
    letters: set[bytes] = {b"Z"}
    lowest = 0
    with zipfile.ZipFile(path) as archive:
        if part not in archive.namelist():
            return SheetMarkup()
        with archive.open(part) as stream:
            for block in _blocks(stream):
                if not lowest:
                    hidden.update(_hidden_columns(block))
                lowest = max((lowest, *map(int, set(_ROW.findall(block)))))
                letters.update(_WIDE.findall(block))
                if b't="e"' in block or b"t='e'" in block:
                    errors.update(_errors(block))
    if lowest * max(map(_column_number, letters)) > MOST_CELLS:
        raise TooLarge
    return SheetMarkup(frozenset(hidden), errors)


def check_repeats(path: Path) -> None:
    """Refuse an .ods in which a row that holds something stands for more rows than any table has."""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        for block in _blocks(stream, b"</table:table-row>"):
            for match in _REPEATED_ROW.finditer(block):
                if int(match.group(1)) > _MOST_REPEATED and b"office:value" in match.group(2):
                    raise TooLarge


def _errors(block: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for match in _CELL.finditer(block):
        attributes = match.group(1)
        place = _PLACE.search(attributes)
        if place and _ERROR_TYPE.search(attributes):
            value = (match.group(3) or b"#N/A").decode("ascii", "replace")
            yield (int(place.group(2)), _column_number(place.group(1))), value


def _blocks(stream: IO[bytes], row_end: bytes = b"</row>") -> Iterator[bytes]:
    """Pieces of the part that never cut a cell in two."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        block = rest + chunk
        cut = block.rfind(row_end)
        cut = cut + len(row_end) if cut >= 0 else max(0, len(block) - _LONGEST_TAG)
        yield block[:cut]
        rest = block[cut:]
    yield rest


def _hidden_columns(block: bytes) -> Iterator[int]:
    for match in _COLUMN.finditer(block):
        if _HIDDEN.search(match.group(1)):
            ends = {name: int(number) for name, number in _NUMBER_ATTRIBUTE.findall(match.group(1))}
            yield from range(ends.get(b"min", 0), min(ends.get(b"max", 0), _WIDEST) + 1)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
