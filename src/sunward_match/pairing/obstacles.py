"""Why a child has no mentor: which rules removed whom, who was served instead, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .appraisal import Masks
from .candidates import cross, is_within
from .edges import Edges
from .kernel.scale import split_price
from .kernel.vectors import Flags, Longs
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
    few = unmatched
    counts: dict[int, Count] = {}
    if len(unmatched) * len(with_place) > COUNTED:
        has_edge = np.zeros(len(work.children), bool)
        has_edge[work.edges.child[work.allowed]] = True
        few = unmatched[~has_edge[unmatched]]
        for child in unmatched[has_edge[unmatched]].tolist():
            start, stop = np.searchsorted(work.edges.child, (child, child + 1))
            near = np.arange(start, stop)[work.places[work.edges.mentor[start:stop]] > 0]
            mentors = work.edges.mentor[near].astype(np.int64)
            within, broken = np.ones((1, len(near)), bool), work.broken[near][None, :]
            counts.update(count_block(reckoning, np.array([child]), mentors, within, broken, False))
    size = max(1, SLICE // max(len(with_place), 1))
    for block in (few[at : at + size] for at in range(0, len(few), size)):
        edges = work.edges.at(*cross(block, with_place))
        shape = (len(block), len(with_place))
        broken = work.appraiser.judge(edges, work.child_broken, work.mentor_broken).reshape(shape)
        within = is_within(edges, work.policy.reach, work.near).reshape(shape)
        counts.update(count_block(reckoning, block, with_place, within, broken, True))
    return counts


def count_block(
    reckoning: Reckoning, children: Longs, mentors: Longs, within: Flags, broken: Masks, is_complete: bool
) -> dict[int, Count]:
    """Counts for some children over some mentors; ``within`` and ``broken`` are (children, mentors)."""
    work = reckoning.workings
    child_unit, mentor_unit = work.edges.child_places.unit[children], work.edges.mentor_places.unit[mentors]
    is_near = (child_unit[:, None] == mentor_unit) & (mentor_unit >= 0)
    would_serve = split_price(reckoning.most[mentors], reckoning.step)[0] <= reckoning.rank[children][:, None]
    n_within, permitted = within.sum(axis=1), (within & (broken == 0)).sum(axis=1)
    rows: list[list[RuleCount]] = [[] for _ in children]
    for bit, use in enumerate(work.policy.rules):
        mask = np.uint64(1) << np.uint64(bit)
        removed = (within & ((broken & mask) != 0)).sum(axis=1)
        sole = within & (broken == mask)
        columns = (removed, sole.sum(axis=1), (sole & is_near).sum(axis=1), (sole & would_serve).sum(axis=1))
        for row in np.flatnonzero(removed).tolist():
            rows[row].append(RuleCount(use.rule.code, *(int(column[row]) for column in columns)))
    return {
        child: Count(int(n_within[row]), int(permitted[row]), tuple(rows[row]), is_complete)
        for row, child in enumerate(children.tolist())
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
