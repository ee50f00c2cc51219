"""Lists for many: of the unit's jobseekers, for its employment officers and those above."""

from sunward.employment.enums import ShortlistState
from sunward.employment.models import ShortlistRun
from tests.access_matrix.employment_jobseekers import ELSEWHERE, HERE, OFFICERS
from tests.access_matrix.rows import CONFLICT, DONE, STOP_ASKING, Row, post
from tests.factories import NOW, TODAY
from tests.personas import World


def _run(world: World, state: str) -> dict[str, object]:
    unit = world.users["employment_officer"].assignments.get().unit
    run = ShortlistRun.objects.create(
        unit=unit, unit_path=unit.path, drawn_on=TODAY, state=state, made_by=world.users["employment_officer"],
        made_at=NOW, policy={},
    )  # fmt: skip
    return {"shortlist_id": run.uid}


def drawn(world: World) -> dict[str, object]:
    return _run(world, ShortlistState.DRAWN)


def failed(world: World) -> dict[str, object]:
    return _run(world, ShortlistState.FAILED)


ONE = {"enters": HERE, "absent": ELSEWHERE, "keys": drawn}
ROWS = [
    Row("employment:shortlists", OFFICERS),
    post("employment:shortlists", OFFICERS),
    Row("employment:shortlist", **ONE),
    Row("employment:shortlist_progress", status=STOP_ASKING, **ONE),
    post("employment:shortlist_tell", status=DONE, **ONE),
    post("employment:shortlist_tell", HERE, ELSEWHERE, keys=failed, status=CONFLICT, note="failed"),
    post("employment:shortlist_drop", status=DONE, **ONE),
]
