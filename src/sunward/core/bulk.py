"""Many rows at once without an object for each: an import of 100,000 rows has no time for models.

Values are given as the model would take them; sealed columns are sealed here, so `uid` must be among the columns then.
"""

import gc
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, repeat
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from pydantic_core import to_json

from sunward.core.fields import SealedTextField
from sunward.core.sealing import seal_column, unseal

Row = Sequence[Any]
PER_STATEMENT = 500  # rows; with 20 columns far below the 32,766 values that SQLite allows


@contextmanager
def many_objects() -> Iterator[None]:
    """For work that makes millions of short-lived objects: the collector leaves alone what was there.

    Where somebody around us has frozen what was there already, it is theirs to thaw.
    """
    thresholds, is_frozen = gc.get_threshold(), gc.get_freeze_count() > 0
    if not is_frozen:
        gc.collect()
        gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if not is_frozen:
            gc.unfreeze()


def reserve_ids(model: type[models.Model], count: int) -> range | list[int]:
    """Primary keys for rows to be, ascending. Inside a transaction: SQLite's write lock is what reserves them."""
    if not connection.in_atomic_block:
        raise AssertionError("reserve_ids belongs into the transaction that inserts the rows")
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + count)


def new_uids(count: int) -> list[str]:
    """UUIDs in ascending order (version 7, RFC 9562: the millisecond, then 74 random bits), as text.

    Random ones would touch every page of the table's index with every thousand rows.
    """
    moment = f"{time.time_ns() // 1_000_000:012x}"
    head = f"{moment[:8]}-{moment[8:]}-7"
    digits = secrets.token_hex(10 * count)
    tails = sorted(digits[start : start + 20] for start in range(0, len(digits), 20))
    # The variant's two bits are 10: the first digit after the third dash is 8, 9, a or b.
    return [f"{head}{tail[:3]}-{'89ab'[int(tail[3], 16) & 3]}{tail[4:7]}-{tail[7:19]}" for tail in tails]


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Insert `rows`, each in the order of `columns` (attribute names, ``case_id``). Other columns get their default."""
    if not rows:
        return
    if not connection.in_atomic_block:
        raise AssertionError("insert_rows belongs into a transaction, which takes all of them back if one fails")
    named = {field.attname: field for field in model._meta.concrete_fields}
    fields = [named[column] for column in columns]
    prepared = _prepare(model, columns, fields, rows)
    left = [field for field in model._meta.concrete_fields if field.attname not in columns]
    rest = [field for field in left if not isinstance(field, models.AutoField) and not field.generated]
    for field in rest:
        if field.unique and field.get_default() is not None:
            raise AssertionError(f"{model.__name__}.{field.name} needs a value of its own in every row")
        adapt, constant = _adapter(field), field.get_default()
        prepared.append(repeat(adapt(constant) if adapt else constant, len(rows)))
    _write(model._meta.db_table, [str(f.column) for f in (*fields, *rest)], zip(*prepared, strict=True))


def update_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Set `columns` of many rows, each by its own primary key; a row is ``(id, value, value, …)``."""
    if not rows:
        return
    named = {field.attname: field for field in model._meta.concrete_fields}
    fields = [named[column] for column in columns]
    keys, *values = zip(*rows, strict=True)
    adapted = [
        map(adapt, column) if (adapt := _adapter(field)) else column
        for field, column in zip(fields, values, strict=True)
    ]
    assignments = ", ".join(f'"{field.column}" = %s' for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{model._meta.db_table}" SET {assignments} WHERE id = %s',  # noqa: S608 - names of our own models
            list(zip(*adapted, keys, strict=True)),
        )


def delete_rows(model: type[models.Model], keys: Iterable[int], *, column: str = "id") -> None:
    """Delete rows to which nothing points: no object is made and nothing is looked for that would go along with them.

    Should something point to one after all, the database refuses the whole transaction.
    """
    wanted = list(keys)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), PER_STATEMENT):
            part = wanted[start : start + PER_STATEMENT]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{column}" IN ({marks})', part)  # noqa: S608


def open_sealed(model: type[models.Model], column: str, uid: object, value: str) -> str:
    """A sealed value that was read with `values_list`, opened."""
    return unseal(value, bound_to=f"{model._meta.db_table}.{column}:{uid}") if value else ""


def _prepare(
    model: type[models.Model], columns: Sequence[str], fields: Sequence[models.Field[Any, Any]], rows: Sequence[Row]
) -> list[Iterable[Any]]:
    """The columns, each as the database takes it."""
    prepared: list[Iterable[Any]] = []
    by_column = list(zip(*rows, strict=True))
    for field, values in zip(fields, by_column, strict=True):
        if isinstance(field, SealedTextField):
            uids = by_column[list(columns).index("uid")]
            prepared.append(seal_column(values, uids, column=f"{model._meta.db_table}.{field.column}"))
        else:
            adapt = _adapter(field)
            prepared.append(values if adapt is None else map(adapt, values))
    return prepared


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How one value of this column is handed to the driver; None: as it is. Dates repeat, so they are remembered."""
    if isinstance(field, models.JSONField):
        return _write_json
    if isinstance(field, (models.DateField, models.DecimalField)):
        return lru_cache(maxsize=4096)(lambda value: field.get_db_prep_save(value, connection))
    if isinstance(field, models.UUIDField) and connection.vendor != "postgresql":
        return lambda value: str(value).replace("-", "")
    return None


def _write_json(value: Any) -> str:
    return to_json(value).decode()


def _write(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
            return
        _write_to_sqlite(cursor, table, names, list(rows))


def _write_to_sqlite(cursor: CursorWrapper, table: str, names: str, rows: Sequence[Row]) -> None:
    """Many rows in a statement: with each, SQLite looks up the last number given and writes out its full-text index.

    `OR FAIL` spares most tables a journal of the statement: the transaction takes back the rows before one that fails.
    """
    marks = f"({', '.join('?' * len(rows[0]))})"  # as the driver wants them: nothing to be put into its way
    whole = len(rows) - len(rows) % PER_STATEMENT
    for size, part in ((PER_STATEMENT, rows[:whole]), (len(rows) - whole, rows[whole:])):
        if part:
            cursor.executemany(
                f'INSERT OR FAIL INTO "{table}" ({names}) VALUES {", ".join([marks] * size)}',  # noqa: S608 - our own
                [list(chain.from_iterable(part[start : start + size])) for start in range(0, len(part), size)],
            )
