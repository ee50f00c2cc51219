"""Every column is classified once; permission, export, anonymiser and retention use the same word."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


class Sensitivity(StrEnum):
    """From open to closed; the order is the order of care."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SEALED = "sealed"


REGISTRY: dict[str, dict[str, Sensitivity]] = {}


def classified(
    *, public: str = "", internal: str = "", personal: str = "", sensitive: str = "", sealed: str = ""
) -> Callable[[Model], Model]:
    """Class decorator for a model: column names, separated by spaces, under their sensitivity."""
    words = {
        Sensitivity.PUBLIC: public,
        Sensitivity.INTERNAL: internal,
        Sensitivity.PERSONAL: personal,
        Sensitivity.SENSITIVE: sensitive,
        Sensitivity.SEALED: sealed,
    }

    def register(model: Model) -> Model:
        REGISTRY[model._meta.label] = {column: level for level, names in words.items() for column in names.split()}
        return model

    return register


def sensitivity(model: type[models.Model], column: str) -> Sensitivity:
    return REGISTRY[model._meta.label][column]
