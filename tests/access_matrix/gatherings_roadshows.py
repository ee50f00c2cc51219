"""Roadshows: those who plan courses, at or above the unit. Whoever plans other kinds finds an empty list only."""

from tests.access_matrix.gatherings import PLANNERS, without
from tests.access_matrix.rows import (
    CONFLICT,
    DONE,
    EMPLOYMENT,
    EMPLOYMENT_HERE,
    STOP_ASKING,
    Made,
    Row,
    post,
)


def of(**more: str) -> Made:
    return lambda world: {"roadshow_id": world.more["roadshow"]} | {key: world.more[name] for key, name in more.items()}


ROADSHOW, SESSION = of(), of(slot_id="roadshow_slot")
HERE = {"enters": EMPLOYMENT_HERE, "absent": without(PLANNERS, EMPLOYMENT_HERE)}

# Without the version that the person saw, an act stops after the gate: somebody else might have changed it.
ROWS = [
    Row("gatherings:roadshows", PLANNERS),
    Row("gatherings:roadshow_new", EMPLOYMENT),
    post("gatherings:roadshow_new", EMPLOYMENT),
    Row("gatherings:roadshow", keys=ROADSHOW, **HERE),
    Row("gatherings:roadshow_calendar", keys=ROADSHOW, **HERE),
    Row("gatherings:roadshow_progress", keys=ROADSHOW, status=STOP_ASKING, **HERE),
    Row("gatherings:roadshow_export", keys=ROADSHOW, **HERE),
    Row("gatherings:roadshow_edit", keys=ROADSHOW, **HERE),
    post("gatherings:roadshow_edit", keys=ROADSHOW, **HERE),
    post("gatherings:roadshow_plan", keys=ROADSHOW, status=CONFLICT, **HERE),
    Row("gatherings:roadshow_preview", keys=ROADSHOW, status=DONE, note="nothing is proposed", **HERE),
    post("gatherings:roadshow_preview", keys=ROADSHOW, status=CONFLICT, **HERE),
    post("gatherings:roadshow_publish", keys=ROADSHOW, status=CONFLICT, **HERE),
    post("gatherings:roadshow_take_back", keys=ROADSHOW, status=CONFLICT, **HERE),
    post("gatherings:roadshow_discard", keys=ROADSHOW, status=CONFLICT, **HERE),
    Row("gatherings:roadshow_slot", keys=SESSION, **HERE),
    post("gatherings:roadshow_slot", keys=SESSION, status=DONE, note="nothing is chosen", **HERE),
    post("gatherings:roadshow_slot_fix", keys=SESSION, status=CONFLICT, **HERE),
]
