"""A roadshow as a workbook."""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sunward.core.workbooks import Cell, Sheet
from sunward.gatherings.models import Roadshow
from sunward.gatherings.queries.roadshows import Session, list_sessions
from sunward.gatherings.roadshow_words import tell_month

_HEADS = (
    _("No."), _("Sub-district"), _("Month"), _("Day"), _("Weekday"), _("Half day"), _("Occupation"), _("Speaker"),
    _("Venue"), _("Remarks"),
)  # fmt: skip


def workbook_sheets(roadshow: Roadshow, *, note: str) -> Iterator[Sheet]:
    """As offices write it down: one line a session, by sub-district; a second sheet by day."""
    sessions = list_sessions(roadshow)
    heads = [str(head) for head in _HEADS]
    by_place = sorted(sessions, key=lambda one: (one.subdistrict, one.on or date.max))
    by_day = sorted(sessions, key=lambda one: (one.on or date.max, one.number))
    for name, ordered in ((gettext("By sub-district"), by_place), (gettext("By day"), by_day)):
        rows = [_cells(number, one) for number, one in enumerate(ordered, start=1)]
        yield Sheet(name=name, title=roadshow.title, heads=heads, rows=rows, note=note)


def _cells(number: int, one: Session) -> list[Cell]:
    return [
        number, one.subdistrict, tell_month(one.month), one.on, date_format(one.on, "l") if one.on else "",
        str(one.half), one.occupation, one.speaker, one.venue, "" if one.on else gettext("no place yet"),
    ]  # fmt: skip
