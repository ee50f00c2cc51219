"""Triggers that refuse UPDATE and DELETE, for both databases; migrations of append-only tables use them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION sunward_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END;
$$ LANGUAGE plpgsql
"""


def protect(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRES_FUNCTION.replace("%", "%%"), params=[])
        editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION sunward_refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        editor.execute(
            f"CREATE TRIGGER {table}_append_only_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def release(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
        return
    for verb in ("update", "delete"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only_{verb}")


class ProtectTable(Operation):
    """Needs no model: unlike `RunPython` it lets Django render none, of which a newcomer's first start is full."""

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:  # fmt: skip
        protect(schema_editor, self.table)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:  # fmt: skip
        release(schema_editor, self.table)

    def describe(self) -> str:
        return f"Let no row of {self.table} be changed or removed"


def append_only(table: str) -> ProtectTable:
    """The migration operation that protects `table`; reversible."""
    return ProtectTable(table)


@contextmanager
def lifted(tables: Iterable[str]) -> Iterator[None]:
    """Let sensitive words of these tables be emptied, within the caller's transaction.

    For the anonymiser alone, since the law asks for it (Personal Information Protection Law, art. 47); a house test
    sees that nobody else does. If the transaction fails, the triggers come back with everything else.
    """
    names = tuple(tables)
    if not connection.in_atomic_block:
        raise RuntimeError("Triggers are lifted inside a transaction only.")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Foreign keys are checked at the end otherwise, and a table that waits for that cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers = [trigger for table in names for trigger in _triggers(cursor, table)]
        for lower, _raise in triggers:
            cursor.execute(lower)
    yield
    with connection.cursor() as cursor:
        for _lower, back in triggers:
            cursor.execute(back)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _triggers(cursor: Any, table: str) -> list[tuple[str, str]]:
    """What takes the table's triggers away, and what brings each back as it was."""
    if connection.vendor == "postgresql":
        name = f"{table}_append_only"
        return [(f"ALTER TABLE {table} DISABLE TRIGGER {name}", f"ALTER TABLE {table} ENABLE TRIGGER {name}")]
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE %s",
        [table, f"{table}_append_only_update%"],
    )
    return [(f"DROP TRIGGER {name}", sql) for name, sql in cursor.fetchall()]
