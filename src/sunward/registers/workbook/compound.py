"""Compound files ([MS-CFB]): the container of .xls and of files under a password."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sunward.registers.workbook.refusals import Unreadable

END_OF_CHAIN = 0xFFFFFFFA  # this sector number and everything above it are marks
_SMALL_STREAM = 4096
_LONGEST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the directory."""

    name: str
    kind: int
    first: int
    size: int


class CompoundFile:
    """Directory and streams of an open file. Damage raises `Unreadable`."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0)
        header = file.read(512)
        try:
            self._shift = struct.unpack_from("<H", header, 30)[0]
            if self._shift not in (9, 12):
                raise Unreadable
            self._table = self._allocation_table(header)
            directory = self._chain(struct.unpack_from("<I", header, 48)[0])
            self.entries = [
                entry for start in range(0, len(directory) - 127, 128) if (entry := _entry(directory, start))
            ]
            self._small_table = _numbers(self._chain(struct.unpack_from("<I", header, 60)[0]))
        except (struct.error, IndexError, OverflowError, OSError) as error:
            raise Unreadable from error

    def read(self, name: str) -> bytes | None:
        """A stream's content; None if there is none of that name."""
        entry = next((entry for entry in self.entries if entry.name.lower() == name.lower() and entry.kind == 2), None)
        if entry is None:
            return None
        if entry.size >= _SMALL_STREAM:
            return self._chain(entry.first)[: entry.size]
        root = next((entry for entry in self.entries if entry.kind == 5), None)
        holder = self._chain(root.first) if root else b""
        pieces, sector, seen = [], entry.first, set[int]()
        while sector < len(self._small_table) and sector not in seen:
            seen.add(sector)
            pieces.append(holder[sector * 64 : sector * 64 + 64])
            sector = self._small_table[sector]
        return b"".join(pieces)[: entry.size]

    def _sector(self, number: int) -> bytes:
        self._file.seek((number + 1) << self._shift)
        return self._file.read(1 << self._shift)

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        seen: set[int] = set()
        while sector < END_OF_CHAIN and sector not in seen:
            seen.add(sector)
            pieces.append(self._sector(sector))
            if len(pieces) << self._shift > _LONGEST or sector >= len(self._table):
                raise Unreadable
            sector = self._table[sector]
        return b"".join(pieces)

    def _allocation_table(self, header: bytes) -> list[int]:
        """The 109 entries of the header cover 6.8 MB, the rest is chained."""
        sectors = list(struct.unpack_from("<109I", header, 76))
        following = struct.unpack_from("<I", header, 68)[0]
        seen: set[int] = set()
        while following < END_OF_CHAIN and following not in seen:
            seen.add(following)
            numbers = _numbers(self._sector(following))
            sectors.extend(numbers[:-1])
            following = numbers[-1]
        table: list[int] = []
        for sector in sectors:
            if sector < END_OF_CHAIN:
                table.extend(_numbers(self._sector(sector)))
        return table


def _numbers(block: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4]))


def _entry(directory: bytes, start: int) -> Entry | None:
    length = struct.unpack_from("<H", directory, start + 64)[0]
    if not 2 <= length <= 64:
        return None
    name = directory[start : start + length - 2].decode("utf-16-le", "replace")
    first, size = struct.unpack_from("<II", directory, start + 116)
    return Entry(name, directory[start + 66], first, size)


def read_stream(path: Path, names: tuple[str, ...]) -> bytes:
    """The first of the named streams that is there."""
    with path.open("rb") as file:
        compound = CompoundFile(file)
        for name in names:
            if (content := compound.read(name)) is not None:
                return content
    raise Unreadable
