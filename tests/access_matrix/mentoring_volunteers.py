"""The way in and out of a neighbour mom: the office of where she lives, herself, and two public pages."""

from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    DONE,
    EVERYBODY,
    Made,
    Row,
    post,
)

HERE = {"enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}


def of(**keys: str) -> Made:
    return lambda world: {key: world.more[name] for key, name in keys.items()}


APPLICATION = of(application_id="application")
DECLINED = of(application_id="declined_application")

ROWS = [
    Row("apply", EVERYBODY),
    post("apply", EVERYBODY),
    Row("mentoring:applications", CASEWORK),
    Row("mentoring:application_new", CASEWORK),
    post("mentoring:application_new", CASEWORK),
    Row("mentoring:application", keys=APPLICATION, **HERE),
    post("mentoring:application_show", keys=APPLICATION, **HERE),
    post("mentoring:application_invite", keys=APPLICATION, status=DONE, **HERE),
    post("mentoring:application_decline", keys=APPLICATION, **HERE),
    post("mentoring:application_withdraw", keys=APPLICATION, status=DONE, **HERE),
    post("mentoring:application_reopen", keys=DECLINED, status=DONE, **HERE),
    Row("mentoring:application_accept", keys=APPLICATION, **HERE),
    post("mentoring:application_accept", keys=APPLICATION, **HERE),
]
