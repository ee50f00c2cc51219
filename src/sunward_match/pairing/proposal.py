"""What is handed to people: matches, reasons, why-nots and advice, in plain frozen values.

Every reason has a stable ``code``, the numbers and names that belong to it in ``data``, and an English sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..faults import Data, Fault
from .kernel.certificate import TierCount
from .table import Id


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is. The codes are listed in ``docs/mechanisms/pairing.md``."""

    code: str
    sentence: str
    data: Data


@dataclass(frozen=True, slots=True)
class Contribution:
    """One criterion's part in the fit of a pair: its ``score`` from 0 to 1 and the ``points`` that brings.

    The points of all criteria add up to the fit of the pair (to the millionth).
    """

    criterion: str
    score: float
    points: float


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """Another mentor this child might have had, the fit they would have, and why she did not get her.

    ``rules`` are the codes of the rules the pair breaks; empty if it is permitted.
    """

    mentor: Id
    fit: float
    distance_km: float | None
    reason: Reason
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedPair:
    """One match. ``origin`` is "new", "kept" (existed and was not in question) or "same" (existed and won again).

    ``rules`` is empty unless a kept match breaks rules by now.
    """

    child: Id
    mentor: Id
    tier: int
    fit: float
    distance_km: float | None
    origin: str
    contributions: tuple[Contribution, ...]
    runners_up: tuple[RunnerUp, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What one rule does to one child: how many mentors with a place it removes, alone or with other rules.

    ``sole``: for how many it is the only obstacle; ``nearby``: how many of those are of the child's own unit;
    ``effective``: for how many of those lifting it would get this child served and cost nobody else more.
    """

    rule: str
    removed: int
    sole: int
    nearby: int
    effective: int


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A child without a mentor: the ``reason``, the rules that removed mentors, and what would change it.

    ``permitted`` is the number of mentors with a place whom the rules permit. ``is_counted`` tells whether
    ``rule_counts`` covers all mentors or, for speed, only the nearest.
    """

    child: Id
    tier: int
    reason: Reason
    permitted: int
    is_counted: bool
    rule_counts: tuple[RuleCount, ...]
    changes: tuple[Reason, ...]
    runners_up: tuple[RunnerUp, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """Where one more place would help most among the mentors whose ``column`` is ``value``.

    ``mentor`` is the one of them with whom it would. ``steps`` > 0: one more child is served, of tier ``tier``;
    ``points`` is the change of total fit that goes with it. Exact: add that one place, run again, and it is so.
    """

    column: str
    value: str
    mentor: Id
    steps: int
    tier: int | None
    points: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The run in numbers. ``gap`` 0 is the proof that no better proposal exists over the ``permitted`` candidates."""

    children: int
    mentors: int
    places: int
    sought: int
    matched: int
    kept: int
    unmatched: int
    candidates: int
    permitted: int
    fit: float
    mean_fit: float
    by_tier: tuple[TierCount, ...]
    primal: int
    dual: int
    gap: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The result of a policy on two tables. Pairs and unmatched children come in the order of the table of children.

    ``advice`` comes most helpful first.
    """

    pairs: tuple[ProposedPair, ...]
    unmatched: tuple[Unmatched, ...]
    advice: tuple[Advice, ...]
    figures: Figures
    warnings: tuple[Fault, ...]

    @property
    def partners(self) -> dict[Id, Id]:
        """Child id → mentor id."""
        return {match.child: match.mentor for match in self.pairs}


@dataclass(frozen=True, slots=True)
class Difference:
    """A child whose mentor differs between two proposals; None: no mentor."""

    child: Id
    before: Id | None
    after: Id | None


def compare(before: Proposal, after: Proposal) -> tuple[Difference, ...]:
    """Who changes, in the order of the children of ``before``, then those only in ``after``."""
    was, now = before.partners, after.partners
    return tuple(find_differences(was, now))


def find_differences(was: dict[Id, Id], now: dict[Id, Id]) -> Iterator[Difference]:
    """One entry per child whose mentor is not the same."""
    for child in dict.fromkeys((*was, *now)):
        if was.get(child) != now.get(child):
            yield Difference(child, was.get(child), now.get(child))


def write_proposal(proposal: object) -> Any:
    """Any value of this module as plain dicts, lists, numbers and texts, ready for JSON."""
    if isinstance(proposal, tuple):
        return [write_proposal(part) for part in proposal]
    if hasattr(proposal, "__dataclass_fields__"):
        return {name: write_proposal(getattr(proposal, name)) for name in proposal.__dataclass_fields__}
    return dict(proposal) if isinstance(proposal, dict) else proposal
