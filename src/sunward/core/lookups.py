"""`field__among=keys`: one parameter, however many keys. `__in` has one for each, which costs more than the rows."""

import json
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, ForeignKey, Lookup
from django.db.models.sql.compiler import SQLCompiler


@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup[Any]):
    """Keys are numbers. An empty list finds nothing, and like that of `__in` it asks the database nothing."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*params, self._keys())

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        found = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return found, (*params, json.dumps(self._keys()))

    def _keys(self) -> list[int]:
        keys = list(self.rhs)
        if not keys:
            raise EmptyResultSet
        return keys
