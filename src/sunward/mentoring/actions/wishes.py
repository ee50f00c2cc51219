"""Small wishes of Neighbour Mom's children: the mentor's way in, and the look for names before a wish is shown."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework import actions as casework
from sunward.casework.models import Goal
from sunward.core.refusals import Refusal
from sunward.core.wording import join_words
from sunward.mentoring.access import find_child, get_own_match_for_writing
from sunward.mentoring.naming import telling_parts


@transaction.atomic
def write_own_wish(
    *, actor: Actor, match_id: UUID, words: str, on: date, now: datetime, due_on: date | None = None
) -> Goal:
    """The mentor's, through her own match while it lets her write."""
    match = get_own_match_for_writing(actor=actor, match_id=match_id)
    return casework.write_wish(match.case, words, actor=actor, on=on, now=now, due_on=due_on)


@transaction.atomic
def release_wish(
    *, actor: Actor, case_id: UUID, goal_id: UUID, version: int, wall_words: str, on: date, now: datetime
) -> Goal:
    """Onto the wall, unless the words give the child away."""
    case = find_child(actor=actor, case_id=case_id)
    telling = telling_parts(case, wall_words, on=on)
    if telling:
        raise Refusal(
            "mentoring.wish_tells_who",
            _("These words say who the child is: %(parts)s. Write them differently.") % {"parts": join_words(telling)},
        )
    return casework.release_wish(
        actor=actor, case_id=case_id, goal_id=goal_id, version=version, wall_words=wall_words, on=on, now=now
    )
