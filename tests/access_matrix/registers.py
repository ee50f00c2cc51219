"""Imports: the district's officers all of them, a supervisor those of her own sub-district."""

from tests.access_matrix.rows import DONE, OFFICERS, OFFICERS_HERE, OFFICERS_NEAR_MISSES, STOP_ASKING, Made, Row, post


def batch(**more: str) -> Made:
    return lambda world: {"batch_id": world.more["batch"]} | {key: world.more[name] for key, name in more.items()}


def duplicate(world: object) -> dict[str, object]:
    return {"duplicate_id": world.more["duplicate"]}  # type: ignore[attr-defined]


HERE = {"enters": OFFICERS_HERE, "absent": OFFICERS_NEAR_MISSES}

ROWS = [
    Row("registers:batches", OFFICERS),
    Row("registers:blank", OFFICERS, keys=lambda world: {"kind": "children"}),
    post("registers:start", OFFICERS),
    Row("registers:duplicates", OFFICERS),
    post("registers:duplicate_same", keys=duplicate, status=DONE, **HERE),
    post("registers:duplicate_different", keys=duplicate, status=DONE, **HERE),
    Row("registers:batch", keys=batch(), **HERE),
    Row("registers:progress", keys=batch(), status=STOP_ASKING, **HERE),
    Row("registers:export", keys=batch(), **HERE),
    post("registers:commit", keys=batch(), status=DONE, **HERE),
    post("registers:undo", keys=batch(), status=409, note="not committed yet", **HERE),
    post("registers:resume", keys=batch(), status=409, note="nothing broke off", **HERE),
    Row("registers:sheet", keys=batch(sheet_id="sheet"), **HERE),
    post("registers:sheet_correct", keys=batch(sheet_id="sheet"), **HERE),
    Row("registers:row", keys=batch(row_id="row"), **HERE),
    post("registers:row_repair", keys=batch(row_id="row"), status=DONE, **HERE),
    post("registers:row_skip", keys=batch(row_id="row"), status=DONE, **HERE),
    post("registers:row_take", keys=batch(row_id="row"), status=DONE, **HERE),
    post("registers:row_another", keys=batch(row_id="row"), status=409, note="it is nobody's double", **HERE),
]
