"""One table for the search box: what may be found, under whose unit, and its two-character pieces."""

from django.db import models

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
