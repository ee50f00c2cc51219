"""Imports: of children and volunteers the district's officers all, a supervisor those of her own sub-district; of job
fairs and courses an employment officer those of her own unit, and nobody of the others the other's.
"""

from collections.abc import Callable

from sunward.casework.enums import CaseState
from sunward.casework.models import Case
from sunward.people.models import PossibleDuplicate
from tests.access_matrix.rows import (
    DONE,
    EMPLOYMENT,
    EMPLOYMENT_HERE,
    EMPLOYMENT_NEAR_MISSES,
    OFFICERS,
    OFFICERS_HERE,
    OFFICERS_NEAR_MISSES,
    STOP_ASKING,
    Made,
    Row,
    post,
)
from tests.factories import TODAY, make_jobseeker
from tests.personas import World


def batch_of(which: str, **more: str) -> Made:
    return lambda world: {"batch_id": world.more[which]} | {key: world.more[name] for key, name in more.items()}


def batch(**more: str) -> Made:
    return batch_of("batch", **more)


def events(**more: str) -> Made:
    """The same addresses, about the employment officer's import."""
    names = {"batch": "events_batch", "sheet": "events_sheet", "row": "events_row"}
    return batch_of("events_batch", **{key: names[name] for key, name in more.items()})


def duplicate(world: object) -> dict[str, object]:
    return {"duplicate_id": world.more["duplicate"]}  # type: ignore[attr-defined]


def jobseekers_pair(world: World) -> dict[str, object]:
    """One who is looked after, and one whose file is closed."""
    first, second = (make_jobseeker("纪求职", unit=world.case.unit) for _ in range(2))
    Case.objects.filter(pk=second.pk).update(state=CaseState.CLOSED, closed_on=TODAY)
    pair = {"first": first.person, "second": second.person}
    return {"duplicate_id": PossibleDuplicate.objects.create(points=80, unit_path=first.unit_path, **pair).pk}


# Who keeps a district's plans imports its enterprises; who follows a unit's plans imports nothing.
PLANNERS = "plan_officer plan_officer_elsewhere"
FOLLOWERS = f"{PLANNERS} plan_officer_of_subdistrict"
IMPORTING = f"{OFFICERS} {EMPLOYMENT} {PLANNERS}"
PERSONS_HERE = {"enters": OFFICERS_HERE, "absent": f"{OFFICERS_NEAR_MISSES} {EMPLOYMENT}"}
JOBSEEKERS_HERE = {"enters": EMPLOYMENT_HERE, "absent": f"{EMPLOYMENT_NEAR_MISSES} {OFFICERS}"}
HERE = {"enters": OFFICERS_HERE, "absent": f"{OFFICERS_NEAR_MISSES} {EMPLOYMENT} {FOLLOWERS}"}
EVENTS_HERE = {"enters": EMPLOYMENT_HERE, "absent": f"{EMPLOYMENT_NEAR_MISSES} {OFFICERS} {FOLLOWERS}"}


def rows_of(keys: Callable[..., Made], note: str, where: dict[str, str]) -> list[Row]:
    """Every address of one import."""
    of_sheet, of_row = keys(sheet_id="sheet"), keys(row_id="row")
    return [
        Row("registers:batch", keys=keys(), note=note, **where),
        Row("registers:progress", keys=keys(), status=STOP_ASKING, note=note, **where),
        Row("registers:export", keys=keys(), note=note, **where),
        post("registers:commit", keys=keys(), status=DONE, note=note, **where),
        post("registers:undo", keys=keys(), status=409, note=f"{note}, not committed yet", **where),
        post("registers:resume", keys=keys(), status=409, note=f"{note}, nothing broke off", **where),
        Row("registers:sheet", keys=of_sheet, note=note, **where),
        post("registers:sheet_correct", keys=of_sheet, note=note, **where),
        Row("registers:row", keys=of_row, note=note, **where),
        post("registers:row_repair", keys=of_row, status=DONE, note=note, **where),
        post("registers:row_skip", keys=of_row, status=DONE, note=note, **where),
        post("registers:row_take", keys=of_row, status=DONE, note=note, **where),
        post("registers:row_another", keys=of_row, status=409, note=f"{note}, nobody's double", **where),
        post("registers:row_same", keys=of_row, status=409, note=f"{note}, like no other", **where),
    ]


ROWS = [
    Row("registers:batches", IMPORTING),
    Row("registers:blank", OFFICERS, f"{EMPLOYMENT} {FOLLOWERS}", keys=lambda world: {"kind": "children"}),
    Row(
        "registers:blank",
        EMPLOYMENT,
        f"{OFFICERS} {FOLLOWERS}",
        keys=lambda world: {"kind": "job_fair"},
        note="of job fairs",
    ),
    Row(
        "registers:blank",
        PLANNERS,
        f"{OFFICERS} {EMPLOYMENT} plan_officer_of_subdistrict",
        keys=lambda world: {"kind": "district_enterprise"},
        note="of enterprises",
    ),
    post("registers:start", IMPORTING),
    Row("registers:duplicates", f"{OFFICERS} {EMPLOYMENT}"),
    post("registers:duplicate_same", keys=duplicate, status=DONE, **PERSONS_HERE),
    post("registers:duplicate_different", keys=duplicate, status=DONE, **PERSONS_HERE),
    post("registers:duplicate_same", keys=jobseekers_pair, status=DONE, note="of jobseekers", **JOBSEEKERS_HERE),
    post("registers:duplicate_different", keys=jobseekers_pair, status=DONE, note="of jobseekers", **JOBSEEKERS_HERE),
    *rows_of(batch, "of children", HERE),
    *rows_of(events, "of job fairs", EVENTS_HERE),
]
