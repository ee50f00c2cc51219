"""The pages of an outgoing feed: all that is open, and what has changed since."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, QuerySet

from sunward.accounts.models import Unit
from sunward.employment.enums import VacancyState
from sunward.employment.feeds.cursors import Cursor, write_cursor
from sunward.employment.models import PublishedVacancy

PAGE = 200


@dataclass(frozen=True, slots=True)
class FeedPage:
    content: dict[str, Any]
    count: int


def last_number(district: Unit) -> int:
    return PublishedVacancy.objects.filter(unit=district).aggregate(last=Max("number"))["last"] or 0


def read_snapshot(district: Unit, cursor: Cursor | None, *, on: date, size: int = PAGE) -> FeedPage:
    """In the order of the vacancies. What was changed since it was written down is left to the changes."""
    known = cursor.number if cursor else last_number(district)
    rows = _standing(district, on=on).filter(vacancy__gt=cursor.last if cursor else 0).order_by("vacancy")
    page = list(rows.values_list("vacancy", "content")[: size + 1])
    items = [content for _vacancy, content in page[:size]]
    following = None
    if len(page) > size:
        following = write_cursor(Cursor(district.pk, known, page[size - 1][0], is_page=True))
    changes = write_cursor(Cursor(district.pk, known))
    return FeedPage({"items": items, "next": following, "changes": changes}, len(items))


def read_changes(district: Unit, cursor: Cursor, *, on: date, size: int = PAGE) -> FeedPage:
    """Each vacancy once, as it is now; what has ended since it was written down is told as ended at once."""
    rows = PublishedVacancy.objects.filter(unit=district, number__gt=cursor.number).order_by("number")
    page = list(rows.select_related("vacancy__employer").defer("vacancy__contact_phone")[: size + 1])
    items: list[dict[str, Any]] = []
    standing = set(_standing(district, on=on).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True))
    for row in page[:size]:
        offered = row.vacancy.is_open(on) and row.vacancy.unit_path.startswith(district.path)
        if row.pk in standing:
            items.append({"reference": row.content["reference"], "vacancy": row.content})
        elif not (row.is_open and offered):
            items.append({"reference": str(row.vacancy.uid), "vacancy": None})
        # Changed since: it comes once more under its next number.
    reached = page[:size][-1].number if page else cursor.number
    following = write_cursor(Cursor(district.pk, reached))
    return FeedPage({"items": items, "next": following, "is_more": len(page) > size}, len(items))


def _standing(district: Unit, *, on: date) -> "QuerySet[PublishedVacancy]":
    """Written down as open, and still so in the same words. Whatever was closed or changed this minute is not shown."""
    return PublishedVacancy.objects.filter(
        unit=district, is_open=True, vacancy__state=VacancyState.OPEN, vacancy__verified_until__gte=on,
        vacancy__unit_path__startswith=district.path, version=F("vacancy__version"),
    )  # fmt: skip
