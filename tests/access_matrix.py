"""Every address × every persona → the answer. A row names who gets in and for whom the thing is simply not there;
everyone else who is signed in is turned away with 403, and whoever is not signed in is sent to the sign-in page.

Add a row when you add an address; a view that writes has a row for its POST as well.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sunward.casework.models import ServiceRecord
from sunward.mentoring.models import Match, Visit
from tests.factories import NOW, TODAY
from tests.personas import POSTS, World

# Groups that rows speak of.
CASEWORK_HERE = "worker supervisor officer"
CASEWORK_NEAR_MISSES = "worker_next_door worker_elsewhere supervisor_elsewhere officer_elsewhere"
CASEWORK = f"{CASEWORK_HERE} {CASEWORK_NEAR_MISSES}"
MENTORS = "mentor mentor_paused mentor_closed mentor_of_another"
# Whose post is over, or not begun, holds none: like the stranger.
WITHOUT_POST = "worker_until_yesterday worker_from_tomorrow stranger"
WITH_POST = " ".join(name for name in POSTS if name not in WITHOUT_POST.split())
EVERYBODY = " ".join(POSTS)


@dataclass(frozen=True)
class Row:
    """`name` is the address as `reverse` knows it. `keys` and `data` are made from the world.

    `enters`: get `status`. `absent`: 404, not theirs. Anonymous gets `anonymous` (302, to sign in, unless public).
    """

    name: str
    enters: str
    absent: str = ""
    method: str = "GET"
    status: int = 200
    anonymous: int = 302
    turned_away: int = 403
    keys: Callable[[World], dict[str, Any]] = lambda world: {}
    data: Callable[[World], dict[str, Any]] = lambda world: {}
    htmx: bool = False
    note: str = field(default="", compare=False)


ROWS: list[Row] = [
    Row("home", enters=WITH_POST),
    Row("choose_language", method="POST", enters=EVERYBODY, status=302, data=lambda w: {"language": "en"}),
    Row("choose_type", method="POST", enters=EVERYBODY, status=302, data=lambda w: {"size": "large"}),
    Row("style", enters="administrator"),
]


def other_match(state: str) -> Callable[[World], dict[str, Any]]:
    """A match of one of the other mentors: not even to her does it open in this state."""
    return lambda world: {"match_id": Match.objects.filter(state=state).exclude(pk=world.match.pk).get().uid}


def saved_visit(world: World) -> dict[str, Any]:
    record = ServiceRecord.objects.create(
        case=world.case, kind="home_visit", happened_on=TODAY, outcome="made", minutes=30, recorded_at=NOW,
        by=world.users["mentor"],
    )  # fmt: skip
    Visit.objects.create(match=world.match, record=record)
    return {"record_id": record.uid}


def visit_form(world: World) -> dict[str, Any]:
    said = {"outcome": "made", "kind": "home_visit", "day": TODAY.isoformat(), "minutes": "30"}
    return said | {"key": "00000000-0000-4000-8000-000000000001"}


_THIS_MATCH: dict[str, Any] = {
    "keys": lambda w: {"match_id": w.match.uid}, "enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES,
}  # fmt: skip
_MY_MATCH = _THIS_MATCH | {"enters": "mentor", "absent": "mentor_paused mentor_closed mentor_of_another"}
_MY_VISIT = _MY_MATCH | {"keys": saved_visit}
_A_STEP = _THIS_MATCH | {"keys": lambda w: {"match_id": w.match.uid, "act": "pause"}}

ROWS += [
    Row("work", enters=CASEWORK, keys=lambda w: {"key": "follow_ups"}),
    Row("mentoring:matches", enters=CASEWORK),
    Row("mentoring:match", **_THIS_MATCH),
    Row("mentoring:match_step", **_A_STEP),
    Row("mentoring:match_step", method="POST", status=302, data=lambda w: {"why": "child_away"}, **_A_STEP),
    Row("mentoring:own_child", **_MY_MATCH),
    Row("mentoring:own_child", **(_MY_MATCH | {"keys": other_match("closed"), "enters": "", "absent": MENTORS}),
        note="of a closed match"),
    Row("mentoring:own_child", **(_MY_MATCH | {"keys": other_match("paused"), "enters": "", "absent": MENTORS}),
        note="of a paused match"),
    Row("mentoring:own_visits", **_MY_MATCH),
    Row("mentoring:visit", **_MY_MATCH),
    Row("mentoring:visit", method="POST", status=302, data=visit_form, **_MY_MATCH),
    Row("mentoring:visit", method="POST", status=302, data=visit_form, note="of a paused match",
        **(_MY_MATCH | {"keys": other_match("paused"), "enters": "", "absent": MENTORS})),
    Row("mentoring:visit_draft", method="POST", data=visit_form, **_MY_MATCH),
    Row("mentoring:visit_draft_discard", method="POST", status=302, **_MY_MATCH),
    Row("mentoring:visit_correct", **_MY_VISIT),
    Row("mentoring:visit_correct", method="POST", status=302, data=visit_form, **_MY_VISIT),
]  # fmt: skip
