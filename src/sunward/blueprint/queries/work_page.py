"""One line of work: where it comes from, who does what of it, what it waits for, and the line of its number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sunward.accounts.access import Actor
from sunward.blueprint.access import KEEPER_ROLES, kept_paths, visible_meetings, visible_work
from sunward.blueprint.models import Decision, Dependency, Meeting, WorkItem
from sunward.blueprint.queries.plan_lines import PlanLine, shape_lines
from sunward.blueprint.queries.trajectories import Chart, TrajectoryPoint, draw


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """The text stands with the meeting; who may not open that reads the line, its number and its day."""

    number: int
    topic: str
    text: str
    decided_on: date
    meeting: str
    meeting_id: UUID | None


@dataclass(frozen=True, slots=True)
class LeadChangeRow:
    on: date
    from_unit: str
    to_unit: str
    reason: str
    decision: DecisionRow


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Lines that this one waits for, or that wait for it; of those that are not the reader's, how many."""

    lines: tuple[PlanLine, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class WorkPage:
    """`is_keeper` lays the line out; whoever `names_officer` keeps the plan or follows the unit that leads."""

    line: PlanLine
    version: int
    plan_id: UUID
    plan: str
    decision: DecisionRow | None
    changes: tuple[LeadChangeRow, ...]
    needs: Neighbours
    needed_by: Neighbours
    points: tuple[TrajectoryPoint, ...]
    chart: Chart | None
    is_keeper: bool
    names_officer: bool


def read_work(actor: Actor, item: WorkItem, *, on: date) -> WorkPage:
    """`item` came through the gate."""
    needs = Dependency.objects.filter(item=item).values_list("needs", flat=True)
    needed_by = Dependency.objects.filter(needs=item).values_list("item", flat=True)
    before, after = set(needs), set(needed_by)
    lines = {line.id: line for line in _lines(actor, {item.pk, *before, *after}, on=on)}
    points = tuple(
        TrajectoryPoint(*one)
        for one in item.checkpoints.order_by("on").values_list("on", "value", "assumption", "is_fixed")
    )
    changes = list(item.lead_changes.select_related("from_unit", "to_unit", "decision__meeting").order_by("pk"))
    decided = Decision.objects.select_related("meeting").filter(pk=item.decision_id or 0).first()
    meetings = {one.meeting for one in (decided, *(change.decision for change in changes)) if one}
    readable = _readable(actor, meetings)
    is_keeper = item.plan.unit_path in kept_paths(actor)
    return WorkPage(
        line=lines[item.pk], version=item.version, plan_id=item.plan.uid, plan=item.plan.title,
        decision=_decision(decided, readable) if decided else None,
        changes=tuple(
            LeadChangeRow(
                one.changed_on, one.from_unit.name, one.to_unit.name, one.reason, _decision(one.decision, readable)
            )
            for one in changes
        ),
        needs=_neighbours(before, lines), needed_by=_neighbours(after, lines),
        points=points, chart=draw(points, on=on), is_keeper=is_keeper,
        names_officer=is_keeper or any(item.unit_path.startswith(path) for path in actor.paths(*KEEPER_ROLES)),
    )  # fmt: skip


def _lines(actor: Actor, keys: Iterable[int], *, on: date) -> list[PlanLine]:
    return shape_lines(actor, visible_work(actor).filter(pk__in=keys).order_by("number"), on=on)


def _neighbours(keys: set[int], lines: dict[int, PlanLine]) -> Neighbours:
    found = tuple(line for key, line in lines.items() if key in keys)
    return Neighbours(found, len(keys) - len(found))


def _readable(actor: Actor, meetings: Iterable[Meeting]) -> set[int]:
    return set(visible_meetings(actor).filter(pk__in=[one.pk for one in meetings]).values_list("pk", flat=True))


def _decision(row: Decision, readable: set[int]) -> DecisionRow:
    is_readable = row.meeting_id in readable
    return DecisionRow(
        row.number, row.topic if is_readable else "", row.text if is_readable else "", row.decided_on,
        row.meeting.title, row.meeting.uid if is_readable else None,
    )  # fmt: skip
