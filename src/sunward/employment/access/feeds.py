"""Who keeps the feeds of a district, and whose key opens one.

A feed tells of a whole district, so only an employment officer of the district itself makes or ends one.
"""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role, UnitKind
from sunward.accounts.models import Unit, UnitQuerySet
from sunward.audit.chain import Subject
from sunward.core.refusals import NotAllowed, NotThere
from sunward.employment.enums import FeedDirection
from sunward.employment.feeds.keys import key_index
from sunward.employment.models import VacancyFeed

FEED_SUBJECT = "vacancy_feed"
FEED_ROLES = (Role.EMPLOYMENT_OFFICER,)
# A district is the root of its paths: ``/310110/``.
_DISTRICT_STROKES = 2


def feed_districts(actor: Actor) -> UnitQuerySet:
    return Unit.objects.filter(kind=UnitKind.DISTRICT, path__in=[*actor.paths(*FEED_ROLES)])


def keeps_feeds(actor: Actor) -> bool:
    """Whether there is anything to lead to; without a query, for pages that only show the way."""
    return any(path.count("/") == _DISTRICT_STROKES for path in actor.paths(*FEED_ROLES))


def refuse_outside_district(actor: Actor) -> None:
    """A page that only an officer of a district itself has."""
    if not feed_districts(actor).exists():
        raise NotAllowed(
            "employment.feed_district", _("Only an employment officer of the district keeps its data feeds.")
        )


def visible_feeds(actor: Actor) -> QuerySet[VacancyFeed]:
    return VacancyFeed.objects.filter(unit__in=feed_districts(actor))


def feed_subject(feed: VacancyFeed) -> Subject:
    return Subject(FEED_SUBJECT, feed.pk)


def get_feed(*, actor: Actor, feed_id: UUID) -> VacancyFeed:
    row = visible_feeds(actor).select_related("unit").filter(uid=feed_id).first()
    if row is None:
        raise _not_there()
    return row


def get_feed_for_change(*, actor: Actor, feed_id: UUID) -> VacancyFeed:
    """The feed, locked, inside the act's transaction."""
    row = visible_feeds(actor).select_for_update(of=("self",)).filter(uid=feed_id).first()
    if row is None:
        raise _not_there()
    return row


def find_feed_by_key(key: str, *, on: date) -> VacancyFeed | None:
    """None whatever is wrong with the key: unknown, revoked and run out are one answer."""
    if not key or len(key) > 200:
        return None
    row = VacancyFeed.objects.select_related("unit").filter(key_index=key_index(key)).first()
    return row if row is not None and row.is_valid(on=on) else None


def goes_out(feed: VacancyFeed) -> bool:
    return feed.direction == FeedDirection.OUT


def _not_there() -> NotThere:
    return NotThere("employment.feed_not_there", _("There is no such feed, or it is not yours to keep."))
