"""Why a child has no mentor: which rules removed whom, who was served instead, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .appraisal import Masks
from .candidates import cross, is_within
from .edges import Edges
from .kernel.scale import split_price
from .kernel.vectors import Longs
from .proposal import Reason, RuleCount, RunnerUp, Unmatched
from .reasons import name_rules
from .reckoning import Reckoning

SLICE = 1 << 20  # pairs counted in one go
COUNTED = 20_000_000  # children × mentors up to which rules are counted over all mentors for everybody


@dataclass(frozen=True, slots=True)
class Count:
    """What the rules leave one child of the mentors with a place ``within`` reach, and what each rule removes."""

    within: int
    permitted: int
    rules: tuple[RuleCount, ...]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """What serving one child at the mentor where that costs least would cost the whole."""

    mentor: int
    steps: int
    points: float


def explain_unmatched(
    reckoning: Reckoning, unmatched: Longs, runners_up: dict[int, tuple[RunnerUp, ...]]
) -> tuple[Unmatched, ...]:
    """These children, who have no mentor, with what stood in the way."""
    work = reckoning.workings
    counts = count_rules(reckoning, unmatched)
    losses = find_losses(reckoning)
    found = []
    for child in unmatched.tolist():
        count = counts[child]
        reason = blame(reckoning, child, count, losses.get(child))
        found.append(
            Unmatched(
                child=work.children.ids[child],
                tier=int(work.tier[child]),
                reason=reason,
                permitted=count.permitted,
                is_counted=count.is_complete,
                rule_counts=count.rules,
                changes=propose_changes(reckoning, count, reason),
                runners_up=runners_up.get(child, ()),
            )
        )
    return tuple(found)


def count_rules(reckoning: Reckoning, unmatched: Longs) -> dict[int, Count]:
    """Count over all mentors with a place; where that is too much, only for those left with nobody at all."""
    work = reckoning.workings
    with_place = np.flatnonzero(work.places > 0)
    if len(unmatched) * len(with_place) <= COUNTED:
        return count_everybody(reckoning, unmatched, with_place)
    has_edge = np.zeros(len(work.children), bool)
    has_edge[work.edges.child[work.allowed]] = True
    nobody_left = ~has_edge[unmatched]
    return {
        **count_everybody(reckoning, unmatched[nobody_left], with_place),
        **count_candidates(reckoning, unmatched[~nobody_left]),
    }


def count_everybody(reckoning: Reckoning, children: Longs, mentors: Longs) -> dict[int, Count]:
    """Every mentor named, for every child, in pieces that fit into memory."""
    work = reckoning.workings
    size = max(1, SLICE // max(len(mentors), 1))
    counts: dict[int, Count] = {}
    for block in (children[at : at + size] for at in range(0, len(children), size)):
        edges = work.edges.at(*cross(block, mentors))
        within = is_within(edges, work.policy.reach, work.near)
        broken = work.appraiser.judge(edges, work.child_broken, work.mentor_broken)
        counts.update(count_pairs(reckoning, block, edges.where(within), broken[within], is_complete=True))
    return counts


def count_candidates(reckoning: Reckoning, children: Longs) -> dict[int, Count]:
    """Only the candidates that were looked at anyway."""
    work = reckoning.workings
    asked = np.zeros(len(work.children), bool)
    asked[children] = True
    chosen = asked[work.edges.child] & (work.places[work.edges.mentor] > 0)
    return count_pairs(reckoning, children, work.edges.where(chosen), work.broken[chosen], is_complete=False)


def count_pairs(
    reckoning: Reckoning, children: Longs, edges: Edges, broken: Masks, *, is_complete: bool
) -> dict[int, Count]:
    """What the rules do to each of the children (ascending) over these pairs."""
    row, size = np.searchsorted(children, edges.child), len(children)
    child_unit, mentor_unit = edges.child_places.unit[edges.child], edges.mentor_places.unit[edges.mentor]
    steps = split_price(reckoning.most, reckoning.step)[0]
    n_within = np.bincount(row, minlength=size)
    n_permitted = np.bincount(row[broken == 0], minlength=size)
    rules: list[list[RuleCount]] = [[] for _ in children]
    for bit, use in enumerate(reckoning.workings.policy.rules):
        mask = np.uint64(1) << np.uint64(bit)
        alone = np.flatnonzero(broken == mask)
        is_near = (child_unit[alone] == mentor_unit[alone]) & (mentor_unit[alone] >= 0)
        would_serve = steps[edges.mentor[alone]] <= reckoning.rank[edges.child[alone]]
        columns = [
            np.bincount(positions, minlength=size)
            for positions in (row[(broken & mask) != 0], row[alone], row[alone][is_near], row[alone][would_serve])
        ]
        for at in np.flatnonzero(columns[0]).tolist():
            rules[at].append(RuleCount(use.rule.code, *(int(column[at]) for column in columns)))
    return {
        child: Count(int(n_within[at]), int(n_permitted[at]), tuple(rules[at]), is_complete)
        for at, child in enumerate(children.tolist())
    }


def find_losses(reckoning: Reckoning) -> dict[int, Loss]:
    """Per unserved child the permitted candidate with a place whose loss to others would be least."""
    work = reckoning.workings
    edges: Edges = work.edges
    at = np.flatnonzero(work.allowed & (reckoning.partner[edges.child] < 0) & (work.places[edges.mentor] > 0))
    child, mentor = edges.child[at].astype(np.int64), edges.mentor[at].astype(np.int64)
    cost = reckoning.cost_of(child, mentor, work.worth_fit[at])
    order = np.lexsort((mentor, cost, child))
    first = order[np.unique(child[order], return_index=True)[1]]
    steps, points = reckoning.split(cost[first])
    values = zip(child[first].tolist(), mentor[first].tolist(), steps.tolist(), points.tolist(), strict=True)
    return {own: Loss(where, step, point) for own, where, step, point in values}


def blame(reckoning: Reckoning, child: int, count: Count, loss: Loss | None) -> Reason:
    """The one reason that is said first."""
    work = reckoning.workings
    own_rules = name_rules(reckoning, work.child_broken[child])
    n_mentors = int((work.places > 0).sum())
    if own_rules:
        labels = [use.rule.label for use in work.policy.rules if use.rule.code in own_rules]
        return Reason("child_rule", f"She is not to be matched: {'; '.join(labels)}.", {"rules": ",".join(own_rules)})
    if n_mentors == 0:
        return Reason("no_places", "No mentor has a place left.", {})
    if count.within == 0:
        sentence = f"None of the {n_mentors} mentors with a place is within reach of her."
        return Reason("out_of_reach", sentence, {"mentors": n_mentors})
    if loss is None:
        sentence = f"The rules leave none of the {count.within} mentors with a place within reach of her."
        return Reason("none_permitted", sentence, {"mentors": count.within})
    return blame_competition(reckoning, count, loss)


def blame_competition(reckoning: Reckoning, count: Count, loss: Loss) -> Reason:
    """Mentors are permitted and have places, which are worth more to the whole with others."""
    work = reckoning.workings
    data: dict[str, str | int | float] = {"permitted": count.permitted}
    if (other := reckoning.weakest_claim(loss.mentor)) >= 0:
        data |= {"mentor": work.mentors.ids[loss.mentor], "serves": work.children.ids[other]}
    if loss.steps > 0:
        sentence = "All mentors permitted for her are needed for children of higher priority."
        return Reason("outranked", sentence, {**data, "steps": loss.steps})
    if loss.points > 0:
        sentence = (
            f"All mentors permitted for her are taken; giving her one would cost {loss.points:.1f} points in all."
        )
        return Reason("outbid", sentence, {**data, "margin": loss.points})
    return Reason("tied", "All mentors permitted for her are taken by children who fit just as well.", data)


def propose_changes(reckoning: Reckoning, count: Count, reason: Reason) -> tuple[Reason, ...]:
    """What would bring her a mentor, most effective first."""
    labels = {use.rule.code: use.rule.label for use in reckoning.workings.policy.rules}
    changes = [
        Reason(
            "lift_rule",
            f"{one.sole} mentors ({one.nearby} of them in her unit) would be permitted if only this were met: "
            f"{labels[one.rule]}.",
            {"rule": one.rule, "count": one.sole, "nearby": one.nearby, "effective": one.effective},
        )
        for one in sorted(count.rules, key=lambda one: (-one.effective, -one.sole))
        if one.sole
    ]
    if count.permitted and reason.code in {"outranked", "outbid", "tied"}:
        sentence = f"One more place at one of the {count.permitted} mentors permitted for her."
        changes.append(Reason("more_places", sentence, {"permitted": count.permitted}))
    return tuple(changes)
