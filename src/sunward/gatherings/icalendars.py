"""A calendar file (RFC 5545) of events. The same events give the same bytes, so that an answer can be "unchanged"."""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from sunward.gatherings.queries.feeds import FeedEvent

MIME = "text/calendar; charset=utf-8"
# Names of events are made in a space of our own, so that no other system's event is ever meant.
_SPACE = UUID("6f0c7f5e-52f5-4b0a-9d5b-1f6a7c1d8e21")


def write_calendar(events: Iterable[FeedEvent], *, name: str) -> bytes:
    book = Calendar()
    book.add("prodid", "-//Sunward//Gatherings//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("name", name)
    book.add("x-wr-calname", name)
    for event in events:
        book.add_component(_to_component(event))
    return bytes(book.to_ical())


def _to_component(event: FeedEvent) -> Event:
    component = Event()
    component.add("uid", str(uuid5(_SPACE, event.key)))
    # Required; the moment of the reading would make every answer a new one.
    component.add("dtstamp", event.published_at)
    component.add("sequence", event.version)
    component.add("dtstart", event.begins_at)
    component.add("dtend", event.ends_at)
    component.add("summary", event.title)
    component.add("description", event.reference)
    if event.place:
        component.add("location", event.place)
    if event.point:
        component.add("geo", event.point)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return component


def mark_of_content(content: bytes) -> str:
    """The strong entity tag of an answer."""
    return f'"{sha256(content).hexdigest()[:32]}"'
