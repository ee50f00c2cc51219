"""Rules and criteria applied to candidates: which are broken, and how many units each criterion brings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .edges import Edges
from .kernel.scale import UNITS_PER_POINT
from .kernel.vectors import Flags, Floats, Longs
from .parameters import Setting, settle
from .policy import Policy
from .rules import Rule, Scope
from .table import Table

Masks = npt.NDArray[np.uint64]  # bit r set: rule r is broken
MOST_RULES = 64
FULL_FIT = 100  # points of a pair that is ideal by every criterion
SLICE = 1 << 19  # candidates looked at in one go


@dataclass(frozen=True, slots=True)
class Appraiser:
    """A policy with every parameter settled."""

    policy: Policy
    rules: tuple[tuple[Rule, Setting], ...]
    settings: tuple[Setting, ...]  # per criterion

    @classmethod
    def of(cls, policy: Policy, given: Setting) -> Appraiser:
        """``given`` brings what the policy leaves open, for example the day."""
        return cls(
            policy,
            tuple((use.rule, settle(use.rule.parameters, use.setting, given)) for use in policy.rules),
            tuple(settle(use.criterion.parameters, use.setting, given) for use in policy.criteria),
        )

    def judge_side(self, people: Table, scope: Scope) -> Masks:
        """The rules of one side that each person breaks; uint64 (n,)."""
        broken = np.zeros(len(people), np.uint64)
        for bit, (rule, setting) in enumerate(self.rules):
            if rule.scope is scope:
                broken |= raise_bit(~rule.judge_side(people, setting), bit)
        return broken

    def judge(self, edges: Edges, child_broken: Masks, mentor_broken: Masks) -> Masks:
        """All rules that each candidate breaks; uint64 (m,)."""
        broken = np.empty(len(edges), np.uint64)
        start = 0
        for part in edges.slices(SLICE):
            mask = child_broken[part.child] | mentor_broken[part.mentor]
            for bit, (rule, setting) in enumerate(self.rules):
                if rule.scope is Scope.PAIR:
                    mask |= raise_bit(~rule.judge(part, setting), bit)
            broken[start : start + len(part)] = mask
            start += len(part)
        return broken

    def contribute(self, edges: Edges) -> tuple[Longs, Floats]:
        """What each criterion adds to the fit, in units (c, m), and its score between 0 and 1 (c, m)."""
        total = self.policy.total_weight
        units = np.zeros((len(self.settings), len(edges)), np.int64)
        scores = np.zeros((len(self.settings), len(edges)))
        for row, (use, setting) in enumerate(zip(self.policy.criteria, self.settings, strict=True)):
            scores[row] = use.criterion.score(edges, setting)
            if total > 0:
                units[row] = np.rint(scores[row] * (FULL_FIT * UNITS_PER_POINT * use.weight / total)).astype(np.int64)
        return units, scores

    def weigh(self, edges: Edges) -> Longs:
        """The fit of every candidate in units; int64 (m,)."""
        fit = np.empty(len(edges), np.int64)
        start = 0
        for part in edges.slices(SLICE):
            fit[start : start + len(part)] = self.contribute(part)[0].sum(axis=0)
            start += len(part)
        return fit


def raise_bit(where: Flags, bit: int) -> Masks:
    """The mask of one rule."""
    return where.astype(np.uint64) << np.uint64(bit)
