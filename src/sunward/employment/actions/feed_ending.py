"""What a channel tells no more: it ends, unless so much would end at once that a person is asked first.

A source that breaks tells an empty list as readily as a true one. More than three tenths of what it told within a day
(or since somebody decided last) is not believed without a look: until then all of it stays as it was.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.auditing import SYSTEM, record_act
from sunward.core.refusals import Conflict
from sunward.employment.access.feeds import feed_subject, get_feed_for_change
from sunward.employment.actions.vacancies import CLOSED
from sunward.employment.actions.vacancy_recording import record_vacancy, save_vacancy
from sunward.employment.enums import Channel, VacancyCloseReason, VacancyState
from sunward.employment.feeds.missing import mark_of_missing, missing_items
from sunward.employment.models import FeedItem, Vacancy, VacancyFeed, VacancySource

ENDED_AT_ONCE, KEPT_AT_ONCE = "employment.feed_missing_ended", "employment.feed_missing_kept"
MOST_WITHOUT_ASKING = 0.3
_WINDOW = timedelta(days=1)


def end_items(feed: VacancyFeed, ending: Sequence[FeedItem], *, on: date, now: datetime) -> int | None:
    """Inside the delivery's transaction. None: they have ended; else all of them stay and wait for a person, and so
    many are asked for the first time."""
    fresh = [item for item in ending if item.missing_since is None]
    waiting = missing_items(feed).count()
    standing = FeedItem.objects.filter(feed=feed, ended_at=None, is_kept=False).count()
    since = max(now - _WINDOW, feed.decided_at or now - _WINDOW)
    gone = FeedItem.objects.filter(feed=feed, ended_at__gt=since).count()
    if waiting + gone + len(fresh) > MOST_WITHOUT_ASKING * (standing + gone):
        for item in fresh:
            item.missing_since = now
        FeedItem.objects.bulk_update(fresh, ["missing_since"])
        return len(fresh)
    for item in ending:
        _end(feed, item, actor=SYSTEM, on=on, now=now)
    return None


@transaction.atomic
def decide_missing(*, actor: Actor, feed_id: UUID, mark: str, ends: bool, on: date, now: datetime) -> int:
    """A person has looked: they end, or they stay although the channel tells them no more. How many."""
    feed = get_feed_for_change(actor=actor, feed_id=feed_id)
    items = list(missing_items(feed).select_for_update(of=("self",)).order_by("pk"))
    if not items:
        return 0
    if mark != mark_of_missing(feed):
        raise Conflict(
            "employment.feed_missing_changed", _("Meanwhile the list has changed. Look at it again, then decide.")
        )
    for item in items:
        if ends:
            _end(feed, item, actor=actor, on=on, now=now)
        else:
            item.missing_since, item.is_kept = None, True
            item.save(update_fields=["missing_since", "is_kept"])
    feed.decided_at, feed.decided_by_id = now, actor.user_id
    feed.save(update_fields=["decided_at", "decided_by_id"])
    record_act(
        actor=actor, code=ENDED_AT_ONCE if ends else KEPT_AT_ONCE, now=now, subject=feed_subject(feed),
        unit_path=feed.unit_path, rows=len(items),
    )  # fmt: skip
    return len(items)


def _end(feed: VacancyFeed, item: FeedItem, *, actor: Actor, on: date, now: datetime) -> None:
    item.ended_at, item.missing_since = now, None
    item.save(update_fields=["ended_at", "missing_since"])
    row = Vacancy.objects.select_for_update(of=("self",)).get(pk=item.vacancy_id)
    if row.state == VacancyState.CLOSED or _is_told_otherwise(row, feed, item):
        return
    row.state, row.close_reason = VacancyState.CLOSED, VacancyCloseReason.WITHDRAWN
    save_vacancy(row, "state", "close_reason")
    record_vacancy(row, CLOSED, actor=actor, on=on, now=now, reason=row.close_reason, feed=feed.pk)


def _is_told_otherwise(row: Vacancy, feed: VacancyFeed, item: FeedItem) -> bool:
    """By another channel, or by another feed that has not ended it: then people say when it is over."""
    sources = VacancySource.objects.filter(Q(vacancy=row) | Q(vacancy__merged_into=row))
    sources = sources.exclude(channel=Channel.FEED, name=feed.name, reference=item.reference)
    others = list(sources.values_list("channel", "name", "reference"))
    told = FeedItem.objects.filter(Q(vacancy=row) | Q(vacancy__merged_into=row), ended_at__isnull=False)
    over = set(told.values_list("feed__name", "reference"))
    return any(channel != Channel.FEED or (name, reference) not in over for channel, name, reference in others)
