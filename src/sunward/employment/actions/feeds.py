"""A feed is made, given another key, and ended. A key is shown once: what is kept opens nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import record_act
from sunward.core.refusals import Conflict, NotAllowed, Refusal
from sunward.employment.access.feeds import feed_districts, feed_subject, get_feed_for_change
from sunward.employment.enums import FeedDirection
from sunward.employment.feeds.keys import key_index, new_key
from sunward.employment.models import VacancyFeed

MADE, RENEWED, REVOKED = "employment.feed_made", "employment.feed_renewed", "employment.feed_revoked"
VALID_FOR = timedelta(days=365)
CALLS_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class NewKey:
    """`key` is empty for a feed that we fetch: there the other side has given us theirs."""

    feed: VacancyFeed
    key: str


@transaction.atomic
def make_feed(
    *, actor: Actor, form_key: UUID, direction: str, name: str, on: date, now: datetime, address: str = "",
    remote_key: str = "", unit_id: int | None = None,
) -> NewKey:  # fmt: skip
    """Sent twice it is one feed, and the key of the first answer is the one that counts."""
    districts = feed_districts(actor).select_for_update(no_key=True).order_by("pk")
    unit = (districts.filter(pk=unit_id) if unit_id else districts).first()
    if unit is None:
        raise NotAllowed(
            "employment.feed_district", _("Only an employment officer of the district keeps its data feeds.")
        )
    known = VacancyFeed.objects.filter(uid=form_key).first()
    if known is not None:
        raise Conflict(
            "employment.feed_made_before",
            _("This feed has been made already. If its key was not noted down, give it another one."),
        )
    name = name.strip()
    incoming = direction == FeedDirection.IN
    if incoming and VacancyFeed.objects.filter(direction=FeedDirection.IN, name=name).exists():
        raise Refusal(
            "employment.feed_name_taken", _("Another incoming feed is called that. Add the district to its name.")
        )
    key = "" if incoming and address else new_key()
    feed = VacancyFeed.objects.create(
        uid=form_key, direction=direction, name=name, unit=unit, unit_path=unit.path,
        key_index=key_index(key) if key else None, address=address if incoming else "",
        remote_key=remote_key if incoming and address else "", made_by_id=actor.user_id, made_at=now,
        expires_on=on + VALID_FOR,
    )  # fmt: skip
    record_act(
        actor=actor, code=MADE, now=now, subject=feed_subject(feed), unit_path=unit.path, direction=direction,
    )  # fmt: skip
    return NewKey(feed, key)


@transaction.atomic
def renew_feed(*, actor: Actor, feed_id: UUID, on: date, now: datetime) -> NewKey:
    """Another key for another year; from now on the one before opens nothing. What was told stays known."""
    feed = get_feed_for_change(actor=actor, feed_id=feed_id)
    if feed.revoked_at is not None:
        raise Conflict("employment.feed_is_ended", _("This feed has ended. Make a new one."))
    key = "" if feed.is_fetched else new_key()
    feed.key_index, feed.expires_on = key_index(key) if key else None, on + VALID_FOR
    feed.save(update_fields=["key_index", "expires_on"])
    record_act(actor=actor, code=RENEWED, now=now, subject=feed_subject(feed), unit_path=feed.unit_path)
    return NewKey(feed, key)


@transaction.atomic
def revoke_feed(*, actor: Actor, feed_id: UUID, now: datetime) -> VacancyFeed:
    """From this moment its key opens nothing and nothing is fetched; ended twice is ended once."""
    feed = get_feed_for_change(actor=actor, feed_id=feed_id)
    if feed.revoked_at is None:
        feed.revoked_at = now
        feed.save(update_fields=["revoked_at"])
        record_act(actor=actor, code=REVOKED, now=now, subject=feed_subject(feed), unit_path=feed.unit_path)
    return feed


def note_call(feed: VacancyFeed, *, now: datetime) -> bool:
    """Count a call; False where there were too many within the minute."""
    mine = VacancyFeed.objects.filter(pk=feed.pk)
    minute = now.replace(second=0, microsecond=0)
    if not mine.filter(minute=minute).update(uses=F("uses") + 1, minute_uses=F("minute_uses") + 1, last_used_at=now):
        mine.update(uses=F("uses") + 1, minute=minute, minute_uses=1, last_used_at=now)
    return mine.filter(minute_uses__lte=CALLS_A_MINUTE).exists()


def note_items(feed: VacancyFeed, count: int) -> None:
    if count:
        VacancyFeed.objects.filter(pk=feed.pk).update(items=F("items") + count)
