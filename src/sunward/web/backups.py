"""A backup is one tar file: the database as its own tools write it, the uploads, and a note of what it is.

Keys are never in it: whoever holds a backup alone reads no sealed value.
"""

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from sunward.accounts.models import User
from sunward.core.refusals import Refusal

_NOTE = "backup.json"
_UPLOADS = "uploads"
_DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True, slots=True)
class Note:
    """What a backup says of itself. `vendor` is the database it fits."""

    made_at: str
    vendor: str
    version: str


def back_up(target: Path, *, now: datetime) -> Note:
    """Write the backup beside its name and rename it at the end: a full disk leaves no half one.

    Takes a consistent state while the application goes on working.
    """
    if User._meta.db_table not in connection.introspection.table_names():
        raise Refusal(
            "backup.nothing_there",
            _("There is no Sunward in this database, so there is nothing to back up. Is the environment set?"),
        )
    note = Note(now.isoformat(timespec="seconds"), connection.vendor, version("sunward"))
    partial = target.with_name(f"{target.name}.partial")
    try:
        with TemporaryDirectory(dir=target.parent) as folder, tarfile.open(partial, "w") as archive:
            dump = Path(folder) / _DATABASES[connection.vendor]
            _dump_sqlite(dump) if connection.vendor == "sqlite" else _dump_postgresql(dump)
            _add_text(archive, _NOTE, json.dumps(asdict(note), indent=1))
            archive.add(dump, arcname=dump.name)
            if Path(settings.MEDIA_ROOT).is_dir():
                archive.add(settings.MEDIA_ROOT, arcname=_UPLOADS)
        partial.chmod(0o600)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Refusal(
            "backup.not_written",
            _("The backup could not be written to %(place)s: is the disk full, or the folder closed to you?")
            % {"place": target.parent},
        ) from error
    return note


def restore(source: Path, *, replace: bool = False) -> Note:
    """Put the backup in place of this database and these uploads; refuses to overwrite data unless `replace`.

    Stop the web server and the workers first. The backup is checked before anything is touched.
    """
    with TemporaryDirectory(dir=source.parent) as folder:
        note = _unpack(source, Path(folder))
        if note.vendor != connection.vendor:
            raise Refusal(
                "backup.other_database",
                _("This backup was made on %(made)s and fits no %(here)s database.")
                % {"made": note.vendor, "here": connection.vendor},
            )
        if connection.introspection.table_names() and not replace:
            raise Refusal(
                "backup.not_empty", _("There is data here already. Say --replace to put the backup in its place.")
            )
        dump = Path(folder) / _DATABASES[note.vendor]
        _load_sqlite(dump) if note.vendor == "sqlite" else _load_postgresql(dump)
        _put_uploads(Path(folder) / _UPLOADS)
    return note


def _unpack(source: Path, folder: Path) -> Note:
    try:
        with tarfile.open(source) as archive:
            _extract(archive, folder)
        return Note(**json.loads((folder / _NOTE).read_text()))
    except (OSError, tarfile.TarError, ValueError, TypeError) as error:
        raise Refusal(
            "backup.unreadable", _("This file is not a whole Sunward backup; nothing was changed.")
        ) from error


def _extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Files and folders inside `folder`, nothing else. Early releases of Python 3.11 do not see to that themselves."""
    for member in archive.getmembers():
        inside = (folder / member.name).resolve().is_relative_to(folder.resolve())
        if not inside or not (member.isfile() or member.isdir()):
            raise ValueError(member.name)
    if hasattr(tarfile, "data_filter"):
        archive.extractall(folder, filter="data")
    else:
        archive.extractall(folder)  # noqa: S202 - checked above


def _put_uploads(fresh: Path) -> None:
    uploads = Path(settings.MEDIA_ROOT)
    aside = uploads.with_name(f"{uploads.name}.before-restore")
    shutil.rmtree(aside, ignore_errors=True)
    if uploads.exists():
        uploads.rename(aside)
    if fresh.exists():
        shutil.copytree(fresh, uploads)
    shutil.rmtree(aside, ignore_errors=True)


def _dump_sqlite(target: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        # In one step: small steps begin anew whenever somebody writes.
        connection.connection.backup(copy, pages=-1)


def _load_sqlite(dump: Path) -> None:
    with closing(sqlite3.connect(dump)) as fresh:
        if fresh.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Refusal("backup.damaged", _("The database in this backup is damaged; nothing was changed."))
        connection.ensure_connection()
        fresh.backup(connection.connection, pages=-1)
    connection.close()


def _dump_postgresql(target: Path) -> None:
    _run_tool(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"])


def _load_postgresql(dump: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    connection.close()
    _run_tool(
        [
            *("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"),
            *(f"--dbname={name}", str(dump)),
        ]
    )


def _run_tool(command: list[str]) -> None:
    """Run one of PostgreSQL's tools on our database; the password goes by the environment, never by the command."""
    if shutil.which(command[0]) is None:
        raise Refusal(
            "backup.tool_missing",
            _("%(tool)s is missing: install PostgreSQL's client tools (Debian: postgresql-client).")
            % {"tool": command[0]},
        )
    done = subprocess.run(
        command, env=os.environ | _connection_variables(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refusal("backup.tool_failed", f"{command[0]}: {done.stderr.strip()[-500:]}")


def _connection_variables() -> dict[str, str]:
    known: dict[str, Any] = connection.settings_dict
    names = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    return {variable: str(known[name]) for variable, name in names.items() if known[name]}


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))
