"""Matching: runs and proposals by unit, policies by the district's officers."""

from tests.access_matrix.rows import DONE, OFFICERS, OFFICERS_HERE, OFFICERS_NEAR_MISSES, STOP_ASKING, Made, Row, post


def of(key: str, name: str) -> Made:
    return lambda world: {key: world.more[name]}


RUN, PREVIEW = of("run_id", "run"), of("run_id", "preview")
PROPOSAL, POLICY = of("proposal_id", "proposal"), of("policy_id", "policy")
HERE = {"enters": OFFICERS_HERE, "absent": OFFICERS_NEAR_MISSES}
DISTRICT_OFFICERS = "officer officer_elsewhere"
# A preview is its maker's own.
MAKER = {"enters": "officer", "absent": "officer_elsewhere"}

ROWS = [
    Row("matching:runs", OFFICERS),
    post("matching:start", OFFICERS),
    post(
        "matching:start",
        OFFICERS,
        data=lambda world: {"policy": world.more["policy"], "unit": world.more["foreign_path"]},
        note="for a foreign unit",
    ),
    Row("matching:run", keys=RUN, **HERE),
    Row("matching:run_map", keys=RUN, **HERE),
    Row("matching:run_unmatched", keys=RUN, **HERE),
    Row("matching:run_advice", keys=RUN, **HERE),
    Row("matching:run_progress", keys=RUN, status=STOP_ASKING, **HERE),
    post("matching:approve_chosen", keys=RUN, **HERE),
    Row("matching:export", keys=RUN, **HERE),
    post("matching:export", keys=RUN, status=200, **HERE),
    Row("matching:proposal", keys=PROPOSAL, **HERE),
    post("matching:approve", keys=PROPOSAL, status=DONE, **HERE),
    post("matching:reject", keys=PROPOSAL, **HERE),
    post("matching:take_back", keys=PROPOSAL, status=409, note="nothing was decided", **HERE),
    Row("matching:others", keys=PROPOSAL, **HERE),
    post("matching:others", keys=PROPOSAL, **HERE),
    post(
        "matching:others",
        keys=PROPOSAL,
        data=lambda world: {"right": world.more["foreign_mentor"], "reason": "换人"},
        note="somebody of a foreign unit",
        **HERE,
    ),
    Row("matching:policies", OFFICERS),
    Row("matching:policy", OFFICERS, keys=POLICY),
    Row("matching:versions", OFFICERS, keys=POLICY),
    post("matching:save_policy", DISTRICT_OFFICERS, keys=POLICY),
    post("matching:start_preview", DISTRICT_OFFICERS, keys=POLICY),
    Row("matching:preview", keys=PREVIEW, **MAKER),
    Row("matching:preview_progress", keys=PREVIEW, status=STOP_ASKING, **MAKER),
    post("matching:save_preview", keys=PREVIEW, note="nothing differs", **MAKER),
]
