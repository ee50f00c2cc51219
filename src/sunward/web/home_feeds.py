"""Feeds whose other side has stopped telling so much that a person of the district is asked first."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.employment.access.feeds import visible_feeds

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.employment.models import VacancyFeed


def list_asking_feeds(actor: Actor, on: date) -> "QuerySet[VacancyFeed]":
    waiting = Count("told_items", filter=Q(told_items__missing_since__isnull=False))
    return visible_feeds(actor).annotate(waiting=waiting).filter(waiting__gt=0).order_by("pk")


def tell_asking_feed(feed: "VacancyFeed", on: date) -> ToDo:
    return ToDo(
        title=feed.name,
        href=reverse("employment:feed_missing", args=[feed.uid]),
        note=_("Vacancies that are told no more: %(count)s") % {"count": feed.waiting},  # type: ignore[attr-defined]
        word=_("End or keep?"),
        tone="urgent",
    )
