"""The feeds of a district, for those who keep them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact, Text
from sunward.employment.access.feeds import visible_feeds
from sunward.employment.enums import FeedDirection, VacancyState
from sunward.employment.feeds.missing import mark_of_missing, missing_items
from sunward.employment.feeds.receiving import say_code
from sunward.employment.models import FeedItem, VacancyFeed


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed on the list and above its own page. `is_over`: its key opens nothing any more."""

    uid: UUID
    name: str
    direction: Text
    is_outgoing: bool
    is_fetched: bool
    made_at: datetime
    expires_on: date
    is_ended: bool
    is_over: bool
    last_used_at: datetime | None
    uses: int
    items: int
    missing: int
    address: str
    failure: Text


def list_feeds(actor: Actor) -> tuple[FeedLine, ...]:
    """What is in use first, then by name."""
    feeds = visible_feeds(actor).annotate(
        missing=Count("told_items", filter=Q(told_items__missing_since__isnull=False))
    )
    lines = [feed_line(feed, on=actor.on, missing=feed.missing) for feed in feeds.order_by("name", "pk")]
    return tuple(sorted(lines, key=lambda line: line.is_over))


_FAILURES: dict[str, Text] = {
    "unusable_address": _("This address may not be fetched from. Make the feed anew with the right one."),
    "no_such_host": _("Nobody knows a computer of that name. Ask the other side for their address."),
    "address_inside": _("The address leads into an inner network. Whoever runs Sunward can allow its host."),
    "no_connection": _("It did not answer. It is tried again every half an hour."),
    "http_401": _("It does not take the key. Ask for another and make the feed anew."),
    "http_403": _("It does not take the key. Ask for another and make the feed anew."),
    "too_large": _("It told more at once than can be read. Ask for smaller pages."),
    "too_many_pages": _("It told pages without end. Ask the other side to look at their feed."),
    "no_sense": _("It told something that is no feed of vacancies. Show them the OpenAPI document."),
}


def say_failure(code: str) -> Text:
    """Nothing where all went well; a code that nobody wrote words for is shown as it is."""
    return _FAILURES.get(code) or (_("It answered with an error: %(code)s") % {"code": code} if code else "")


def feed_line(feed: VacancyFeed, *, on: date, missing: int = 0) -> FeedLine:
    return FeedLine(
        uid=feed.uid, name=feed.name, direction=FeedDirection(feed.direction).label,
        is_outgoing=feed.direction == FeedDirection.OUT, is_fetched=feed.is_fetched, made_at=feed.made_at,
        expires_on=feed.expires_on, is_ended=feed.revoked_at is not None, is_over=not feed.is_valid(on=on),
        last_used_at=feed.last_used_at, uses=feed.uses, items=feed.items,
        missing=missing, address=feed.address, failure=say_failure(feed.failure),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A vacancy that a channel tells no more. `is_closed`: whatever is decided changes nothing of it."""

    uid: UUID
    reference: str
    title: str
    employer: str
    state: Text
    is_closed: bool


@dataclass(frozen=True, slots=True)
class MissingPage:
    lines: tuple[MissingLine, ...]
    count: int
    standing: int
    mark: str


SHOWN_MISSING = 200


def read_missing(feed: VacancyFeed) -> MissingPage:
    """What would end, the first of them by name; `mark` is of all of them."""
    items = missing_items(feed)
    rows = items.select_related("vacancy__employer").defer("vacancy__contact_phone", "told").order_by("pk")
    lines = tuple(
        MissingLine(
            uid=item.vacancy.uid, reference=item.reference, title=item.vacancy.title,
            employer=item.vacancy.employer.name, state=VacancyState(item.vacancy.state).label,
            is_closed=item.vacancy.state == VacancyState.CLOSED,
        )
        for item in rows[:SHOWN_MISSING]
    )  # fmt: skip
    standing = FeedItem.objects.filter(feed=feed, ended_at=None).count()
    return MissingPage(lines, items.count(), standing, mark_of_missing(feed))


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of the last delivery: counts with their words, and the first rows that were refused."""

    at: str
    counts: tuple[Fact, ...]
    refused: tuple[tuple[str, str], ...]


def read_delivered(feed: VacancyFeed) -> Delivered | None:
    told = feed.outcome
    if not told:
        return None
    words = (
        ("told", _("Rows told")), ("new", _("New")), ("changed", _("With changes")), ("same", _("As before")),
        ("ended", _("Ended")), ("asked", _("Asked about")), ("kept", _("Left as the office has them")),
        ("refused", _("Refused")),
    )  # fmt: skip
    counts = tuple(Fact(word, told.get(key, 0)) for key, word in words if told.get(key) or key == "told")
    refused = tuple((row["reference"] or "", _say_refused(row)) for row in told.get("rows", ()))
    return Delivered(f"{localtime(datetime.fromisoformat(told['at'])):%Y-%m-%d %H:%M}", counts, refused)


def _say_refused(row: dict[str, Any]) -> str:
    return " ".join([*(say_code(code) for code in row["codes"]), row["where"]]).strip()


def feed_facts(line: FeedLine, *, address: str, document: str) -> tuple[Fact, ...]:
    """What stands on the feed's own page."""
    if line.is_fetched:
        where = (Fact(_("Fetched from"), line.address), Fact(_("Last answer"), line.failure or _("all well")))
    else:
        talk = Fact(_("How to talk to it"), _("OpenAPI document"), href=document)
        where = (
            Fact(_("Address of the feed"), address, _("read with GET") if line.is_outgoing else _("told with POST")),
            talk,
        )
    until = _("ended") if line.is_ended else line.expires_on
    return (
        *where,
        Fact(_("Valid until"), until),
        Fact(_("Last used"), line.last_used_at and f"{localtime(line.last_used_at):%Y-%m-%d %H:%M}"),
        Fact(_("Calls so far"), line.uses),
        Fact(_("Vacancies so far"), line.items),
    )
