"""Files opened in an emergency that wait for a word whether it was right."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.casework.enums import GlassReason
from sunward.casework.glass_access import reviewable_glass
from sunward.casework.models import BrokenGlass
from sunward.core.furniture import ToDo


def list_unjudged_glass(actor: Actor, on: date) -> "QuerySet[Any]":
    return reviewable_glass(actor).select_related("case", "user").order_by("opened_at", "pk")


def tell_glass(glass: BrokenGlass, on: date) -> ToDo:
    return ToDo(
        title=glass.case.reference,
        href=reverse("mentoring:glasses"),
        note=f"{glass.user} · {GlassReason(glass.reason).label}",
        tone="warn",
    )
