"""A file's care plan, its goals and its small wishes. What a need is called only the programme knows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sunward.casework.enums import ContactOutcome, GoalKind, GoalState, ServiceKind
from sunward.casework.models import CarePlan, Case, Goal
from sunward.core.furniture import Moment, Text, Tone

GOAL_TONES: dict[str, Tone] = {GoalState.OPEN: "info", GoalState.REACHED: "good", GoalState.DROPPED: "off"}
NeedWords = Callable[[str], Text]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """`contacts` counts those made for it; `need_is_open` says whether settling it may meet the need."""

    uid: UUID
    version: int
    words: str
    service: Text
    need: Text
    need_is_open: bool
    from_on: date
    due_on: date | None
    is_overdue: bool
    state: str
    state_word: Text
    tone: Tone
    settled_on: date | None
    result: str
    contacts: int

    @property
    def is_open(self) -> bool:
        return self.state == GoalState.OPEN


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish on its own child's file. `is_released` says that it is on the wall."""

    uid: UUID
    version: int
    words: str
    wall_words: str
    from_on: date
    due_on: date | None
    state: str
    is_released: bool
    granted_by: str
    settled_on: date | None
    result: str

    @property
    def is_open(self) -> bool:
        return self.state == GoalState.OPEN


@dataclass(frozen=True, slots=True)
class PlanRow:
    uid: UUID
    version: int
    drawn_up_on: date
    review_on: date
    is_review_due: bool
    closed_on: date | None
    agreement: str
    goals: tuple[GoalRow, ...]

    @property
    def open_goals(self) -> tuple[GoalRow, ...]:
        return tuple(goal for goal in self.goals if goal.is_open)

    @property
    def settled_goals(self) -> tuple[GoalRow, ...]:
        return tuple(goal for goal in self.goals if not goal.is_open)


@dataclass(frozen=True, slots=True)
class FilePlans:
    """`current` is the open plan if there is one; `earlier` are closed, the latest first."""

    current: PlanRow | None
    earlier: tuple[PlanRow, ...]
    wishes: tuple[WishRow, ...]

    @property
    def open_wishes(self) -> tuple[WishRow, ...]:
        return tuple(wish for wish in self.wishes if wish.is_open)


def read_plans(case: Case, *, on: date, need_words: NeedWords) -> FilePlans:
    """Two queries, whatever the plans hold."""
    goals = list(_goals(case))
    plans = [
        _plan(plan, [goal for goal in goals if goal.plan_id == plan.pk], on=on, need_words=need_words)
        for plan in case.care_plans.order_by("-drawn_up_on", "-pk")
    ]
    return FilePlans(
        current=next((plan for plan in plans if plan.closed_on is None), None),
        earlier=tuple(plan for plan in plans if plan.closed_on is not None),
        wishes=tuple(_wish(goal) for goal in goals if goal.kind == GoalKind.WISH),
    )


def open_goal_choices(case: Case) -> list[tuple[str, str]]:
    """The goals that a contact or a referral may serve. One query."""
    found = case.goals.filter(kind=GoalKind.GOAL, state=GoalState.OPEN).order_by("due_on", "pk")
    return [(str(goal.uid), goal.words if len(goal.words) <= 40 else f"{goal.words[:39]}…") for goal in found]


def plan_moments(plans: FilePlans) -> list[Moment]:
    """What the plans add to the file's line of time. No query."""
    moments: list[Moment] = []
    for plan in filter(None, (plans.current, *plans.earlier)):
        moments.append(Moment(plan.drawn_up_on, _("Care plan drawn up"), note=plan.agreement, icon="clipboard-list"))
        if plan.closed_on:
            moments.append(Moment(plan.closed_on, _("Care plan closed"), icon="archive"))
        moments += [_goal_moment(goal) for goal in plan.settled_goals]
    moments += [_wish_moment(wish) for wish in plans.wishes if wish.settled_on]
    return moments


def _goals(case: Case) -> "QuerySet[Any]":
    made = Q(service_records__outcome=ContactOutcome.MADE, service_records__withdrawn_at=None)
    found = Goal.objects.filter(case=case).select_related("need")
    return found.annotate(contacts=Count("service_records", filter=made)).order_by("settled_on", "due_on", "pk")


def _plan(plan: CarePlan, goals: list[Any], *, on: date, need_words: NeedWords) -> PlanRow:
    return PlanRow(
        uid=plan.uid,
        version=plan.version,
        drawn_up_on=plan.drawn_up_on,
        review_on=plan.review_on,
        is_review_due=plan.closed_on is None and plan.review_on <= on,
        closed_on=plan.closed_on,
        agreement=plan.agreement,
        goals=tuple(_goal(goal, on=on, need_words=need_words) for goal in goals),
    )


def _goal(goal: Any, *, on: date, need_words: NeedWords) -> GoalRow:
    service = goal.service_kind
    return GoalRow(
        uid=goal.uid,
        version=goal.version,
        words=goal.words,
        service=ServiceKind(service).label if service in ServiceKind else service,
        need=need_words(goal.need.kind) if goal.need else "",
        need_is_open=goal.need is not None and goal.need.met_on is None,
        from_on=goal.from_on,
        due_on=goal.due_on,
        is_overdue=goal.state == GoalState.OPEN and goal.due_on is not None and goal.due_on < on,
        state=goal.state,
        state_word=GoalState(goal.state).label,
        tone=GOAL_TONES[goal.state],
        settled_on=goal.settled_on,
        result=goal.result,
        contacts=goal.contacts,
    )


def _wish(goal: Goal) -> WishRow:
    return WishRow(
        uid=goal.uid,
        version=goal.version,
        words=goal.words,
        wall_words=goal.wall_words,
        from_on=goal.from_on,
        due_on=goal.due_on,
        state=goal.state,
        is_released=goal.released_on is not None,
        granted_by=goal.granted_by,
        settled_on=goal.settled_on,
        result=goal.result,
    )


def _goal_moment(goal: GoalRow) -> Moment:
    is_reached = goal.state == GoalState.REACHED
    title = _("Goal reached: %(words)s") if is_reached else _("Goal given up: %(words)s")
    return Moment(
        goal.settled_on or goal.from_on, title % {"words": goal.words}, note=goal.result, icon="checklist",
        tone="good" if is_reached else "off",
    )  # fmt: skip


def _wish_moment(wish: WishRow) -> Moment:
    is_granted = wish.state == GoalState.REACHED
    title = _("Small wish granted: %(words)s") if is_granted else _("Small wish given up: %(words)s")
    return Moment(
        wish.settled_on or wish.from_on, title % {"words": wish.words}, who=wish.granted_by, note=wish.result,
        icon="confetti", tone="good" if is_granted else "off",
    )  # fmt: skip
