"""Who could take a child over: near, with a place, and with valid vetting."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from sunward.accounts.access import Actor
from sunward.mentoring.access import visible_mentors
from sunward.mentoring.enums import LIVE_STATES, MentorKind, MentorState
from sunward.mentoring.models import Match
from sunward.mentoring.separation import kept_apart
from sunward.mentoring.vetting import read_standing

MOST = 20
# Vetting is read in Python; so many are looked at to find twenty who are free and vetted.
LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Successor:
    uid: UUID
    name: str
    unit: str
    places: int
    is_neighbour: bool


def list_successors(match: Match, actor: Actor, *, on: date, words: str = "") -> tuple[Successor, ...]:
    """At most twenty: of the child's committee, then of its sub-district, then of the rest. Six queries at most."""
    free = _free(match, actor)
    if words:
        free = free.filter(person__name__contains=words)
    subdistrict = match.unit_path[: len("/310110/310110001/")]
    chosen: dict[int, Successor] = {}
    for near in (Q(unit_path=match.unit_path), Q(unit_path__startswith=subdistrict), Q()):
        if len(chosen) >= MOST:
            break
        for mentor in free.filter(near).exclude(pk__in=chosen).order_by("person__name_key", "pk")[:LOOKED_AT]:
            if len(chosen) < MOST and read_standing(mentor.vetting_facts.all(), on=on).may_match:
                chosen[mentor.pk] = _successor(mentor, match)
    return tuple(chosen.values())


def _free(match: Match, actor: Actor) -> "QuerySet[Any]":
    return (
        visible_mentors(actor)
        .filter(state=MentorState.ACTIVE, kind=MentorKind.MOTHER)
        .exclude(pk=match.mentor_id)
        .exclude(pk__in=kept_apart(match.case.person_id).values("mentor"))
        .annotate(taken=Count("matches", filter=Q(matches__state__in=LIVE_STATES)))
        .filter(taken__lt=F("capacity"))
        .select_related("person", "unit")
        .prefetch_related("vetting_facts")
    )


def _successor(mentor: Any, match: Match) -> Successor:
    return Successor(
        uid=mentor.uid,
        name=mentor.person.name,
        unit=mentor.unit.short_name if mentor.unit else "",
        places=mentor.capacity - mentor.taken,
        is_neighbour=mentor.unit_path == match.unit_path,
    )
