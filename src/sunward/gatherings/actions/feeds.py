"""A link that a calendar program reads. It shows what its owner may see, and ends when she says so."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.accounts.scopes import above
from sunward.audit.chain import Subject
from sunward.core.refusals import NotAllowed, NotThere
from sunward.gatherings.models import CalendarFeed
from sunward.gatherings.roles import TAKING_PART
from sunward.gatherings.tokens import new_token, token_index

FEED_SUBJECT = "calendar_feed"
# A calendar program asks many times a day; its owner wants to know only whether the link is still in use.
NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NewFeed:
    """The token is shown once: what is kept opens nothing."""

    feed: CalendarFeed
    token: str


@transaction.atomic
def make_feed(*, actor: Actor, now: datetime, unit_path: str = "") -> NewFeed:
    """For the actor's own calendar, or that of a unit around her own. Its reader sees no more than she does."""
    paths = actor.paths(*TAKING_PART)
    if unit_path and not (unit_path.startswith(paths or ("\0",)) or unit_path in above(paths)):
        raise NotAllowed("gatherings.unit_not_yours", _("You can subscribe only to calendars of your own units."))
    token = new_token()
    feed = CalendarFeed.objects.create(
        user_id=actor.user_id, unit_path=unit_path, token_index=token_index(token), made_at=now
    )
    record_act(
        actor=actor, code="gatherings.feed_made", now=now, subject=Subject(FEED_SUBJECT, feed.pk), unit_path=unit_path
    )
    return NewFeed(feed, token)


@transaction.atomic
def revoke_feed(*, actor: Actor, feed_id: int, now: datetime) -> None:
    """From this moment the link leads nowhere; revoked twice is revoked once."""
    feed = CalendarFeed.objects.select_for_update().filter(pk=feed_id, user_id=actor.user_id).first()
    if feed is None:
        raise NotThere("gatherings.feed_not_there", _("This calendar link is not valid any more."))
    if feed.revoked_at is not None:
        return
    feed.revoked_at = now
    feed.save(update_fields=["revoked_at"])
    record_act(actor=actor, code="gatherings.feed_revoked", now=now, subject=Subject(FEED_SUBJECT, feed.pk))


def note_feed_read(*, feed: CalendarFeed, now: datetime) -> None:
    """A program has asked for it."""
    old = Q(last_read_at=None) | Q(last_read_at__lt=now - NOTED_EVERY)
    CalendarFeed.objects.filter(old, pk=feed.pk).update(last_read_at=now)
