"""Snapshot and policy in, what the engine proposes out. Pure: no database, no clock."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from sunward.matching.declaration import Declaration, Newcomer, Snapshot
from sunward_match.pairing import (
    Advice,
    Contribution,
    Grouping,
    Policy,
    Proposal,
    Reckoning,
    Workings,
    explain,
    read_policy,
    review,
    value_newcomers,
    verify,
    work_out,
)
from sunward_match.pairing.appraisal import FULL_FIT
from sunward_match.pairing.kernel.scale import UNITS_PER_POINT, size_step, split_price
from sunward_match.pairing.reasons import name_rules
from sunward_match.pairing.workings import prepare

Content = dict[str, Any]  # a policy as it is stored: the engine's document
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class NewcomerAdvice:
    """What one more volunteer of this kind would do: one more served, of `tier`, if `steps` is more than 0."""

    newcomer: Newcomer
    steps: int
    tier: int | None
    points: float


@dataclass(frozen=True, slots=True)
class Outcome:
    proposal: Proposal
    advice: tuple[NewcomerAdvice, ...]
    workings: Workings

    def verify(self) -> None:
        """Recheck the pairing from its definition, independently of the solver; raises if anything does not hold."""
        work = self.workings
        left, right, weight = work.edge_list
        verify(
            work.pairing, left, right, weight, n_left=len(work.children), n_right=len(work.mentors),
            capacity=work.places, tier=work.tier,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rated:
    """One person of the right side for one of the left: the fit, or the rules that forbid it."""

    right: int
    fit: float
    distance_km: float | None
    rules: tuple[str, ...]
    has_room: bool
    contributions: tuple[Contribution, ...]

    @property
    def is_eligible(self) -> bool:
        return not self.rules


def solve(
    content: Content, snapshot: Snapshot, declaration: Declaration, *, progress: Progress | None = None
) -> Outcome:
    """The best proposal with its reasons.

    Raises:
        sunward_match.faults.InputError: with everything that is wrong, at once.
    """
    policy = read_policy(content, declaration.catalogue)
    workings = work_out(
        policy,
        snapshot.left,
        snapshot.right,
        given=snapshot.given,
        incumbents=snapshot.standing,
        adjacency=see_everywhere(policy, snapshot),
        progress=progress,
    )
    if progress:
        progress("explaining", 0.7)
    advice = advise(Reckoning.of(workings), snapshot, declaration)
    return Outcome(explain(workings, advise_by=()), advice, workings)


def see_everywhere(policy: Policy, snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """While everybody is looked at for everybody, those of other units are too, so that the reasons can speak of them.

    Who may be matched across units is for the rules to say, never for what is looked at.
    """
    if len(snapshot.left) * len(snapshot.right) > policy.reach.all_pairs_up_to:
        return ()
    units = sorted({*snapshot.left[policy.columns.unit].tolist(), *snapshot.right[policy.columns.unit].tolist()} - {""})
    return tuple(combinations(units, 2))


def advise(reckoning: Reckoning, snapshot: Snapshot, declaration: Declaration) -> tuple[NewcomerAdvice, ...]:
    """For each place the one more volunteer who would help most there, most helpful first."""
    table, newcomers = declaration.imagine(snapshot)
    by_number = dict(enumerate(newcomers))
    best: dict[str, Advice] = {}
    for found in value_newcomers(_widen(reckoning), table, Grouping("newcomer")):
        best.setdefault(by_number[int(found.value)].unit_code, found)
    return tuple(
        NewcomerAdvice(by_number[int(found.value)], found.steps, found.tier, found.points) for found in best.values()
    )


def _widen(reckoning: Reckoning) -> Reckoning:
    """The same prices with a tier step that also outweighs the fit of people who were not there yet.

    The engine's step outweighs the fits that occur; where nobody could be matched so far, a newcomer's is larger.
    """
    places = int(reckoning.workings.places.sum())
    step = max(reckoning.step, size_step(FULL_FIT * UNITS_PER_POINT, min(len(reckoning.left_most), places) + 1))
    steps, units = split_price(reckoning.left_most, reckoning.step)
    return replace(reckoning, step=step, left_most=steps * step + units)


def rate_everybody(content: Content, snapshot: Snapshot, declaration: Declaration, *, left: int) -> tuple[Rated, ...]:
    """Everyone on the right for one person on the left: the eligible by fit, then those whom fewest rules forbid."""
    policy = read_policy(content, declaration.catalogue)
    ground = prepare(policy, snapshot.left, snapshot.right, snapshot.given, snapshot.standing, (), ())
    child = snapshot.left.position[left]
    everybody = np.arange(len(snapshot.right), dtype=np.int32)
    edges = ground.edges.at(np.full(len(everybody), child, np.int32), everybody)
    broken = ground.appraiser.judge(edges, ground.child_broken, ground.mentor_broken)
    units, scores = ground.appraiser.contribute(edges)
    fit, distance = units.sum(axis=0), edges.distance_km
    reckoning = Reckoning.of(ground)
    codes = [use.criterion.code for use in policy.criteria]
    return tuple(
        Rated(
            right=int(snapshot.right.ids[at]),
            fit=int(fit[at]) / UNITS_PER_POINT,
            distance_km=None if np.isnan(distance[at]) else round(float(distance[at]), 3),
            rules=name_rules(reckoning, broken[at]),
            has_room=bool(ground.places[at] > 0),
            contributions=tuple(
                Contribution(code, float(score), int(unit) / UNITS_PER_POINT)
                for code, score, unit in zip(codes, scores[:, at], units[:, at], strict=True)
            ),
        )
        for at in np.lexsort((everybody, -fit, np.bitwise_count(broken))).tolist()
    )


def find_faults(content: Content, declaration: Declaration) -> tuple[Any, ...]:
    """Everything wrong with a policy, whoever the people are: faults, and warnings that do not stop it."""
    policy: Policy = read_policy(content, declaration.catalogue)
    nobody = declaration.nobody()
    found = review(policy, nobody.left, nobody.right, given=nobody.given)
    return tuple(fault for fault in found if fault.code not in {"no_children", "no_mentors"})
