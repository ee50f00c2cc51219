"""Shortlists: 10,000 × 5,000 and 50,000 × 20,000 under a cap, against plain top-k, transport and minimum cost flow.

    python -m bench.shortlist [--full] [--sizes 10000x5000,50000x20000] [--cap 25] [--k 10] [--json OUT]

Markets are those of `bench.vacancy_market`: scores with skewed popularity, one hidden application per person as the
truth. All methods get the same raw scores and run once, one after the other, each in a process of its own. *kept* is
the total score against plain top-k, *worst* how often the most shown vacancy is shown, *fewer* and *none* how many
people have fewer than k lines and none. Rivals:

- plain top-k, and top-k in turn: round by round people take the best that still have room;
- transport: entropic optimal transport (Sinkhorn), everybody hands out k, a vacancy takes at most its cap; then
  everybody's k greatest shares. It knows no strict cap. Once by the package POT, which is in no lock (where it is not
  installed it is left out and said so) and whose matrices are dense; once by our own few lines over the stored entries;
- minimum cost flow by OR-tools: the exact optimum of the score alone, in whole millionths.

The short run leaves out minimum cost flow where there are more than a million entries.
"""

import argparse
import json
import math
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from bench.vacancy_market import Market, taste, walk
from sunward_match.shortlist import measure_coverage, measure_gini, shortlist, verify, warm_up

Answer = tuple[np.ndarray, dict[str, float]]


def plain(scores: csr_array, k: int, cap: int) -> Answer:
    return shortlist(scores, k=k, cap=math.inf).indices, {}


def ours(scores: csr_array, k: int, cap: int) -> Answer:
    answer = shortlist(scores, k=k, cap=cap)
    return answer.indices, {"value": answer.value, "bound": answer.bound, "gap": answer.gap}


def by_score(scores: csr_array, k: int, cap: int) -> Answer:
    answer = shortlist(scores, k=k, cap=cap, evenness=0, unseen=0)
    return answer.indices, {"value": answer.value, "bound": answer.bound, "gap": answer.gap}


def in_turn(scores: csr_array, k: int, cap: int) -> Answer:
    """Round by round everybody takes the best vacancy that still has room, in another order each time."""
    lists = np.full((scores.shape[0], k), -1)
    room = np.full(scores.shape[1], cap)
    rows = [
        scores.indices[first:last][np.argsort(-scores.data[first:last], kind="stable")].tolist()
        for first, last in zip(scores.indptr[:-1], scores.indptr[1:], strict=True)
    ]
    at = np.zeros(scores.shape[0], int)
    rng = np.random.default_rng(0)
    for line in range(k):
        for person in rng.permutation(scores.shape[0]):
            row = rows[person]
            while at[person] < len(row) and not room[row[at[person]]]:
                at[person] += 1
            if at[person] < len(row):
                lists[person, line] = row[at[person]]
                room[row[at[person]]] -= 1
                at[person] += 1
    return lists, {}


def transport(scores: csr_array, k: int, cap: int, rounds: int = 200, sharpness: float = 30.0) -> Answer:
    """Sinkhorn over the stored entries; the side of the vacancies is an inequality."""
    kernel = scores.copy()
    kernel.data = np.exp(sharpness * (kernel.data / kernel.data.max() - 1))
    turned = kernel.T.tocsr()
    vacancy = np.ones(scores.shape[1])
    for _ in range(rounds):
        person = k / np.maximum(kernel @ vacancy, 1e-300)
        vacancy = np.minimum(1.0, cap / np.maximum(turned @ person, 1e-300))
    rows = np.repeat(np.arange(scores.shape[0]), np.diff(kernel.indptr))
    kernel.data *= person[rows] * vacancy[kernel.indices]
    return shortlist(kernel, k=k, cap=math.inf).indices, {}


def transport_dense(scores: csr_array, k: int, cap: int, rounds: int = 200, sharpness: float = 30.0) -> Answer:
    """POT's Sinkhorn. What is left over on one side goes to a person, or a vacancy, that is nobody's."""
    import ot

    n_people, n_vacancies = scores.shape
    spare = cap * n_vacancies - k * n_people
    cost = np.full((n_people + (spare > 0), n_vacancies + (spare < 0)), 2.0)
    person = np.repeat(np.arange(n_people), np.diff(scores.indptr))
    cost[person, scores.indices] = 1 - scores.data / scores.data.max()
    supply = np.append(np.full(n_people, float(k)), [spare] if spare > 0 else [])
    demand = np.append(np.full(n_vacancies, float(cap)), [-spare] if spare < 0 else [])
    total = supply.sum()
    plan = ot.sinkhorn(supply / total, demand / total, cost, reg=1 / sharpness, numItermax=rounds, warn=False)
    shares = csr_array((plan[person, scores.indices], scores.indices, scores.indptr), shape=scores.shape)
    shares.data = np.maximum(shares.data, np.finfo(float).tiny)
    return shortlist(shares, k=k, cap=math.inf).indices, {}


