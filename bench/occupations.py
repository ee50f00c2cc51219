"""How well job titles are coded that the coder has not seen, how honest its scores are, and how fast it is.

    python -m bench.occupations [--weights] [--folds 5] [--seed 0]

The labelled titles that are shipped, in five parts: each part is coded by a coder that learned from the other four,
and scored with weights fitted on the other four. Titles that differ only in signs and spaces stay in one part, or one
would be the answer to the other; the plain split is printed beside it. `--weights` prints the weights to put into
`occupations/coder.py`. Descriptions come without codes: they are tried with the right text and with a stranger's.
"""

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import minimize

from sunward_match.occupations import Coder, Labelled, read_labelled, read_occupations
from sunward_match.occupations.coder import WEIGHTS, score
from sunward_match.occupations.evidence import KINDS, Evidence

BASELINES = {"with labelled titles": (57.5, 77.8), "without labelled titles": (37.9, 63.0)}
START = (
    "import time; b = time.perf_counter(); from sunward_match.occupations import coder; i = time.perf_counter();"
    "coder(); e = time.perf_counter(); print(f'start: import {i - b:.2f} s, coder() {e - i:.2f} s')"
)


def split(samples: Sequence[Labelled], key: Callable[[Labelled], str], folds: int, seed: int) -> list[int]:
    """The part each title belongs to; the same key, the same part."""
    keys = sorted({key(sample) for sample in samples})
    random.Random(seed).shuffle(keys)
    part = {one: place % folds for place, one in enumerate(keys)}
    return [part[key(sample)] for sample in samples]


def normalise(sample: Labelled) -> str:
    return re.sub(r"\W", "", sample.title).lower()


def weigh(samples: Sequence[Labelled], parts: Sequence[int], *, learn: bool = True) -> list[tuple[Evidence, int]]:
    """The evidence for each title from a coder that has not seen its part, and the place of the right code in it."""
    found: dict[int, tuple[Evidence, int]] = {}
    for part in sorted(set(parts)):
        others = [sample for sample, own in zip(samples, parts, strict=True) if own != part] if learn else []
        coder = Coder(read_occupations(), others)
        number = {code: place for place, code in enumerate(coder.samples.codes)}
        asked = [row for row, own in enumerate(parts) if own == part]
        for row, evidence in zip(asked, coder.weigh_many(samples[row].title for row in asked), strict=True):
            right = np.flatnonzero(evidence.occupations == number[samples[row].code])
            found[row] = evidence, int(right[0]) if len(right) else -1
    return [found[row] for row in range(len(samples))]


def fit(weighed: Sequence[tuple[Evidence, int]]) -> tuple[float, ...]:
    """The weights under which the right codes are likeliest (conditional logit)."""
    usable = [(evidence.values, right) for evidence, right in weighed if right >= 0]
    values = np.zeros((len(usable), max(len(own) for own, _ in usable), len(KINDS)))
    absent = np.full(values.shape[:2], -np.inf)  # not every title has as many to consider
    for row, (own, _) in enumerate(usable):
        values[row, : len(own)], absent[row, : len(own)] = own, 0
    rows, rights = np.arange(len(usable)), np.array([right for _, right in usable])

    def unlikeliness(weights: np.ndarray) -> tuple[float, np.ndarray]:
        leaning = values @ weights + absent
        powers = np.exp(leaning - leaning.max(axis=1, keepdims=True))
        surplus = powers / powers.sum(axis=1, keepdims=True)
        total = -np.log(surplus[rows, rights] + 1e-300).sum() + weights @ weights / 200
        surplus[rows, rights] -= 1
        return float(total), np.tensordot(surplus, values, axes=2) + weights / 100

    return tuple(minimize(unlikeliness, np.array(WEIGHTS), jac=True, method="L-BFGS-B").x.tolist())


def judge(
    weighed: Sequence[tuple[Evidence, int]], weights: Sequence[Sequence[float]]
) -> tuple[float, float, list[tuple[float, bool]]]:
    """Percent right at once, percent among the first five, each title's first score with whether it was right."""
    exact, five, firsts = 0, 0, []
    for (evidence, right), own in zip(weighed, weights, strict=True):
        scores = score(evidence.values, own)
        order = np.argsort(-scores, kind="stable")[:5].tolist()
        exact += order[:1] == [right]
        five += right in order
        firsts.append((float(scores[order[0]]) if order else 0.0, order[:1] == [right]))
    return 100 * exact / len(weighed), 100 * five / len(weighed), firsts


