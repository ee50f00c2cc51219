"""Plans and their lines: whole for who keeps or leads the district; for a unit what it leads or joins, and no more."""

from datetime import date

from sunward.accounts.models import Unit
from sunward.blueprint.models import DeliveryPlan, JointPart, WorkItem
from tests import factories
from tests.access_matrix.blueprint_meetings import LEADERS, LEADERS_HERE, PLAN_OFFICERS
from tests.access_matrix.rows import CASEWORK, DONE, EMPLOYMENT, Made, Row, post
from tests.blueprint.plans import make_plan
from tests.personas import World

WHOLE = f"plan_officer {LEADERS_HERE}"
OF_UNIT = "plan_officer_of_subdistrict"
ELSEWHERE = "plan_officer_elsewhere leader_elsewhere"
OTHER_KEEPERS = f"{OF_UNIT} plan_officer_elsewhere"
# Who holds an office's post and could be named to answer for a line: none of them opens a line for that alone.
OFFICES = f"{CASEWORK} {EMPLOYMENT}"
PAGES = ("plan", "plan_export", "plan_board", "plan_gantt", "plan_units", "plan_officers", "plan_stocktake")


def street() -> Unit:
    return factories.make_subdistrict("310110012")


def joined() -> DeliveryPlan:
    """The sub-district joins its one line."""
    plan = make_plan(lines=1)
    JointPart.objects.create(item=plan.items.get(), unit=street(), unit_path=street().path)
    return plan


def led() -> DeliveryPlan:
    plan = make_plan(lines=1)
    WorkItem.objects.filter(plan=plan).update(lead=street(), unit_path=street().path)
    return plan


def plan_of(world: World) -> dict[str, object]:
    return {"plan_id": make_plan(lines=1).uid}


def joined_plan(world: World) -> dict[str, object]:
    return {"plan_id": joined().uid}


def line_of(world: World) -> dict[str, object]:
    return {"item_id": make_plan(lines=1).items.get().uid}


def joined_line(world: World) -> dict[str, object]:
    return {"item_id": joined().items.get().uid}


def led_line(world: World) -> dict[str, object]:
    return {"item_id": led().items.get().uid}


def named(name: str, *, now: str = "") -> Made:
    """The sub-district leads two lines; for the first somebody of an office answers, or did before `now`."""

    def keys(world: World) -> dict[str, object]:
        first, _second = lines_of_street()
        WorkItem.objects.filter(pk=first.pk).update(officer=world.users[now or name])
        return {"item_id": first.uid}

    return keys


def other_than_named(world: World) -> dict[str, object]:
    """She answers for the first line; this is the second, of the same unit and plan."""
    first, second = lines_of_street()
    WorkItem.objects.filter(pk=first.pk).update(officer=world.users["worker"])
    return {"item_id": second.uid}


def lines_of_street() -> tuple[WorkItem, WorkItem]:
    plan = make_plan(lines=2)
    WorkItem.objects.filter(plan=plan).update(lead=street(), unit_path=street().path)
    first, second = plan.items.order_by("number")
    return first, second


def others(*entering: str) -> str:
    """All who hold an office's post, but for those who enter."""
    return " ".join(name for name in OFFICES.split() if name not in entering)


def milestone(world: World) -> dict[str, object]:
    return {**line_of(world), "number": 1}


def joined_milestone(world: World) -> dict[str, object]:
    return {**joined_line(world), "number": 1}


def reached(world: World) -> dict[str, object]:
    return {"version": "1", "on": date(2026, 11, 25), "evidence": "批复"}


ACTS = ("work_lead", "work_milestones", "work_parts", "work_needs", "work_trajectory")
ROWS = [
    Row("blueprint:mine", f"{OFFICES} {PLAN_OFFICERS} {LEADERS}"),
    Row("blueprint:plans", f"{PLAN_OFFICERS} {LEADERS}"),
    *(Row(f"blueprint:{name}", WHOLE, f"{OF_UNIT} {ELSEWHERE}", keys=plan_of) for name in PAGES),
    *(
        Row(f"blueprint:{name}", f"{WHOLE} {OF_UNIT}", ELSEWHERE, keys=joined_plan, note="that the unit joins")
        for name in PAGES
    ),
    Row("blueprint:work", WHOLE, f"{OF_UNIT} {ELSEWHERE} {OFFICES}", keys=line_of),
    Row("blueprint:work", f"{WHOLE} {OF_UNIT}", f"{ELSEWHERE} {OFFICES}", keys=joined_line, note="that the unit joins"),
    Row("blueprint:work", f"{WHOLE} {OF_UNIT}", f"{ELSEWHERE} {OFFICES}", keys=led_line, note="that the unit leads"),
    *(
        Row(
            "blueprint:work",
            f"{WHOLE} {OF_UNIT} {name}",
            f"{ELSEWHERE} {others(name)}",
            keys=named(name),
            note="that she is named for",
        )
        for name in ("worker", "supervisor", "employment_officer")
    ),
    Row(
        "blueprint:work",
        f"{WHOLE} {OF_UNIT}",
        f"{ELSEWHERE} {OFFICES}",
        keys=other_than_named,
        note="beside the one that she is named for",
    ),
    Row(
        "blueprint:work",
        f"{WHOLE} {OF_UNIT} worker_next_door",
        f"{ELSEWHERE} {others('worker_next_door')}",
        keys=named("worker", now="worker_next_door"),
        note="that another is named for since",
    ),
    Row(
        "blueprint:work",
        f"{WHOLE} {OF_UNIT}",
        f"{ELSEWHERE} {OFFICES}",
        keys=named("worker_elsewhere"),
        note="of a unit that she has left for another",
    ),
    Row(
        "blueprint:work",
        f"{WHOLE} {OF_UNIT}",
        f"{ELSEWHERE} {OFFICES}",
        keys=named("worker_until_yesterday"),
        note="of a unit that she has left",
    ),
    *(Row(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=led_line) for name in ACTS),
    *(post(f"blueprint:{name}", "plan_officer", OTHER_KEEPERS, keys=led_line) for name in ACTS),
    Row("blueprint:work_officer", "plan_officer", OTHER_KEEPERS, keys=joined_line, note="that the unit joins"),
    Row("blueprint:work_officer", f"plan_officer {OF_UNIT}", "plan_officer_elsewhere", keys=led_line),
    post("blueprint:work_officer", "plan_officer", OTHER_KEEPERS, keys=joined_line, note="that the unit joins"),
    post("blueprint:work_officer", f"plan_officer {OF_UNIT}", "plan_officer_elsewhere", keys=led_line),
    Row("blueprint:work_reached", "plan_officer", OTHER_KEEPERS, keys=joined_milestone),
    post("blueprint:work_reached", "plan_officer", OTHER_KEEPERS, keys=milestone, data=reached, status=DONE),
]
