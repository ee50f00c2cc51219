"""A Word document as paragraphs of text, once it is known to be safe to open and to say one thing only."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from docx import Document
from docx.oxml.ns import qn

from sunward.blueprint.reading import refusals
from sunward.registers.workbook.compound import CompoundFile
from sunward.registers.workbook.container import MEGABYTE, measure
from sunward.registers.workbook.refusals import WorkbookRefused

LIMIT = 20 * MEGABYTE
UNPACKED_LIMIT = 60 * MEGABYTE  # pictures do not grow; words hardly ever reach a megabyte
LONGEST = 20_000  # paragraphs: a book, never minutes

_OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_MAGIC = b"PK\x03\x04"
_CHANGES = tuple(qn(name) for name in ("w:ins", "w:del", "w:moveFrom", "w:moveTo"))
_P, _T, _TAB, _BREAKS = qn("w:p"), qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
_RUN, _VANISH, _TABLE, _BOX = qn("w:r"), qn("w:vanish"), qn("w:tbl"), qn("w:txbxContent")
_TABS = qn("w:tabs")
# What the libraries raise over a damaged file; what is wrong with XML comes as a SyntaxError.
_READING_ERRORS = (
    LookupError, ValueError, AttributeError, TypeError, OSError, EOFError, SyntaxError, RuntimeError,
    zipfile.BadZipFile, zlib.error, struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`number` counts all paragraphs outside tables from 1, the empty ones too. `level` is that of a heading, else 0.

    `is_listed`: Word numbers it, and the number is no part of the text.
    """

    number: int
    text: str
    level: int = 0
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    paragraphs: tuple[Paragraph, ...]
    tables: int = 0
    boxes: int = 0


def read_paper(path: Path | str, *, limit: int = LIMIT, unpacked_limit: int = UNPACKED_LIMIT) -> Paper:
    """Raises a `PaperRefused` with its reason: not a document, encrypted, too large, tracked changes, no text."""
    path = Path(path)
    _examine(path, limit, unpacked_limit)
    try:
        paper = _read(path)
    except _READING_ERRORS as error:
        raise refusals.Unreadable from error
    if not paper.tables and not any(paragraph.text for paragraph in paper.paragraphs):
        raise refusals.Empty
    return paper


def _read(path: Path) -> Paper:
    document = Document(str(path))
    body: Any = document.element.body
    levels = {style.style_id: _level(style.name or "") for style in document.styles}
    if any(True for _node in body.iter(*_CHANGES)):
        raise refusals.TrackedChanges
    return Paper(
        tuple(_paragraphs(body, levels)),
        tables=sum(1 for _table in body.iter(_TABLE)),
        boxes=sum(1 for box in body.iter(_BOX) if not _inside(box, qn("mc:Fallback")) and _text(box, within=True)),
    )


def _examine(path: Path, limit: int, unpacked_limit: int) -> None:
    size = path.stat().st_size
    if size == 0:
        raise refusals.Empty
    if size > limit:
        raise refusals.TooLarge
    if path.suffix.lower() in {".docm", ".dotm"}:
        raise refusals.HasMacros
    with path.open("rb") as file:
        head = file.read(8)
        if head.startswith(_OLE_MAGIC):
            raise _ole_reason(file)
        if not head.startswith(_ZIP_MAGIC):
            raise refusals.NotADocument
        _examine_package(file, unpacked_limit)


def _ole_reason(file: BinaryIO) -> refusals.PaperRefused:
    try:
        names = {entry.name.lower() for entry in CompoundFile(file).entries}
    except WorkbookRefused:
        return refusals.Unreadable()
    if "encryptedpackage" in names:
        return refusals.Encrypted()
    return refusals.OldDocument() if "worddocument" in names else refusals.NotADocument()


def _examine_package(file: BinaryIO, unpacked_limit: int) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename.replace("\\", "/").lower() for part in parts}
            if any(part.flag_bits & 0x1 for part in parts):
                raise refusals.Encrypted
            if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
                raise refusals.IsAWorkbook
            if "word/document.xml" not in names:
                raise refusals.NotADocument
            if any("vbaproject.bin" in name for name in names):
                raise refusals.HasMacros
            measure(file, parts, unpacked_limit)
    except WorkbookRefused as error:
        raise (refusals.Bomb if error.code.endswith("expands_too_far") else refusals.Unreadable) from error
    except _READING_ERRORS as error:
        raise refusals.Unreadable from error


def _level(style: str) -> int:
    name = style.casefold().replace(" ", "")
    for prefix in ("heading", "标题"):
        if name.startswith(prefix) and name.removeprefix(prefix)[:1].isdigit():
            return int(name.removeprefix(prefix)[0])
    return 0


def _paragraphs(body: Any, levels: dict[str, int]) -> Iterator[Paragraph]:
    number = 0
    for node in body.iter(_P):
        if _inside(node, _TABLE) or _inside(node, _BOX):
            continue
        number += 1
        if number > LONGEST:
            raise refusals.TooLarge
        yield Paragraph(number, _text(node), levels.get(node.style or "", 0), _is_listed(node))


def _is_listed(node: Any) -> bool:
    properties = node.pPr
    return properties is not None and properties.numPr is not None


def _inside(node: Any, tag: str) -> bool:
    return any(True for _above in node.iterancestors(tag))


def _text(node: Any, *, within: bool = False) -> str:
    """What people see: runs in links and fields too, hidden ones not. `within`: of a box, which else is left out."""
    parts: list[str] = []
    for run in node.iter(_RUN):
        if run.find(f".//{_VANISH}") is not None or (not within and _inside(run, _BOX)):
            continue
        for part in run.iter(_T, _TAB, *_BREAKS):
            if not within and _inside(part, _BOX):
                continue
            parts.append(part.text or "" if part.tag == _T else "\t" if part.tag == _TAB else "\n")
    return "".join(parts).strip()
