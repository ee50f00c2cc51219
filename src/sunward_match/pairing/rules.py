"""Hard rules: named, vectorised predicates. A pair that breaks one does not exist; it is not merely a bad pair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ..faults import Fault, refuse
from .edges import Edges
from .kernel.vectors import Flags
from .parameters import Parameter, Setting
from .table import Table


class Scope(StrEnum):
    """What a rule looks at."""

    CHILD = "child"
    MENTOR = "mentor"
    PAIR = "pair"


PairPredicate = Callable[[Edges, Setting], Flags]
SidePredicate = Callable[[Table, Setting], Flags]


@dataclass(frozen=True, slots=True)
class Rule:
    """One hard rule. ``allows`` answers True where a pair (or a person, in any pair) is permitted.

    ``code`` is stable and names the rule in reasons and policies; ``label`` is English and says what must hold.
    ``child_columns`` and ``mentor_columns`` are the columns it reads, so that ``review`` can miss them by name.
    """

    code: str
    label: str
    scope: Scope
    allows: Callable[..., Flags]
    parameters: tuple[Parameter, ...] = ()
    child_columns: tuple[str, ...] = ()
    mentor_columns: tuple[str, ...] = ()

    def judge_side(self, people: Table, setting: Setting) -> Flags:
        """Whom a rule of scope child or mentor permits at all; bool (n,)."""
        return self._checked(self.allows(people, setting), len(people))

    def judge(self, edges: Edges, setting: Setting) -> Flags:
        """Which candidates the rule permits; bool (m,)."""
        if self.scope is Scope.PAIR:
            return self._checked(self.allows(edges, setting), len(edges))
        if self.scope is Scope.MENTOR:
            return self.judge_side(edges.mentors, setting)[edges.mentor]
        return self.judge_side(edges.children, setting)[edges.child]

    def _checked(self, answer: object, size: int) -> Flags:
        flags = np.asarray(answer)
        if flags.dtype != np.bool_ or flags.shape != (size,):
            sentence = f"Rule {self.code} answered {flags.dtype} {flags.shape}; it must answer bool ({size},)."
            refuse([Fault("rule_malformed", sentence, {"rule": self.code})])
        return flags


def pair_rule(
    code: str,
    label: str,
    *parameters: Parameter,
    child_columns: tuple[str, ...] = (),
    mentor_columns: tuple[str, ...] = (),
) -> Callable[[PairPredicate], Rule]:
    """Declare a rule about both: ``f(edges, setting) -> bool (m,)``, True where the pair is permitted."""

    def declare(allows: PairPredicate) -> Rule:
        return Rule(code, label, Scope.PAIR, allows, parameters, child_columns, mentor_columns)

    return declare


def mentor_rule(
    code: str, label: str, *parameters: Parameter, columns: tuple[str, ...] = ()
) -> Callable[[SidePredicate], Rule]:
    """Declare a rule about mentors alone: ``f(mentors, setting) -> bool (n,)``, True for those who may serve at all."""

    def declare(allows: SidePredicate) -> Rule:
        return Rule(code, label, Scope.MENTOR, allows, parameters, mentor_columns=columns)

    return declare


def child_rule(
    code: str, label: str, *parameters: Parameter, columns: tuple[str, ...] = ()
) -> Callable[[SidePredicate], Rule]:
    """Declare a rule about children alone: ``f(children, setting) -> bool (n,)``, True for those to be served."""

    def declare(allows: SidePredicate) -> Rule:
        return Rule(code, label, Scope.CHILD, allows, parameters, child_columns=columns)

    return declare
