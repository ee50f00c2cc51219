"""The laws of ``shortlist``: what must hold of all lists, checked by definition and by somebody else's solver."""

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ortools.graph.python import min_cost_flow
from scipy.sparse import csr_array

from bench.vacancy_market import taste, walk
from sunward_match.shortlist import measure_coverage, measure_gini, shortlist, verify
from tests.sunward_match.instances import lawful
from tests.sunward_match.scored import Scored, scored

ROOT = Path(__file__).parents[3]
SERVED = 10**9  # what a first line counts in the oracle, in millionths: more than any chain of scores


@lawful
@given(scored())
def test_nobody_is_left_with_nothing_who_need_not_be_and_then_no_lists_score_more(asked: Scored) -> None:
    answer = asked.solve_closely()
    served, best = asked.best()
    assert np.count_nonzero(answer.n_lines) == served
    assert answer.value == pytest.approx(best, abs=1e-6)
    assert answer.bound == pytest.approx(best, abs=1e-6)


@lawful
@given(scored())
def test_the_bound_holds_for_all_lists_whatever_is_asked_of_evenness(asked: Scored) -> None:
    served, best = asked.best()
    answer = asked.solve(evenness=1.0, unseen=2.0, tolerance=0.5)
    assert answer.bound >= best - 1e-6
    assert answer.value <= best + 1e-6
    assert np.count_nonzero(answer.n_lines) == served


@lawful
@given(scored())
def test_caps_hold_and_lines_are_stored_pairs_each_once_best_first(asked: Scored) -> None:
    answer = asked.solve()
    for person, row in enumerate(answer.indices.tolist()):
        shown = [vacancy for vacancy in row if vacancy >= 0]
        assert row == shown + [-1] * (asked.k - len(shown))
        assert len(set(shown)) == len(shown)
        found = asked.square[person, shown].tolist()
        assert found == sorted(found, reverse=True)
    counts = np.bincount(answer.indices[answer.indices >= 0], minlength=len(asked.cap))
    assert (answer.exposure == counts).all()
    assert (counts <= asked.cap).all()
    assert (answer.price >= 0).all()


@lawful
@given(scored())
def test_a_price_stands_only_where_the_cap_is_used_up(asked: Scored) -> None:
    answer = asked.solve_closely()
    assert not answer.price[answer.exposure < asked.cap].any()


@lawful
@given(scored(ties=False), st.randoms(use_true_random=False))
def test_the_order_of_people_and_vacancies_does_not_matter(asked: Scored, random: st.DataObject) -> None:
    people, vacancies = np.arange(asked.square.shape[0]), np.arange(asked.square.shape[1])
    random.shuffle(people)
    random.shuffle(vacancies)
    turned = Scored(asked.square[people][:, vacancies], asked.k, asked.cap[vacancies]).solve_closely()
    back = np.where(turned.indices >= 0, vacancies[turned.indices], -1)
    assert (back == asked.solve_closely().indices[people]).all()


@pytest.mark.parametrize("cap", [math.inf, 10**12, 400])
def test_without_a_cap_that_binds_everybody_gets_her_best(cap: float) -> None:
    scores = taste(400, 150, fields=3, drawn=40).scores
    answer = shortlist(scores, k=5, cap=cap)
    dense = scores.toarray()
    assert (answer.indices == np.argsort(-dense, axis=1, kind="stable")[:, :5]).all()
    assert not answer.price.any()
    assert answer.gap == pytest.approx(0)


def test_what_is_asked_in_other_units_gets_the_same_lists() -> None:
    scores = walk(300, 200, fields=5).scores
    one, other = (shortlist(scores * factor, k=5, cap=8) for factor in (1.0, 1024.0))
    assert (one.indices == other.indices).all()
    assert other.value == pytest.approx(1024 * one.value)


def test_scores_in_half_the_digits_are_summed_in_full() -> None:
    scores = walk(300, 200, fields=5).scores
    short = csr_array(scores, dtype=np.float32)
    answer = shortlist(short, k=5, cap=8)
    verify(short, answer, k=5, cap=8)
    assert answer.value == shortlist(csr_array(short, dtype=np.float64), k=5, cap=8).value


def test_the_order_of_entries_within_a_row_does_not_matter() -> None:
    scores = walk(200, 150, fields=5).scores
    rng = np.random.default_rng(0)
    order = np.concatenate(
        [
            first + rng.permutation(last - first)
            for first, last in zip(scores.indptr[:-1], scores.indptr[1:], strict=True)
        ]
    )
    mixed = csr_array((scores.data[order], scores.indices[order], scores.indptr), shape=scores.shape)
    answer = shortlist(mixed, k=5, cap=7)
    verify(mixed, answer, k=5, cap=7)
    assert (answer.indices == shortlist(scores, k=5, cap=7).indices).all()


def most_served_and_scored(scores: csr_array, k: int, cap: int) -> tuple[int, float]:
    """How many can be served, and the greatest score while they are, by OR-tools' minimum cost flow in millionths."""
    n_people, n_vacancies = scores.shape
    person = np.repeat(np.arange(n_people), np.diff(scores.indptr))
    source, sink = n_people + n_vacancies, n_people + n_vacancies + 1
    flow = min_cost_flow.SimpleMinCostFlow()

    def join(tails: np.ndarray, heads: np.ndarray, places: int, cost: np.ndarray | int) -> np.ndarray:
        whole = [np.broadcast_to(part, len(heads)).astype(np.int64) for part in (tails, heads, places, cost)]
        return flow.add_arcs_with_capacity_and_unit_cost(*whole)

    join(person, n_people + scores.indices, 1, -np.rint(scores.data * 1e6))
    first = join(source, np.arange(n_people), 1, -SERVED)
    join(source, np.arange(n_people), k - 1, 0)
    join(n_people + np.arange(n_vacancies), np.full(n_vacancies, sink), cap, 0)
    join(source, np.array([sink]), n_people * k, 0)
    flow.set_node_supply(source, n_people * k)
    flow.set_node_supply(sink, -n_people * k)
    assert flow.solve() == flow.OPTIMAL
    served = int(flow.flows(first).sum())
    return served, (-flow.optimal_cost() - SERVED * served) / 1e6


