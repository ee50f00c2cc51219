"""How a test database comes to its tables quickly: copied from a template, which was migrated once.

The template stands beside the test databases under a name made of all that the migrations read, so that a changed one
finds no template and makes its own. What `post_migrate` puts in is put into each copy anew: it comes from the
code, which changes more often than the migrations do.
"""

import ast
import fcntl
import hashlib
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.core.management.commands import migrate
from django.core.management.sql import emit_post_migrate_signal
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.migrations.loader import MigrationLoader

from sunward.config.settings.base import PACKAGE

# Any number, and ours alone on a server that tests share.
_LOCK = 7_317_118


def name_tables(vendor: str) -> str:
    """One name for what the migrations on the disk make."""
    digest = hashlib.sha256(f"{django.VERSION} {vendor} {settings.AUTH_USER_MODEL}".encode())
    for source in sorted(find_sources(), key=lambda source: source.parts[-3:]):
        # Not where the checkout stands: another one of the same tables may use the same server.
        digest.update(f"{source.parts[-3:]}".encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def find_sources() -> set[Path]:
    """Every migration, and every module of ours that one imports."""
    migrations = MigrationLoader(None).disk_migrations.values()
    sources = {Path(str(sys.modules[type(one).__module__].__file__)) for one in migrations}
    named = {name for source in sources for name in _imported(source) if name.startswith("sunward.")}
    modules = {name: PACKAGE.parent.joinpath(*name.split(".")).with_suffix(".py") for name in named}
    return sources | {module for module in modules.values() if module.exists()}


def _imported(source: Path) -> set[str]:
    """All that an import may mean: `from a import b` names the module a, and perhaps the module a.b."""
    names = set()
    for node in ast.walk(ast.parse(source.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@contextmanager
def copied_tables() -> Iterator[None]:
    """Meanwhile test databases are copied. One that is kept between runs (`--reuse-db`) is migrated as ever."""
    migrated = BaseDatabaseCreation.create_test_db

    def create(self: Any, *args: Any, keepdb: bool = False, **asked: Any) -> Any:
        if keepdb:
            return migrated(self, *args, keepdb=True, **asked)
        copy = _copy_file if self.connection.vendor == "sqlite" else _copy_database
        copy(self.connection, lambda name: _migrate_as(name, self, migrated))
        emit_post_migrate_signal(verbosity=0, interactive=False, db=self.connection.alias)
        return self.connection.settings_dict["NAME"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseCreation, "create_test_db", create)
        yield


def _migrate_as(name: str, creation: Any, migrated: Any) -> None:
    """Make a migrated database of this name, without what the code adds to it afterwards."""
    connection = creation.connection
    kept = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "emit_post_migrate_signal", lambda *_args, **_named: None)
        migrated(creation, verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"] = kept


def _use(connection: BaseDatabaseWrapper, name: str) -> None:
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name


@contextmanager
def _template_file() -> Iterator[Path]:
    """Where it stands or shall stand; meanwhile nobody else makes, copies or drops one."""
    with (settings.HOME / "templates.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield settings.HOME / f"template-{name_tables('sqlite')}.sqlite3"


def lend_file(target: Path) -> None:
    """Tables for a process with a file of its own; where no template stands yet, it makes them itself."""
    with _template_file() as template:
        if template.exists():
            shutil.copyfile(template, target)


def _copy_file(connection: BaseDatabaseWrapper, make: Any) -> None:
    name = connection.creation._get_test_db_name()
    with _template_file() as template:
        if not template.exists():
            for old in settings.HOME.glob("template-*"):
                old.unlink()
            building = template.with_suffix(".building")
            make(str(building))
            building.replace(template)
        connection.creation._create_test_db(verbosity=0, autoclobber=True)
        _use(connection, name)
        connection.ensure_connection()
        with closing(sqlite3.connect(template)) as source:
            source.backup(connection.connection)


def _copy_database(connection: BaseDatabaseWrapper, make: Any) -> None:
    name = connection.creation._get_test_db_name()
    family = f"{connection.settings_dict['NAME']}_template"
    template = f"{family}_{name_tables('postgresql')}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [family])
        found = {row[0] for row in cursor.fetchall()}
        if template not in found:
            for old in found:
                cursor.execute(f'DROP DATABASE "{old}"')
            make(f"{family}_building")
            cursor.execute(f'ALTER DATABASE "{family}_building" RENAME TO "{template}"')
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(connection.settings_dict["TEST"], "TEMPLATE", template)
            connection.creation._create_test_db(verbosity=0, autoclobber=True)
        # Closing the cursor's connection gives the lock back.
    _use(connection, name)
    connection.ensure_connection()


def describe_tables(connection: BaseDatabaseWrapper) -> dict[str, list[str]]:
    """What there is and what lies in it, so that two databases can be held against each other.

    Left out is what differs between two that were migrated alike: keys and moments.
    """
    with connection.cursor() as cursor:
        described = {}
        for question in _SHAPE[connection.vendor]:
            cursor.execute(question)
            described[question] = sorted(map(str, cursor.fetchall()))
        for table in connection.introspection.table_names(cursor):
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            told = [
                name for name in columns if name not in ("id", "uid", "applied") and not name.endswith(("_id", "_at"))
            ]
            if told:
                cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, told))} FROM {table}")
                described[table] = sorted(map(str, cursor.fetchall()))
    return described


_SHAPE = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master"],
    "postgresql": [
        (
            "SELECT table_name, column_name, ordinal_position, data_type, is_nullable, column_default, is_identity,"
            " collation_name, character_maximum_length FROM information_schema.columns WHERE table_schema = 'public'"
        ),
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        (
            "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace"
        ),
        "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT sequencename, start_value, increment_by FROM pg_sequences",
    ],
}
