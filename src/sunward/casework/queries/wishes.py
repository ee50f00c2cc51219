"""The wall of small wishes: what is wished and for which age, never who wishes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit
from sunward.casework.access import SUPERVISING_ROLES, visible_cases
from sunward.casework.enums import GoalKind, GoalState
from sunward.casework.models import Goal
from sunward.core.furniture import Text

# A band says what a gift has to suit and little of who the child is.
AGE_BANDS: tuple[tuple[int, Text], ...] = (
    (5, _("under 6 years")),
    (11, _("6 to 11 years")),
    (14, _("12 to 14 years")),
    (17, _("15 to 17 years")),
)
GRANTED_SHOWN = 30


@dataclass(frozen=True, slots=True)
class WallWish:
    """A wish without its child: the reference opens the file for whoever may. `words` are the released ones."""

    goal_uid: UUID
    case_uid: UUID
    version: int
    reference: str
    words: str
    age_band: Text
    subdistrict: str
    since: date
    due_on: date | None
    granted_by: str = ""
    granted_on: date | None = None


@dataclass(frozen=True, slots=True)
class WaitingWish:
    """One that nobody has released: no words, they may name somebody."""

    goal_uid: UUID
    case_uid: UUID
    reference: str
    subdistrict: str
    from_on: date


@dataclass(frozen=True, slots=True)
class WishWall:
    open: tuple[WallWish, ...]
    waiting: tuple[WaitingWish, ...]
    granted: tuple[WallWish, ...]


def waiting_wishes(actor: Actor) -> "QuerySet[Goal]":
    """Written and neither released nor settled, of the files for which the actor decides."""
    found = Goal.objects.filter(kind=GoalKind.WISH, state=GoalState.OPEN, released_on=None)
    paths = actor.paths(*SUPERVISING_ROLES)
    return found.filter(case__in=visible_cases(actor).open().within(paths)).order_by("from_on", "pk")


def read_wall(actor: Actor, *, on: date) -> WishWall:
    """Four queries: what is open, what waits for this reader, what was granted last, and the sub-districts."""
    visible = Goal.objects.filter(kind=GoalKind.WISH, case__in=visible_cases(actor)).select_related("case__person")
    shown = visible.filter(released_on__isnull=False)
    opened = list(shown.filter(state=GoalState.OPEN, case__state="open").order_by("released_on", "pk"))
    granted = list(shown.filter(state=GoalState.REACHED).order_by("-settled_on", "-pk")[:GRANTED_SHOWN])
    waiting = list(waiting_wishes(actor).select_related("case"))
    streets = _subdistricts(goal.case.unit_path for goal in (*opened, *granted, *waiting))
    return WishWall(
        open=tuple(_wall(goal, streets, on=on) for goal in opened),
        waiting=tuple(
            WaitingWish(
                goal.uid, goal.case.uid, goal.case.reference, _street(goal.case.unit_path, streets), goal.from_on
            )
            for goal in waiting
        ),
        granted=tuple(_wall(goal, streets, on=on) for goal in granted),
    )


def age_band(age: int | None) -> Text:
    if age is None:
        return _("age not known")
    return next((words for last, words in AGE_BANDS if age <= last), _("18 years and over"))


def _wall(goal: Goal, streets: dict[str, str], *, on: date) -> WallWish:
    return WallWish(
        goal_uid=goal.uid,
        case_uid=goal.case.uid,
        version=goal.version,
        reference=goal.case.reference,
        words=goal.wall_words,
        age_band=age_band(goal.case.person.age_on(on)),
        subdistrict=_street(goal.case.unit_path, streets),
        since=goal.released_on or goal.from_on,
        due_on=goal.due_on,
        granted_by=goal.granted_by,
        granted_on=goal.settled_on,
    )


def _subdistricts(paths: Iterable[str]) -> dict[str, str]:
    wanted = {path.strip("/").split("/")[1] for path in paths if path.count("/") > 2}
    return dict(Unit.objects.filter(code__in=wanted).values_list("code", "short_name"))


def _street(path: str, streets: dict[str, str]) -> str:
    parts = path.strip("/").split("/")
    return streets.get(parts[1], "") if len(parts) > 1 else ""
