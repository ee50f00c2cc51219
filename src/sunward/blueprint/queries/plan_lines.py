"""Lines of a plan that somebody may see, each with all that a row of the sheet says; as many queries for three lines as
for four hundred."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sunward.accounts.access import Actor
from sunward.accounts.models import Unit, User
from sunward.blueprint.access import WORK_SUBJECT, visible_work
from sunward.blueprint.enums import Standing
from sunward.blueprint.lights.deliverables import PlannedStep
from sunward.blueprint.models import DeliveryPlan, JointPart, MeetingQuestion, Milestone, PlanGoal, WorkItem
from sunward.blueprint.queries.lights import LineLight, Steps, read_lights, turn_leads_back
from sunward.core.furniture import Tone
from sunward.core.wording import join_words
from sunward.ledger.models import Fact

SOON = timedelta(days=30)
# The fact that a milestone leaves.
REACHED = "blueprint.milestone_reached"
TONES: dict[Standing, Tone] = {
    Standing.LATE: "urgent", Standing.REVIEW: "warn", Standing.BEHIND: "warn", Standing.SOON: "info",
    Standing.AHEAD: "calm", Standing.REACHED: "good", Standing.CLOSED: "off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitName:
    code: str
    name: str
    short: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """What a unit that joins does of a line, and by when, if it has a day of its own."""

    unit: UnitName
    text: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    number: int
    text: str
    due_on: date
    reached_on: date | None
    evidence: str

    def is_late(self, *, on: date) -> bool:
        return self.reached_on is None and self.due_on < on


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of work as its readers see it.

    `ends_on` is the deadline in force, or the day of its review; `decided_on` the deadline that was decided, where
    another is in force. The light tells how it goes, `standing` how its days stand; neither repaints the other.
    """

    id: int
    uid: UUID
    number: int
    text: str
    section: str
    goal_number: int
    goal: str
    question_number: int
    question: str
    target_text: str
    target_number: Decimal | None
    target_unit: str
    lead: UnitName
    officer_id: int | None
    officer: str
    ends_on: date
    has_end: bool
    standing: Standing
    light: LineLight
    decided_on: date | None = None
    parts: tuple[PartRow, ...] = ()
    milestones: tuple[MilestoneRow, ...] = ()

    @property
    def tone(self) -> Tone:
        return TONES[self.standing]

    @property
    def href(self) -> str:
        return work_href(self.uid)

    @property
    def decided_word(self) -> str:
        return say_decided(self.decided_on)

    @property
    def next_milestone(self) -> MilestoneRow | None:
        return next((one for one in self.milestones if one.reached_on is None), None)

    @property
    def next_on(self) -> date:
        """The first day on which something of it is due."""
        ahead = self.next_milestone
        return min(ahead.due_on, self.ends_on) if ahead else self.ends_on

    @property
    def reached(self) -> int:
        return sum(one.reached_on is not None for one in self.milestones)

    @property
    def joint(self) -> str:
        """Short names of those who join, each once: after a merger of units one may have two parts."""
        return join_words(dict.fromkeys(part.unit.short for part in self.parts))

    @property
    def unit_codes(self) -> frozenset[str]:
        """Who leads and who joins."""
        return frozenset({self.lead.code, *(part.unit.code for part in self.parts)})


def say_decided(day: date | None) -> str:
    """An extension moves the deadline in force, never the one that was decided, which stands beside it."""
    return _("decided: %(day)s") % {"day": day.isoformat()} if day else ""


def work_href(uid: UUID) -> str:
    """The address of a line's page; four hundred of them are looked up once."""
    return _work_pattern() % uid


@cache
def _work_pattern() -> str:
    nobody = UUID(int=0)
    return reverse("blueprint:work", args=[nobody]).replace("%", "%%").replace(str(nobody), "%s")


def read_lines(actor: Actor, plan: DeliveryPlan, *, on: date) -> list[PlanLine]:
    """In the plan's own order: the lines of one goal stand together."""
    rows = visible_work(actor).filter(plan=plan).order_by("goal__number", "number")
    return shape_lines(actor, rows, on=on)


def shape_lines(
    actor: Actor, rows: "QuerySet[WorkItem]", *, on: date, steps: Steps | None = None,
    known_until: datetime | None = None,
) -> list[PlanLine]:  # fmt: skip
    """The rows came through `visible_work`. `steps`: of whoever has read them already.

    As known until a moment, where one is named: by what was reported, decided, led, reached and counted. How a line is
    laid out and measured has no history.
    """
    items = list(rows.select_related("gauge"))
    if known_until:
        turn_leads_back(items, known_until=known_until)
    _surround(items)
    keys = [item.pk for item in items]
    parts, milestones = _parts(keys), _milestones(keys)
    if known_until:
        _turn_milestones_back(milestones, known_until=known_until)
    planned = {
        key: [PlannedStep(one.text, one.due_on, one.reached_on) for one in rows] for key, rows in milestones.items()
    }
    lights = read_lights(actor, items, on=on, steps=steps, milestones=planned, known_until=known_until)
    return [_shape(item, lights[item.pk], parts[item.pk], milestones[item.pk], on=on) for item in items]


