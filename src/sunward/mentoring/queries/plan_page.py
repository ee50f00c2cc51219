"""The care plan of one child, with its referrals and wishes: for the file, the plan's page and the sheet to sign."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.casework.access import may_release_wishes
from sunward.casework.enums import CaseState, GoalState
from sunward.casework.models import Case, Goal, Referral
from sunward.casework.queries.plans import FilePlans, GoalRow, PlanRow, plan_moments, read_plans
from sunward.casework.queries.referrals import ReferralRow, list_referrals, referral_moments
from sunward.core.furniture import Moment
from sunward.core.refusals import NotThere
from sunward.mentoring.enums import NeedKind
from sunward.mentoring.queries.children import label
from sunward.people.models import Guardianship

GOALS_ON_FILE = 4
_GONE = _("Somebody has settled this already. Look at the file again.")


@dataclass(frozen=True, slots=True)
class PlanCard:
    """What the child's file shows of plans, referrals and wishes."""

    plans: FilePlans
    referrals: tuple[ReferralRow, ...]
    may_release: bool

    @property
    def current(self) -> PlanRow | None:
        return self.plans.current

    @property
    def first_goals(self) -> tuple[GoalRow, ...]:
        return self.plans.current.open_goals[:GOALS_ON_FILE] if self.plans.current else ()

    @property
    def moments(self) -> list[Moment]:
        return [*plan_moments(self.plans), *referral_moments(self.referrals)]


@dataclass(frozen=True, slots=True)
class PlanPage:
    case_uid: UUID
    reference: str
    name: str
    unit_name: str
    age: int | None
    is_open: bool
    card: PlanCard
    needs_without_goal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """The sheet for the family. It says nothing of risk, and nothing of what was given up."""

    case_uid: UUID
    name: str
    reference: str
    committee: str
    guardian: str
    relation: str
    plan: PlanRow
    referred_to: tuple[str, ...]


def read_card(case: Case, actor: Actor, *, on: date) -> PlanCard:
    """Three queries."""
    return PlanCard(
        plans=read_plans(case, on=on, need_words=need_word),
        referrals=list_referrals(case, on=on),
        may_release=may_release_wishes(actor, case),
    )


def read_plan_page(case: Case, actor: Actor, *, on: date) -> PlanPage:
    """Four queries."""
    card = read_card(case, actor, on=on)
    aimed_at = {str(goal.need) for goal in card.current.open_goals} if card.current else set()
    return PlanPage(
        case_uid=case.uid,
        reference=case.reference,
        name=case.person.name,
        unit_name=case.unit.name,
        age=case.person.age_on(on),
        is_open=case.state == CaseState.OPEN,
        card=card,
        needs_without_goal=tuple(word for code, word in open_needs(case) if word not in aimed_at),
    )


def read_paper(case: Case, *, on: date) -> PlanPaper:
    """Four queries. Without an open plan there is nothing to sign."""
    plans = read_plans(case, on=on, need_words=need_word)
    if plans.current is None:
        raise plan_not_there()
    carer = Guardianship.objects.current(on=on).filter(child=case.person_id).select_related("guardian")
    first = carer.order_by("-is_primary", "pk").first()
    return PlanPaper(
        case_uid=case.uid,
        name=case.person.name,
        reference=case.reference,
        committee=case.unit.name,
        guardian=first.guardian.name if first else "",
        relation=first.relation if first else "",
        plan=plans.current,
        referred_to=tuple(row.resource for row in list_referrals(case, on=on) if row.is_open),
    )


def need_word(code: str) -> str:
    return label(NeedKind, code)


def open_needs(case: Case) -> list[tuple[str, str]]:
    """Codes and words. One query."""
    found = case.needs.filter(met_on=None).order_by("pk").values_list("kind", flat=True)
    return [(kind, need_word(kind)) for kind in found]


def has_open_plan(case: Case) -> bool:
    return case.care_plans.filter(closed_on=None).exists()


def find_plan_values(case: Case) -> tuple[dict[str, Any], int]:
    """What the form of the open plan starts from, and its version."""
    plan = case.care_plans.filter(closed_on=None).first()
    if plan is None:
        raise plan_not_there()
    return {"review_on": plan.review_on, "agreement": plan.agreement}, plan.version


def find_goal(case: Case, goal_id: UUID) -> Goal:
    goal = case.goals.select_related("need").filter(uid=goal_id, state=GoalState.OPEN).first()
    if goal is None:
        raise NotThere("mentoring.goal_not_there", _GONE)
    return goal


def goal_values(goal: Goal) -> dict[str, Any]:
    return {
        "words": goal.words, "service_kind": goal.service_kind, "need": goal.need.kind if goal.need else "",
        "due_on": goal.due_on,
    }  # fmt: skip


def find_referral(case: Case, referral_id: UUID) -> Referral:
    row = case.referrals.select_related("resource").filter(uid=referral_id).first()
    if row is None:
        raise NotThere("mentoring.referral_not_there", _GONE)
    return row


def plan_not_there() -> NotThere:
    return NotThere("mentoring.plan_not_there", _("There is no open care plan. Draw one up first."))
