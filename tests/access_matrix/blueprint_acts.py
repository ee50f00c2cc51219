"""Acts on a line of work: each belongs to one side of it, and is not there for every other."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sunward.blueprint.enums import StepKind
from sunward.blueprint.models import JointPart, WorkItem, WorkStep
from tests.access_matrix.blueprint_plans import (
    OF_UNIT,
    OFFICES,
    OTHER_KEEPERS,
    joined_plan,
    led,
    lines_of_street,
    others,
    street,
)
from tests.access_matrix.rows import DONE, Row, post
from tests.blueprint.plans import make_plan
from tests.factories import NOW, TODAY
from tests.personas import World

K = StepKind
KEEPER, ELSEWHERE = "plan_officer", "plan_officer_elsewhere"
HEADS, HEADS_ELSEWHERE = "leader leader_of_subdistrict", "leader_elsewhere"
Keys = Callable[[World], dict[str, Any]]


def under_way(item: WorkItem, *more: tuple[StepKind, dict[str, Any]]) -> WorkStep:
    """Issued and acknowledged, and whatever else has happened; the last step."""
    told = [(K.ISSUED, {"day": TODAY}), (K.ACKNOWLEDGED, {"unit": item.lead}), *more]
    for kind, columns in told:
        last = WorkStep.objects.create(item=item, kind=kind, happened_on=TODAY, recorded_at=NOW, **columns)
    return last


def issued(world: World) -> dict[str, Any]:
    item = led().items.get()
    WorkStep.objects.create(item=item, kind=K.ISSUED, day=TODAY, happened_on=TODAY, recorded_at=NOW)
    return {"item_id": item.uid}


def of_lead(world: World) -> dict[str, Any]:
    """The sub-district leads, and it is under way."""
    item = led().items.get()
    under_way(item)
    return {"item_id": item.uid}


def of_joint(world: World) -> dict[str, Any]:
    """An office leads, and the sub-district joins."""
    item = make_plan(lines=1).items.get()
    JointPart.objects.create(item=item, unit=street(), unit_path=street().path)
    under_way(item)
    return {"item_id": item.uid}


def with_step(kind: StepKind, *, by: str = "", **columns: Any) -> Keys:
    def keys(world: World) -> dict[str, Any]:
        item = led().items.get()
        by_id = world.users[by].pk if by else 0
        row = under_way(item, (kind, {"text": "说明", "recorded_by_id": by_id, **columns}))
        return {"item_id": item.uid, "step_id": row.uid}

    return keys


def asked(world: World) -> dict[str, Any]:
    """The sub-district has no part in the line and is asked about an obstacle."""
    item = make_plan(lines=1).items.get()
    row = under_way(item, (K.OBSTACLE, {"text": "缺场地", "day": TODAY + timedelta(5), "asked_unit": street()}))
    return {"item_id": item.uid, "step_id": row.uid}


def unissued(world: World) -> dict[str, Any]:
    return {"plan_id": joined_plan(world)["plan_id"]}


def both(name: str, enters: str, absent: str, *, keys: Keys, note: str = "") -> list[Row]:
    address = f"blueprint:{name}"
    return [Row(address, enters, absent, keys=keys, note=note), post(address, enters, absent, keys=keys, note=note)]


def named(world: World) -> dict[str, Any]:
    """The sub-district leads two lines, and a worker of it is named to answer for this one."""
    item = under_named(world)[0]
    return {"item_id": item.uid}


def beside_named(world: World) -> dict[str, Any]:
    return {"item_id": under_named(world)[1].uid}


def under_named(world: World) -> tuple[WorkItem, WorkItem]:
    first, second = lines_of_street()
    WorkItem.objects.filter(pk=first.pk).update(officer=world.users["worker"])
    for item in (first, second):
        under_way(item)
    return first, second


def covered(world: World) -> dict[str, Any]:
    item = under_named(world)[0]
    row = WorkStep.objects.create(item=item, kind=K.COVERED, text="说明", happened_on=TODAY, recorded_at=NOW)
    return {"item_id": item.uid, "step_id": row.uid}


def told_by_named(world: World) -> dict[str, Any]:
    item, by_id = under_named(world)[0], world.users["worker"].pk
    row = WorkStep.objects.create(
        item=item, kind=K.PROGRESS, text="说明", happened_on=TODAY, recorded_at=NOW, recorded_by_id=by_id
    )  # fmt: skip
    return {"item_id": item.uid, "step_id": row.uid}


# Acts of whoever leads: a worker who is named has them for that line, and nobody else of an office for any.
OF_LEAD = ("work_progress", "work_obstacle", "work_extension", "work_completion")
REST = f"{ELSEWHERE} {HEADS} {HEADS_ELSEWHERE}"
ROWS = [
    *both("plan_issue", KEEPER, OTHER_KEEPERS, keys=unissued),
    Row("blueprint:work_acknowledge", OF_UNIT, f"{KEEPER} {REST} {OFFICES}", keys=issued),
    post("blueprint:work_acknowledge", OF_UNIT, f"{KEEPER} {REST} {OFFICES}", keys=issued, status=DONE),
    Row("blueprint:work_acknowledge", f"{OF_UNIT} worker", f"{KEEPER} {REST} {others('worker')}", keys=named),
    Row("blueprint:work_acknowledge", OF_UNIT, f"{KEEPER} {REST} {OFFICES}", keys=beside_named),
    *(
        row
        for name in OF_LEAD
        for row in (
            *both(name, f"{OF_UNIT} worker", f"{KEEPER} {REST} {others('worker')}", keys=named, note="of the named"),
            *both(name, OF_UNIT, f"{KEEPER} {REST} {OFFICES}", keys=beside_named, note="beside that"),
        )
    ),
    *both(
        "work_confidence", f"{OF_UNIT} {HEADS} worker", f"{KEEPER} {ELSEWHERE} {HEADS_ELSEWHERE} {others('worker')}",
        keys=named, note="that she is named for",
    ),
    *both(
        "work_cover", f"{KEEPER} {OF_UNIT} worker", f"{REST} {others('worker')}", keys=named,
        note="that she is named for",
    ),
    *both(
        "work_lesson", f"{KEEPER} {OF_UNIT} {HEADS} worker", f"{ELSEWHERE} {HEADS_ELSEWHERE} {others('worker')}",
        keys=named, note="that she is named for",
    ),
    *both("work_correct", f"{KEEPER} worker", f"{OF_UNIT} {REST} {others('worker')}", keys=told_by_named),
    Row(
        "blueprint:work_thanks", f"{KEEPER} {HEADS} {OF_UNIT} worker",
        f"{ELSEWHERE} {HEADS_ELSEWHERE} {others('worker')}", keys=covered, note="that she is named for",
    ),
    # What others decide stays theirs: she is of the unit that leads.
    *(
        both(name, KEEPER, OTHER_KEEPERS, keys=named, note="that somebody is named for")[0]
        for name in ("work_chase", "work_gauge")
    ),
    *(
        row
        for name in ("work_progress", "work_obstacle")
        for keys, note in ((of_lead, "that the unit leads"), (of_joint, "that the unit joins"))
        for row in both(name, OF_UNIT, f"{KEEPER} {REST} {OFFICES}", keys=keys, note=note)
    ),
    *(
        row
        for name in ("work_extension", "work_completion")
        for row in (
            *both(name, OF_UNIT, f"{KEEPER} {REST} {OFFICES}", keys=of_lead, note="that the unit leads"),
            *both(name, "", f"{OF_UNIT} {KEEPER} {REST} {OFFICES}", keys=of_joint, note="that the unit joins"),
        )
    ),
    Row("blueprint:work_chase", KEEPER, OTHER_KEEPERS, keys=of_lead),
    post("blueprint:work_chase", KEEPER, OTHER_KEEPERS, keys=of_lead, status=DONE),
    *both("work_confidence", f"{OF_UNIT} {HEADS}", f"{KEEPER} {ELSEWHERE} {HEADS_ELSEWHERE} {OFFICES}", keys=of_lead),
    *both("work_own_act", HEADS, f"{KEEPER} {OTHER_KEEPERS} {HEADS_ELSEWHERE}", keys=of_lead, note="of its head"),
    *both(
        "work_own_act", "leader", f"{KEEPER} {OTHER_KEEPERS} leader_of_subdistrict {HEADS_ELSEWHERE}", keys=of_joint,
        note="of another head",
    ),
    *both(
        "work_answer", f"{OF_UNIT} leader_of_subdistrict", f"{KEEPER} {ELSEWHERE} leader {HEADS_ELSEWHERE}", keys=asked
    ),
    *both("work_extension_decide", KEEPER, OTHER_KEEPERS, keys=with_step(K.EXTENSION_ASKED, day=TODAY)),
    *both("work_completion_decide", KEEPER, OTHER_KEEPERS, keys=with_step(K.CLAIMED)),
    *both("work_cover", f"{KEEPER} {OF_UNIT}", f"{REST} {OFFICES}", keys=of_lead),
    Row(
        "blueprint:work_thanks", f"{KEEPER} {HEADS} {OF_UNIT}", f"{ELSEWHERE} {HEADS_ELSEWHERE} {OFFICES}",
        keys=with_step(K.COVERED),
    ),
    post(
        "blueprint:work_thanks", f"{KEEPER} {HEADS} {OF_UNIT}", f"{ELSEWHERE} {HEADS_ELSEWHERE} {OFFICES}",
        keys=with_step(K.COVERED), status=DONE,
    ),
    *both(
        "work_correct", f"{KEEPER} {OF_UNIT}", f"{ELSEWHERE} {HEADS} {HEADS_ELSEWHERE} {OFFICES}",
        keys=with_step(K.PROGRESS, by=OF_UNIT),
    ),
    *both("work_lesson", f"{KEEPER} {OF_UNIT} {HEADS}", f"{ELSEWHERE} {HEADS_ELSEWHERE} {OFFICES}", keys=of_lead),
    *both("work_gauge", KEEPER, OTHER_KEEPERS, keys=of_lead),
]  # fmt: skip
