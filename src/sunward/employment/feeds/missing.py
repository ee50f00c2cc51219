"""What a channel has stopped telling and a person has still to decide about."""

from hashlib import sha256

from django.db.models import QuerySet

from sunward.employment.models import FeedItem, VacancyFeed


def missing_items(feed: VacancyFeed) -> "QuerySet[FeedItem]":
    return FeedItem.objects.filter(feed=feed, missing_since__isnull=False)


def mark_of_missing(feed: VacancyFeed) -> str:
    """Of exactly these: whoever decides has seen them and no others."""
    ids = missing_items(feed).order_by("pk").values_list("pk", flat=True)
    return sha256(",".join(map(str, ids)).encode()).hexdigest()[:20]
