"""The wishes that a neighbour mom wrote for her child, and what became of them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.enums import GoalKind, GoalState
from sunward.casework.models import Goal
from sunward.core.furniture import Text, Tone
from sunward.mentoring.models import Match


@dataclass(frozen=True, slots=True)
class OwnWish:
    words: str
    written_on: date
    state: Text
    tone: Tone


def list_own_wishes(match: Match, actor: Actor) -> tuple[OwnWish, ...]:
    """Her own only, the latest first. One query."""
    found = Goal.objects.filter(case=match.case_id, kind=GoalKind.WISH, created_by_id=actor.user_id)
    return tuple(_own(wish) for wish in found.order_by("-pk")[:10])


def _own(wish: Goal) -> OwnWish:
    states: dict[str, tuple[Text, Tone]] = {
        GoalState.REACHED: (_("Granted"), "good"),
        GoalState.DROPPED: (_("Could not be granted"), "off"),
    }
    waiting: tuple[Text, Tone] = (_("Looking for somebody"), "info") if wish.released_on else (_("Being read"), "calm")
    state, tone = states.get(wish.state, waiting)
    return OwnWish(wish.words, wish.from_on, state, tone)
