"""Emergencies among what waits: before everything else, for whoever answers for the child."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sunward.accounts.access import Actor
from sunward.accounts.enums import CASEWORK_ROLES, Role
from sunward.core.furniture import ToDo
from sunward.mentoring.queries.calls import list_own_calls
from sunward.safeguarding.access.emergencies import current_emergencies, visible_care
from sunward.safeguarding.enums import EmergencyKind, EmergencyState
from sunward.safeguarding.models import Emergency, TemporaryCare
from sunward.safeguarding.queries.emergencies import STATE_TONES, list_standing
from sunward.safeguarding.queries.stand_by import list_asked
from sunward.safeguarding.queries.words import say_moment


def read_banner(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """What goes on top of the home page, by name; what a post has nothing to do with is not asked for."""
    banner: dict[str, Any] = {}
    if actor.has(*CASEWORK_ROLES):
        banner["emergencies"] = list_standing(actor, now=now)
    if actor.has(Role.MENTOR):
        banner |= {"calls": list_own_calls(actor, now=now), "asked": list_asked(actor)}
    return banner


def list_calls(actor: Actor, on: date) -> "QuerySet[Emergency]":
    found = current_emergencies(actor).select_related("case__person", "case__unit")
    return found.order_by("-state", "raised_at")


def tell_call(emergency: Emergency, on: date) -> ToDo:
    name = emergency.case.person.name
    return ToDo(
        title=name,
        href=reverse("safeguarding:emergency", args=[emergency.uid]),
        note=f"{EmergencyKind(emergency.kind).label} · {emergency.reference}",
        word=EmergencyState(emergency.state).label,
        tone=STATE_TONES[emergency.state],
        person=name,
    )


def list_children_away(actor: Actor, on: date) -> "QuerySet[TemporaryCare]":
    """Children in temporary care, whoever should be back first foremost."""
    found = visible_care(actor).filter(ended_at=None).select_related("case__person", "case__unit")
    return found.order_by("expected_until_at", "pk")


def tell_child_away(care: TemporaryCare, on: date) -> ToDo:
    name = care.case.person.name
    return ToDo(
        title=name, href=reverse("safeguarding:care", args=[care.uid]), note=care.case.unit.short_name,
        word=say_moment(care.expected_until_at), tone="warn", person=name,
    )  # fmt: skip
