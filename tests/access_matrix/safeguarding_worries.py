"""Worries, hints, reporting links and mandatory reports: who reports, who looks into it, and who learns nothing."""

from uuid import uuid4

from sunward.mentoring.models import Match
from tests.access_matrix.rows import (
    CASEWORK,
    CASEWORK_HERE,
    CASEWORK_NEAR_MISSES,
    DONE,
    EMPLOYMENT,
    EVERYBODY,
    MENTOR_NEAR_MISSES,
    MENTORS,
    OFFICERS,
    OFFICERS_HERE,
    OFFICERS_NEAR_MISSES,
    Made,
    Row,
    post,
)
from tests.personas import World


def of(key: str, name: str, **more: str) -> Made:
    return lambda world: {key: world.more[name], **more}


def case_of(world: World) -> dict[str, object]:
    return {"case_id": world.case.uid}


def match_of(world: World) -> dict[str, object]:
    return {"match_id": world.match.uid}


def closed_match(world: World) -> dict[str, object]:
    return {"match_id": Match.objects.get(mentor__user=world.users["mentor_closed"]).uid}


def without(names: str, *gone: str) -> str:
    return " ".join(name for name in names.split() if name not in gone)


REPORTERS = f"{CASEWORK} {MENTORS} {EMPLOYMENT}"
EMERGENCY = of("emergency_id", "emergency")
WORRY, PASSED, SETTLED = (of("worry_id", name) for name in ("worry", "passed_worry", "settled_worry"))
HINT, REPORT = of("hint_id", "hint", verdict="same"), of("report_id", "report")
TOKEN = of("token", "reporting_token")
# Whoever answers for the unit. The supervisor elsewhere, and the worker who supervises there, do not.
HERE = {"enters": OFFICERS_HERE, "absent": OFFICERS_NEAR_MISSES}
# Passed to the other sub-district: theirs now, and no longer hers who passed it on. The district covers both.
THERE = {
    "enters": "supervisor_elsewhere worker_supervising_elsewhere officer", "absent": "supervisor officer_elsewhere",
}  # fmt: skip
# Both sides of a hint, and the district.
BOTH = {"enters": without(OFFICERS, "officer_elsewhere"), "absent": "officer_elsewhere"}
# The reporter sees her own, and nobody else what is hers: not who looks into it, not another mentor.
OWN = {"enters": "mentor", "absent": without(REPORTERS, "mentor")}
# A report by law: the one who made it, and whoever answers for the unit. Not the worker of the child's file.
REPORT_READERS = {
    "enters": f"mentor {OFFICERS_HERE}", "absent": without(REPORTERS, "mentor", *OFFICERS_HERE.split()),
}  # fmt: skip
REPORTABLE_WORRY = REPORT_READERS
FILE = {"enters": CASEWORK_HERE, "absent": CASEWORK_NEAR_MISSES}
OWN_CHILD = {"enters": "mentor", "absent": MENTOR_NEAR_MISSES}

ROWS = [
    Row("safeguarding:worry_new", REPORTERS),
    post("safeguarding:worry_new", REPORTERS),
    post(
        "safeguarding:worry_new", REPORTERS, note="in a foreign unit",
        data=lambda world: {
            "danger": "no", "signs": "alone", "unit": world.more["foreign_unit"], "seen_on": "2026-11-25",
            "key": str(uuid4()),
        },
    ),
    Row("safeguarding:own_worries", REPORTERS),
    Row("safeguarding:own_worry", keys=WORRY, **OWN),
    Row("safeguarding:worries", OFFICERS),
    Row("safeguarding:worry", keys=WORRY, **HERE),
    Row("safeguarding:worry", keys=PASSED, note="passed on", **THERE),
    post("safeguarding:worry_take", keys=WORRY, status=DONE, **HERE),
    post("safeguarding:worry_take", keys=PASSED, status=DONE, note="passed on", **THERE),
    Row("safeguarding:worry_file", keys=WORRY, **HERE),
    post("safeguarding:worry_file", OFFICERS_HERE, OFFICERS_NEAR_MISSES, keys=WORRY, status=DONE,
         data=lambda world: {"case": str(world.case.uid)}, note="to a file of theirs"),
    post("safeguarding:worry_file", "", OFFICERS, keys=WORRY, data=lambda world: {"case": str(uuid4())},
         note="to a file that is not there"),
    Row("safeguarding:worry_pass", keys=WORRY, **HERE),
    post("safeguarding:worry_pass", keys=WORRY, **HERE),
    Row("safeguarding:worry_settle", keys=WORRY, **HERE),
    post("safeguarding:worry_settle", keys=WORRY, **HERE),
    post("safeguarding:worry_undo", keys=SETTLED, status=DONE, **HERE),
    # Only whoever passed it on: not even the district officer, who sees it.
    post("safeguarding:worry_take_back", "supervisor", without(OFFICERS, "supervisor"), keys=PASSED, status=DONE),
    Row("safeguarding:hints", OFFICERS),
    post("safeguarding:hint_settle", keys=HINT, status=DONE, **BOTH),
    Row("safeguarding:reporting_links", OFFICERS),
    post("safeguarding:reporting_links", OFFICERS),
    post(
        "safeguarding:reporting_links", OFFICERS, note="for a foreign unit",
        data=lambda world: {"label": "学校", "unit": world.more["foreign_unit"], "expires_on": "2026-12-25"},
    ),
    post("safeguarding:reporting_link_revoke", keys=of("link_id", "reporting_link"), status=DONE, **HERE),
    Row("worry_by_link", EVERYBODY, keys=TOKEN),
    post("worry_by_link", EVERYBODY, keys=TOKEN),
    Row("worry_by_link", EVERYBODY, keys=lambda world: {"token": "made-up"}, status=404, note="made up"),
    Row("safeguarding:reports", REPORTERS),
    Row("safeguarding:report_new", REPORTERS),
    post("safeguarding:report_new", REPORTERS),
    Row("safeguarding:report_of_worry", keys=WORRY, **REPORTABLE_WORRY),
    post("safeguarding:report_of_worry", keys=WORRY, **REPORTABLE_WORRY),
    Row("safeguarding:report_of_file", keys=case_of, **FILE),
    post("safeguarding:report_of_file", keys=case_of, **FILE),
    Row("safeguarding:report_of_emergency", keys=EMERGENCY, **FILE),
    post("safeguarding:report_of_emergency", keys=EMERGENCY, **FILE),
    Row("safeguarding:report_of_emergency", keys=lambda world: {"emergency_id": uuid4()}, enters="", absent=CASEWORK,
        note="of none"),
    post("safeguarding:report_of_emergency", keys=lambda world: {"emergency_id": uuid4()}, enters="", absent=CASEWORK,
         note="of none"),
    Row("safeguarding:report", keys=REPORT, **REPORT_READERS),
    post("safeguarding:report_receipt", keys=REPORT, **REPORT_READERS),
    Row("mentoring:child_from_worry", keys=WORRY, **HERE),
    post("mentoring:child_from_worry", keys=WORRY, **HERE),
    Row("mentoring:own_report", keys=match_of, **OWN_CHILD),
    post("mentoring:own_report", keys=match_of, **OWN_CHILD),
    Row("mentoring:own_report", keys=closed_match, enters="", absent=MENTORS, note="of a closed match"),
]  # fmt: skip
