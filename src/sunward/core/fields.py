"""A model field that is sealed in the database and opens only when it is read from its own row."""

from typing import Any

from django.db import models

from sunward.core.sealing import seal, unseal


class Sealed(str):
    """A value as it lies in the database: still closed."""

    __slots__ = ()


class SealedAttribute:
    """Opens a sealed value on first reading, so that a list that does not show it pays nothing."""

    def __init__(self, field: "SealedTextField") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname)
        if value is None:
            instance.refresh_from_db(fields=[self.field.attname])
            value = instance.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = unseal(value, bound_to=self.field.binding(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = "" if value is None else value


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """Text sealed with the row's `uid` as associated data; the model must have that UUID field.

    Look-ups on it are refused: store a blind index beside it and look that up.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, SealedAttribute(self))

    def binding(self, instance: models.Model) -> str:
        return f"{instance._meta.db_table}.{self.column}:{instance.uid}"  # type: ignore[attr-defined]

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str:
        return Sealed(value) if value else ""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = model_instance.__dict__.get(self.attname) or ""
        if isinstance(value, Sealed) or not value:
            return str(value)
        return seal(value, bound_to=self.binding(model_instance))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"isnull", "exact"}:
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is sealed: look up its blind index instead.")
