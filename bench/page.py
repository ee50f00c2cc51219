"""A page as one role opens it, and what filling a database for pages needs."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection

__all__ = ["Page", "analyze", "quote"]


@dataclass(frozen=True, slots=True)
class Page:
    """`username`: whose session opens it; empty where the `cookie` of a link does."""

    name: str
    username: str
    path: str
    cookie: str = ""


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
