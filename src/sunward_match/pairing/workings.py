"""A policy worked out on two tables: candidates, verdicts, fit and the pairing, with all it takes to explain them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..faults import Fault, refuse
from .appraisal import FULL_FIT, Appraiser, Masks
from .candidates import Adjacency, Block, find_candidates, is_within, join, number_neighbours
from .edges import Edges, sort_key
from .geography import locate
from .incumbents import Incumbents, Standing, find_incumbents
from .kernel.problem import Problem, state_problem
from .kernel.scale import UNITS_PER_POINT
from .kernel.solver import Pairing, pair, read_pairing
from .kernel.solver import solve as solve_problem
from .kernel.vectors import Flags, Longs
from .parameters import Setting
from .policy import Incumbency, Policy
from .review import review
from .rules import Scope
from .table import Table

Progress = Callable[[str, float], None]  # name of the stage that begins, share of the work done before it
BYSTANDERS = 5  # nearest mentors out of the question who are looked at all the same, to be able to say why


@dataclass(frozen=True, slots=True)
class Workings:
    """What ``work_out`` found; arrays over candidates are parallel to ``edges``, which ascend by child, then mentor.

    ``broken`` holds the rules a candidate breaks as bits in the order of the policy; ``fit`` units of fit, the
    stability bonus not included; ``worth_fit`` the same with the bonus, which is what was maximised. ``allowed`` marks
    the candidates that were edges. ``places`` are those still open after ``kept`` matches took theirs; ``seek`` marks
    the children who were to be matched.
    """

    appraiser: Appraiser
    edges: Edges
    units: tuple[str, ...]
    adjacency: Adjacency
    near: list[Longs]
    child_broken: Masks
    mentor_broken: Masks
    broken: Masks
    fit: Longs
    worth_fit: Longs
    allowed: Flags
    seek: Flags
    places: Longs
    tier: Longs
    incumbents: Incumbents
    pairing: Pairing
    warnings: tuple[Fault, ...]

    @property
    def policy(self) -> Policy:
        """The policy worked out."""
        return self.appraiser.policy

    @property
    def children(self) -> Table:
        """The children, as handed in."""
        return self.edges.children

    @property
    def mentors(self) -> Table:
        """The mentors, as handed in."""
        return self.edges.mentors

    @property
    def kept(self) -> Incumbents:
        """The existing matches that were left alone."""
        if self.policy.incumbency is Incumbency.KEEP:
            return self.incumbents
        return Incumbents(np.empty(0, np.int64), np.empty(0, np.int64))

    @property
    def rank(self) -> Longs:
        """The position of each child's tier among the tiers that occur, from 0; int64 (n,)."""
        rank: Longs = np.searchsorted(np.unique(self.tier), self.tier).astype(np.int64)
        return rank

    @property
    def edge_list(self) -> tuple[Longs, Longs, Longs]:
        """What the kernel was given: children, mentors and units of fit; ``verify`` takes the same."""
        return (
            self.edges.child[self.allowed].astype(np.int64),
            self.edges.mentor[self.allowed].astype(np.int64),
            self.worth_fit[self.allowed],
        )


def work_out(
    policy: Policy,
    children: Table,
    mentors: Table,
    *,
    given: Setting | None = None,
    incumbents: Standing = (),
    adjacency: Adjacency = (),
    progress: Progress | None = None,
) -> Workings:
    """Find the best matches a policy permits.

    Args:
        given: values for parameters that the policy leaves open, for example the day on which checks are judged.
        incumbents: existing matches as (child id, mentor id).
        adjacency: pairs of names of units that border on each other, for people without coordinates.
        progress: called as each stage begins.

    Raises:
        InputError: with everything that ``review`` finds to be more than a warning.
    """
    report = progress or (lambda stage, share: None)
    given = given or {}
    report("reviewing", 0.0)
    warnings = review(policy, children, mentors, given=given, incumbents=incumbents)
    refuse(warnings)
    ground = prepare(policy, children, mentors, given, incumbents, adjacency, warnings)
    report("looking", 0.05)
    edges = look_around(ground)
    report("judging", 0.2)
    ground = add_candidates(ground, edges)
    report("solving", 0.5)
    return solve_widening(ground)


def prepare(
    policy: Policy,
    children: Table,
    mentors: Table,
    given: Setting,
    incumbents: Standing,
    adjacency: Adjacency,
    warnings: tuple[Fault, ...],
) -> Workings:
    """Everything that is known before the first candidate."""
    appraiser = Appraiser.of(policy, given)
    columns = policy.columns
    child_places, mentor_places, units = locate(children, mentors, lon=columns.lon, lat=columns.lat, unit=columns.unit)
    nobody = np.empty(0, np.int32)
    standing = find_incumbents(incumbents, children, mentors)
    places = np.ones(len(mentors), np.int64) if columns.capacity is None else mentors[columns.capacity].astype(np.int64)
    child_broken = appraiser.judge_side(children, Scope.CHILD)
    seek = child_broken == 0
    if policy.incumbency is Incumbency.KEEP:
        seek[standing.child] = False
        places = np.maximum(places - np.bincount(standing.mentor, minlength=len(mentors)), 0)
    tier = np.zeros(len(children), np.int64) if columns.tier is None else children[columns.tier].astype(np.int64)
    none = np.empty(0, np.int64)
    return Workings(
        appraiser=appraiser,
        edges=Edges(children, mentors, nobody, nobody, child_places, mentor_places),
        units=units,
        adjacency=adjacency,
        near=number_neighbours(units, adjacency),
        child_broken=child_broken,
        mentor_broken=appraiser.judge_side(mentors, Scope.MENTOR),
        broken=np.empty(0, np.uint64),
        fit=none,
        worth_fit=none,
        allowed=np.empty(0, bool),
        seek=seek,
        places=places,
        tier=tier,
        incumbents=standing,
        pairing=pair(none, none, none, n_left=len(children), n_right=len(mentors), capacity=places, tier=tier),
        warnings=warnings,
    )


