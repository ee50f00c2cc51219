"""What a row of the matrix says, and the groups of personas that rows speak of."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.personas import POSTS, World

CASEWORK_HERE = "worker deputy worker_supervising_elsewhere supervisor officer"
CASEWORK_NEAR_MISSES = "worker_next_door worker_elsewhere supervisor_elsewhere officer_elsewhere"
CASEWORK = f"{CASEWORK_HERE} {CASEWORK_NEAR_MISSES}"
# Whoever imports and matches: the same, without the committee's workers.
OFFICERS_HERE = "supervisor officer"
OFFICERS_NEAR_MISSES = "supervisor_elsewhere officer_elsewhere worker_supervising_elsewhere"
OFFICERS = f"{OFFICERS_HERE} {OFFICERS_NEAR_MISSES}"
# Who keeps jobseekers' files, in the sub-district of the children: none of them opens a child's.
EMPLOYMENT_HERE = "employment_officer employment_officer_of_district"
EMPLOYMENT_NEAR_MISSES = "employment_officer_elsewhere employment_officer_at_point"
EMPLOYMENT = f"{EMPLOYMENT_HERE} {EMPLOYMENT_NEAR_MISSES}"
STUDENTS = "student student_of_another"
# A student holds the same role as a neighbour mom, and comes to no child's file.
MENTOR_NEAR_MISSES = (
    "mentor_paused mentor_closed mentor_of_another mentor_proposed mentor_handing_over mentor_handed_over "
    "mentor_who_left mentor_elsewhere " + STUDENTS
)
MENTORS = f"mentor {MENTOR_NEAR_MISSES}"
MENTORS_IN_DISTRICT = " ".join(name for name in MENTORS.split() if name != "mentor_elsewhere")
# Whose post is over, or has not begun, holds none: like the stranger.
WITHOUT_POST = (
    "worker_until_yesterday worker_from_tomorrow deputy_until_yesterday supervisor_until_yesterday "
    "employment_officer_until_yesterday stranger"
)
WITH_POST = " ".join(name for name in POSTS if name not in WITHOUT_POST.split())
EVERYBODY = " ".join(POSTS)

# Past every gate: only what was typed is wrong. Some pages show the form again under 422, some under 200.
FORM_AGAIN = 422
SHOWN_AGAIN = 200
STOP_ASKING = 286  # htmx: nothing more will come
DONE = 302
CONFLICT = 409

Made = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One address, asked in one way. `name` is what `reverse` knows it by; `keys` and `data` come from the world.

    Who `enters` gets `status`; for whom it is `absent`, 404: not theirs and not there are the same. Everyone else who
    is signed in is turned away with 403, and whoever is not is sent to sign in, unless the page is public.
    """

    name: str
    enters: str
    absent: str = ""
    method: str = "GET"
    status: int = 200
    keys: Made = nothing
    data: Made = nothing
    note: str = ""


def post(name: str, enters: str, absent: str = "", *, status: int = FORM_AGAIN, **more: Any) -> Row:
    """Without data, most forms come back with what is missing: whoever sees that has passed the gates."""
    return Row(name, enters, absent, method="POST", status=status, **more)
