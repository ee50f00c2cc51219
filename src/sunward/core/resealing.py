"""Sealing everything again with the newest key, so that an old one can be taken off the ring.

Values that are sealed with the newest key already are passed over, so an interrupted run simply goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models, transaction

from sunward.core.fields import SealedTextField
from sunward.core.sealing import is_sealed_with_newest, unseal

BATCH = 500


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many values of one column were read and how many were sealed anew."""

    column: str
    seen: int
    resealed: int


def reseal_all() -> Iterator[Resealed]:
    """Column after column; each batch of rows is one transaction."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, SealedTextField):
                yield _reseal_column(model, field)


def _reseal_column(model: type[models.Model], field: SealedTextField) -> Resealed:
    seen = resealed = last = 0
    while True:
        with transaction.atomic():
            rows = list(
                model._default_manager.filter(pk__gt=last)
                .exclude(**{field.name: ""})
                .order_by("pk")
                .select_for_update()
                .only("pk", "uid", field.name)[:BATCH]
            )
            resealed += sum(_reseal_row(row, field) for row in rows)
        seen += len(rows)
        if len(rows) < BATCH:
            return Resealed(f"{model._meta.db_table}.{field.column}", seen, resealed)
        last = rows[-1].pk


def _reseal_row(row: models.Model, field: SealedTextField) -> bool:
    """The value is opened and sealed under the same row; whoever edits the row waits for its lock meanwhile."""
    token = str(row.__dict__[field.attname])
    if is_sealed_with_newest(token):
        return False
    bound_to = field.binding(row)
    row.__dict__[field.attname] = unseal(token, bound_to=bound_to)
    row.save(update_fields=[field.name])
    return True
