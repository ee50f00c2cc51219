"""What is declared to be matched for tutoring online, and the policy it begins with."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from sunward.accounts.access import Actor
from sunward.audit.chain import Subject
from sunward.casework.access import CASE_SUBJECT
from sunward.casework.enums import RiskLevel
from sunward.matching.declaration import Declaration, NextStep, Ordering
from sunward.matching.terms import Columns, CriterionUse, Incumbency, Policy, Reach, RuleUse
from sunward.mentoring.actions.tutorings import approve_tutoring
from sunward.mentoring.tutoring.criteria import CRITERIA
from sunward.mentoring.tutoring.enums import Subject as SchoolSubject
from sunward.mentoring.tutoring.people import describe, find_students, imagine, nobody
from sunward.mentoring.tutoring.reading import read_snapshot
from sunward.mentoring.tutoring.rules import RULES
from sunward.mentoring.tutoring.tables import ONLINE

CODE = "tutoring"
ORDERINGS = (
    Ordering("risk", "risk", _("High risk first, then medium, then low")),
    Ordering("high_first", "high_first", _("High risk first, all others alike")),
    Ordering("alike", None, _("All alike")),
)
RULES_AT_FIRST = {
    "legal_basis": {"also_unrecorded": 1.0},
    "background_check": {"days_ahead": 0.0},
    "training": {},
    "active": {},
    "not_family": {},
    "subject": {"also_unknown": 1.0},
    "stage": {},
    "common_time": {"also_unknown": 1.0},
    "no_failed_match": {},
    "not_rejected": {},
}
WEIGHTS_AT_FIRST = {
    "continuity": 30.0, "subjects": 25.0, "hours": 20.0, "major": 10.0, "own_stage": 5.0, "room": 10.0,
}  # fmt: skip


def default_policy() -> Policy:
    rules = {hard.code: hard.rule for hard in RULES}
    return Policy(
        rules=tuple(RuleUse(rules[code], setting) for code, setting in RULES_AT_FIRST.items()),
        criteria=tuple(
            CriterionUse(
                soft.criterion,
                WEIGHTS_AT_FIRST[soft.code],
                {one.name: float(one.default) for one in soft.criterion.parameters if one.default is not None},
            )
            for soft in CRITERIA
        ),
        reach=Reach(radius_km=None, nearest=50),
        columns=Columns(tier="risk", unit=ONLINE),
        incumbency=Incumbency.KEEP,
    )


def accept(
    *, actor: Actor, left_id: int, right_id: int, on: date, now: datetime, proposal_id: int, override_reason: str = ""
) -> int:
    """An approved proposal becomes an offer to the student; the act guards places, vetting and visibility once more."""
    tutoring = approve_tutoring(
        actor=actor, case_id=left_id, mentor_id=right_id, on=on, now=now, proposal_id=proposal_id,
        override_reason=override_reason,
    )  # fmt: skip
    return int(tutoring.pk)


def subject(left_id: int) -> Subject:
    """A look at a proposal is a look at the child's file."""
    return Subject(CASE_SUBJECT, left_id)


TUTORING = Declaration(
    code=CODE,
    name=_("Tutoring online"),
    left_name=_("Child"),
    right_name=_("Student"),
    rules=RULES,
    criteria=CRITERIA,
    orderings=ORDERINGS,
    tiers={int(level): level.label for level in RiskLevel},
    skills={one.value: one.label for one in SchoolSubject},
    default_policy=default_policy(),
    default_name=_("Tutoring online"),
    read_snapshot=read_snapshot,
    describe=describe,
    find_right=find_students,
    accept=accept,
    subject=subject,
    imagine=imagine,
    next_step=NextStep(_("See to the offers and the first sessions"), "mentoring:tutorings", "?state=proposed"),
    nobody=nobody,
    quiet=frozenset({"coordinates_missing", "place_unknown"}),
)
