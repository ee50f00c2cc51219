"""A gathering in the words of a group's digest: its bare public values in, one entry out."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sunward.gatherings.enums import Mode

# The name `describe` knows each value by, and the column it is: every one is classified public.
ANNOUNCED_COLUMNS = {
    "title": "title",
    "begins_on": "begins_on",
    "ends_on": "ends_on",
    "begins_at": "sessions__begins_at",
    "mode": "mode",
    "place": "place",
    "places": "places",
    "cost": "cost",
    "sign_up_until": "sign_up_until",
}


def describe(values: Mapping[str, Any]) -> str:
    """Title, and below it when, where, how many and by when: what somebody needs to decide whether to come."""
    title, when, where = str(values["title"]), _when(values), _where(values)
    lines = [title, "   " + " · ".join(filter(None, (when, where)))]
    more = " · ".join(filter(None, (_places(values["places"]), _cost(values["cost"]), _until(values["sign_up_until"]))))
    if more:
        lines.append("   " + more)
    return "\n".join(lines)


def _when(values: Mapping[str, Any]) -> str:
    first: date = values["begins_on"]
    last: date = values["ends_on"] or first
    begins_at: datetime | None = values["begins_at"]
    said = _day(first)
    if last != first:
        return _("%(first)s to %(last)s") % {"first": said, "last": _day(last)}
    return f"{said} {timezone.localtime(begins_at):%H:%M}" if begins_at else said


def _day(day: date) -> str:
    # In Chinese not 周一: somebody may be called so, and no message may hold a name.
    weekdays = (
        pgettext("weekday in a group", "Mon"),
        pgettext("weekday in a group", "Tue"),
        pgettext("weekday in a group", "Wed"),
        pgettext("weekday in a group", "Thu"),
        pgettext("weekday in a group", "Fri"),
        pgettext("weekday in a group", "Sat"),
        pgettext("weekday in a group", "Sun"),
    )
    return pgettext("day", "%(month)d/%(day)d (%(weekday)s)") % {
        "month": day.month, "day": day.day, "weekday": weekdays[day.weekday()],
    }  # fmt: skip


def _where(values: Mapping[str, Any]) -> str:
    if values["mode"] == Mode.ONLINE:
        return str(Mode.ONLINE.label)
    return str(values["place"])


def _places(places: int | None) -> str:
    return ngettext("%(count)d place", "%(count)d places", places) % {"count": places} if places else ""


def _cost(cost: Decimal | None) -> str:
    return _("%(cost)s yuan") % {"cost": f"{cost.normalize():f}"} if cost else _("free of charge")


def _until(moment: datetime | None) -> str:
    return _("sign up by %(day)s") % {"day": _day(timezone.localdate(moment))} if moment else ""
