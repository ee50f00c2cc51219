"""Exclusive matches to a proven optimum, with prices, reasons and why-nots.

Two doors. ``pair`` takes an edge list and gives the best pairing with a certificate; ``verify`` checks any pairing by
its definition; ``LivePairing`` keeps one optimal while people come and go. ``propose`` takes a ``Policy`` (rules,
criteria, tiers, reach) and two ``Table``s and gives a ``Proposal`` with reasons and advice. See
``docs/mechanisms/pairing.md``.
"""

from __future__ import annotations

from ..faults import EngineError, Fault, InputError, VerificationError
from .advice import Grouping, value_newcomers
from .appraisal import FULL_FIT
from .criteria import Criterion, criterion, overlap, ramp
from .documents import read_policy, write_policy
from .edges import Edges
from .kernel.certificate import Certificate, TierCount
from .kernel.live import Change, LivePairing
from .kernel.problem import validate
from .kernel.scale import UNITS_PER_POINT
from .kernel.solver import Pairing, pair
from .kernel.vectors import Column, Flags, Floats
from .kernel.verification import find_faults, verify
from .kernel.warming import warm_up
from .parameters import Parameter, Setting
from .policy import Catalogue, Columns, CriterionUse, Incumbency, Policy, Reach, RuleUse
from .proposal import (
    Advice,
    Contribution,
    Difference,
    Figures,
    Proposal,
    ProposedPair,
    Reason,
    RuleCount,
    RunnerUp,
    Unmatched,
    compare,
    write_proposal,
)
from .proposing import explain, explain_child, propose
from .reasons import name_rules
from .reckoning import Reckoning
from .review import review
from .rules import Rule, Scope, child_rule, mentor_rule, pair_rule
from .table import Table
from .workings import Workings, prepare, work_out

__all__ = [
    "FULL_FIT",
    "UNITS_PER_POINT",
    "Advice",
    "Catalogue",
    "Certificate",
    "Change",
    "Column",
    "Columns",
    "Contribution",
    "Criterion",
    "CriterionUse",
    "Difference",
    "Edges",
    "EngineError",
    "Fault",
    "Figures",
    "Flags",
    "Floats",
    "Grouping",
    "Incumbency",
    "InputError",
    "LivePairing",
    "Pairing",
    "Parameter",
    "Policy",
    "Proposal",
    "ProposedPair",
    "Reach",
    "Reason",
    "Reckoning",
    "Rule",
    "RuleCount",
    "RuleUse",
    "RunnerUp",
    "Scope",
    "Setting",
    "Table",
    "TierCount",
    "Unmatched",
    "VerificationError",
    "Workings",
    "child_rule",
    "compare",
    "criterion",
    "explain",
    "explain_child",
    "find_faults",
    "mentor_rule",
    "name_rules",
    "overlap",
    "pair",
    "pair_rule",
    "prepare",
    "propose",
    "ramp",
    "read_policy",
    "review",
    "validate",
    "value_newcomers",
    "verify",
    "warm_up",
    "work_out",
    "write_policy",
    "write_proposal",
]