def flow(scores: csr_array, k: int, cap: int) -> Answer:
    from ortools.graph.python import min_cost_flow

    n_people, n_vacancies = scores.shape
    person = np.repeat(np.arange(n_people), np.diff(scores.indptr))
    source, sink = n_people + n_vacancies, n_people + n_vacancies + 1
    solver = min_cost_flow.SimpleMinCostFlow()

    def join(tails: Any, heads: np.ndarray, places: int, cost: Any) -> np.ndarray:
        whole = [np.broadcast_to(part, len(heads)).astype(np.int64) for part in (tails, heads, places, cost)]
        return solver.add_arcs_with_capacity_and_unit_cost(*whole)

    scale = 1e6 / scores.data.max()
    arcs = join(person, n_people + scores.indices, 1, -np.rint(scores.data * scale))
    join(source, np.arange(n_people), k, 0)
    join(n_people + np.arange(n_vacancies), np.full(n_vacancies, sink), cap, 0)
    join(source, np.array([sink]), n_people * k, 0)
    solver.set_node_supply(source, n_people * k)
    solver.set_node_supply(sink, -n_people * k)
    assert solver.solve() == solver.OPTIMAL
    used = solver.flows(arcs) > 0
    kept = csr_array((scores.data[used], (person[used], scores.indices[used])), shape=scores.shape)
    return shortlist(kept, k=k, cap=math.inf).indices, {}


METHODS: dict[str, Callable[[csr_array, int, int], Answer]] = {
    "plain top-k": plain,
    "ours": ours,
    "ours, by score alone": by_score,
    "top-k in turn": in_turn,
    "transport (our own)": transport,
    "transport (POT)": transport_dense,
    "minimum cost flow": flow,
}
MOST_FOR_FLOW = 1_000_000
MOST_FOR_DENSE = 100_000_000  # a matrix of 800 MB, and POT keeps several


def why_left_out(method: str, market: Market, *, is_full: bool) -> str:
    if method == "minimum cost flow" and market.scores.nnz > MOST_FOR_FLOW and not is_full:
        return f"left out above {MOST_FOR_FLOW:,} entries"
    if method == "transport (POT)" and find_spec("ot") is None:
        return "not installed"
    if method == "transport (POT)" and math.prod(market.scores.shape) > MOST_FOR_DENSE:
        return f"left out above {MOST_FOR_DENSE:,} pairs: its matrices are dense"
    return ""


def work(method: str, market: Market, k: int, cap: int, pipe: Any) -> None:
    """In a process of its own: what the lists are like, and what they took."""
    warm_up()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, busy = time.perf_counter(), time.process_time()
    lists, more = METHODS[method](market.scores, k, cap)
    row = {"seconds": time.perf_counter() - started, "processor": time.process_time() - busy, **more}
    row["megabytes"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    if method == "ours":
        started = time.perf_counter()
        verify(market.scores, shortlist(market.scores, k=k, cap=cap), k=k, cap=cap)
        row["verified"] = time.perf_counter() - started
    pipe.send({**row, **measure(lists, market)})


def measure(lists: np.ndarray, market: Market) -> dict[str, float]:
    person, line = np.nonzero(lists >= 0)
    exposure = np.bincount(lists[person, line], minlength=market.scores.shape[1])
    known = market.truth >= 0
    return {
        "total": float(market.scores[person, lists[person, line]].sum()),
        "hit": float((lists == market.truth[:, None]).any(axis=1)[known].mean()),
        "coverage": measure_coverage(exposure),
        "gini": measure_gini(exposure),
        "worst": int(exposure.max()),
        "fewer": int(((lists >= 0).sum(axis=1) < lists.shape[1]).sum()),
        "none": int((lists < 0).all(axis=1).sum()),
    }


def compare(market: Market, k: int, cap: int, *, is_full: bool) -> Iterator[dict[str, Any]]:
    print(f"  {'':22} {'kept':>6} {'hit':>6} {'cover':>6} {'gini':>6} {'worst':>6} {'fewer':>7} {'none':>5}"
          f" {'seconds':>8} {'MB':>6}")  # fmt: skip
    best = None
    for method in METHODS:
        if reason := why_left_out(method, market, is_full=is_full):
            print(f"  {method:22} {reason}")
            continue
        mine, other = multiprocessing.get_context("fork").Pipe()
        child = multiprocessing.get_context("fork").Process(target=work, args=(method, market, k, cap, other))
        child.start()
        row = mine.recv()
        child.join()
        best = row["total"] if best is None else best
        proof = (
            f"   score {row['value']:.6g} ≤ {row['bound']:.6g}, gap {100 * row['gap']:.2f} %" if "gap" in row else ""
        )
        proof += f", verified in {row['verified']:.1f} s" if "verified" in row else ""
        print(
            f"  {method:22} {row['total'] / best:6.3f} {row['hit']:6.3f} {row['coverage']:6.3f} {row['gini']:6.3f} "
            f"{row['worst']:6} {row['fewer']:7,} {row['none']:5,} {row['seconds']:8.2f} {row['megabytes']:6.0f}{proof}",
            flush=True,
        )
        yield {"method": method, "kept": row["total"] / best, **row}


def markets(sizes: list[tuple[int, int]]) -> Iterator[tuple[str, Market]]:
    yield "walk over applications, 4,000 × 5,000", walk(4000, 5000)
    yield "damped walk, 4,000 × 5,000", walk(4000, 5000, damping=0.5)
    for people, vacancies in sizes:
        yield f"fit and fame, {people:,} × {vacancies:,}", taste(people, vacancies)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.shortlist", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--full", action="store_true", help="minimum cost flow at every size; some minutes more")
    parser.add_argument("--sizes", default="10000x5000,50000x20000")
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--cap", type=int, default=25)
    parser.add_argument("--json", type=Path, metavar="OUT")
    asked = parser.parse_args()
    warm_up()
    rows = []
    for name, market in markets([tuple(map(int, size.split("x"))) for size in asked.sizes.split(",")]):
        print(f"\n{name}, {market.scores.nnz:,} entries, k = {asked.k}, cap {asked.cap}")
        rows += [{"market": name, **row} for row in compare(market, asked.k, asked.cap, is_full=asked.full)]
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
