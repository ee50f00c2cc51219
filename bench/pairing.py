"""Pairing: 1,000 and 5,000 children against the library solvers, 3,000 × 3,000 end to end, one change at 50,000.

    python -m bench.pairing [--full] [--scattered] [--sizes 100,1000,5000,50000,200000] [--limit SECONDS]
                            [--peer NAME=PYTHON …] [--json OUT]

Children live in clusters of uneven density with 1.2 times as many mentors, 50 nearest mentors each, four tiers. Places
are abundant (one each) or short (every other mentor has one). With `--scattered` candidates live anywhere, so that no
corner is crowded: the easier case. Our time includes prices and certificate; the others' is their call that solves,
alone; both in seconds of the processor, of one run. The packages `mentor-match` and `matching` are in no lock (and
share an import name); give each an interpreter that has it: `--peer mentor-match=/somewhere/bin/python`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import KDTree

from bench import pairing_rivals
from sunward_match.pairing import (
    CriterionUse,
    Edges,
    Grouping,
    LivePairing,
    Parameter,
    Policy,
    RuleUse,
    Table,
    criterion,
    explain,
    mentor_rule,
    overlap,
    pair,
    pair_rule,
    ramp,
    verify,
    work_out,
)

PATIENCE = 5  # seconds each rival may take in the short run
SURVIVES = {"mentor-match": 1000, "matching (stable)": 5000, "lapx lapmod (no tiers)": 50_000}
Asked = dict[str, np.ndarray]


def settle(n: int, *, is_short: bool, is_scattered: bool = False, seed: int = 0) -> Asked:
    """An instance; one place or none per mentor, so that solvers without capacity can take part."""
    rng = np.random.default_rng(seed)
    n_right = round(1.2 * n)
    clusters = 12
    centre = rng.uniform(0, 10, (clusters, 2))
    sides = [
        centre[rng.choice(clusters, size, p=rng.dirichlet(np.full(clusters, 3.0)))] + rng.normal(0, 1, (size, 2))
        for size in (n, n_right)
    ]
    distance, right = KDTree(sides[1]).query(sides[0], k=min(50, n_right))
    if is_scattered:
        gaps = rng.integers(1, max(n_right // right.shape[1], 2), right.shape)
        right = (rng.integers(0, n_right, (n, 1)) + gaps.cumsum(axis=1)) % n_right
    fit = 600 * rng.random(right.size) + 400 * np.exp(-distance.ravel())
    return {
        "left": np.repeat(np.arange(n), right.shape[1]),
        "right": right.ravel(),
        "weight": np.rint(fit).astype(np.int64),
        "capacity": (rng.random(n_right) < (0.5 if is_short else 1.0)).astype(np.int64),
        "tier": rng.integers(0, 4, n),
    }


def arguments_of(asked: Asked) -> dict[str, Any]:
    return {**asked, "n_left": len(asked["tier"]), "n_right": len(asked["capacity"])}


def time_ours(asked: Asked) -> dict[str, Any]:
    """Solved twice (the faster counts) and verified once."""
    arguments = arguments_of(asked)
    seconds = []
    for _ in range(2):
        started = time.process_time()
        pairing = pair(**arguments)
        seconds.append(time.process_time() - started)
    started = time.process_time()
    verify(pairing, **arguments)
    certificate = pairing.certificate
    return {
        "seconds": min(seconds),
        "verify": time.process_time() - started,
        "gap": certificate.gap,
        "served": [count.served for count in reversed(certificate.served_by_tier)],
        "fit": certificate.fit_units,
    }


def time_rival(name: str, path: Path, python: str, limit: float) -> dict[str, Any] | str:
    """What the rival reports, or why it does not."""
    if not has_module(python, pairing_rivals.NEEDS[name]):
        return "not installed"
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import pairing_rivals; pairing_rivals.main()"
    )
    try:
        done = subprocess.run(
            [python, "-c", code, name, str(path)], capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return f"> {limit:.0f} s"
    if done.returncode:
        return "failed: " + (done.stderr.strip().splitlines() or ["killed"])[-1][:80]
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@cache
def has_module(python: str, module: str) -> bool:
    check = f"import importlib; importlib.import_module({module!r})"
    return not subprocess.run([python, "-c", check], capture_output=True, check=False).returncode


def compare(sizes: list[int], peers: dict[str, str], limit: float, *, is_scattered: bool) -> Iterator[dict[str, Any]]:
    """Every size, abundant and short, by everybody."""
    for n in sizes:
        for is_short in (False, True):
            asked = settle(n, is_short=is_short, is_scattered=is_scattered)
            ours = time_ours(asked)
            kind = "short" if is_short else "abundant"
            print(f"\n{n:,} children, {asked['capacity'].sum():,} places ({kind}), {len(asked['left']):,} edges")
            proof = f"gap {ours['gap']}, verified in {ours['verify']:.2f} s"
            print(f"  {'sunward_match':26} {ours['seconds']:9.3f} s   {proof}")
            row: dict[str, Any] = {"children": n, "places": kind, "ours": ours, "rivals": {}}
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "asked.npz"
                np.savez(path, **asked)
                for name in pairing_rivals.RIVALS:
                    report: dict[str, Any] | str = f"left out above {SURVIVES.get(name, 0):,}"
                    if n <= SURVIVES.get(name, n):
                        report = time_rival(name, path, peers.get(name.partition(" ")[0], sys.executable), limit)
                    row["rivals"][name] = report
                    print(f"  {name:26} {describe(report, ours)}", flush=True)
            yield row


def describe(report: dict[str, Any] | str, ours: dict[str, Any]) -> str:
    if isinstance(report, str):
        return f"{report:>11}"
    ratio = report["seconds"] / ours["seconds"]
    same = (report["served"], report["fit"]) == (ours["served"], ours["fit"])
    found = f"{sum(report['served']):,} served (ours {sum(ours['served']):,}), fit {report['fit']:,}"
    found = "the same" if same else found
    return f"{report['seconds']:9.3f} s   × {ratio:7.1f}   {found}"


@mentor_rule("check_valid", "her background check is valid", Parameter("today", None), columns=("check_until",))
def check_valid(mentors: Table, setting: Any) -> Any:
    return mentors["check_until"] >= setting["today"]


@pair_rule("within_reach", "they live close enough", Parameter("max_km", 4))
def within_reach(edges: Edges, setting: Any) -> Any:
    return ~(edges.distance_km > setting["max_km"])


@pair_rule("language", "they share a language", child_columns=("languages",), mentor_columns=("languages",))
def language(edges: Edges, setting: Any) -> Any:
    return (edges.of_child("languages") & edges.of_mentor("languages")) > 0


@criterion("skills", "her skills meet the needs", child_columns=("needs",), mentor_columns=("skills",))
def skills(edges: Edges, setting: Any) -> Any:
    return overlap(edges.of_child("needs"), edges.of_mentor("skills"))


@criterion("nearness", "they live near", Parameter("far_km", 3))
def nearness(edges: Edges, setting: Any) -> Any:
    return ramp(edges.distance_km, ideal=0, useless=setting["far_km"])


def people(n: int, most_places: int) -> tuple[Table, Table]:
    """Two tables like a district's."""
    rng = np.random.default_rng(1)
    centre = rng.uniform((121.49, 31.25), (121.56, 31.34), (12, 2))
    tables = []
    for kind in ("C", "M"):
        unit = rng.choice(12, n, p=rng.dirichlet(np.full(12, 5.0)))
        where = centre[unit] + rng.normal(0, 0.008, (n, 2))
        where[rng.random(n) < 0.02] = np.nan
        tables.append(Table.of(
            [f"{kind}{at}" for at in range(n)],
            unit=np.array([f"S{at:02}" for at in range(12)])[unit], lon=where[:, 0], lat=where[:, 1],
            tier=rng.integers(1, 5, n), needs=rng.integers(1, 256, n), skills=rng.integers(1, 256, n),
            languages=rng.choice([1, 2, 3], n, p=[0.7, 0.2, 0.1]), check_until=rng.integers(-30, 365, n),
            capacity=rng.integers(0, most_places + 1, n),
        ))  # fmt: skip
    return tables[0], tables[1]


