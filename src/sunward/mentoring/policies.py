"""What Neighbour Mom declares to be matched, and the policy it begins with."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.audit.chain import Subject
from sunward.casework.access import CASE_SUBJECT
from sunward.casework.enums import RiskLevel
from sunward.matching.declaration import Declaration, NextStep, Ordering, SoftCriterion
from sunward.matching.terms import Columns, CriterionUse, Incumbency, Policy, Reach, RuleUse
from sunward.mentoring.access import PROGRAMME
from sunward.mentoring.actions.matches import approve_match
from sunward.mentoring.pairing.abilities import MEETABLE
from sunward.mentoring.pairing.criteria import CRITERIA
from sunward.mentoring.pairing.newcomers import imagine, nobody
from sunward.mentoring.pairing.people import describe, find_mentors
from sunward.mentoring.pairing.reading import read_snapshot
from sunward.mentoring.pairing.rules import RULES
from sunward.mentoring.tutoring.policy import TUTORING

ORDERINGS = (
    Ordering("risk", "risk", _("High risk first, then medium, then low")),
    Ordering("high_first", "high_first", _("High risk first, all others alike")),
    Ordering("alike", None, _("All alike")),
)
# Rules in force from the start, with what they are set to; and how much each criterion counts, out of 100.
RULES_AT_FIRST = {
    "willing": {"also_not_asked": 1.0},
    "legal_basis": {"also_unrecorded": 1.0},
    "background_check": {"days_ahead": 0.0},
    "training": {},
    "active": {},
    "not_family": {},
    "kept_apart": {},
    "neighbourhood": {"across_km": 0.0},
    "no_failed_match": {},
    "not_rejected": {},
    "child_age": {"from_years": 0.0, "to_years": 20.0},
}
WEIGHTS_AT_FIRST = {
    "nearness": 25.0, "needs": 30.0, "language": 15.0, "peers": 10.0, "times": 5.0, "occupation": 5.0, "room": 5.0,
    "experience": 5.0,
}  # fmt: skip


def default_policy() -> Policy:
    rules = {hard.code: hard.rule for hard in RULES}
    return Policy(
        rules=tuple(RuleUse(rules[code], setting) for code, setting in RULES_AT_FIRST.items()),
        criteria=tuple(
            CriterionUse(soft.criterion, WEIGHTS_AT_FIRST[soft.code], defaults_of(soft)) for soft in CRITERIA
        ),
        reach=Reach(radius_km=None, nearest=50),
        columns=Columns(tier="risk"),
        incumbency=Incumbency.KEEP,
    )


def defaults_of(soft: SoftCriterion) -> dict[str, float]:
    """Written out, so that a policy says all it means."""
    return {one.name: float(one.default) for one in soft.criterion.parameters if one.default is not None}


def accept(
    *, actor: Actor, left_id: int, right_id: int, on: date, now: datetime, proposal_id: int, override_reason: str = ""
) -> int:
    """An approved proposal becomes a match; the match's own act guards places, vetting and visibility once more."""
    match = approve_match(
        actor=actor, case_id=left_id, mentor_id=right_id, on=on, now=now, proposal_id=proposal_id,
        override_reason=override_reason,
    )  # fmt: skip
    return int(match.pk)


def subject(left_id: int) -> Subject:
    """A look at a proposal is a look at the child's file."""
    return Subject(CASE_SUBJECT, left_id)


DECLARATION = Declaration(
    code=PROGRAMME,
    name=_("Neighbour Mom"),
    left_name=_("Child"),
    right_name=_("Neighbour mom"),
    rules=RULES,
    criteria=CRITERIA,
    orderings=ORDERINGS,
    tiers={int(level): level.label for level in RiskLevel},
    skills={kind.value: kind.label for kind in MEETABLE},
    default_policy=default_policy(),
    default_name=_("Standard"),
    read_snapshot=read_snapshot,
    describe=describe,
    find_right=find_mentors,
    accept=accept,
    subject=subject,
    imagine=imagine,
    next_step=NextStep(_("Arrange the first meetings"), "mentoring:matches", "?state=proposed"),
    nobody=nobody,
)
DECLARATIONS = (DECLARATION, TUTORING)
