"""What planned gatherings wait for: a day, an announcement, a consent given anew, or the word of how it was."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.core.furniture import ToDo
from sunward.gatherings.access import planned_gatherings
from sunward.gatherings.enums import GatheringState
from sunward.gatherings.queries.consents import lapsed_sign_ups

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from sunward.gatherings.models import Gathering

# How long before it begins a draft is to be published, so that people have time to sign up.
PUBLISHED_BEFORE = timedelta(days=21)


def list_waiting_gatherings(actor: Actor, on: date) -> "QuerySet[Gathering]":
    """Whatever is over and not closed; drafts that begin soon; drafts without a day whose month is near, or unknown."""
    soon = on + PUBLISHED_BEFORE
    is_over = Q(state__in=(GatheringState.PUBLISHED, GatheringState.DRAFT), ends_on__lt=on)
    is_near = Q(state=GatheringState.DRAFT, begins_on__lte=soon)
    has_no_day = Q(state=GatheringState.DRAFT, begins_on=None) & (Q(month="") | Q(month__lte=f"{soon:%Y-%m}"))
    found = planned_gatherings(actor).annotate(
        has_lapsed_consent=Exists(lapsed_sign_ups().filter(gathering=OuterRef("pk")))
    )
    is_unsafe = Q(state=GatheringState.PUBLISHED, ends_on__gte=on, has_lapsed_consent=True)
    found = found.filter(is_over | is_near | has_no_day | is_unsafe)
    return found.select_related("host").order_by(F("begins_on").asc(nulls_last=True), "month", "pk")


def has_planned(actor: Actor) -> bool:
    return planned_gatherings(actor).exists()


def tell_gathering(gathering: "Gathering", on: date) -> ToDo:
    when = gathering.begins_on.isoformat() if gathering.begins_on else gathering.when_note or gathering.month
    return ToDo(
        title=gathering.title,
        href=reverse("gatherings:gathering", args=[gathering.uid]),
        note=f"{gathering.host.short_name} · {when}" if when else gathering.host.short_name,
        word=_what_to_do(gathering, on),
        tone="warn" if gathering.state == GatheringState.PUBLISHED or _is_over(gathering, on) else "calm",
    )


def _is_over(gathering: "Gathering", on: date) -> bool:
    return gathering.ends_on is not None and gathering.ends_on < on


def _what_to_do(gathering: "Gathering", on: date) -> str | Promise:
    if gathering.ends_on is None:
        return _("No day yet")
    is_published = gathering.state == GatheringState.PUBLISHED
    if _is_over(gathering, on):
        return _("Say how it was") if is_published else _("Over, never published")
    return _("A guardian's consent holds no longer") if is_published else _("Not published yet")
