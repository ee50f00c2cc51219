"""What a test that commits leaves behind goes from the tables that have something in them, and from no other.

Django's own way opens each of the 130 tables and has `post_migrate` write 500 rows anew. The result is the same (a
test), and where what `post_migrate` puts in was touched, its own way is gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase


@contextmanager
def emptied_quickly() -> Iterator[None]:
    """From here on; the databases are as they were made."""
    flush = TransactionTestCase._fixture_teardown
    kept = {alias: Kept(alias) for alias in connections}

    def tear_down(self: Any) -> None:
        if self.available_apps is not None or not all(kept[alias].empty() for alias in kept):
            flush(self)
            for one in kept.values():
                one.look()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", tear_down)
        yield


class Kept:
    """What one database begins with, and a way back to it."""

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self.alias = alias
        connection = self.connection
        self.tables = sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))
        self.guarded = self._find_guarded() if connection.vendor == "postgresql" else set()
        self.look()

    @property
    def connection(self) -> BaseDatabaseWrapper:
        """Asked for each time: beside the loop that Playwright keeps running, Django gives this thread another one."""
        return connections[self.alias]

    def look(self) -> None:
        self.rows = {table: self._read(table) for table in self._find_filled()}

    def empty(self) -> bool:
        """False, and nothing is done, where more is needed than to empty tables."""
        filled = self._find_filled()
        if any(table not in filled or self._read(table) != rows for table, rows in self.rows.items()):
            return False
        if tables := [table for table in filled if table not in self.rows]:
            self._delete(tables)
        return True

    def _find_guarded(self) -> set[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal")
            return {row[0] for row in cursor.fetchall()}

    def _find_filled(self) -> list[str]:
        quote = self.connection.ops.quote_name
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {quote(table)})" for table in self.tables)
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked))
            return [row[0] for row in cursor.fetchall()]

    def _read(self, table: str) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {self.connection.ops.quote_name(table)} ORDER BY 1")
            return list(cursor.fetchall())

    def _delete(self, tables: list[str]) -> None:
        """Foreign keys are looked at when all is gone; the triggers of append-only tables step aside meanwhile."""
        if self.connection.vendor == "sqlite":
            deleted = self.connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False)
            self.connection.ops.execute_sql_flush(deleted)
            return
        quote = self.connection.ops.quote_name
        guarded = [quote(table) for table in tables if table in self.guarded]
        steps = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded]
        steps += [f"DELETE FROM {quote(table)}" for table in tables]
        # Else a table whose rows are still to be looked at could not be altered.
        steps += ["SET CONSTRAINTS ALL IMMEDIATE"]
        steps += [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded]
        self.connection.ops.execute_sql_flush(["; ".join(steps)])
