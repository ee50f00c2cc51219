"""Why her, why not the others, why nobody, and what would change it."""

from __future__ import annotations

import math

import numpy as np

from .appraisal import Masks
from .edges import Edges
from .kernel.scale import UNITS_PER_POINT
from .kernel.vectors import Longs
from .proposal import Contribution, ProposedPair, Reason, RunnerUp
from .reckoning import Reckoning

RUNNERS_UP = 5  # how many are named of those who might have been hers
BARRED = 3  # and of those whom a rule or want of a place removed


def explain_pairs(
    reckoning: Reckoning, matched: Longs, runners_up: dict[int, tuple[RunnerUp, ...]]
) -> tuple[ProposedPair, ...]:
    """The matches of these children, kept ones included, with what makes each fit and who came next."""
    work = reckoning.workings
    child = matched.astype(np.int32)
    edges = work.edges.at(child, reckoning.partner[child].astype(np.int32))
    contributions = list_contributions(reckoning, edges)
    distance = edges.distance_km
    broken = work.appraiser.judge(edges, work.child_broken, work.mentor_broken)
    kept = np.zeros(len(work.children), bool)
    kept[work.kept.child] = True
    before = work.incumbents.partner_of_all(len(work.children))
    pairs = []
    for at, (one, other) in enumerate(zip(edges.child.tolist(), edges.mentor.tolist(), strict=True)):
        pairs.append(
            ProposedPair(
                child=work.children.ids[one],
                mentor=work.mentors.ids[other],
                tier=int(work.tier[one]),
                fit=round(sum(part.points for part in contributions[at]), 6),
                distance_km=kilometres(float(distance[at])),
                origin="kept" if kept[one] else "same" if before[one] == other else "new",
                contributions=contributions[at],
                runners_up=runners_up.get(one, ()),
                rules=name_rules(reckoning, broken[at]),
            )
        )
    return tuple(pairs)


def list_contributions(reckoning: Reckoning, edges: Edges) -> list[tuple[Contribution, ...]]:
    """What each criterion brings to each pair."""
    codes = [use.criterion.code for use in reckoning.workings.policy.criteria]
    units, scores = reckoning.workings.appraiser.contribute(edges)
    points = (units / UNITS_PER_POINT).T.tolist()
    return [
        tuple(Contribution(*part) for part in zip(codes, own_scores, own_points, strict=True))
        for own_scores, own_points in zip(scores.T.tolist(), points, strict=True)
    ] or [() for _ in range(len(edges))]


def kilometres(distance: float) -> float | None:
    """A distance to the metre, or None if unknown."""
    return None if math.isnan(distance) else round(distance, 3)


def name_rules(reckoning: Reckoning, broken: np.uint64 | int) -> tuple[str, ...]:
    """The codes of the rules in a mask, in the order of the policy."""
    mask = int(broken)
    if not mask:
        return ()
    return tuple(use.rule.code for bit, use in enumerate(reckoning.workings.policy.rules) if mask >> bit & 1)


def explain_runners_up(reckoning: Reckoning) -> dict[int, tuple[RunnerUp, ...]]:
    """Per child position the mentors she might have had: the best with a place, then those who were out of question.

    The first come by fit; the others by how little stood in the way (rules broken, no place), then by fit.
    """
    work = reckoning.workings
    edges, fit = work.edges, work.fit
    is_hers = reckoning.partner[edges.child] == edges.mentor
    in_question = work.seek[edges.child] & ~is_hers
    n_obstacles = np.bitwise_count(work.broken) + (work.places[edges.mentor] == 0)
    open_to = np.flatnonzero(in_question & (n_obstacles == 0))
    barred = np.flatnonzero(in_question & (n_obstacles > 0))
    chosen = np.concatenate([
        open_to[pick_first(edges.child[open_to], (-fit[open_to],), RUNNERS_UP)],
        barred[pick_first(edges.child[barred], (-fit[barred], n_obstacles[barred]), BARRED)],
    ])  # fmt: skip
    return name_runners_up(reckoning, edges.at(edges.child[chosen], edges.mentor[chosen]), fit[chosen],
                           work.worth_fit[chosen], work.broken[chosen])  # fmt: skip


