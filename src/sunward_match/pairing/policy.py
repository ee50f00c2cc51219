"""A policy: which rules hold, what counts as a good pair and how much, who goes first, and where to look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ..faults import Data, Fault
from .criteria import Criterion
from .parameters import Setting, find_setting_faults
from .rules import Rule


class Incumbency(StrEnum):
    """What happens to matches that exist already."""

    KEEP = "keep"  # they stay: the child is not in question, her mentor's place is taken
    PREFER = "prefer"  # they are candidates like others, with a bonus for stability
    IGNORE = "ignore"  # everybody is matched anew


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule in force, with its parameters as this policy sets them."""

    rule: Rule
    setting: Setting = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CriterionUse:
    """A criterion in force, its weight (only the proportions count) and its parameters."""

    criterion: Criterion
    weight: float = 1.0
    setting: Setting = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where candidates are looked for.

    Everybody within ``radius_km`` (None: anywhere) is within reach; people without coordinates are for their own unit
    and the adjacent ones, and without a unit for everybody. While children × mentors is at most ``all_pairs_up_to``,
    all within reach are candidates. Beyond that a child gets her ``nearest`` mentors within reach, among those whom the
    rules about mentors permit; and wherever somebody could be served by looking further, it is looked further, so that
    ``nearest`` never costs a place.
    """

    radius_km: float | None = None
    nearest: int = 50
    all_pairs_up_to: int = 250_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of the tables carry what the engine itself needs."""

    tier: str | None = "tier"  # children: whole numbers, the greater the sooner served
    capacity: str | None = "capacity"  # mentors: whole numbers of places; None: one each
    unit: str = "unit"  # both, text
    lon: str = "lon"  # both, degrees east
    lat: str = "lat"  # both, degrees north


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that decides who is matched with whom, apart from the people themselves."""

    rules: tuple[RuleUse, ...] = ()
    criteria: tuple[CriterionUse, ...] = ()
    reach: Reach = Reach()
    columns: Columns = Columns()
    incumbency: Incumbency = Incumbency.KEEP
    stability_bonus: float = 0.0  # points of fit, for Incumbency.PREFER

    @property
    def total_weight(self) -> float:
        """The sum of the weights of all criteria."""
        return sum(use.weight for use in self.criteria)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The rules and criteria that a programme offers for its policies."""

    rules: tuple[Rule, ...] = ()
    criteria: tuple[Criterion, ...] = ()

    @property
    def rule_by_code(self) -> Mapping[str, Rule]:
        """Rules by code."""
        return {rule.code: rule for rule in self.rules}

    @property
    def criterion_by_code(self) -> Mapping[str, Criterion]:
        """Criteria by code."""
        return {criterion.code: criterion for criterion in self.criteria}


def find_policy_faults(policy: Policy, given: Setting) -> Iterator[Fault]:
    """What is wrong with a policy whoever the people are."""
    codes = [use.rule.code for use in policy.rules] + [use.criterion.code for use in policy.criteria]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Fault("code_repeated", f"The policy uses the code {code} more than once.", {"code": code})
    for rule_use in policy.rules:
        yield from find_setting_faults(rule_use.rule.code, rule_use.rule.parameters, rule_use.setting, given)
    for use in policy.criteria:
        yield from find_setting_faults(use.criterion.code, use.criterion.parameters, use.setting, given)
        yield from find_weight_faults(use)
    if not policy.total_weight > 0:
        yield Fault(
            "no_weight",
            "No criterion has a weight above 0, so all permitted pairs count as equally good.",
            is_warning=True,
        )
    yield from find_reach_faults(policy)


def find_weight_faults(use: CriterionUse) -> Iterator[Fault]:
    """A weight is a finite number, not negative."""
    data: Data = {"criterion": use.criterion.code, "weight": use.weight}
    if not 0 <= use.weight <= 1e6:
        sentence = f"The weight of {use.criterion.code} is {use.weight:g}; it must lie between 0 and 1000000."
        yield Fault("weight_out_of_range", sentence, data)


def find_reach_faults(policy: Policy) -> Iterator[Fault]:
    """Blocking and the bonus must make sense."""
    reach = policy.reach
    if reach.radius_km is not None and not reach.radius_km > 0:
        sentence = f"The search radius is {reach.radius_km:g} km; it must be greater than 0."
        yield Fault("radius_out_of_range", sentence, {"radius_km": reach.radius_km})
    if reach.nearest < 1:
        sentence = f"Each child should get {reach.nearest} nearest mentors; it must be at least 1."
        yield Fault("nearest_out_of_range", sentence, {"nearest": reach.nearest})
    if not 0 <= policy.stability_bonus <= 1e4:
        sentence = f"The stability bonus is {policy.stability_bonus:g} points; it must lie between 0 and 10000."
        yield Fault("stability_bonus_out_of_range", sentence, {"points": policy.stability_bonus})
