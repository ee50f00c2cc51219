"""The three questions a meeting asked of itself, and which figures answer each: effort, development, satisfaction.

An index is no score. It is its parts, each with its card and beside what it was a year before; nothing is weighed
against anything else, and no unit or person is set above another (docs/adr/0017-indices.md).
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy

from sunward.core.furniture import Text


class IndexKind(models.TextChoices):
    EFFORT = "effort", pgettext_lazy("index", "Effort")
    DEVELOPMENT = "development", pgettext_lazy("index", "Development")
    SATISFACTION = "satisfaction", pgettext_lazy("index", "Satisfaction")


@dataclass(frozen=True, slots=True)
class IndexPart:
    """A figure that belongs to an index. `asked`, of satisfaction, is the one that counts who could have answered."""

    code: str
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """What a programme declares in its `indices.py`: few parts, those first that a reader asks for first."""

    kind: IndexKind
    says: Text
    parts: tuple[IndexPart, ...]