def pick_first(child: Longs | np.ndarray[tuple[int], np.dtype[np.int32]], keys: tuple[Longs, ...], most: int) -> Longs:
    """Positions of the first ``most`` entries of every child by ``keys`` (last key first), grouped by child."""
    order = np.lexsort((*keys, child))
    ranked = child[order]
    position = np.arange(len(order)) - np.searchsorted(ranked, ranked)
    picked: Longs = order[position < most]
    return picked


def name_runners_up(
    reckoning: Reckoning, edges: Edges, fit: Longs, worth_fit: Longs, broken: Masks
) -> dict[int, tuple[RunnerUp, ...]]:
    """The runners-up as values, grouped by child, in the order given."""
    work = reckoning.workings
    cost = reckoning.cost_of(edges.child.astype(np.int64), edges.mentor.astype(np.int64), worth_fit)
    steps, points = reckoning.split(cost)
    shortfall = (reckoning.own_fit[edges.child] - worth_fit) / UNITS_PER_POINT
    blamed = {mask: blame_rules(reckoning, name_rules(reckoning, mask)) for mask in set(broken.tolist())}
    grouped: dict[int, list[RunnerUp]] = {}
    for child, mentor, points_of_fit, distance, mask, step, point, short in zip(
        edges.child.tolist(), edges.mentor.tolist(), (fit / UNITS_PER_POINT).tolist(), edges.distance_km.tolist(),
        broken.tolist(), steps.tolist(), points.tolist(), shortfall.tolist(), strict=True,
    ):  # fmt: skip
        reason = blamed[mask] if mask else blame_price(reckoning, child, mentor, step, point, short)
        rules = tuple(str(reason.data["rules"]).split(",")) if mask else ()
        runner_up = RunnerUp(work.mentors.ids[mentor], points_of_fit, kilometres(distance), reason, rules)
        grouped.setdefault(child, []).append(runner_up)
    return {child: tuple(group) for child, group in grouped.items()}


def blame_rules(reckoning: Reckoning, rules: tuple[str, ...]) -> Reason:
    """The pair is not permitted."""
    labels = {use.rule.code: use.rule.label for use in reckoning.workings.policy.rules}
    named = "; ".join(labels[rule] for rule in rules)
    return Reason("rule", f"Not permitted: {named}.", {"rules": ",".join(rules)})


def blame_price(reckoning: Reckoning, child: int, mentor: int, steps: int, points: float, shortfall: float) -> Reason:
    """The pair is permitted and was not made: no place, a tie, less fit, or a better use of her.

    ``steps`` and ``points`` are what forcing it would cost all together, ``shortfall`` by how much the child's own
    match fits better.
    """
    work = reckoning.workings
    other = reckoning.weakest_claim(mentor)
    serves = work.children.ids[other] if other >= 0 else ""
    if work.places[mentor] == 0:
        return Reason("no_place", "She has no place left.", {"serves": serves})
    if steps < 0 or (steps == 0 and points < 0):
        return Reason("not_considered", "She was not among those looked at for this child.", {})
    if steps > 0:
        sentence = f"She is needed for {serves}: otherwise a child of higher priority, or one more, would go without."
        return Reason("needed_for_priority", sentence, {"serves": serves, "steps": steps})
    if points == 0:
        return Reason("equally_good", "Just as good; the order of the lists decided.", {})
    if reckoning.partner[child] >= 0 and shortfall > 0:
        return Reason("lower_fit", f"Fits less well, by {shortfall:.1f} points.", {"margin": shortfall})
    sentence = f"She does more good with {serves}: matched otherwise, all together would lose {points:.1f} points."
    return Reason("needed_elsewhere", sentence, {"serves": serves, "margin": points})
