"""Recommendations and work, below a jobseeker's file: whoever keeps the file, and nobody else."""

from sunward.casework.models import Case
from sunward.employment.enums import PlacementBasis, PlacementKind, StepKind
from sunward.employment.models import Placement, Recommendation, RecommendationStep
from tests.access_matrix.employment_jobseekers import A_CHILDS, OWN, jobseeker
from tests.access_matrix.rows import DONE, Row, post
from tests.employment.builders import make_employer, make_vacancy
from tests.factories import NOW, TODAY
from tests.personas import World


def recommendation(world: World) -> dict[str, object]:
    keys = jobseeker(world)
    row = _recommend(world, keys["case_id"])
    return keys | {"recommendation_id": row.uid}


def of_another_file(world: World) -> dict[str, object]:
    """The address of one's own jobseeker does not open what another was recommended."""
    return jobseeker(world) | {"recommendation_id": _recommend(world, jobseeker(world)["case_id"]).uid}


def step(world: World) -> dict[str, object]:
    return recommendation(world) | {"kind": "read"}


def step_of_another(world: World) -> dict[str, object]:
    return of_another_file(world) | {"kind": "read"}


def placement(world: World) -> dict[str, object]:
    keys = jobseeker(world)
    return keys | {"placement_id": _place(world, keys["case_id"]).uid}


def placement_of_another(world: World) -> dict[str, object]:
    return jobseeker(world) | {"placement_id": _place(world, jobseeker(world)["case_id"]).uid}


def of_vacancy(world: World) -> dict[str, object]:
    return {"vacancy": make_vacancy(make_employer(world.case.unit)).uid, "is_told": "on"}


def typed(world: World) -> dict[str, object]:
    """Something was sent, and not enough."""
    return {"version": 1}


def _recommend(world: World, case_uid: object) -> Recommendation:
    case = Case.objects.get(uid=case_uid)
    row = Recommendation.objects.create(
        case=case, vacancy=make_vacancy(make_employer(case.unit)), step=StepKind.TOLD, step_on=TODAY,
        unit_path=case.unit_path, made_at=NOW,
    )  # fmt: skip
    RecommendationStep.objects.create(recommendation=row, kind=StepKind.TOLD, happened_on=TODAY, at=NOW, by="officer")
    return row


def _place(world: World, case_uid: object) -> Placement:
    case = Case.objects.get(uid=case_uid)
    return Placement.objects.create(
        case=case, employer_name="示例便利店", kind=PlacementKind.FLEXIBLE, basis=PlacementBasis.SAID, started_on=TODAY,
        unit_path=case.unit_path, recorded_by=world.users["employment_officer"], recorded_at=NOW,
    )  # fmt: skip


HERE, ELSEWHERE = OWN["enters"], OWN["absent"]
ALL = f"{HERE} {ELSEWHERE}"
ONE = {"keys": recommendation, "enters": HERE, "absent": ELSEWHERE}
OTHERS = {"keys": of_another_file, "enters": "", "absent": ALL, "note": "of another file"}
STEP = {"keys": step, "enters": HERE, "absent": ELSEWHERE}
OTHERS_STEP = {"keys": step_of_another, "enters": "", "absent": ALL, "note": "of another file"}
WORK = {"keys": placement, "enters": HERE, "absent": ELSEWHERE}
OTHERS_WORK = {"keys": placement_of_another, "enters": "", "absent": ALL, "note": "of another file"}


def nowhere(world: World) -> dict[str, object]:
    """A vacancy that does not exist: past the gates, and refused."""
    return {"vacancy": "00000000-0000-4000-8000-000000000000"}


ROWS = [
    Row("employment:jobseeker_recommend", **OWN),
    post("employment:jobseeker_recommend", HERE, ELSEWHERE, keys=jobseeker, data=of_vacancy, status=DONE),
    post("employment:jobseeker_recommend", "", ALL, keys=jobseeker, data=nowhere, note="a vacancy that is not there"),
    post("employment:jobseeker_recommend", **A_CHILDS),
    post("employment:recommendation_step", data=typed, **STEP),
    post("employment:recommendation_step", data=typed, **OTHERS_STEP),
    post("employment:placement_new", data=typed, **OWN),
    post("employment:placement_new", data=typed, **A_CHILDS),
    post("employment:placement_end", data=typed, **WORK),
    post("employment:placement_end", data=typed, **OTHERS_WORK),
    post("employment:placement_withdraw", status=DONE, data=typed, **WORK),
    post("employment:placement_withdraw", data=typed, **OTHERS_WORK),
    Row("employment:jobseeker_recommend", **A_CHILDS),
    Row("employment:recommendation", **ONE),
    Row("employment:recommendation", **OTHERS),
    Row("employment:recommendation_step", **STEP),
    Row("employment:recommendation_step", **OTHERS_STEP),
    post("employment:recommendation_withdraw", data=typed, **ONE),
    post("employment:recommendation_withdraw", data=typed, **OTHERS),
    Row("employment:placement_new", **OWN),
    Row("employment:placement_new", **A_CHILDS),
    Row("employment:placement_end", **WORK),
    post("employment:placement_check", status=DONE, data=typed, **WORK),
    post("employment:placement_check", data=typed, **OTHERS_WORK),
    Row("employment:placement_end", **OTHERS_WORK),
    Row("employment:placement_withdraw", **WORK),
]
