"""Small wishes: written by whoever knows the child, released to the wall by a supervisor, granted by somebody."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import get_case_for_change, may_release_wishes
from sunward.casework.actions.cases import refuse_closed
from sunward.casework.actions.goals import get_goal, record_goal, refuse_settled, save_goal, write_settled
from sunward.casework.enums import GoalKind, GoalState
from sunward.casework.models import Case, Goal
from sunward.core.refusals import NotAllowed, NotThere, Refusal

# A child is asked for its wish, not for a list.
OPEN_AT_MOST = 3


@transaction.atomic
def add_wish(*, actor: Actor, case_id: UUID, words: str, on: date, now: datetime, due_on: date | None = None) -> Goal:
    """A wish by casework people."""
    case = get_case_for_change(actor=actor, case_id=case_id)
    return write_wish(case, words, actor=actor, on=on, now=now, due_on=due_on)


@transaction.atomic
def write_wish(case: Case, words: str, *, actor: Actor, on: date, now: datetime, due_on: date | None = None) -> Goal:
    """The same for whoever came through another gate, as a mentor does through her match. Locks the file itself."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    refuse_closed(case)
    if not words.strip():
        raise Refusal("casework.wish_empty", _("Write down what the child wishes for."))
    if case.goals.filter(kind=GoalKind.WISH, state=GoalState.OPEN, created_by_id=actor.user_id).count() >= OPEN_AT_MOST:
        raise Refusal("casework.wishes_enough", _("Several wishes of this child are open. Let one be granted first."))
    row = Goal.objects.create(
        case=case, kind=GoalKind.WISH, words=words.strip(), from_on=on, due_on=due_on, created_by_id=actor.user_id
    )
    record_goal(case, row, "casework.wish_written", actor=actor, on=on, now=now)
    return row


@transaction.atomic
def release_wish(
    *, actor: Actor, case_id: UUID, goal_id: UUID, version: int, wall_words: str, on: date, now: datetime
) -> Goal:
    """Put a wish on the wall in words that name nobody; the programme has looked for names before."""
    case, row = _get_wish(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    _refuse_unless_releasing(actor, case)
    if not wall_words.strip():
        raise Refusal("casework.wish_empty", _("Write down what the child wishes for."))
    row.wall_words, row.released_on, row.released_by_id = wall_words.strip(), on, actor.user_id
    save_goal(row, "wall_words", "released_on", "released_by_id")
    record_goal(case, row, "casework.wish_released", actor=actor, on=on, now=now)
    return row


@transaction.atomic
def take_back_wish(*, actor: Actor, case_id: UUID, goal_id: UUID, version: int, on: date, now: datetime) -> Goal:
    """Undo a release: off the wall, back among those that wait."""
    case, row = _get_wish(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    _refuse_unless_releasing(actor, case)
    row.wall_words, row.released_on, row.released_by_id = "", None, 0
    save_goal(row, "wall_words", "released_on", "released_by_id")
    record_goal(case, row, "casework.wish_taken_back", actor=actor, on=on, now=now)
    return row


@transaction.atomic
def grant_wish(
    *,
    actor: Actor,
    case_id: UUID,
    goal_id: UUID,
    version: int,
    granted_by: str,
    granted_on: date,
    on: date,
    now: datetime,
    result: str = "",
) -> Goal:
    """Somebody made it come true: who, in words, and on which day."""
    case, row = _get_wish(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    if granted_on > on:
        raise Refusal("casework.day_in_future", _("The day has not come yet. Record it when it has happened."))
    if granted_on < row.from_on:
        raise Refusal("casework.wish_not_yet", _("On that day the wish was not written down yet."))
    if not granted_by.strip():
        raise Refusal("casework.granter_missing", _("Write down who granted it: a company, a group, a neighbour."))
    row.granted_by = granted_by.strip()[:200]
    write_settled(case, row, GoalState.REACHED, "casework.wish_granted", actor=actor, result=result, on=granted_on,
                  now=now)  # fmt: skip
    return row


@transaction.atomic
def drop_wish(
    *, actor: Actor, case_id: UUID, goal_id: UUID, version: int, reason: str, on: date, now: datetime
) -> Goal:
    """Not wished for any more, or not to be granted."""
    case, row = _get_wish(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    if not reason.strip():
        raise Refusal("casework.reason_missing", _("Write down why."))
    write_settled(case, row, GoalState.DROPPED, "casework.wish_dropped", actor=actor, result=reason, on=on, now=now)
    return row


def _get_wish(*, actor: Actor, case_id: UUID, goal_id: UUID, version: int) -> tuple[Case, Goal]:
    case, row = get_goal(actor=actor, case_id=case_id, goal_id=goal_id, version=version)
    if row.kind != GoalKind.WISH:
        raise NotThere("casework.wish_not_there", _("There is no such wish on this file."))
    refuse_settled(row)
    return case, row


def _refuse_unless_releasing(actor: Actor, case: Case) -> None:
    if not may_release_wishes(actor, case):
        raise NotAllowed("casework.releasing_role", _("A supervisor decides which wishes are shown."))