def _surround(items: Sequence[WorkItem]) -> None:
    """What many lines share is made once: a join would make it again for every line."""
    plans = DeliveryPlan.objects.select_related("meeting").in_bulk({item.plan_id for item in items})
    goals = PlanGoal.objects.in_bulk({item.goal_id for item in items})
    questions = MeetingQuestion.objects.in_bulk({item.question_id for item in items})
    units = Unit.objects.in_bulk({item.lead_id for item in items})
    officers = User.objects.in_bulk({item.officer_id for item in items if item.officer_id is not None})
    for item in items:
        item.plan, item.goal, item.question = plans[item.plan_id], goals[item.goal_id], questions[item.question_id]
        item.lead = units[item.lead_id]
        item.officer = officers[item.officer_id] if item.officer_id is not None else None


def _shape(
    item: WorkItem, light: LineLight, parts: Sequence[PartRow], milestones: Sequence[MilestoneRow], *, on: date
) -> PlanLine:
    due_on = light.course.due_on
    ends_on = due_on or item.review_on
    assert ends_on is not None, "the database holds it"
    standing = standing_of(due_on, item.review_on, milestones, on=on)
    return PlanLine(
        id=item.pk, uid=item.uid, number=item.number, text=item.text, section=item.goal.section,
        goal_number=item.goal.number, goal=item.goal.text, question_number=item.question.number,
        question=item.question.text, target_text=item.target_text, target_number=item.target_number,
        target_unit=item.target_unit, lead=UnitName(item.lead.code, item.lead.name, item.lead.short_name),
        officer_id=item.officer_id, officer=str(item.officer) if item.officer else item.officer_written,
        ends_on=ends_on, has_end=due_on is not None, standing=Standing.CLOSED if light.course.is_closed else standing,
        light=light, decided_on=item.due_on if light.was_extended else None, parts=tuple(parts),
        milestones=tuple(milestones),
    )  # fmt: skip


def standing_of(
    due_on: date | None, review_on: date | None, milestones: Sequence[MilestoneRow], *, on: date
) -> Standing:
    """The worst that is so. A day is over only when the next has begun."""
    if milestones and all(one.reached_on for one in milestones):
        return Standing.REACHED
    if due_on and due_on < on:
        return Standing.LATE
    if review_on and review_on < on:
        return Standing.REVIEW
    if any(one.is_late(on=on) for one in milestones):
        return Standing.BEHIND
    ahead = [one.due_on for one in milestones if one.reached_on is None]
    ahead += [day for day in (due_on, review_on) if day]
    return Standing.SOON if ahead and min(ahead) <= on + SOON else Standing.AHEAD


def _parts(keys: Iterable[int]) -> dict[int, list[PartRow]]:
    found: dict[int, list[PartRow]] = defaultdict(list)
    rows = JointPart.objects.filter(item__among=list(keys)).order_by("pk")
    names = ("item", "unit__code", "unit__name", "unit__short_name", "text", "due_on")
    units: dict[str, UnitName] = {}
    for item, code, name, short, text, due_on in rows.values_list(*names):
        unit = units.setdefault(code, UnitName(code, name, short))
        found[item].append(PartRow(unit, text, due_on))
    return found


def _milestones(keys: Iterable[int]) -> dict[int, list[MilestoneRow]]:
    """By their days, whatever their numbers: those that were laid out later may come before."""
    found: dict[int, list[MilestoneRow]] = defaultdict(list)
    rows = Milestone.objects.filter(item__among=list(keys)).order_by("due_on", "number")
    names = ("item", "number", "text", "due_on", "reached_on", "evidence")
    for item, number, text, due_on, reached_on, evidence in rows.values_list(*names):
        found[item].append(MilestoneRow(number, text, due_on, reached_on, evidence))
    return found


def _turn_milestones_back(milestones: dict[int, list[MilestoneRow]], *, known_until: datetime) -> None:
    """What was said to be reached since was not known, whatever day it was said of. A fact of before it named its
    milestone tells the day alone: of two of one day the later is taken."""
    facts = Fact.objects.filter(
        kind=REACHED, subject_kind=WORK_SUBJECT, subject_id__in=list(milestones), recorded_at__gt=known_until
    )
    for key, day, told in facts.values_list("subject_id", "happened_on", "attributes"):
        rows = milestones[key]
        for at in reversed(range(len(rows))):
            if rows[at].reached_on == day and told.get("milestone", rows[at].number) == rows[at].number:
                rows[at] = replace(rows[at], reached_on=None, evidence="")
                break
