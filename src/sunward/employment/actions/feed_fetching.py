"""A feed that we fetch: all of it once, page by page, then what has changed. Each page is a step of the job.

A run that is killed goes on from the last page of changes, or tells the snapshot anew: told twice, nothing changes.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Annotated, Any, TypeVar
from uuid import uuid4

from django.db.models import F
from pydantic import BaseModel, Field, ValidationError

from sunward.employment.actions.feed_taking import take_delivery
from sunward.employment.enums import FeedDirection
from sunward.employment.feeds.fetching import Fetched, fetch
from sunward.employment.feeds.items import MOST_ITEMS, Delivery
from sunward.employment.models import VacancyFeed

MOST_PAGES = 1_000
# The cursor leads nowhere any more: everything is told once more.
_BEGIN_ANEW = ("http_400", "http_404", "http_410")
Shape = TypeVar("Shape", bound=BaseModel)
Step = Callable[[], AbstractContextManager[None]]
Cursor = Annotated[str, Field(min_length=1, max_length=300)]


class _Snapshot(BaseModel):
    items: Annotated[list[Any], Field(max_length=5_000)]
    next: Cursor | None = None
    changes: Cursor | None = None


class _Changes(BaseModel):
    items: Annotated[list[Any], Field(max_length=5_000)]
    next: Cursor
    is_more: bool = False


class _Failed(Exception):
    """The other side did not answer as it should; what was taken so far stays."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def feeds_to_fetch(*, on: date) -> list[int]:
    feeds = VacancyFeed.objects.filter(direction=FeedDirection.IN, key_index=None, revoked_at=None, expires_on__gte=on)
    return list(feeds.order_by("pk").values_list("pk", flat=True))


def fetch_feed(feed_id: int, *, step: Step, on: date, now: datetime) -> str:
    """The code of what went wrong, or nothing. The network is never waited for inside a step."""
    feed = VacancyFeed.objects.get(pk=feed_id)
    try:
        if feed.position:
            _fetch_changes(feed, step, on, now)
        else:
            _fetch_snapshot(feed, step, on, now)
        failure = ""
    except _Failed as failed:
        failure = failed.code
    position = "" if failure in _BEGIN_ANEW else F("position")
    with step():
        VacancyFeed.objects.filter(pk=feed.pk).update(
            failure=failure, position=position, last_used_at=now, uses=F("uses") + 1
        )
    return failure


def _fetch_snapshot(feed: VacancyFeed, step: Step, on: date, now: datetime) -> None:
    snapshot, changes = f"fetched-{uuid4().hex[:24]}", None
    params: dict[str, str] = {}
    for _page in range(MOST_PAGES):
        page = _shaped(_Snapshot, fetch(feed.address, "vacancies.json", key=feed.remote_key, params=params))
        # Whatever changes while the pages are read is told since the first of them.
        changes = changes or page.changes
        with step():
            for items in _parts(page.items):
                delivery = Delivery(mode="snapshot", snapshot_id=snapshot, is_last=False, items=items)
                take_delivery(feed, delivery, on=on, now=now)
            if page.next is None:
                last = Delivery(mode="snapshot", snapshot_id=snapshot, is_last=True, items=[])
                take_delivery(feed, last, on=on, now=now)
                VacancyFeed.objects.filter(pk=feed.pk).update(position=changes or "")
                return
        params = {"cursor": page.next}
    raise _Failed("too_many_pages")


def _fetch_changes(feed: VacancyFeed, step: Step, on: date, now: datetime) -> None:
    since = feed.position
    for _page in range(MOST_PAGES):
        page = _shaped(_Changes, fetch(feed.address, "changes", key=feed.remote_key, params={"since": since}))
        with step():
            for items in _parts(page.items):
                take_delivery(feed, Delivery(mode="changes", items=items), on=on, now=now)
            VacancyFeed.objects.filter(pk=feed.pk).update(position=page.next)
        since = page.next
        if not page.is_more:
            return
    raise _Failed("too_many_pages")


def _parts(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), MOST_ITEMS):
        yield items[start : start + MOST_ITEMS]


def _shaped(shape: type[Shape], fetched: Fetched) -> Shape:
    if fetched.failure:
        raise _Failed(fetched.failure)
    try:
        return shape.model_validate(fetched.body)
    except ValidationError as error:
        raise _Failed("no_sense") from error
