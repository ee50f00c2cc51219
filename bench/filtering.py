"""The exact filtered top 20 of 100,000 seekers among 50,000 vacancies, against Polars, numpy by occupation and DuckDB.

    python -m bench.filtering [--size 100000x50000] [--n 20] [--full]

The market is that of `bench.filtered_market`: five hard filters and a score of four criteria. All get the same columns
and give the same scores (checked); one run, one after the other; ratios are what counts: by the clock, and by the time
of the processor, on which busy neighbours tell less. Polars and DuckDB are in no
lock: whichever is not installed is left out and said so. DuckDB only with `--full`: it takes minutes.
"""

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from importlib.util import find_spec
from typing import Any

import numpy as np

from bench.filtered_market import settle
from sunward_match.shortlist import Seekers, Vacancies, Weighing, candidates, shortlist, warm_up

BATCH = 5000  # seekers a rival joins at a time: all at once would need more memory than there is
W = Weighing()
Columns = dict[str, np.ndarray]


def columns_of(side: Any) -> Columns:
    return {each.name: np.asarray(getattr(side, each.name)) for each in fields(side)}


def by_numpy(seekers: Columns, vacancies: Columns, n: int) -> np.ndarray:
    """Occupation by occupation everybody who wishes it against all its vacancies, then the best n of each."""
    n_seekers = len(seekers["x_km"])
    best = np.full((n_seekers, n), -np.inf)
    person = np.repeat(np.arange(n_seekers), np.diff(seekers["wish_start"]))
    for occupation in range(int(seekers["wishes"].max()) + 1):
        jobs = np.flatnonzero(vacancies["occupation"] == occupation)
        wish = np.flatnonzero(seekers["wishes"] == occupation)
        for first in range(0, len(wish) if len(jobs) else 0, 2000):
            part = wish[first : first + 2000]
            rows = person[part]
            ask = {name: seekers[name][rows][:, None] for name in ("x_km", "y_km", "limit_km", "pay_floor")}
            away = np.hypot(vacancies["x_km"][jobs] - ask["x_km"], vacancies["y_km"][jobs] - ask["y_km"])
            pay = vacancies["pay"][jobs]
            score = (
                W.liking * seekers["liking"][part][:, None]
                + W.near * np.nan_to_num(np.clip(1 - away / W.far_km, 0, 1))
                + W.pay * np.nan_to_num(np.clip((pay - ask["pay_floor"]) / W.pay_span, 0, 1))
                + W.merit * vacancies["merit"][jobs]
            )
            score[
                (away > ask["limit_km"])
                | (pay < ask["pay_floor"])
                | (vacancies["education"][jobs] > seekers["education"][rows][:, None])
                | ((vacancies["shifts"][jobs] & ~seekers["shifts"][rows][:, None]) != 0)
            ] = -np.inf
            both = np.concatenate([best[rows], score], axis=1)
            best[rows] = -np.partition(-both, n - 1, axis=1)[:, :n]
    return np.where(np.isfinite(best), -np.sort(-best, axis=1), 0.0)


def frames(seekers: Columns, vacancies: Columns, first: int) -> tuple[Columns, Columns]:
    """The wishes of a batch of seekers with what they ask, and the vacancies, as columns for a join."""
    start = seekers["wish_start"]
    last = min(first + BATCH, len(start) - 1)
    wishes = slice(start[first], start[last])
    person = np.repeat(np.arange(first, last), np.diff(start[first : last + 1]))
    asked = {name: seekers[name][person] for name in ("x_km", "y_km", "limit_km", "pay_floor", "education", "shifts")}
    asked = {"seeker": person, "occupation": seekers["wishes"][wishes], "liking": seekers["liking"][wishes], **asked}
    return asked, {("occupation" if name == "occupation" else f"v_{name}"): each for name, each in vacancies.items()}


def fill(best: np.ndarray, person: np.ndarray, score: np.ndarray) -> None:
    """Sorted (person, score descending) pairs into rows."""
    first = np.r_[True, person[1:] != person[:-1]]
    begins = np.flatnonzero(first)
    best[person, np.arange(len(person)) - np.repeat(begins, np.diff(np.r_[begins, len(person)]))] = score