@pytest.mark.parametrize(("people", "cap"), [(600, 5), (600, 12), (900, 3)])
def test_minimum_cost_flow_keeps_no_more_than_the_bound_and_hardly_more_than_the_lists(people: int, cap: int) -> None:
    scores = taste(people, 300, fields=6, drawn=50).scores
    answer = shortlist(scores, k=5, cap=cap, evenness=0, unseen=0, tolerance=1e-3)
    verify(scores, answer, k=5, cap=cap)
    served, best = most_served_and_scored(scores, 5, cap)
    assert np.count_nonzero(answer.n_lines) == served
    assert answer.value <= best + 1e-3
    assert best <= answer.bound + 1e-3
    assert answer.value > 0.998 * best


def test_under_a_cap_more_vacancies_are_told_of_and_more_evenly_at_little_cost() -> None:
    scores = walk(1500, 1500, fields=15).scores
    plain, capped = shortlist(scores, k=10, cap=math.inf), shortlist(scores, k=10, cap=25)
    assert plain.exposure.max() > 60
    assert measure_coverage(capped.exposure) > 0.97 > measure_coverage(plain.exposure)
    assert measure_gini(capped.exposure) < measure_gini(plain.exposure) - 0.15
    assert capped.gap < 0.02


def test_evenness_spreads_further_and_keeps_less() -> None:
    scores = walk(600, 500, fields=8).scores
    steps = [shortlist(scores, k=8, cap=25, evenness=evenness) for evenness in (0, 0.2, 1.0)]
    ginis, values = [measure_gini(step.exposure) for step in steps], [step.value for step in steps]
    assert ginis == sorted(ginis, reverse=True)
    assert values == sorted(values, reverse=True)
    assert ginis[0] - ginis[2] > 0.05


def test_where_places_are_short_everybody_gets_a_first_line_before_anybody_a_tenth() -> None:
    rng = np.random.default_rng(3)
    scale = np.where(np.arange(200) < 100, 1.0, 0.01)[:, None]  # half of them score everything lower
    scores = csr_array(rng.random((200, 40)) * scale)
    answer = shortlist(scores, k=10, cap=6)
    verify(scores, answer, k=10, cap=6)
    assert answer.n_lines.min() >= 1
    assert answer.n_lines.sum() == 240


def test_a_chain_of_people_moves_so_that_the_last_is_not_left_with_nothing() -> None:
    length = 30
    square = np.full((length, length), np.nan)
    for at in range(length - 1):
        square[at, at], square[at, at + 1] = 1.0, 0.001
    square[length - 1, 0] = 0.5
    answer = Scored(square, 1, np.ones(length, int)).solve()
    assert answer.n_lines.tolist() == [1] * length


@pytest.mark.parametrize("shape", [(0, 0), (0, 4), (4, 0), (3, 2)])
def test_nobody_nothing_and_no_scores_give_empty_lists(shape: tuple[int, int]) -> None:
    scores = csr_array(shape)
    answer = shortlist(scores, k=3, cap=1)
    verify(scores, answer, k=3, cap=1)
    assert answer.indices.shape == (shape[0], 3)
    assert (answer.indices == -1).all()
    assert answer.gap == 0


def test_a_stored_nought_may_be_shown_and_what_is_not_stored_never() -> None:
    scores = csr_array((np.array([0.0, 2.0]), np.array([1, 2]), np.array([0, 2])), shape=(1, 4))
    assert shortlist(scores, k=4, cap=1).indices.tolist() == [[2, 1, -1, -1]]


def test_a_thousand_people_after_one_vacancy_end_soon() -> None:
    scores = csr_array(np.ones((1000, 2)))
    answer = shortlist(scores, k=2, cap=3)
    verify(scores, answer, k=2, cap=3)
    assert answer.exposure.tolist() == [3, 3]
    assert np.count_nonzero(answer.n_lines) == 6


def test_gini_is_nought_for_all_alike_and_nearly_one_for_one_alone() -> None:
    assert measure_gini(np.full(50, 7)) == pytest.approx(0)
    assert measure_gini(np.array([0, 0, 0, 100])) == pytest.approx(0.75)
    assert measure_gini(np.zeros(3, int)) == 0
    assert measure_coverage(np.array([0, 2, 0, 1])) == 0.5


COUNT_COMPILATIONS = """
import sys
from bench.vacancy_market import taste
from bench.filtered_market import settle
from sunward_match.shortlist import candidates, explain_removal, shortlist, warm_up

def count():
    modules = [module for name, module in sys.modules.items() if name.startswith("sunward_match.shortlist.")]
    return sum(len(one.signatures) for module in modules for one in vars(module).values() if hasattr(one, "signatures"))

warm_up()
warm = count()
scores = taste(60, 20, fields=2).scores
scores.indices = scores.indices.astype("int64")
shortlist(scores, k=3, cap=2)
seekers, vacancies = settle(30, 20, occupations=4)
candidates(seekers, vacancies, n=3)
explain_removal(seekers, vacancies, [1, 2])
assert warm > 10, warm
assert count() == warm, (warm, count())
"""


def test_after_warming_up_nothing_more_is_compiled() -> None:
    subprocess.run([sys.executable, "-c", COUNT_COMPILATIONS], cwd=ROOT, check=True, timeout=300)
