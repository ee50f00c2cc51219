"""A small programme of its own: rules, criteria and people to match, much like the real one."""

from typing import Any

import numpy as np

from sunward_match.pairing import (
    Catalogue,
    CriterionUse,
    Edges,
    Parameter,
    Policy,
    Proposal,
    Reach,
    RuleUse,
    Table,
    Workings,
    child_rule,
    criterion,
    mentor_rule,
    overlap,
    pair_rule,
    propose,
    ramp,
    work_out,
)

TODAY = 740_000
UNITS = np.array(["Daqiao", "Dinghai", "Kongjiang", "Yinhang"])
BORDERS = [("Daqiao", "Dinghai"), ("Kongjiang", "Daqiao")]


@mentor_rule("check_valid", "her background check is valid", Parameter("today", None), columns=("check_until",))
def check_valid(mentors: Table, setting: Any) -> Any:
    return mentors["check_until"] >= setting["today"]


@child_rule("consent", "her guardian has agreed", columns=("consent",))
def consent(children: Table, setting: Any) -> Any:
    return children["consent"]


@pair_rule("within_reach", "they live close enough", Parameter("max_km", 5, least=0.1, most=50, unit="km"))
def within_reach(edges: Edges, setting: Any) -> Any:
    return ~(edges.distance_km > setting["max_km"])


@pair_rule("language", "they share a language", child_columns=("languages",), mentor_columns=("languages",))
def language(edges: Edges, setting: Any) -> Any:
    return (edges.of_child("languages") & edges.of_mentor("languages")) > 0


@criterion("skills", "her skills meet the needs", child_columns=("needs",), mentor_columns=("skills",))
def skills(edges: Edges, setting: Any) -> Any:
    return overlap(edges.of_child("needs"), edges.of_mentor("skills"))


@criterion("nearness", "they live near", Parameter("far_km", 3, least=0.1, most=50, unit="km"))
def nearness(edges: Edges, setting: Any) -> Any:
    return ramp(edges.distance_km, ideal=0, useless=setting["far_km"])


CATALOGUE = Catalogue(rules=(check_valid, consent, within_reach, language), criteria=(skills, nearness))
POLICY = Policy(
    rules=(RuleUse(check_valid), RuleUse(consent), RuleUse(within_reach, {"max_km": 4}), RuleUse(language)),
    criteria=(CriterionUse(skills, 3), CriterionUse(nearness, 2)),
)
BLOCKED = Policy(POLICY.rules, POLICY.criteria, Reach(nearest=3, all_pairs_up_to=0))  # looks as far as must be


def make_people(n_children: int, n_mentors: int, *, seed: int, most_places: int = 2) -> tuple[Table, Table]:
    """People in four units; some without coordinates, a few without a unit either."""
    rng = np.random.default_rng(seed)
    centres = np.array([[121.52, 31.26], [121.55, 31.27], [121.53, 31.29], [121.54, 31.33]])
    unit, place = [], []
    for size in (n_children, n_mentors):
        at = rng.choice(4, size, p=rng.dirichlet(np.full(4, 3.0)))
        where = centres[at] + rng.normal(0, 0.01, (size, 2))
        where[rng.random(size) < 0.1] = np.nan
        unit.append(np.where(rng.random(size) < 0.05, "", UNITS[at]))
        place.append(where)
    children = Table.of(
        [f"C{at}" for at in range(n_children)],
        unit=unit[0], lon=place[0][:, 0], lat=place[0][:, 1], tier=rng.integers(1, 4, n_children),
        needs=rng.integers(0, 16, n_children), languages=rng.integers(1, 4, n_children),
        consent=rng.random(n_children) < 0.9,
    )  # fmt: skip
    mentors = Table.of(
        [f"M{at}" for at in range(n_mentors)],
        unit=unit[1], lon=place[1][:, 0], lat=place[1][:, 1], capacity=rng.integers(0, most_places + 1, n_mentors),
        skills=rng.integers(0, 16, n_mentors), languages=rng.integers(1, 4, n_mentors),
        check_until=TODAY + rng.integers(-30, 100, n_mentors),
    )  # fmt: skip
    return children, mentors


def match(children: Table, mentors: Table, policy: Policy = POLICY, **more: Any) -> Proposal:
    return propose(policy, children, mentors, given={"today": TODAY}, adjacency=BORDERS, **more)


def work(children: Table, mentors: Table, policy: Policy = POLICY, **more: Any) -> Workings:
    return work_out(policy, children, mentors, given={"today": TODAY}, adjacency=BORDERS, **more)


def with_column(people: Table, name: str, values: Any) -> Table:
    return Table.of(people.ids, **{**people.columns, name: values})


def with_place(mentors: Table, mentor: object) -> Table:
    """One more place at one mentor."""
    capacity = mentors["capacity"].copy()
    capacity[mentors.ids.index(mentor)] += 1
    return with_column(mentors, "capacity", capacity)


def served_by_tier(proposal: Proposal) -> list[int]:
    return [count.served for count in proposal.figures.by_tier]


def total_steps(proposal: Proposal) -> int:
    """Tier steps of everybody served."""
    return sum((rank + 1) * served for rank, served in enumerate(reversed(served_by_tier(proposal))))
