"""One row of any table, whatever says something of a person filled in: a new table or column is planted as well."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.db.models import Field, ForeignKey, Model

from sunward.casework.anonymising import emptied_columns
from sunward.casework.models import Case
from sunward.people.models import Person
from tests.factories import NOW, TODAY

WORD = "悄悄话"
_ORDER = count()
_ROOTS = (Case, Person)
_OF_TYPE: dict[str, Callable[[], Any]] = {
    "DateField": lambda: TODAY,
    # What comes later in a table is later.
    "DateTimeField": lambda: NOW + next(_ORDER) * timedelta(minutes=1),
    "BooleanField": lambda: True,
    "JSONField": lambda: {"words": WORD},
    "DecimalField": lambda: 3,
    "FloatField": lambda: 3.0,
    "UUIDField": uuid4,
}


class Planter:
    """`known` are the rows at hand, by their table; what else a row needs is planted before it, once."""

    def __init__(self, known: dict[type[Model], Model], more: dict[type[Model], dict[str, Any]] | None = None) -> None:
        self.known, self.more = dict(known), more or {}

    def plant(self, model: type[Model], *, along: tuple[str, ...] = ()) -> Model:
        """`along`: foreign keys that may be empty, and shall not be."""
        if model not in self.known:
            given = dict(self.more.get(model, {}))
            for field in model._meta.concrete_fields:
                if field.name not in given and not field.primary_key:
                    given |= self._fill(field, along)
            self.known[model] = model._default_manager.create(**given)
        return self.known[model]

    def _fill(self, field: "Field[Any, Any]", along: tuple[str, ...]) -> dict[str, Any]:
        if isinstance(field, ForeignKey):
            if field.null and field.name not in along and field.related_model not in _ROOTS:
                return {}
            return {field.name: self.plant(field.related_model)}
        says_something = field.name in emptied_columns(field.model)
        if not says_something and (field.null or field.has_default() or field.blank):
            return {}
        return {field.name: _value(field)}


def _value(field: "Field[Any, Any]") -> Any:
    codes = [code for code, _label in field.flatchoices if code not in ("", None)]
    if codes:
        return codes[0]
    kind = field.get_internal_type()
    if kind in _OF_TYPE:
        return _OF_TYPE[kind]()
    if "Integer" in kind:
        return 3
    return WORD[: field.max_length] if field.max_length else WORD


def a_day_of(years: int, *, days: int = 0) -> date:
    return TODAY.replace(year=TODAY.year - years) - timedelta(days=days)
