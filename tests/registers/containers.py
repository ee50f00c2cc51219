"""Files that must be refused, made byte by byte."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl

SECTOR = 512


def compound_file(*streams: str, content: bytes = b"") -> bytes:
    """A compound file ([MS-CFB]) with the named streams, the first of which has the content, and others are empty.

    A sector of the table, then the directory, then the content, which is brought to the size of a large stream.
    """
    content = content.ljust(-(-max(len(content), 4096) // SECTOR) * SECTOR, b"\0") if content else b""
    names = ["Root Entry", *streams]
    sectors = -(-len(names) * 128 // SECTOR)
    entries = b"".join(
        _directory_entry(name, 5 if place == 0 else 2, sectors + 1, len(content) if place == 1 else 0)
        for place, name in enumerate(names)
    )
    entries = entries.ljust(sectors * SECTOR, b"\0")
    length = len(content) // SECTOR
    chain = [0xFFFFFFFD, *range(2, sectors + 1), 0xFFFFFFFE]
    chain += [*range(sectors + 2, sectors + 1 + length), 0xFFFFFFFE] if length else []
    table = struct.pack(f"<{len(chain)}I", *chain)
    table += b"\xff" * (SECTOR - len(table))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), b"\0" * 16, 0x3E, 3, 0xFFFE, 9, 6, b"\0" * 6,
        0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0,
    )  # fmt: skip
    header += b"\xff" * (SECTOR - len(header))
    return header + table + entries + content


def _directory_entry(name: str, kind: int, first: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    head = written.ljust(64, b"\0") + struct.pack("<HBB", len(written), kind, 1) + b"\xff" * 12 + b"\0" * 36
    return head + struct.pack("<IIQ", 0, first, size)[4:] if size else head + b"\0" * 12


def old_workbook(*cells: tuple[int, int, str | float | None], hidden: int = 0) -> bytes:
    """An .xls ([MS-XLS]) with one sheet: row, column from 0, and a text, a number, or None for ``#REF!``."""
    name = "名单".encode("utf-16-le")
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    if hidden:
        sheet += _record(0x007D, struct.pack("<HHHHHH", hidden - 1, hidden - 1, 2048, 15, 1, 0))
    for row, column, value in cells:
        place = struct.pack("<HHH", row, column, 15)
        if value is None:
            sheet += _record(0x0205, place + bytes([23, 1]))
        elif isinstance(value, str):
            sheet += _record(0x0204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        else:
            sheet += _record(0x0203, place + struct.pack("<d", value))
    sheet += _record(0x000A, b"")
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    offset = len(head) + 4 + 8 + len(name) + 4
    entry = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name) // 2, 1) + name)
    return compound_file("Workbook", content=head + entry + _record(0x000A, b"") + sheet)


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


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


def far_cell(place: str, row: str = "") -> bytes:
    """A workbook with one cell far from the table; `row` is what its row says of itself."""
    package = workbook(["姓名", "性别"])
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    row = row or place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
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
