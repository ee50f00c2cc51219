"""The same pairing problem, solved by others; each runs in a process of its own, under a time limit.

Imports nothing of ours, so that any interpreter which has a rival installed can run it: `run(NAME, FILE)` loads the
instance, solves it and prints `{"seconds", "served", "fit"}`. Only the call that solves is timed, not the building of
its input; in seconds of the processor, so that the neighbours of a busy machine do not count.
"""

import json
import sys
import threading
import time

import numpy as np


def run(name, path):
    asked = dict(np.load(path))
    seconds, pairs = RIVALS[name](asked)
    edges = zip(asked["left"].tolist(), asked["right"].tolist(), strict=True)
    weight = dict(zip(edges, asked["weight"].tolist(), strict=True))
    fit = sum(weight[pair] for pair in pairs)
    served = np.bincount(asked["tier"][[i for i, _ in pairs]], minlength=int(asked["tier"].max()) + 1)
    print(json.dumps({"seconds": seconds, "served": served.tolist(), "fit": int(fit)}))


def worth_of(asked):
    """What each edge is worth with the reward of its child's tier, and more than the whole can be worth by fit."""
    step = 4 * len(asked["tier"]) * int(np.abs(asked["weight"]).max())
    return asked["weight"] + (asked["tier"][asked["left"]] + 1) * step


def ortools(asked):
    """Minimum cost flow: source → children → mentors → sink, and one arc past everybody for the unserved."""
    from ortools.graph.python import min_cost_flow

    left, right = asked["left"], asked["right"]
    n_left, n_right = len(asked["tier"]), len(asked["capacity"])
    source, sink = n_left + n_right, n_left + n_right + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    edges = flow.add_arcs_with_capacity_and_unit_cost(left, n_left + right, np.ones_like(left), -worth_of(asked))
    ones, none = np.ones(n_left, np.int64), np.zeros(n_left, np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(np.full(n_left, source), np.arange(n_left), ones, none)
    flow.add_arcs_with_capacity_and_unit_cost(
        n_left + np.arange(n_right), np.full(n_right, sink), asked["capacity"], np.zeros(n_right, np.int64)
    )
    flow.add_arc_with_capacity_and_unit_cost(source, sink, n_left, 0)
    flow.set_node_supply(source, n_left)
    flow.set_node_supply(sink, -n_left)
    started = time.process_time()
    status = flow.solve()
    seconds = time.process_time() - started
    assert status == flow.OPTIMAL
    used = flow.flows(edges) > 0
    return seconds, list(zip(left[used].tolist(), right[used].tolist(), strict=True))


def with_places(asked):
    """Edges to places instead of mentors, for those who know no capacity: here a mentor has one place or none."""
    keep = asked["capacity"][asked["right"]] > 0
    column = np.cumsum(asked["capacity"]) - 1
    mentor = np.flatnonzero(asked["capacity"])
    return asked["left"][keep], column[asked["right"][keep]], worth_of(asked)[keep], mentor


def scipy(asked):
    """The sparse matching of SciPy, every child with a column of her own for staying unserved."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    left, column, worth, mentor = with_places(asked)
    n_left = len(asked["tier"])
    top = int(worth.max()) + 1
    rows = np.concatenate([left, np.arange(n_left)])
    columns = np.concatenate([column, len(mentor) + np.arange(n_left)])
    costs = np.concatenate([top - worth, np.full(n_left, top)]).astype(np.float64)
    graph = coo_array((costs, (rows, columns)), shape=(n_left, len(mentor) + n_left)).tocsr()
    started = time.process_time()
    children, found = min_weight_full_bipartite_matching(graph)
    seconds = time.process_time() - started
    return seconds, [(int(i), int(mentor[j])) for i, j in zip(children, found, strict=True) if j < len(mentor)]


def lapx(asked):
    """The sparse Jonker-Volgenant of lapx, on a square; it takes no cost of a million, so it gets no tiers."""
    from lap import lapmod

    left, column, _, mentor = with_places(asked)
    n_left, n_right = len(asked["tier"]), len(mentor)
    keep = asked["capacity"][asked["right"]] > 0
    cost = int(asked["weight"].max()) - asked["weight"][keep]
    size = n_left + n_right
    rows = np.concatenate([left, np.arange(n_left), n_left + np.arange(n_right), n_left + column])
    columns = np.concatenate([column, n_right + np.arange(n_left), np.arange(n_right), n_right + left])
    costs = np.concatenate([cost, np.full(n_left, 900_000), np.zeros(n_right), np.zeros(len(left))])
    order = np.lexsort((columns, rows))
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))]).astype(np.int32)
    rows, columns, costs = rows[order], columns[order].astype(np.int32), costs[order].astype(np.float64)
    started = time.process_time()
    found = lapmod(size, costs, starts, columns, return_cost=False)[0]
    seconds = time.process_time() - started
    return seconds, [(i, int(mentor[found[i]])) for i in range(n_left) if found[i] < n_right]


def mentor_match(asked):
    """The package mentor-match: rules on every pair in Python, then Munkres on the full grid."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data

    left, column, worth, mentor = with_places(asked)
    score = dict(zip(zip(left.tolist(), column.tolist(), strict=True), worth.tolist(), strict=True))

    class Known:
        def evaluate(self, match):
            return (match.mentee.grade, match.mentor.grade) in score

        def apply(self, match):
            match.disallowed = not self.evaluate(match)
            return score.get((match.mentee.grade, match.mentor.grade), 0)

    mentees = [Mentee(grade=i, email=f"c{i}") for i in range(len(asked["tier"]))]
    mentors = [Mentor(grade=j, email=f"m{j}") for j in range(len(mentor))]
    started = time.process_time()
    process_data(mentors, mentees, [[Known()]])
    seconds = time.process_time() - started
    return seconds, [(one.grade, int(mentor[other.grade])) for one in mentees for other in one.mentors]


def matching(asked):
    """The package matching: stable, not best, by preferences that follow from the weights."""
    from matching.games import HospitalResident

    left, column, worth, mentor = with_places(asked)
    residents, hospitals = {}, {}
    for i, j, w in zip(left.tolist(), column.tolist(), worth.tolist(), strict=True):
        residents.setdefault(i, []).append((-w, j))
        hospitals.setdefault(j, []).append((-w, i))
    by_child = {f"c{i}": [f"m{j}" for _, j in sorted(own)] for i, own in residents.items()}
    by_mentor = {f"m{j}": [f"c{i}" for _, i in sorted(own)] for j, own in hospitals.items()}
    started = time.process_time()
    game = HospitalResident.create_from_dictionaries(by_child, by_mentor, dict.fromkeys(by_mentor, 1))
    found = game.solve()
    seconds = time.process_time() - started
    return seconds, [
        (int(child.name[1:]), int(mentor[int(own.name[1:])])) for own, taken in found.items() for child in taken
    ]


RIVALS = {
    "OR-tools min-cost flow": ortools,
    "scipy sparse matching": scipy,
    "lapx lapmod (no tiers)": lapx,
    "mentor-match": mentor_match,
    "matching (stable)": matching,
}

NEEDS = {
    "OR-tools min-cost flow": "ortools",
    "scipy sparse matching": "scipy",
    "lapx lapmod (no tiers)": "lap",
    "mentor-match": "matching.process",
    "matching (stable)": "matching.games",
}


def main():
    """In a thread with a deep stack: the package matching copies its players recursively, one inside the other."""
    sys.setrecursionlimit(10**7)
    threading.stack_size(1 << 30)
    worker = threading.Thread(target=run, args=sys.argv[1:3])
    worker.start()
    worker.join()
