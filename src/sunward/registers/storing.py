"""Uploaded files on disk: streamed, under a random name, readable by ourselves alone."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sunward.core.refusals import Refusal
from sunward.registers.workbook.refusals import TooLarge

FOLDER = "imports"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv", ".xlsm", ".xlsb"})


class DiskFull(Refusal):
    """Raised where a write found no room. What was half-written is taken away again."""

    def __init__(self) -> None:
        super().__init__(
            "registers.disk_full",
            _("The server's disk is full. Nothing was taken over; ask the administrator to make room, then try again."),
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """`name` below the folder of uploads; `digest` is SHA-256 in hex, `size` in bytes."""

    name: str
    digest: str
    size: int


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def store(*, called: str, chunks: Iterable[bytes], limit: int) -> Stored:
    """Write the chunks to a new file. Refused, with nothing left behind: beyond `limit` bytes, or without room."""
    suffix = PurePath(called).suffix.lower()
    name = f"{FOLDER}/{secrets.token_hex(16)}{suffix if suffix in _SUFFIXES else ''}"
    path = path_of(name)
    digest, size = hashlib.sha256(), 0
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        path.unlink(missing_ok=True)
        if is_full(error):
            raise DiskFull from error
        raise
    return Stored(name, digest.hexdigest(), size)


def discard(name: str) -> None:
    if name:
        path_of(name).unlink(missing_ok=True)


def is_full(error: BaseException | None) -> bool:
    """Whether an error says that the disk is full: the system's own, SQLite's or PostgreSQL's."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        if "disk is full" in str(error) or "No space left on device" in str(error):
            return True
        error = error.__cause__
    return False
