"""One table for the search box: what may be found, under whose unit, and its two-character pieces."""

from typing import Any

from django.db import models
from django.db.models.lookups import Lookup

from sunward.core.classification import classified


@classified(internal="id kind object_id unit_path grams", personal="text detail")
class SearchEntry(models.Model):
    """`grams` holds the bigrams of `text`, separated by spaces; each database indexes them in its own way."""

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    unit_path = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    detail = models.CharField(max_length=200, blank=True)
    grams = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["kind", "unit_path"], name="search_entry_scope")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


@models.TextField.register_lookup
class Holds(Lookup[Any]):
    """``grams__holds=[…]``: every one of these grams is among the entry's own. Made for `SearchEntry.grams` alone.

    A lookup, not raw SQL beside the query: so it goes along into subqueries, whatever alias the table has there.
    """

    lookup_name = "holds"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"string_to_array({column}, ' ') @> %s::text[]", [*params, list(self.rhs)]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        table = column.rsplit(".", 1)[0]
        phrase = " AND ".join(f'"{gram}"' for gram in self.rhs)
        matching = "SELECT rowid FROM core_searchgrams WHERE core_searchgrams MATCH %s"
        return f"{table}.id IN ({matching})", [*params, phrase]
