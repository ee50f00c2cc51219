"""The burden of a plan: for whoever reads the plan; its budget is set by who keeps it and by nobody else."""

from tests.access_matrix.blueprint_plans import ELSEWHERE, OF_UNIT, OTHER_KEEPERS, WHOLE, joined_plan, plan_of
from tests.access_matrix.rows import DONE, Row, post
from tests.personas import World


def budget(world: World) -> dict[str, object]:
    return {"version": "0", "minutes": "90", "reason": "按季度填报"}


ROWS = [
    Row("blueprint:plan_burden", WHOLE, f"{OF_UNIT} {ELSEWHERE}", keys=plan_of),
    Row("blueprint:plan_burden", f"{WHOLE} {OF_UNIT}", ELSEWHERE, keys=joined_plan, note="that the unit joins"),
    Row("blueprint:plan_budget", "plan_officer", OTHER_KEEPERS, keys=plan_of),
    Row("blueprint:plan_budget", "plan_officer", OTHER_KEEPERS, keys=joined_plan, note="that the unit joins"),
    post("blueprint:plan_budget", "plan_officer", OTHER_KEEPERS, keys=plan_of),
    post("blueprint:plan_budget", "plan_officer", OTHER_KEEPERS, keys=plan_of, data=budget, status=DONE),
]
