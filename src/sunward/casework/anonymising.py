"""Emptying what is personal, sensitive or sealed of everything that belongs to a file or to a person.

Nothing is listed by hand: what belongs is found along the foreign keys, what is emptied by the classes of the columns
(`core.classification`). A new table or column is covered the moment it is classified; if a column cannot be emptied, a
house test fails.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Field, ForeignKey, JSONField, Model, OneToOneField, Q
from django.db.models.fields.related import RelatedField

from sunward.core.append_only import lifted
from sunward.core.classification import REGISTRY, Sensitivity
from sunward.core.models import AppendOnly

EMPTIED = (Sensitivity.PERSONAL, Sensitivity.SENSITIVE, Sensitivity.SEALED)


@dataclass(frozen=True, slots=True)
class Belonging:
    """A table whose rows belong to a root along any of `paths` (look-ups), and the columns of it that are emptied."""

    model: type[Model]
    paths: tuple[str, ...]
    columns: tuple[str, ...]

    def rows(self, keys: Collection[int]) -> Any:
        wanted = Q()
        for path in self.paths:
            wanted |= Q(**{f"{path}__in": keys})
        return self.model._default_manager.filter(wanted)


@cache
def belongings(root: type[Model], but: tuple[type[Model], ...] = ()) -> tuple[Belonging, ...]:
    """Every classified table that belongs to `root`, itself left out; not along `but`: those stand on their own."""
    paths: dict[type[Model], set[str]] = {root: {""}}
    frontier = [root]
    while frontier:
        owner = frontier.pop(0)
        for model, field in _pointing_at(owner):
            if model in but or model is root or field.name in {path.split("__")[0] for path in paths.get(model, ())}:
                continue
            found = {f"{field.name}__{path}" if path else field.name for path in paths[owner]}
            if model not in paths:
                frontier.append(model)
            paths.setdefault(model, set()).update(found)
    del paths[root]
    return tuple(
        Belonging(model, tuple(sorted(found)), emptied_columns(model))
        for model, found in sorted(paths.items(), key=lambda item: item[0]._meta.label)
    )


def emptied_columns(model: type[Model]) -> tuple[str, ...]:
    """Columns that say something of a person; a foreign key says it only together with the row it points at."""
    return tuple(
        column
        for column, level in REGISTRY.get(model._meta.label, {}).items()
        if level in EMPTIED and isinstance(field := model._meta.get_field(column), Field)
        and not isinstance(field, RelatedField)
    )  # fmt: skip


def blank_of(field: "Field[Any, Any]") -> Any:
    """What an emptied column holds."""
    if field.null:
        return None
    if isinstance(field, JSONField):
        return field.get_default() if field.has_default() else []
    if field.get_internal_type() in ("CharField", "TextField", "SealedTextField"):
        return ""
    if field.has_default():
        return field.get_default()
    raise ImproperlyConfigured(f"{field.model.__name__}.{field.name} cannot be emptied: let it be null.")


def empty(found: Collection[Belonging], keys: Collection[int]) -> int:
    """Empty them all for these roots, within the caller's transaction. Returns how many rows there were."""
    held = [one for one in found if one.columns and one.rows(keys).exists()]
    with lifted(one.model._meta.db_table for one in held if issubclass(one.model, AppendOnly)):
        return sum(_empty(one, keys) for one in held)


def _empty(belonging: Belonging, keys: Collection[int]) -> int:
    fields = belonging.model._meta
    values = {column: blank_of(fields.get_field(column)) for column in belonging.columns}  # type: ignore[arg-type]
    # The keys first: a path over several tables may not be updated along.
    rows = list(belonging.rows(keys).values_list("pk", flat=True))
    return int(belonging.model._default_manager.filter(pk__in=rows).update(**values))


def _pointing_at(owner: type[Model]) -> Iterator[tuple[type[Model], "ForeignKey[Any, Any]"]]:
    for model in apps.get_models():
        if model._meta.label not in REGISTRY:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey | OneToOneField) and field.related_model is owner and model is not owner:
                yield model, field
