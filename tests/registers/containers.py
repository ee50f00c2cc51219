"""Files that must be refused, made byte by byte."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl

SECTOR = 512


def compound_file(*streams: str) -> bytes:
    """A compound file ([MS-CFB]) with the named, empty streams: one table sector and as many of directory as needed."""
    names = ["Root Entry", *streams]
    entries = b"".join(_directory_entry(name, 5 if place == 0 else 2) for place, name in enumerate(names))
    sectors = -(-len(entries) // SECTOR)
    entries += b"\0" * (sectors * SECTOR - len(entries))
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain)
    table += b"\xff" * (SECTOR - len(table))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), b"\0" * 16, 0x3E, 3, 0xFFFE, 9, 6, b"\0" * 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0,
    )  # fmt: skip
    header += b"\xff" * (SECTOR - len(header))
    return header + table + entries


def _directory_entry(name: str, kind: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    return written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1) + b"\xff" * 12 + b"\0" * 48


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """The package with a part added, or put in place of the one that is there."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in source.namelist():
            if part != name:
                copy.writestr(part, source.read(part))
        copy.writestr(name, content)
    return target.getvalue()


def bomb(size: int, told_size: int | None = None) -> bytes:
    """A workbook with a part that unpacks to `size` zeros; the directory tells `told_size`, if given."""
    package = bytearray(with_part(workbook(["姓名"]), "xl/media/image1.bin", b"\0" * size))
    if told_size is not None:
        true = struct.pack("<I", size)
        start = 0
        while (start := package.find(true, start)) >= 0:
            package[start : start + 4] = struct.pack("<I", told_size)
            start += 4
    return bytes(package)


def encrypted_zip() -> bytes:
    """A workbook whose parts are marked as encrypted."""
    package = bytearray(workbook(["姓名"]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := package.find(mark, start)) >= 0:
            package[start + offset] |= 1
            start += 4
    return bytes(package)


def far_cell(place: str) -> bytes:
    """A workbook with one cell far from the table."""
    package = workbook(["姓名", "性别"])
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    stray = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'
    return with_part(package, "xl/worksheets/sheet1.xml", sheet.replace("</sheetData>", stray).encode())


def with_entities() -> bytes:
    book = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets/></workbook>'
    )
    return with_part(workbook(["姓名"]), "xl/workbook.xml", book.encode())


def save(content: bytes, target: Path) -> Path:
    target.write_bytes(content)
    return target
