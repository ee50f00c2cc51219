"""How each database indexes the bigrams: an FTS5 table kept by triggers on SQLite, a GIN index on PostgreSQL.

A later migration that lets SQLite rebuild `core_searchentry` drops its triggers: run `install` again in it.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_FORGET = "INSERT INTO core_searchgrams(core_searchgrams, rowid, grams) VALUES ('delete', old.id, old.grams);"
_REMEMBER = "INSERT INTO core_searchgrams(rowid, grams) VALUES (new.id, new.grams);"

_SQLITE = (
    # One token per gram, only AND-ed: neither positions nor sizes are needed, the text itself stays in the entry.
    (
        "CREATE VIRTUAL TABLE core_searchgrams USING fts5("
        "grams, content='core_searchentry', content_rowid='id', detail=none, columnsize=0)"
    ),
    f"CREATE TRIGGER core_searchentry_added AFTER INSERT ON core_searchentry BEGIN {_REMEMBER} END",
    f"CREATE TRIGGER core_searchentry_removed AFTER DELETE ON core_searchentry BEGIN {_FORGET} END",
    f"CREATE TRIGGER core_searchentry_changed AFTER UPDATE ON core_searchentry BEGIN {_FORGET} {_REMEMBER} END",
)
_POSTGRESQL = ("CREATE INDEX core_searchentry_grams ON core_searchentry USING gin (string_to_array(grams, ' '))",)


def install(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def remove(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP INDEX IF EXISTS core_searchentry_grams")
        return
    for event in ("added", "removed", "changed"):
        editor.execute(f"DROP TRIGGER IF EXISTS core_searchentry_{event}")
    editor.execute("DROP TABLE IF EXISTS core_searchgrams")