def look_around(ground: Workings) -> Edges:
    """The first candidates: mentors in question for every child, and a few who are not, for the reasons."""
    reach, people = ground.policy.reach, ground.edges
    open_to = (ground.mentor_broken == 0) & (ground.places > 0)
    found = find_candidates(people, reach, ground.near, ground.seek, open_to)
    aside = find_candidates(people, replace(reach, nearest=BYSTANDERS), ground.near, ground.seek, ~open_to)
    blocks: list[Block] = [(found.child, found.mentor), (aside.child, aside.mentor)]
    if ground.policy.incumbency is Incumbency.PREFER:
        standing = ground.incumbents
        blocks.append((standing.child.astype(np.int32), standing.mentor.astype(np.int32)))
    return join(people, blocks)


def add_candidates(ground: Workings, fresh: Edges) -> Workings:
    """Judge and weigh more candidates, none of which is among the present ones, and sort them in."""
    broken = ground.appraiser.judge(fresh, ground.child_broken, ground.mentor_broken)
    fit = ground.appraiser.weigh(fresh)
    worth_fit = fit + bonus(ground, fresh)
    allowed = (broken == 0) & ground.seek[fresh.child]
    if not len(ground.edges):
        return replace(ground, edges=fresh, broken=broken, fit=fit, worth_fit=worth_fit, allowed=allowed)
    child = np.concatenate([ground.edges.child, fresh.child])
    mentor = np.concatenate([ground.edges.mentor, fresh.mentor])
    edges = ground.edges.at(child, mentor)
    order = np.argsort(sort_key(edges), kind="stable")
    return replace(
        ground,
        edges=edges.at(child[order], mentor[order]),
        broken=np.concatenate([ground.broken, broken])[order],
        fit=np.concatenate([ground.fit, fit])[order],
        worth_fit=np.concatenate([ground.worth_fit, worth_fit])[order],
        allowed=np.concatenate([ground.allowed, allowed])[order],
    )


def bonus(ground: Workings, edges: Edges) -> Longs:
    """What stability adds, in units, to the candidates that are existing matches."""
    if ground.policy.incumbency is not Incumbency.PREFER:
        return np.zeros(len(edges), np.int64)
    is_standing = ground.incumbents.partner_of_all(len(ground.children))[edges.child] == edges.mentor
    units = round(ground.policy.stability_bonus * UNITS_PER_POINT)
    return np.where(is_standing, np.int64(units), np.int64(0))


def solve(ground: Workings) -> Workings:
    """The best pairing over the candidates that are allowed."""
    problem = pose(ground)
    return replace(ground, pairing=read_pairing(problem, solve_problem(problem)))


def pose(ground: Workings) -> Problem:
    """What the kernel is asked. The tier step has room for any fit there can be, also of people who may yet come."""
    left, right, weight = ground.edge_list
    return state_problem(
        left, right, weight,
        n_left=len(ground.children), n_right=len(ground.mentors), capacity=ground.places, tier=ground.tier,
        largest=round((FULL_FIT + ground.policy.stability_bonus) * UNITS_PER_POINT),
    )  # fmt: skip


def solve_widening(ground: Workings) -> Workings:
    """Solve, look further wherever that could serve somebody who is not served, and solve again until it cannot."""
    ground = solve(ground)
    while len(fresh := look_further(ground)):
        ground = solve(add_candidates(ground, fresh))
    return ground


def look_further(ground: Workings) -> Edges:
    """Allowed pairs that are no candidates yet and could serve one more child, or one of a higher tier.

    A pair can do so only if the tier steps of the two prices do not cover the child's rank; for all others the present
    prices prove that tier by tier no more can be served, with them or without.
    """
    none = ground.edges.at(np.empty(0, np.int32), np.empty(0, np.int32))
    open_to = (ground.mentor_broken == 0) & (ground.places > 0)
    if int(ground.seek.sum()) * int(open_to.sum()) <= ground.policy.reach.all_pairs_up_to:
        return none
    pairing = ground.pairing
    wanting = ground.rank + 1 - pairing.left_steps
    seekers = np.flatnonzero(ground.seek & (wanting > 0))
    found: list[Block] = []
    for block in (seekers[at : at + 256] for at in range(0, len(seekers), 256)):
        row, mentor = np.nonzero(open_to & (pairing.right_steps < wanting[block][:, None]))
        fresh = drop_known(ground.edges, ground.edges.at(block[row].astype(np.int32), mentor.astype(np.int32)))
        allowed = ground.appraiser.judge(fresh, ground.child_broken, ground.mentor_broken) == 0
        allowed &= is_within(fresh, ground.policy.reach, ground.near)
        found.append((fresh.child[allowed], fresh.mentor[allowed]))
    return join(none, found)


def drop_known(known: Edges, fresh: Edges) -> Edges:
    """The pairs that are no candidates yet."""
    if not len(known):
        return fresh
    keys, wanted = sort_key(known), sort_key(fresh)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return fresh.where(keys[at] != wanted)
