"""The laws of a whole proposal, and how it travels."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sunward_match.pairing import (
    Catalogue,
    Difference,
    Incumbency,
    InputError,
    Policy,
    compare,
    read_policy,
    write_policy,
    write_proposal,
)
from tests.sunward_match.neighbours import (
    BLOCKED,
    CATALOGUE,
    POLICY,
    TODAY,
    check_valid,
    make_people,
    match,
    served_by_tier,
    with_column,
    work,
)


@pytest.mark.parametrize("policy", [POLICY, BLOCKED])
@pytest.mark.parametrize("seed", range(4))
def test_no_proposed_pair_breaks_a_rule_and_nobody_is_lost(seed: int, policy: Policy) -> None:
    children, mentors = make_people(60, 45, seed=seed)
    proposal = match(children, mentors, policy)
    assert sorted([one.child for one in (*proposal.pairs, *proposal.unmatched)]) == sorted(children.ids)
    for one in proposal.pairs:
        mentor = mentors.ids.index(one.mentor)
        child = children.ids.index(one.child)
        assert one.rules == ()
        assert mentors["check_until"][mentor] >= TODAY
        assert children["consent"][child]
        assert children["languages"][child] & mentors["languages"][mentor]
        assert one.distance_km is None or one.distance_km <= 4
    used = [one.mentor for one in proposal.pairs]
    assert all(used.count(name) <= places for name, places in zip(mentors.ids, mentors["capacity"], strict=True))


def test_the_figures_add_up() -> None:
    children, mentors = make_people(60, 45, seed=1)
    proposal = match(children, mentors)
    figures = proposal.figures
    assert figures.matched == len(proposal.pairs)
    assert figures.matched + figures.unmatched == figures.children == 60
    assert figures.fit == pytest.approx(sum(one.fit for one in proposal.pairs))
    assert figures.mean_fit == pytest.approx(figures.fit / figures.matched)
    assert figures.places == mentors["capacity"].sum()
    assert figures.sought == children["consent"].sum()
    assert figures.gap == figures.dual - figures.primal == 0
    assert [count.tier for count in figures.by_tier] == [3, 2, 1]
    assert sum(count.served for count in figures.by_tier) == len(proposal.pairs)


def test_children_come_in_the_order_of_their_table() -> None:
    proposal = match(*make_people(60, 45, seed=1))
    for listed in (proposal.pairs, proposal.unmatched):
        positions = [int(str(one.child)[1:]) for one in listed]
        assert positions == sorted(positions)


def test_the_same_people_give_the_same_proposal() -> None:
    assert write_proposal(match(*make_people(60, 45, seed=2))) == write_proposal(match(*make_people(60, 45, seed=2)))


def test_the_order_of_the_tables_changes_neither_who_counts_nor_the_fit() -> None:
    children, mentors = make_people(60, 45, seed=2)
    turned = match(children.take(np.arange(60)[::-1]), mentors.take(np.arange(45)[::-1]))
    straight = match(children, mentors)
    assert served_by_tier(turned) == served_by_tier(straight)
    assert turned.figures.primal == straight.figures.primal


def test_a_proposal_becomes_plain_json() -> None:
    proposal = match(*make_people(60, 45, seed=2), incumbents=[("C0", "M0")])
    plain = write_proposal(proposal)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["pairs"][0]["contributions"][0]["criterion"] == "skills"
    assert plain["figures"]["gap"] == 0


def test_the_stages_are_reported_in_order() -> None:
    seen: list[tuple[str, float]] = []
    match(*make_people(20, 10, seed=0), progress=lambda stage, share: seen.append((stage, share)))
    assert [stage for stage, _ in seen] == ["reviewing", "looking", "judging", "solving", "explaining"]
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert shares[-1] < 1


def test_a_comparison_lists_who_changes_mentor() -> None:
    children, mentors = make_people(40, 30, seed=5)
    before = match(children, mentors)
    gone = before.pairs[0].mentor
    away = with_column(mentors, "capacity", np.where(np.array(mentors.ids) == gone, 0, mentors["capacity"]))
    after = match(children, away)
    changes = compare(before, after)
    assert compare(before, before) == ()
    assert changes[0] == Difference(before.pairs[0].child, gone, after.partners.get(before.pairs[0].child))
    patched = {**before.partners, **{change.child: change.after for change in changes}}
    assert {child: mentor for child, mentor in patched.items() if mentor is not None} == after.partners


# Existing matches


def test_existing_matches_are_kept_and_take_their_places() -> None:
    children, mentors = make_people(40, 30, seed=3)
    roomy = with_column(mentors, "capacity", np.ones(30, int))
    proposal = match(children, roomy, incumbents=[("C1", "M2"), ("C3", "M4")])
    kept = {one.child: one for one in proposal.pairs if one.origin == "kept"}
    assert {child: one.mentor for child, one in kept.items()} == {"C1": "M2", "C3": "M4"}
    assert [one.mentor for one in proposal.pairs].count("M2") == 1
    assert proposal.figures.kept == 2
    assert sum(count.served for count in proposal.figures.by_tier) == proposal.figures.matched + 2


def test_a_kept_match_that_breaks_a_rule_stays_and_is_pointed_out() -> None:
    children, mentors = make_people(40, 30, seed=3)
    expired = int(np.flatnonzero(mentors["check_until"] < TODAY)[0])
    proposal = match(children, mentors, incumbents=[("C1", f"M{expired}")])
    (kept,) = [one for one in proposal.pairs if one.origin == "kept"]
    assert "check_valid" in kept.rules
    (warning,) = [fault for fault in proposal.warnings if fault.code == "kept_breaks_rule"]
    assert warning.data["count"] == 1


def test_more_kept_matches_than_places_leave_no_place_and_no_harm() -> None:
    children, mentors = make_people(40, 30, seed=3)
    single = with_column(mentors, "capacity", np.ones(30, int))
    proposal = match(children, single, incumbents=[("C1", "M2"), ("C3", "M2"), ("C4", "M2")])
    assert [one.mentor for one in proposal.pairs].count("M2") == 3


def test_a_preferred_match_wins_within_its_bonus_and_not_beyond() -> None:
    children, mentors = make_people(40, 30, seed=3)
    roomy = with_column(mentors, "capacity", np.ones(30, int))
    anew = match(children, roomy, replace(POLICY, incumbency=Incumbency.IGNORE))
    partner = anew.partners
    workings = work(children, roomy)
    edges = workings.edges
    lesser = next(
        (children.ids[child], roomy.ids[mentor])
        for child, mentor, is_allowed in zip(edges.child, edges.mentor, workings.allowed, strict=True)
        if is_allowed and partner.get(children.ids[child]) not in {None, roomy.ids[mentor]}
    )
    held = replace(POLICY, incumbency=Incumbency.PREFER, stability_bonus=1000)
    loose = replace(held, stability_bonus=0)
    assert served_by_tier(match(children, roomy, held, incumbents=[lesser])) == served_by_tier(anew)
    (same,) = [one for one in match(children, roomy, held, incumbents=[lesser]).pairs if one.child == lesser[0]]
    assert (same.mentor, same.origin) == (lesser[1], "same")
    assert same.fit <= 100, "the bonus decides, but it is no part of the fit"
    assert match(children, roomy, loose, incumbents=[lesser]).figures.primal == anew.figures.primal


def test_a_preferred_match_that_a_rule_forbids_cannot_go_on_and_is_counted() -> None:
    children, mentors = make_people(40, 30, seed=3)
    expired = int(np.flatnonzero(mentors["check_until"] < TODAY)[0])
    held = replace(POLICY, incumbency=Incumbency.PREFER, stability_bonus=1000)
    proposal = match(children, mentors, held, incumbents=[("C1", f"M{expired}")])
    assert proposal.partners.get("C1") != f"M{expired}"
    (warning,) = [fault for fault in proposal.warnings if fault.code == "incumbent_forbidden"]
    assert warning.data["count"] == 1


# Policies as documents


def test_a_policy_survives_writing_and_reading() -> None:
    policy = replace(BLOCKED, incumbency=Incumbency.PREFER, stability_bonus=3)
    assert read_policy(json.loads(json.dumps(write_policy(policy))), CATALOGUE) == policy


def test_an_empty_document_is_a_policy_without_rules() -> None:
    assert read_policy({}, CATALOGUE) == Policy()


def test_unknown_names_in_a_document_are_all_reported() -> None:
    with pytest.raises(InputError) as refusal:
        read_policy(
            {
                "rules": [{"code": "check_valid"}, {"code": "colour"}, {}],
                "criteria": [{"code": "charm"}],
                "reach": {"miles": 3},
                "columns": {"age": "age"},
                "incumbency": "sack",
                "weather": 1,
            },
            Catalogue(rules=(check_valid,)),
        )
    assert refusal.value.codes == (
        "key_unknown", "key_unknown", "key_unknown", "rule_unknown", "document_malformed", "criterion_unknown",
        "incumbency_unknown",
    )  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [
        {"criteria": [{"code": "skills", "weight": "heavy"}]},
        {"rules": [{"code": "check_valid", "parameters": 5}]},
        {"stability_bonus": None},
        {"rules": 5},
        {"reach": 5},
    ],
)
def test_a_document_of_the_wrong_shape_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(InputError) as refusal:
        read_policy(document, CATALOGUE)
    assert refusal.value.codes == ("document_malformed",)