def time_end_to_end(n: int = 3000) -> list[dict[str, Any]]:
    """Blocking, rules, scores, solve, reasons and advice; warm, the best of three."""
    policy = Policy(
        rules=(RuleUse(check_valid), RuleUse(within_reach), RuleUse(language)),
        criteria=(CriterionUse(skills, 3), CriterionUse(nearness, 2)),
    )
    rows = []
    print(f"\nEnd to end, {n:,} × {n:,}: blocking, 3 rules, 2 criteria, solve, reasons, advice by unit and skill")
    groups = (Grouping("unit"), Grouping("skills", tuple("abcdefgh")))
    for most_places in (1, 2, 4):
        children, mentors = people(n, most_places)
        best: dict[str, float] = {"whole": float("inf")}
        for _ in range(3):
            wall, started = time.perf_counter(), time.process_time()
            workings = work_out(policy, children, mentors, given={"today": 0})
            between = time.process_time()
            proposal = explain(workings, advise_by=groups)
            ended = time.process_time()
            times = {"work_out": between - started, "explain": ended - between, "whole": time.perf_counter() - wall}
            best = min(best, times, key=lambda each: each["whole"])
        figures = proposal.figures
        print(
            f"  {figures.places:,} places: {best['whole']:.2f} s by the clock; of the processor: work out "
            f"{best['work_out']:.2f} s, explain {best['explain']:.2f} s; {figures.matched:,} matched, "
            f"{figures.unmatched:,} explained, gap {figures.gap}"
        )
        rows.append({"places": figures.places, **best, "matched": figures.matched, "gap": figures.gap})
    return rows


