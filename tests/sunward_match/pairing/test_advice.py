"""Advice is checked by following it: add that one place, match again, and it must be so."""

import numpy as np
import pytest

from sunward_match.pairing import Advice, Grouping, Proposal, Reckoning, Table, explain, value_newcomers
from tests.sunward_match.neighbours import make_people, match, total_steps, with_column, with_place, work

GROUPS = (Grouping("unit"), Grouping("skills", ("tutoring", "cooking", "sport", "music")))


def gain(before: Proposal, after: Proposal) -> tuple[int, float]:
    return total_steps(after) - total_steps(before), round(after.figures.fit - before.figures.fit, 6)


@pytest.mark.parametrize("places", [1, 2, 4])
@pytest.mark.parametrize("seed", range(4))
def test_one_more_place_brings_exactly_what_the_advice_says(seed: int, places: int) -> None:
    children, mentors = make_people(40, 25, seed=seed, most_places=places)
    before = match(children, mentors, advise_by=GROUPS)
    for advice in before.advice:
        after = match(children, with_place(mentors, advice.mentor))
        assert gain(before, after) == (advice.steps, round(advice.points, 6))
        if advice.steps:
            served = {count.tier: count.served for count in before.figures.by_tier}
            served[advice.tier] += 1
            assert served == {count.tier: count.served for count in after.figures.by_tier}


def test_no_other_place_in_the_group_would_help_more() -> None:
    children, mentors = make_people(40, 25, seed=1)
    before = match(children, mentors)
    for advice in before.advice:
        for mentor in np.array(mentors.ids)[mentors["unit"] == advice.value]:
            assert gain(before, match(children, with_place(mentors, str(mentor)))) <= (
                advice.steps, round(advice.points, 6),
            )  # fmt: skip


def test_the_most_helpful_comes_first_and_the_useless_not_at_all() -> None:
    proposal = match(*make_people(60, 30, seed=3), advise_by=GROUPS)
    worth = [(advice.steps, advice.points) for advice in proposal.advice]
    assert worth == sorted(worth, reverse=True)
    assert all(steps > 0 or points > 0 for steps, points in worth)
    assert {advice.column for advice in proposal.advice} == {"unit", "skills"}


def test_a_column_that_mentors_do_not_have_gives_no_advice() -> None:
    assert match(*make_people(20, 10, seed=0), advise_by=(Grouping("colour"),)).advice == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_mentor_who_does_not_exist_yet_would_bring_exactly_what_is_said(seed: int) -> None:
    children, mentors = make_people(40, 20, seed=seed)
    _, candidates = make_people(1, 6, seed=seed + 100)
    newcomers = with_column(
        Table.of([f"N{at}" for at in range(6)], **candidates.columns), "capacity", np.ones(6, np.int64)
    )
    newcomers = with_column(newcomers, "name", [f"N{at}" for at in range(6)])
    reckoning = Reckoning.of(work(children, mentors))
    before = explain(reckoning.workings)
    advice = {one.value: one for one in value_newcomers(reckoning, newcomers, Grouping("name"))}
    for at, name in enumerate(newcomers.ids):
        joined = Table.of(
            [*mentors.ids, name],
            **{column: np.append(values, newcomers[column][at : at + 1]) for column, values in mentors.columns.items()},
        )
        stated = advice.get(str(name), Advice("name", str(name), name, 0, None, 0.0))
        assert gain(before, match(children, joined)) == (stated.steps, round(stated.points, 6))


def test_the_first_mentor_of_all_would_serve_one_child_of_the_highest_tier() -> None:
    children, mentors = make_people(10, 4, seed=5)
    nobody = mentors.take(np.empty(0, np.int64))
    newcomers = with_column(mentors, "capacity", np.ones(4, np.int64))
    newcomers = with_column(newcomers, "check_until", np.full(4, 800_000))
    reckoning = Reckoning.of(work(children, nobody))
    advice = value_newcomers(reckoning, with_column(newcomers, "name", list(newcomers.ids)), Grouping("name"))
    before = explain(reckoning.workings)
    assert advice
    for stated in advice:
        at = newcomers.ids.index(stated.value)
        after = match(children, newcomers.take(np.array([at])))
        assert gain(before, after) == (stated.steps, round(stated.points, 6))
        assert after.partners
