"""Arithmetic of days inside the database, the same on SQLite and PostgreSQL."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Func
from django.db.models.sql.compiler import SQLCompiler


class DaysAfter(Func):
    """`DaysAfter(day, number)`. Django's own date arithmetic is not allowed in a generated column: there it calls
    back into Python (SQLite) or yields a moment (PostgreSQL)."""

    template = "(%(expressions)s)"
    arg_joiner = " + "
    arity = 2
    output_field = DateField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", ", **extra)