def time_changes(n: int = 50_000, rounds: int = 100) -> list[dict[str, Any]]:
    """One change re-solved, by kind: median and slowest of ``rounds`` in time of the processor; the gap is checked."""
    rows = []
    for is_short in (False, True):
        asked = settle(n, is_short=is_short)
        kind = "short" if is_short else "abundant"
        started = time.process_time()
        live = LivePairing(**arguments_of(asked), tiers=range(4))
        print(f"\nOne change at {n:,} children, places {kind} (solving anew: {time.process_time() - started:.2f} s)")
        rows += [{"places": kind, **row} for row in time_acts(live, asked, rounds)]
        print(f"  gap after all: {live.read().certificate.gap}")
    return rows


def time_acts(live: LivePairing, asked: Asked, rounds: int) -> Iterator[dict[str, Any]]:
    """Everything that can happen, ``rounds`` times each."""
    rng = np.random.default_rng(2)
    acts = {
        "child joins": lambda: live.add_child(neighbours(asked, rng), rng.integers(0, 1000, 50), tier=3),
        "child leaves": lambda: live.remove_child(int(rng.choice(np.flatnonzero(live.partner >= 0)))),
        "place opens": lambda: live.open_place(int(rng.integers(live.n_right))),
        "place closes": lambda: live.close_place(int(rng.choice(live.partner[live.partner >= 0]))),
        "mentor leaves": lambda: live.remove_mentor(int(rng.choice(live.partner[live.partner >= 0]))),
    }
    for name, act in acts.items():
        seconds = []
        for _ in range(rounds):
            started = time.process_time()
            act()
            seconds.append(time.process_time() - started)
        row = {"change": name, "median": float(np.median(seconds)), "slowest": max(seconds)}
        print(f"  {name:14} median {1e3 * row['median']:7.3f} ms, slowest {1e3 * row['slowest']:7.2f} ms")
        yield row


def neighbours(asked: Asked, rng: np.random.Generator) -> np.ndarray:
    """The candidates of some child, for one who moves in next door."""
    child = int(rng.integers(len(asked["tier"])))
    return asked["right"][asked["left"] == child]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.pairing", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--full", action="store_true", help="all sizes, half an hour or more")
    parser.add_argument("--scattered", action="store_true", help="candidates anywhere instead of next door")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")])
    parser.add_argument("--limit", type=float, help="seconds each rival may take")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--json", type=Path, metavar="OUT")
    asked = parser.parse_args()
    sizes = asked.sizes or ([100, 1000, 5000, 50_000, 200_000] if asked.full else [1000, 5000])
    limit = asked.limit or (600 if asked.full else PATIENCE)
    started = time.perf_counter()
    pair([0, 1], [0, 0], [1, 2], n_left=2, n_right=1)
    print(f"First call, with compiling where the cache is cold: {time.perf_counter() - started:.1f} s")
    report = {
        "compare": list(
            compare(sizes, dict(one.split("=", 1) for one in asked.peer), limit, is_scattered=asked.scattered)
        ),
        "end_to_end": time_end_to_end(),
        "changes": time_changes(),
    }
    if asked.json:
        asked.json.write_text(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
