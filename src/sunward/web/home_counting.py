"""Many lists asked at once: the first keys of each in one query, and how long the long ones are in another.

As many queries of the same rows would take twice the time, most of it spent on building them, not in the database.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Lists = Mapping[str, "QuerySet[Any]"]


def read_first_keys(lists: Lists, *, at_most: int) -> dict[str, list[int]]:
    """Of each list the keys of its first rows, in its own order."""
    found: dict[str, list[int]] = {key: [] for key in lists}
    rows = _ask(lists, at_most=at_most, told="found.{key}, ROW_NUMBER() OVER ()")
    for key, pk, _place in sorted(rows, key=lambda row: row[2]):
        found[key].append(pk)
    return found


def count_rows(lists: Lists, *, at_most: int) -> dict[str, int]:
    """How many rows each list has, counted no further than `at_most`; a list that can have none may be missing."""
    unordered = {key: rows.order_by() for key, rows in lists.items()}
    return dict(_ask(unordered, at_most=at_most, told="COUNT(*)"))


def _ask(lists: Lists, *, at_most: int, told: str) -> list[Any]:
    """`told` of each list's keys, with the list's own name before it. The SQL is Django's, every value a parameter."""
    asked: list[str] = []
    values: list[Any] = []
    for name, rows in lists.items():
        compiler = rows.values_list("pk")[:at_most].query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:
            continue
        key = connection.ops.quote_name(compiler.select[0][2])
        asked.append(f"SELECT %s, {told.format(key=key)} FROM ({sql}) found")  # noqa: S608
        values += [name, *params]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), values)
        found: list[Any] = cursor.fetchall()
    return found
