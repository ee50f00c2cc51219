"""Every address × every persona → the answer. A row names who gets in and for whom the thing is simply not there;
everyone else who is signed in is turned away with 403, and whoever is not signed in is sent to the sign-in page.

Add a row when you add an address; a view that writes has a row for its POST as well.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
