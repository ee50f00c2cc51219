"""Blocking looks at few pairs, never at the wrong ones, and never costs anybody a place."""

from dataclasses import replace

import numpy as np
import pytest

from sunward_match.pairing import Policy, Reach, RuleUse, Table
from sunward_match.pairing.candidates import find_candidates, number_neighbours
from sunward_match.pairing.edges import Edges
from sunward_match.pairing.geography import locate
from tests.sunward_match.neighbours import (
    BORDERS,
    POLICY,
    language,
    make_people,
    match,
    served_by_tier,
    with_column,
    work,
)


def look(children: Table, mentors: Table, reach: Reach) -> Edges:
    here, there, units = locate(children, mentors, lon="lon", lat="lat", unit="unit")
    nobody = np.empty(0, np.int32)
    everybody = (np.ones(len(children), bool), np.ones(len(mentors), bool))
    people = Edges(children, mentors, nobody, nobody, here, there)
    return find_candidates(people, reach, number_neighbours(units, BORDERS), *everybody)


def haversine_km(one: Table, at: int, other: Table, where: int) -> float:
    """Over a sphere, by the textbook."""
    lon_a, lat_a, lon_b, lat_b = np.radians([one["lon"][at], one["lat"][at], other["lon"][where], other["lat"][where]])
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return float(2 * 6371.0 * np.arcsin(np.sqrt(half)))


def test_distances_agree_with_the_textbook_to_half_a_per_cent() -> None:
    children, mentors = make_people(30, 30, seed=0)
    edges = look(children, mentors, Reach())
    for child, mentor, distance in zip(edges.child, edges.mentor, edges.distance_km, strict=True):
        expected = haversine_km(children, child, mentors, mentor)
        assert np.isnan(distance) if np.isnan(expected) else distance == pytest.approx(expected, rel=5e-3)


def test_a_degree_of_latitude_has_the_length_of_the_ellipsoid() -> None:
    one, other = Table.of([1], lon=[121.5], lat=[31.0]), Table.of([2], lon=[121.5], lat=[31.5])
    assert look(one, other, Reach()).distance_km[0] == pytest.approx(55.434, abs=0.01)


def test_small_sides_meet_everybody_within_reach() -> None:
    children, mentors = make_people(20, 30, seed=1)
    nowhere = with_column(with_column(children, "unit", np.full(20, "")), "lon", np.full(20, np.nan))
    assert len(look(nowhere, mentors, Reach(all_pairs_up_to=600))) == 600
    everybody = look(children, mentors, Reach(all_pairs_up_to=600, nearest=4))
    nearest = look(children, mentors, Reach(all_pairs_up_to=599, nearest=4))
    assert len(nearest) < len(everybody) <= 600


@pytest.mark.parametrize("seed", range(5))
def test_large_sides_meet_the_nearest_within_the_radius_and_nobody_else(seed: int) -> None:
    children, mentors = make_people(60, 50, seed=seed)
    here, there, _ = locate(children, mentors, lon="lon", lat="lat", unit="unit")
    found = look(children, mentors, Reach(radius_km=2.5, nearest=6, all_pairs_up_to=0))
    pairs = set(zip(found.child.tolist(), found.mentor.tolist(), strict=True))
    assert len(pairs) == len(found)
    distance = np.linalg.norm(here.points[:, None, :] - there.points, axis=2)
    near = {frozenset(pair) for pair in [*BORDERS, *((unit, unit) for unit in set(mentors["unit"]) - {""})]}
    for child in range(60):
        nearest = np.sort(distance[child])[:6].max(initial=0) if not np.isnan(distance[child]).all() else np.nan
        for mentor in range(50):
            units = (str(children["unit"][child]), str(mentors["unit"][mentor]))
            if np.isnan(distance[child, mentor]):
                expected = "" in units or frozenset(units) in near
            else:
                expected = distance[child, mentor] <= min(2.5, nearest)
            assert ((child, mentor) in pairs) == expected


def test_candidates_ascend_by_child_then_mentor() -> None:
    found = look(*make_people(60, 50, seed=3), Reach(nearest=6, all_pairs_up_to=0))
    key = found.child.astype(int) * 50 + found.mentor
    assert (np.diff(key) > 0).all()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("places", [1, 2, 3])
def test_looking_only_at_the_nearest_costs_nobody_a_place(seed: int, places: int) -> None:
    children, mentors = make_people(60, 40, seed=seed, most_places=places)
    everybody = match(children, mentors, replace(POLICY, reach=Reach(all_pairs_up_to=10**6)))
    nearest = match(children, mentors, replace(POLICY, reach=Reach(nearest=1, all_pairs_up_to=0)))
    assert served_by_tier(nearest) == served_by_tier(everybody)
    assert nearest.figures.candidates < everybody.figures.candidates
    assert nearest.figures.gap == 0


def test_a_child_whose_nearest_are_all_forbidden_is_looked_further_for() -> None:
    children = Table.of(["far"], lon=[121.5], lat=[31.25], tier=[1], languages=[2])
    mentors = Table.of(
        range(40), lon=121.5 + np.arange(40) / 1000, lat=np.full(40, 31.25), capacity=np.ones(40, int),
        languages=[1] * 39 + [2],
    )  # fmt: skip
    policy = Policy(rules=(RuleUse(language),), reach=Reach(nearest=3, all_pairs_up_to=0))
    assert match(children, mentors, policy).partners == {"far": 39}


def test_nobody_is_looked_for_beyond_the_radius() -> None:
    children = Table.of(["far"], lon=[121.5], lat=[31.25], tier=[1])
    mentors = Table.of(["near", "beyond"], lon=[121.5, 121.5], lat=[31.26, 31.35], capacity=[0, 1])
    policy = Policy(reach=Reach(radius_km=5, all_pairs_up_to=0))
    proposal = match(children, mentors, policy)
    assert proposal.partners == {}
    assert proposal.unmatched[0].reason.code == "out_of_reach"


def test_the_existing_match_of_a_child_is_looked_at_however_far() -> None:
    children, mentors = make_people(30, 30, seed=2)
    policy = replace(POLICY, reach=Reach(nearest=1, all_pairs_up_to=0), incumbency="prefer")
    workings = work(children, mentors, policy, incumbents=[("C0", "M7")])
    assert (0, 7) in set(zip(workings.edges.child.tolist(), workings.edges.mentor.tolist(), strict=True))


def test_an_infinite_coordinate_counts_as_unknown() -> None:
    children, mentors = make_people(4, 4, seed=2)
    odd = with_column(children, "lon", np.array([np.inf, -np.inf, np.nan, 121.5]))
    assert look(odd, mentors, Reach()).child_places.is_known.tolist() == [False, False, False, True]
