"""Explanations are checked by what they mean: force the pair, lift the rule, and solve again."""

from dataclasses import replace

import numpy as np
import pytest

from sunward_match.pairing import (
    InputError,
    ProposedPair,
    RunnerUp,
    Table,
    Unmatched,
    Workings,
    explain,
    explain_child,
    pair,
    verify,
)
from sunward_match.pairing.appraisal import Appraiser
from sunward_match.pairing.reckoning import Reckoning
from tests.sunward_match.neighbours import BLOCKED, BORDERS, POLICY, TODAY, make_people, match, with_column, work

SEEDS = range(6)


def solve_worth(
    workings: Workings, *, without: int = -1, less_at: int = -1, extra: tuple[int, int] | None = None
) -> int:
    """The worth of the best pairing in units, with one child, or one place, fewer, or one edge (of no fit) more."""
    left, right, weight = workings.edge_list
    keep = left != without
    left, right, weight = left[keep], right[keep], weight[keep]
    if extra:
        left, right = np.append(left, extra[0]), np.append(right, extra[1])
        weight = np.append(weight, 0)
    capacity = workings.places.copy()
    if less_at >= 0:
        capacity[less_at] -= 1
    pairing = pair(
        left, right, weight,
        n_left=len(workings.children), n_right=len(workings.mentors), capacity=capacity, tier=workings.tier,
    )  # fmt: skip
    step = workings.pairing.certificate.step
    return pairing.certificate.fit_units + step * int((workings.rank[pairing.pairs[:, 0]] + 1).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_contributions_add_up_to_the_fit(seed: int) -> None:
    for one in match(*make_people(40, 30, seed=seed)).pairs:
        assert sum(part.points for part in one.contributions) == pytest.approx(one.fit, abs=1e-9)
        assert [part.criterion for part in one.contributions] == ["skills", "nearness"]
        assert all(0 <= part.score <= 1 for part in one.contributions)
        assert one.contributions[0].points == pytest.approx(60 * one.contributions[0].score, abs=1e-6)


@pytest.mark.parametrize("policy", [POLICY, BLOCKED])
@pytest.mark.parametrize("seed", SEEDS)
def test_forcing_a_runner_up_costs_at_least_what_is_said(seed: int, policy: object) -> None:
    workings = work(*make_people(25, 18, seed=seed), policy)
    reckoning = Reckoning.of(workings)
    best = solve_worth(workings)
    edges, step = workings.edges, workings.pairing.certificate.step
    for at in np.flatnonzero(workings.allowed & (workings.places[edges.mentor] > 0))[::7].tolist():
        child, mentor, fit = int(edges.child[at]), int(edges.mentor[at]), workings.worth_fit[at : at + 1]
        cost = int(reckoning.cost_of(np.array([child]), np.array([mentor]), fit)[0])
        forced = solve_worth(workings, without=child, less_at=mentor) + int(fit[0])
        forced += step * int(workings.rank[child] + 1)
        assert cost <= best - forced
        if reckoning.partner[child] < 0 or reckoning.partner[child] == mentor:
            assert cost == best - forced


@pytest.mark.parametrize("seed", SEEDS)
def test_every_runner_up_lost_for_the_reason_given(seed: int) -> None:
    children, mentors = make_people(40, 30, seed=seed)
    workings = work(children, mentors)
    proposal = explain(workings)
    partner = proposal.partners
    seen = set()
    for one in (*proposal.pairs, *proposal.unmatched):
        own = one.fit if isinstance(one, ProposedPair) else None
        assert len({runner_up.mentor for runner_up in one.runners_up}) == len(one.runners_up)
        for runner_up in one.runners_up:
            seen.add(runner_up.reason.code)
            assert runner_up.mentor != partner.get(one.child)
            check_reason(workings, one.child, runner_up, own, partner)
    assert {"rule", "no_place"} < seen


def check_reason(
    workings: Workings, child: object, runner_up: RunnerUp, own: float | None, partner: dict[object, object]
) -> None:
    reason = runner_up.reason
    assert bool(runner_up.rules) == (reason.code == "rule")
    if reason.code == "no_place":
        assert workings.places[workings.mentors.ids.index(runner_up.mentor)] == 0
    elif reason.code == "lower_fit":
        assert own is not None
        assert reason.data["margin"] == pytest.approx(own - runner_up.fit)
    elif reason.code == "needed_elsewhere":
        assert reason.data["margin"] > 0
        assert partner[reason.data["serves"]] == runner_up.mentor
    elif reason.code == "needed_for_priority":
        assert reason.data["steps"] > 0
        assert partner[reason.data["serves"]] == runner_up.mentor
    else:
        assert reason.code in {"rule", "equally_good"}


def plainly_broken(children: Table, mentors: Table, child: int, mentor: int) -> set[str]:
    """The rules of the programme again, one pair at a time."""
    one = {name: column[child] for name, column in children.columns.items()}
    other = {name: column[mentor] for name, column in mentors.columns.items()}
    east = (one["lon"] - other["lon"]) * 111.32 * np.cos(np.radians(31.3))
    north = (one["lat"] - other["lat"]) * 110.87
    broken = {
        "check_valid": other["check_until"] < TODAY,
        "consent": not one["consent"],
        "within_reach": np.hypot(east, north) > 4,
        "language": not one["languages"] & other["languages"],
    }
    return {code for code, is_broken in broken.items() if is_broken}


def can_meet(children: Table, mentors: Table, child: int, mentor: int) -> bool:
    """Within reach: whoever has coordinates anywhere, others by unit."""
    units = {str(children["unit"][child]), str(mentors["unit"][mentor])}
    is_placed = not np.isnan(children["lon"][child] + mentors["lon"][mentor])
    return is_placed or "" in units or len(units) == 1 or units in [set(pair) for pair in BORDERS]


@pytest.mark.parametrize("seed", SEEDS)
def test_rules_are_counted_as_one_would_by_hand(seed: int) -> None:
    children, mentors = make_people(30, 25, seed=seed)
    for one in match(children, mentors).unmatched:
        child = children.ids.index(one.child)
        with_place = [at for at in np.flatnonzero(mentors["capacity"]) if can_meet(children, mentors, child, at)]
        broken = [plainly_broken(children, mentors, child, int(mentor)) for mentor in with_place]
        assert one.is_counted
        assert one.permitted == sum(not rules for rules in broken)
        for count in one.rule_counts:
            alone = [rules == {count.rule} for rules in broken]
            near = (mentors["unit"][with_place] == children["unit"][child]) & (children["unit"][child] != "")
            assert count.removed == sum(count.rule in rules for rules in broken)
            assert count.sole == sum(alone)
            assert count.nearby == sum(alone & near)
        assert {count.rule for count in one.rule_counts} == set().union(*broken)


@pytest.mark.parametrize("seed", SEEDS)
def test_lifting_a_rule_is_effective_exactly_where_it_says(seed: int) -> None:
    children, mentors = make_people(22, 16, seed=seed)
    workings = work(children, mentors)
    best = solve_worth(workings)
    step = workings.pairing.certificate.step
    for one in explain(workings).unmatched:
        child = children.ids.index(one.child)
        for count in one.rule_counts:
            helpful = 0
            for mentor in np.flatnonzero(workings.places > 0).tolist():
                if can_meet(children, mentors, child, mentor) and plainly_broken(children, mentors, child, mentor) == {
                    count.rule
                }:
                    gain = solve_worth(workings, extra=(child, mentor)) - best
                    helpful += gain > step // 2
            assert count.effective == helpful


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unmatched_child_is_told_the_truth(seed: int) -> None:
    children, mentors = make_people(60, 30, seed=seed)
    workings = work(children, mentors)
    best, step = solve_worth(workings), workings.pairing.certificate.step
    for one in explain(workings).unmatched:
        child, reason = children.ids.index(one.child), one.reason
        own = workings.edges.child == child
        if reason.code == "child_rule":
            assert not children["consent"][child]
            continue
        possible = np.flatnonzero(own & workings.allowed & (workings.places[workings.edges.mentor] > 0))
        assert (reason.code == "none_permitted") == (not len(possible)) == (one.permitted == 0)
        losses = [
            best
            - solve_worth(workings, without=child, less_at=int(workings.edges.mentor[at]))
            - int(workings.worth_fit[at])
            - step * int(workings.rank[child] + 1)
            for at in possible
        ]
        if reason.code == "outranked":
            assert min(losses) > step // 2
        elif reason.code == "outbid":
            assert min(losses) / 1e6 == pytest.approx(reason.data["margin"])
        elif reason.code == "tied":
            assert min(losses) == 0


def test_the_changes_proposed_put_the_most_effective_first() -> None:
    unmatched = match(*make_people(60, 30, seed=1)).unmatched
    for one in unmatched:
        effective = [change.data["effective"] for change in one.changes if change.code == "lift_rule"]
        assert effective == sorted(effective, reverse=True)
    assert any(change.code == "more_places" for one in unmatched for change in one.changes)


@pytest.mark.parametrize("policy", [POLICY, BLOCKED])
def test_one_child_can_be_explained_over_all_mentors(policy: object) -> None:
    children, mentors = make_people(40, 30, seed=3)
    workings = work(children, mentors, policy)
    partner = explain(workings).partners
    for child in children.ids:
        one = explain_child(workings, child)
        assert isinstance(one, ProposedPair if child in partner else Unmatched)
        assert 3 <= len(one.runners_up) <= 8 or not children["consent"][children.ids.index(child)]
        fits = [runner_up.fit for runner_up in one.runners_up if runner_up.reason.code not in {"rule", "no_place"}]
        assert fits == sorted(fits, reverse=True)


def test_a_child_who_is_not_there_cannot_be_explained() -> None:
    with pytest.raises(InputError) as refusal:
        explain_child(work(*make_people(5, 5, seed=0)), "nobody")
    assert refusal.value.codes == ("child_unknown",)


def test_the_workings_stand_up_to_verification() -> None:
    workings = work(*make_people(200, 150, seed=2), BLOCKED)
    left, right, weight = workings.edge_list
    verify(
        workings.pairing, left, right, weight,
        n_left=200, n_right=150, capacity=workings.places, tier=workings.tier,
    )  # fmt: skip


def test_where_counting_everybody_is_too_much_the_nearest_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sunward_match.pairing.obstacles.COUNTED", 0)
    proposal = match(*make_people(60, 30, seed=1), replace(BLOCKED))
    for one in proposal.unmatched:
        assert one.is_counted == (one.reason.code in {"none_permitted", "child_rule", "out_of_reach"})


def test_scores_that_are_not_known_count_as_nothing() -> None:
    children, mentors = make_people(10, 10, seed=0)
    nowhere = with_column(with_column(children, "lon", np.full(10, np.nan)), "lat", np.full(10, np.nan))
    appraiser = Appraiser.of(POLICY, {"today": TODAY})
    workings = work(nowhere, mentors)
    units, scores = appraiser.contribute(workings.edges)
    assert len(workings.edges)
    assert not units[1].any()
    assert not scores[1].any()
