"""What a calendar link gives to a calendar program: public facts of gatherings, no person."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch

from sunward.accounts.access import Actor, read_actor
from sunward.accounts.models import Unit
from sunward.gatherings.access import OPEN_STATES, seen_gatherings
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.models import CalendarFeed, Gathering, Session
from sunward.gatherings.queries.calendar import taking_part

# A calendar program asks for everything each time: what lies far behind is not sent again.
DAYS_BACK, DAYS_AHEAD = 92, 400


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One session as a calendar program stores it. `version` grows with each change of the gathering; `point` is
    latitude and longitude in degrees."""

    key: str
    title: str
    place: str
    point: tuple[float, float] | None
    reference: str
    begins_at: datetime
    ends_at: datetime
    published_at: datetime
    version: int
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A link on its owner's page; of the link itself nothing is known any more."""

    id: int
    unit_name: str
    made_at: datetime
    last_read_at: datetime | None


def list_feed_events(feed: CalendarFeed, *, on: date) -> tuple[FeedEvent, ...]:
    """Published sessions of the feed's unit, or those of its owner, as far as her posts of today go."""
    actor = read_actor(feed.user, on=on)
    found = seen_gatherings(actor).filter(state__in=OPEN_STATES, published_at__isnull=False)
    found = found.between(on - timedelta(days=DAYS_BACK), on + timedelta(days=DAYS_AHEAD))
    found = found.within((feed.unit_path,)) if feed.unit_path else found.filter(taking_part(actor))
    rows = found.order_by("begins_on", "pk").prefetch_related(Prefetch("sessions", Session.objects.order_by("pk")))
    return tuple(_to_event(gathering, session) for gathering in rows for session in gathering.sessions.all())


def _to_event(gathering: Gathering, session: Session) -> FeedEvent:
    return FeedEvent(
        key=f"{gathering.uid}-{session.pk}",
        title=gathering.title,
        place=gathering.place,
        point=gathering.point,
        reference=gathering.reference,
        begins_at=session.begins_at,
        ends_at=session.ends_at,
        published_at=gathering.published_at or gathering.made_at,
        version=gathering.version,
        is_cancelled=gathering.state == GatheringState.CANCELLED,
    )


def list_own_feeds(actor: Actor) -> tuple[FeedLine, ...]:
    """The actor's links that are not revoked, the newest first. Two queries."""
    feeds = list(CalendarFeed.objects.filter(user_id=actor.user_id, revoked_at=None).order_by("-made_at", "-pk"))
    names = dict(Unit.objects.filter(path__in={feed.unit_path for feed in feeds}).values_list("path", "name"))
    return tuple(FeedLine(one.pk, names.get(one.unit_path, ""), one.made_at, one.last_read_at) for one in feeds)
