"""What a programme declares for the groups: sections of a digest, each made of public columns and nothing else.

A section names a model and the columns it speaks of; the mechanism reads those columns, after it has seen that each is
classified public, and hands their bare values to `say`. So a line cannot hold what nobody may read, whoever writes the
section: it has never had the record in its hands.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F, Field, ForeignKey, Min, Model, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from sunward.core.classification import REGISTRY, Sensitivity

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """For whom and for which day a section is asked: the group's unit, and nothing about anybody in it."""

    unit_id: int
    unit_path: str
    on: date


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One entry as everybody will read it (it may have several lines), and the record it came from."""

    text: str
    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class DigestSection:
    """`rows` chooses and orders records of `model`; `columns` are look-up paths from it, by the name `say` knows them.

    Along a path to many records (``sessions__begins_at``) the smallest value is taken. `kind` is the everyday name of
    the record in the ledger, `most` how many records one digest tells of. A line that has nothing to say is empty.
    `page` names the address of one record by its uid, for whoever composes; no group ever reads it.
    """

    code: str
    title: str | Promise
    kind: str
    model: type[Model]
    columns: Mapping[str, str]
    rows: Callable[[DigestRequest], QuerySet[Any]]
    say: Callable[[Values], str]
    most: int = 10
    page: str = ""

    def addresses(self, ids: Collection[int]) -> dict[int, str]:
        """Where each record can be looked at. One query."""
        if not self.page or not ids:
            return {}
        found = self.model._default_manager.filter(pk__in=ids).values_list("pk", "uid")
        return {pk: reverse(self.page, args=[uid]) for pk, uid in found}

    def read(self, request: DigestRequest) -> list[DigestLine]:
        rows = self.rows(request)
        if rows.model is not self.model:
            raise ImproperlyConfigured(f"{self.code}: rows must be of {self.model.__name__}")
        said = {f"said_{name}": read_path(self.model, path) for name, path in self.columns.items()}
        found = rows.annotate(**said).values("pk", *said)[: self.most]
        lines = []
        for row in found:
            values = MappingProxyType({name: row[f"said_{name}"] for name in self.columns})
            text = self.say(values).strip()
            if text:
                lines.append(DigestLine(text, self.kind, row["pk"]))
        return lines


def read_path(model: type[Model], path: str) -> F | Min:
    """How a path is read, once every column on it has been found to be public."""
    is_to_many = False
    steps = path.split("__")
    here: type[Model] = model
    for at, step in enumerate(steps, start=1):
        field = here._meta.get_field(step)
        if isinstance(field, Field):
            _refuse_unless_public(here, field, path)
        else:
            is_to_many = True
        if at < len(steps):
            if isinstance(field, Field) and not isinstance(field, ForeignKey):
                raise ImproperlyConfigured(f"{path}: {step} leads nowhere")
            here = field.related_model
        elif not isinstance(field, Field) or isinstance(field, ForeignKey):
            raise ImproperlyConfigured(f"{path}: ends at a record, not at a column")
    return Min(path) if is_to_many else F(path)


def _refuse_unless_public(model: type[Model], field: Field[Any, Any], path: str) -> None:
    level = REGISTRY.get(model._meta.label, {}).get(field.name)
    if level != Sensitivity.PUBLIC:
        raise ImproperlyConfigured(
            f"{path}: {model.__name__}.{field.name} is {level}, a group reads public columns only"
        )


@lru_cache(maxsize=1)
def digest_sections() -> Mapping[str, DigestSection]:
    """By code, in the order of the programmes; a programme's `digests.py` holds ``SECTIONS``."""
    found: dict[str, DigestSection] = {}
    for programme in settings.SUNWARD_PROGRAMMES:
        if module_has_submodule(import_module(programme), "digests"):
            for section in import_module(f"{programme}.digests").SECTIONS:
                for path in section.columns.values():
                    read_path(section.model, path)
                found[section.code] = section
    return MappingProxyType(found)
