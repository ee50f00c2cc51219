"""In what capacity somebody acts on a line, and the line for that act: locked, with all that has happened to it.

"Not yours to do" and "not there" give one answer. What is yours, but not now, is said in a sentence.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.accounts.enums import Role
from sunward.accounts.models import Unit
from sunward.blueprint.access import (
    KEEPER_ROLES,
    READER_ROLES,
    district_of,
    is_officer_of,
    kept_paths,
    visible_work,
)
from sunward.blueprint.enums import Side, StepKind
from sunward.blueprint.following.chain import Course, may_follow, may_take, read_course
from sunward.blueprint.following.steps import COLUMNS, Step, standing
from sunward.blueprint.models import WorkItem, WorkStep
from sunward.core.refusals import NotThere, Refusal


@dataclass(frozen=True, slots=True)
class Followed:
    """A line, what has happened to it, and in what capacities the actor stands before it."""

    item: WorkItem
    steps: tuple[Step, ...]
    course: Course
    sides: frozenset[Side]
    joint_units: tuple[Unit, ...]

    def may(self, kind: StepKind) -> bool:
        return may_take(self.sides, kind) and may_follow(self.course, kind)

    def unit_for(self, kind: StepKind) -> Unit:
        """For whom the step is taken: the unit that leads before one that joins, else the district."""
        if Side.LEAD in self.sides and may_take({Side.LEAD}, kind):
            return self.item.lead
        if self.joint_units and may_take({Side.JOINT}, kind):
            return self.joint_units[0]
        return self.item.plan.unit


def open_followed(*, actor: Actor, item_id: UUID) -> Followed:
    """For a page: nothing is locked."""
    return _followed(actor, item_id, is_locked=False)


def get_followed(*, actor: Actor, item_id: UUID, kind: StepKind) -> Followed:
    """For an act: the line is locked, so that of two who act at once the second sees what the first did."""
    found = _followed(actor, item_id, is_locked=True)
    refuse_step(found, kind)
    return found


def refuse_step(found: Followed, kind: StepKind) -> None:
    if not may_take(found.sides, kind):
        _refuse_not_there()
    if not may_follow(found.course, kind):
        raise Refusal(
            "blueprint.step_not_now",
            _("This cannot be done now: %(where)s.") % {"where": found.course.lifecycle.label},
        )


def get_step(followed: Followed, step_id: UUID, kinds: Collection[StepKind]) -> Step:
    """A row of this line that stands."""
    pk = WorkStep.objects.filter(item=followed.item, uid=step_id, kind__in=kinds).values_list("pk", flat=True).first()
    row = next((step for step in standing(followed.steps) if step.id == pk), None)
    if row is None:
        raise NotThere("blueprint.step_not_there", _("There is no such entry any more. Look at the line again."))
    return row


def answers_for(actor: Actor, unit: Unit | None) -> bool:
    """Whether the actor speaks for a unit that was asked: by a post in it, or above it but for the whole district."""
    if unit is None:
        return False
    district = district_of(unit.path)
    held = {post.unit_path for post in actor.posts if post.role in READER_ROLES}
    return any(unit.path.startswith(path) and (path != district or unit.path == district) for path in held)


def is_another_party(followed: Followed, claimed: Step, actor: Actor) -> bool:
    """Neither who asked or handed in, nor anybody of the unit that leads, or led then; the district is of no unit."""
    told = Unit.objects.filter(pk=claimed.unit_id or 0).values_list("path", flat=True)
    paths = {followed.item.unit_path, *told} - {followed.item.plan.unit_path}
    return claimed.by_id != actor.user_id and not any(is_of_unit(actor, path) for path in paths)


def is_of_unit(actor: Actor, path: str) -> bool:
    """Whether the actor has any post in a unit or below it: such a one does not accept what the unit has done."""
    return any(post.unit_path.startswith(path) for post in actor.posts)


def _followed(actor: Actor, item_id: UUID, *, is_locked: bool) -> Followed:
    rows = visible_work(actor).filter(uid=item_id)
    pk = rows.values_list("pk", flat=True).first()
    if pk is None:
        _refuse_not_there()
    asked = WorkItem.objects.select_related("plan__unit", "plan__meeting", "lead", "officer", "gauge").filter(pk=pk)
    item = (asked.select_for_update(of=("self",)) if is_locked else asked).get()
    steps = tuple(Step(*row) for row in item.steps.order_by("pk").values_list(*COLUMNS))
    led_since = item.lead_changes.aggregate(since=Max("recorded_at"))["since"]
    course = read_course(steps, decided_on=item.due_on, lead_id=item.lead_id, led_since=led_since)
    joint = tuple(part.unit for part in item.parts.select_related("unit") if _speaks_for(actor, part.unit_path))
    return Followed(item, steps, course, _sides(actor, item, course, joint), joint)


def _sides(actor: Actor, item: WorkItem, course: Course, joint: Collection[Unit]) -> frozenset[Side]:
    found = set()
    if item.plan.unit_path in kept_paths(actor):
        found.add(Side.KEEPER)
    if _speaks_for(actor, item.unit_path) or is_officer_of(actor, item):
        found.add(Side.LEAD)
    if joint:
        found.add(Side.JOINT)
    if any(item.unit_path.startswith(post.unit_path) for post in actor.posts if post.role == Role.LEADER):
        found.add(Side.HEAD)
    asked = [waiting.asked_unit_id for waiting in course.obstacles if waiting.asked_unit_id]
    if asked and any(answers_for(actor, unit) for unit in Unit.objects.filter(pk__in=asked)):
        found.add(Side.ASKED)
    return frozenset(found)


def _speaks_for(actor: Actor, path: str) -> bool:
    """A plan officer of the unit, or above it; one of the district keeps the plan and speaks for no single unit."""
    held = {post.unit_path for post in actor.posts if post.role in KEEPER_ROLES}
    return any(path.startswith(one) and one != district_of(path) for one in held)


def _refuse_not_there() -> NoReturn:
    raise NotThere("blueprint.work_not_there", _("There is no such line of work, or it is not yours to see."))
