"""The engine's words, for programmes that declare rules and criteria: only this app imports the engine itself."""

from sunward_match.pairing import (
    Columns,
    CriterionUse,
    Edges,
    Incumbency,
    Parameter,
    Policy,
    Reach,
    RuleUse,
    Table,
    child_rule,
    criterion,
    mentor_rule,
    overlap,
    pair_rule,
    ramp,
)
from sunward_match.pairing.kernel.vectors import Column, Flags, Floats
from sunward_match.pairing.parameters import Setting

__all__ = [
    "Column",
    "Columns",
    "CriterionUse",
    "Edges",
    "Flags",
    "Floats",
    "Incumbency",
    "Parameter",
    "Policy",
    "Reach",
    "RuleUse",
    "Setting",
    "Table",
    "child_rule",
    "criterion",
    "mentor_rule",
    "overlap",
    "pair_rule",
    "ramp",
]
