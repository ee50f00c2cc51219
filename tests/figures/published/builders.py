"""Published months without a night's work."""

from datetime import UTC, date, datetime

from sunward.figures.models import MonthFigure, PublishedMonth
from sunward.figures.pins import month_of
from tests.factories import make_district

OCTOBER, YEAR_BEFORE = month_of(date(2026, 10, 1)), month_of(date(2025, 10, 1))
AT = datetime(2026, 11, 5, 2, tzinfo=UTC)


def told(code, unit, value, *, month=OCTOBER, base=None, is_told=True):
    """A number as the night would have published it."""
    publication, _made = PublishedMonth.objects.get_or_create(
        district=make_district().path, month=month.first,
        defaults={"known_until": AT, "published_on": AT.date(), "pins": {}},
    )  # fmt: skip
    return MonthFigure.objects.create(
        publication=publication, code=code, definition=1, unit_code=unit.code, unit_path=unit.path, first=month.first,
        last=month.last, value=value, base=base or 0, told=value if is_told else None,
        told_base=base if is_told else None, is_told=is_told, reason="" if is_told else "small",
    )  # fmt: skip
