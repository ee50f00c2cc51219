"""The feeds of a district, for those who keep them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import Fact
from sunward.employment.access.feeds import visible_feeds
from sunward.employment.enums import FeedDirection
from sunward.employment.models import VacancyFeed


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed on the list and above its own page. `is_over`: its key opens nothing any more."""

    uid: UUID
    name: str
    direction: str
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


def list_feeds(actor: Actor) -> tuple[FeedLine, ...]:
    """What is in use first, then by name."""
    feeds = visible_feeds(actor).annotate(
        missing=Count("told_items", filter=Q(told_items__missing_since__isnull=False))
    )
    lines = [feed_line(feed, on=actor.on, missing=feed.missing) for feed in feeds.order_by("name", "pk")]
    return tuple(sorted(lines, key=lambda line: line.is_over))


def feed_line(feed: VacancyFeed, *, on: date, missing: int = 0) -> FeedLine:
    return FeedLine(
        uid=feed.uid, name=feed.name, direction=FeedDirection(feed.direction).label,
        is_outgoing=feed.direction == FeedDirection.OUT, is_fetched=feed.is_fetched, made_at=feed.made_at,
        expires_on=feed.expires_on, is_ended=feed.revoked_at is not None, is_over=not feed.is_valid(on=on),
        last_used_at=feed.last_used_at, uses=feed.uses, items=feed.items,
        missing=missing,
    )  # fmt: skip


def feed_facts(line: FeedLine, *, address: str, document: str) -> tuple[Fact, ...]:
    """What stands on the feed's own page."""
    until = _("ended") if line.is_ended else line.expires_on
    return (
        Fact(_("Address"), address, _("GET reads; POST tells") if not line.is_fetched else ""),
        Fact(_("How to talk to it"), _("OpenAPI document"), href=document),
        Fact(_("Valid until"), until),
        Fact(_("Last used"), line.last_used_at and f"{localtime(line.last_used_at):%Y-%m-%d %H:%M}"),
        Fact(_("Calls so far"), line.uses),
        Fact(_("Vacancies so far"), line.items),
    )