def fit_apart(weighed: Sequence[tuple[Evidence, int]], parts: Sequence[int]) -> list[tuple[float, ...]]:
    """For each title the weights fitted on the parts it is not in."""
    fitted = {
        part: fit([one for one, own in zip(weighed, parts, strict=True) if own != part]) for part in sorted(set(parts))
    }
    return [fitted[part] for part in parts]


def report_calibration(firsts: Sequence[tuple[float, bool]]) -> None:
    print("score of the first candidate → how many were right (how many titles)")
    for low in np.arange(0, 1, 0.1):
        some = [(said, right) for said, right in firsts if low <= said < low + 0.1 or (low > 0.85 and said >= 1)]
        if some:
            said, right = np.mean(np.array(some, float), axis=0)
            print(f"  {said:.2f} → {right:.2f} ({len(some):,})")


def report_sure(firsts: Sequence[tuple[float, bool]]) -> None:
    """What coding without a person from a score on would mean: how many titles, and how many of them right."""
    said, right = (np.array(column) for column in zip(*firsts, strict=True))
    print("from a first score on → share of titles coded, how many of them right")
    for least in (0.9, 0.95, 0.98, 0.99, 0.995):
        coded = said >= least
        print(f"  {least} → {coded.mean():.1%} coded, {right[coded].mean():.1%} right ({coded.sum():,})")


def report_descriptions(samples: Sequence[Labelled], parts: Sequence[int]) -> None:
    """The first part with no description, with the definition of its right code, and with a stranger's definition."""
    occupations = read_occupations()
    text = {one.code: one.definition for one in occupations if one.definition}
    asked = [one for one, part in zip(samples, parts, strict=True) if part == 0 and one.code in text]
    coder = Coder(occupations, [one for one, part in zip(samples, parts, strict=True) if part])
    strangers = random.Random(1).choices(sorted(text.values()), k=len(asked))
    tried = {"none": [None] * len(asked), "right": [text[one.code] for one in asked], "a stranger's": strangers}
    for name, descriptions in tried.items():
        ranked = coder.rank_many([one.title for one in asked], descriptions)
        exact = sum(found[0].code == one.code for found, one in zip(ranked, asked, strict=True) if found)
        five = sum(one.code in {each.code for each in found} for found, one in zip(ranked, asked, strict=True))
        print(f"description {name}: {100 * exact / len(asked):.1f} % / {100 * five / len(asked):.1f} %")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.occupations")
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    samples = read_labelled()
    parts = split(samples, normalise, arguments.folds, arguments.seed)
    weighed = weigh(samples, parts)
    if arguments.weights:
        print(dict(zip(KINDS, (round(one, 1) for one in fit(weighed)), strict=True)))
        return 0
    print(f"{len(samples):,} titles in {arguments.folds} parts: right at once / among the first five")
    exact, five, firsts = judge(weighed, fit_apart(weighed, parts))
    print(f"with labelled titles: {exact:.1f} % / {five:.1f} % (baseline {BASELINES['with labelled titles']})")
    exact, five, as_shipped = judge(weighed, [WEIGHTS] * len(weighed))
    print(f"  with the weights that are shipped: {exact:.1f} % / {five:.1f} %")
    report_sure(as_shipped)
    for name, key in (
        ("same titles may be in two parts", str),
        ("whole first characters apart", lambda one: one.title[:1]),
    ):
        others = split(samples, key, arguments.folds, arguments.seed)
        plain = weigh(samples, others)
        exact, five, _ = judge(plain, fit_apart(plain, others))
        print(f"  {name}: {exact:.1f} % / {five:.1f} %")
    exact, five, _ = judge(weigh(samples, [0] * len(samples), learn=False), [WEIGHTS] * len(samples))
    print(f"without labelled titles: {exact:.1f} % / {five:.1f} % (baseline {BASELINES['without labelled titles']})")
    report_calibration(firsts)
    report_descriptions(samples, parts)
    subprocess.run([sys.executable, "-c", START], check=True)
    coder, titles = Coder(read_occupations(), samples), [sample.title for sample in samples]
    began = time.perf_counter()
    coder.rank_many(titles)
    many = time.perf_counter()
    for title in titles[:500]:
        coder.rank(title)
    one = (time.perf_counter() - many) / 500
    print(f"{len(titles) / (many - began):,.0f} titles a second in rank_many, {one * 1000:.1f} ms in rank")
    print(f"memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
