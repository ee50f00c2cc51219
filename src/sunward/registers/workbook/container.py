"""What a file is, by its content and never by its name alone; and whether it is safe to open."""

import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from sunward.registers.workbook.compound import CompoundFile
from sunward.registers.workbook.refusals import (
    Bomb,
    Empty,
    Encrypted,
    HasMacros,
    NotAWorkbook,
    TooLarge,
    Unreadable,
    WebPage,
)

MEGABYTE = 1024 * 1024
DEFAULT_LIMIT = 50 * MEGABYTE
UNPACKED_LIMIT = 1024 * MEGABYTE

_OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP_MAGIC = b"PK\x03\x04"
_MACRO_PARTS = ("vbaproject.bin", "xl/macrosheets/", "basic/script")
_MACRO_SUFFIXES = (".xlsm", ".xlsb", ".xltm", ".xlam")
_CHUNK = 256 * 1024
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, struct.error, RuntimeError)
_NO_TEXT = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1a")


class Format(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


def examine(path: Path, *, limit: int = DEFAULT_LIMIT, unpacked_limit: int = UNPACKED_LIMIT) -> Format:
    """The format of a file that may be opened; anything else is refused with its reason."""
    size = path.stat().st_size
    if size == 0:
        raise Empty
    if size > limit:
        raise TooLarge
    if path.suffix.lower() in _MACRO_SUFFIXES:
        raise HasMacros
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(_OLE_MAGIC):
            return _examine_ole(file)
        if head.startswith(_ZIP_MAGIC):
            return _examine_zip(file, unpacked_limit=unpacked_limit)
    return _examine_text(head)


def _examine_text(head: bytes) -> Format:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta", b"<div")):
        raise WebPage
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"\x1f\x8b")):
        raise NotAWorkbook
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Format.TEXT
    if not head.strip(b"\xef\xbb\xbf \t\r\n,;"):
        raise Empty
    if len(head.translate(None, _NO_TEXT)) < len(head) * 0.99:
        raise Unreadable
    return Format.TEXT


def _examine_zip(file: BinaryIO, *, unpacked_limit: int) -> Format:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename.replace("\\", "/").lower() for part in parts}
            if any(part.flag_bits & 0x1 for part in parts):
                raise Encrypted
            found = _zip_format(archive, names)
            if any(mark in name for name in names for mark in _MACRO_PARTS) or "xl/workbook.bin" in names:
                raise HasMacros
            measure(file, parts, unpacked_limit)
    except _ZIP_ERRORS as error:
        raise Unreadable from error
    return found


def _zip_format(archive: zipfile.ZipFile, names: set[str]) -> Format:
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Format.XLSX
    if "mimetype" in names and "content.xml" in names:
        if b"spreadsheet" not in archive.read("mimetype")[:200]:
            raise NotAWorkbook
        manifest = archive.read("META-INF/manifest.xml") if "meta-inf/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise Encrypted
        return Format.ODS
    raise NotAWorkbook


def measure(file: BinaryIO, parts: list[zipfile.ZipInfo], limit: int) -> None:
    """Refuse what unpacks beyond the limit. The sizes in the directory may lie, so large parts are counted."""
    if sum(part.file_size for part in parts) > limit:
        raise Bomb
    budget = limit
    for part in parts:
        if part.compress_type == zipfile.ZIP_STORED:
            budget -= part.compress_size
        elif part.compress_type != zipfile.ZIP_DEFLATED:
            raise Unreadable
        elif part.compress_size * 1032 <= part.file_size + MEGABYTE:
            budget -= part.compress_size * 1032  # deflate cannot expand further
        else:
            budget -= _inflated_size(file, part, budget)
        if budget < 0:
            raise Bomb


def _inflated_size(file: BinaryIO, part: zipfile.ZipInfo, limit: int) -> int:
    file.seek(part.header_offset)
    header = file.read(30)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(part.header_offset + 30 + name_length + extra_length)
    inflater = zlib.decompressobj(-15)
    left, size = part.compress_size, 0
    while left > 0 and not inflater.eof:
        packed = file.read(min(_CHUNK, left))
        if not packed:
            raise Unreadable
        left -= len(packed)
        while packed:
            size += len(inflater.decompress(packed, 4 * MEGABYTE))
            packed = inflater.unconsumed_tail
            if size > limit:
                raise Bomb
    return size


def _examine_ole(file: BinaryIO) -> Format:
    names = {entry.name.lower() for entry in CompoundFile(file).entries}
    if "encryptedpackage" in names:
        raise Encrypted
    if "_vba_project_cur" in names or "_vba_project" in names:
        raise HasMacros
    if "workbook" in names or "book" in names:
        return Format.XLS
    raise NotAWorkbook
