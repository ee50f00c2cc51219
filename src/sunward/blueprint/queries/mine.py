"""What waits for whoever answers for lines of work, over all plans: what is due first stands first.

A day that has passed stands before one that is to come; what was handed in or asked for counts with the day since which
it waits. As many queries for one line as for a hundred.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sunward.accounts.access import Actor
from sunward.blueprint.enums import Lifecycle
from sunward.blueprint.following.needing import OPEN, SOON
from sunward.blueprint.lights.light import Why
from sunward.blueprint.models import DeliveryPlan, WorkItem
from sunward.blueprint.queries.plan_lines import PlanLine, shape_lines, work_href
from sunward.blueprint.queries.waiting import (
    acknowledge_by,
    answer_by,
    completions_to_accept,
    extensions_to_decide,
    lines_answered_for,
    obstacles_to_answer,
    parts_due,
    to_acknowledge,
)
from sunward.core.furniture import ToDo, Tone
from sunward.core.wording import say_value

# Beyond this the page says how many there are: nobody reads on, and the first are due first.
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Dated:
    """What waits, with the day by which it is due or since which it waits."""

    day: date
    todo: ToDo


@dataclass(frozen=True, slots=True)
class Mine:
    """`todos`: the first of `count` things that wait. `lines`: those that are open and that the reader answers for."""

    todos: tuple[ToDo, ...]
    count: int
    lines: tuple[PlanLine, ...]


def read_mine(actor: Actor, *, on: date) -> Mine:
    lines = shape_lines(actor, lines_answered_for(actor).order_by("plan", "number"), on=on)
    plans = _plans(lines)
    found = [
        *_to_acknowledge(actor, on=on),
        *_obstacles(actor, on=on),
        *(one for line in lines for one in _of_line(line, plans.get(line.id, ""), on=on)),
        *_parts(actor, on=on),
        *_to_decide(actor),
    ]
    found.sort(key=lambda one: one.day)
    in_turn = sorted(lines, key=lambda line: (line.next_on, line.id))
    return Mine(tuple(one.todo for one in found[:MOST_SHOWN]), len(found), tuple(in_turn))


def _to_acknowledge(actor: Actor, *, on: date) -> Iterable[Dated]:
    rows = to_acknowledge(actor).select_related("plan").annotate(say_by=acknowledge_by())
    for item in rows:
        day = item.say_by
        yield _wait(item, item.plan.title, day, _("Acknowledge by %(day)s"), on=on, tone="info")


def _obstacles(actor: Actor, *, on: date) -> Iterable[Dated]:
    rows = obstacles_to_answer(actor).select_related("item__plan", "unit").annotate(wanted_by=answer_by())
    for step in rows:
        note = say_value(step.unit.short_name, step.text) if step.unit else step.text
        yield _wait(step.item, note, step.wanted_by, _("Answer by %(day)s"), on=on)


def _of_line(line: PlanLine, plan: str, *, on: date) -> Iterable[Dated]:
    """Once it was issued and until it is handed in: its deadline, its milestones, and the number that is missing."""
    if line.light.lifecycle not in OPEN:
        return
    is_returned = line.light.lifecycle == Lifecycle.RETURNED
    if is_returned or line.ends_on - on <= SOON:
        word = _("Hand in by %(day)s") if line.has_end else _("Review on %(day)s")
        word = _("Returned: hand in again by %(day)s") if is_returned and line.has_end else word
        yield _wait(line, plan, line.ends_on, word, on=on)
    for step in line.milestones:
        if step.reached_on is None and step.due_on - on <= SOON:
            yield _wait(line, step.text, step.due_on, _("Milestone by %(day)s"), on=on)
    light = line.light.light
    day = dict(light.told).get("day")
    is_under_way = line.light.lifecycle != Lifecycle.ISSUED
    if is_under_way and line.light.asks_number and light.why == Why.UNREPORTED and isinstance(day, date):
        yield _wait(line, plan, day, _("Report how it stood on %(day)s"), on=on)


def _parts(actor: Actor, *, on: date) -> Iterable[Dated]:
    """Of units that join. Nobody says of a part that it is done: one whose day has passed is not told for ever."""
    for part in parts_due(actor, on=on).select_related("item__plan", "unit"):
        assert part.due_on is not None, "asked for by its day"
        note = say_value(part.unit.short_name, part.text) if part.text else part.unit.short_name
        yield _wait(part.item, note, part.due_on, _("Your part by %(day)s"), on=on, tone="info")


def _to_decide(actor: Actor) -> Iterable[Dated]:
    for rows, word in (
        (extensions_to_decide(actor), _("Decide about more time, asked for on %(day)s")),
        (completions_to_accept(actor), _("Accept or return, handed in on %(day)s")),
    ):
        for step in rows.select_related("item__plan", "unit"):
            note = step.unit.short_name if step.unit else ""
            yield _wait(step.item, note, step.happened_on, word, tone="info")


def _wait(
    line: WorkItem | PlanLine, note: str, day: date, word: str, *, on: date | None = None, tone: Tone = "warn"
) -> Dated:
    is_late = on is not None and day < on
    title = f"{line.number}. {line.text[:79]}"
    todo = ToDo(title, work_href(line.uid), note, word % {"day": day}, "urgent" if is_late else tone)
    return Dated(day, todo)


def _plans(lines: Iterable[PlanLine]) -> dict[int, str]:
    """By line, the title of its plan."""
    keys = [line.id for line in lines]
    return dict(DeliveryPlan.objects.filter(items__in=keys).values_list("items", "title"))