def by_polars(seekers: Columns, vacancies: Columns, n: int) -> np.ndarray:
    import polars as pl

    best = np.zeros((len(seekers["x_km"]), n))
    for first in range(0, len(best), BATCH):
        asked, offered = (pl.DataFrame(side).fill_nan(None).lazy() for side in frames(seekers, vacancies, first))
        c = pl.col
        away = ((c("v_x_km") - c("x_km")) ** 2 + (c("v_y_km") - c("y_km")) ** 2).sqrt()
        kept = asked.join(offered, on="occupation").with_columns(away=away).filter(
            ~(c("away") > c("limit_km")).fill_null(value=False)
            & ~(c("v_pay") < c("pay_floor")).fill_null(value=False)
            & (c("v_education") <= c("education"))
            & ((c("v_shifts") & ~c("shifts")) == 0)
        )  # fmt: skip
        score = (
            W.liking * c("liking")
            + W.near * (1 - c("away") / W.far_km).clip(0, 1).fill_null(0)
            + W.pay * ((c("v_pay") - c("pay_floor")) / W.pay_span).clip(0, 1).fill_null(0)
            + W.merit * c("v_merit")
        )
        top = kept.select("seeker", score=score).group_by("seeker").agg(c("score").top_k(n)).collect()
        flat = top.explode("score").sort(["seeker", "score"], descending=[False, True])
        if len(flat):
            fill(best, flat["seeker"].to_numpy(), flat["score"].to_numpy())
    return best


def by_duckdb(seekers: Columns, vacancies: Columns, n: int) -> np.ndarray:
    import duckdb
    import pandas as pd

    best = np.zeros((len(seekers["x_km"]), n))
    query = f"""
        select seeker, score from (select seeker,
            {W.liking} * liking
            + {W.near} * coalesce(greatest(1 - sqrt((v_x_km - x_km)**2 + (v_y_km - y_km)**2) / {W.far_km}, 0), 0)
            + {W.pay} * coalesce(least(greatest((v_pay - pay_floor) / {W.pay_span}, 0), 1), 0)
            + {W.merit} * v_merit as score
        from asked join offered using (occupation)
        where coalesce((v_x_km - x_km)**2 + (v_y_km - y_km)**2 <= limit_km**2, true)
            and coalesce(v_pay >= pay_floor, true) and v_education <= education and (v_shifts & ~shifts) = 0)
        qualify row_number() over (partition by seeker order by score desc) <= {n}
        order by seeker, score desc"""
    for first in range(0, len(best), BATCH):
        asked, offered = (pd.DataFrame(side) for side in frames(seekers, vacancies, first))
        with duckdb.connect() as connection:
            connection.register("asked", asked.astype(object).where(asked.notna(), None).infer_objects())
            connection.register("offered", offered.astype(object).where(offered.notna(), None).infer_objects())
            found = connection.execute(query).fetchnumpy()
        if len(found["seeker"]):
            fill(best, found["seeker"], found["score"])
    return best


RIVALS: dict[str, tuple[str, Callable[[Columns, Columns, int], np.ndarray]]] = {
    "Polars join": ("polars", by_polars),
    "numpy by occupation": ("numpy", by_numpy),
    "DuckDB": ("duckdb", by_duckdb),
}


def now() -> np.ndarray:
    """By the clock and by the processor."""
    return np.array([time.perf_counter(), time.process_time()])


def time_ours(seekers: Seekers, vacancies: Vacancies, n: int) -> tuple[np.ndarray, np.ndarray]:
    started = now()
    found = candidates(seekers, vacancies, n=n)
    took = now() - started
    lines = int((found.indices >= 0).sum())
    print(f"  {'sunward_match':22} {took[0]:8.2f} s, processor {took[1]:8.2f} s   {lines:,} lines", flush=True)
    return found.scores, took


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.filtering", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--size", default="100000x50000")
    parser.add_argument("--n", type=int, default=20)
    parser.add_argument("--full", action="store_true", help="DuckDB too; some minutes more")
    asked = parser.parse_args()
    warm_up()
    seekers, vacancies = settle(*map(int, asked.size.split("x")))
    print(f"{asked.size.replace('x', ' × ')}, exact top {asked.n}")
    ours, mine = time_ours(seekers, vacancies, asked.n)
    for name, (module, rival) in RIVALS.items():
        if find_spec(module) is None or (module == "duckdb" and not asked.full):
            print(f"  {name:22} {'not installed' if find_spec(module) is None else 'left out'}")
            continue
        started = now()
        theirs = rival(columns_of(seekers), columns_of(vacancies), asked.n)
        took = now() - started
        times, same = took / mine, "the same" if np.allclose(ours, theirs) else "other scores"
        print(
            f"  {name:22} {took[0]:8.2f} s, processor {took[1]:8.2f} s   × {times[0]:.1f} by the clock, "
            f"× {times[1]:.1f} by the processor, {same}",
            flush=True,
        )
    started = now()
    answer = shortlist(candidates(seekers, vacancies, n=100).as_scores(), k=10, cap=40)
    print(
        f"  then 100 candidates each and lists of 10 under a cap of 40: {(now() - started)[0]:.2f} s, "
        f"score {answer.value:.6g} ≤ {answer.bound:.6g}, gap {100 * answer.gap:.2f} %"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
