"""Tutoring online over two years: 1,045 pupils and 1,205 offers come and go; matched every 10 days, daily, or at once.

    python -m bench.tutoring [--seeds 3] [--pupils 1045] [--offers 1205]

An instance has the shape of the stream that the best public tutoring matcher replays: about as many pupils and offers,
some two years, subjects of uneven demand; hours in common are ours on top. Whoever is not served in time leaves again.
The same rules, the same policy and the same engine as in the workbench decide at each run; "never wait" pairs whoever
comes with the best who is there, at once and for good. Seconds are those of the processor. Waits are in days, of those
who found somebody. What is published for the real stream: every 10 days 1,045 pairs, pupils waited 7.96, tutors 46.19.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

DAYS = 730
# How often each subject is asked for and offered, in the order of their bits: mathematics and English lead everywhere.
_ASKED = (0.16, 0.26, 0.22, 0.09, 0.06, 0.03, 0.05, 0.06, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.0, 0.0)
_OFFERED = (0.14, 0.2, 0.2, 0.07, 0.07, 0.06, 0.06, 0.06, 0.04, 0.03, 0.02, 0.02, 0.02, 0.01, 0.0, 0.0)
# Evenings and weekends, when both a child and a student can be at the screen.
_SLOTS = (2, 5, 8, 11, 14, 15, 16, 17, 18, 19, 20)


@dataclass(frozen=True, slots=True)
class Side:
    """Everybody of one side in the order of coming: days of coming and leaving, and masks of what matching compares."""

    comes: np.ndarray
    leaves: np.ndarray
    subjects: np.ndarray
    stages: np.ndarray
    slots: np.ndarray

    def __len__(self) -> int:
        return len(self.comes)


@dataclass(frozen=True, slots=True)
class Stream:
    pupils: Side
    offers: Side


@dataclass(frozen=True, slots=True)
class Pair:
    on: float
    pupil: int
    offer: int


def make_stream(seed: int, *, pupils: int = 1045, offers: int = 1205, days: int = DAYS) -> Stream:
    """The same seed makes the same stream. Both sides come more often when a term begins, offers a little earlier."""
    rng = np.random.default_rng(seed)
    return Stream(
        _make_side(rng, pupils, days, _ASKED, subjects=(1, 3), stages=1, slots=(1, 4), patience=(30, 120), shift=0),
        _make_side(rng, offers, days, _OFFERED, subjects=(1, 4), stages=2, slots=(1, 4), patience=(90, 300), shift=-14),
    )


def _make_side(
    rng: np.random.Generator, count: int, days: int, wanted: tuple[float, ...], *, subjects: tuple[int, int],
    stages: int, slots: tuple[int, int], patience: tuple[int, int], shift: int,
) -> Side:  # fmt: skip
    comes = np.sort(_moments(rng, count, days, shift))
    leaves = comes + patience[0] + rng.exponential(patience[1], count)
    shares = np.array(wanted) / sum(wanted)
    return Side(
        comes,
        leaves,
        _masks(rng, count, np.arange(len(wanted)), subjects, shares),
        _stages(rng, count, stages),
        _masks(rng, count, np.array(_SLOTS), slots, None),
    )


def _moments(rng: np.random.Generator, count: int, days: int, shift: int) -> np.ndarray:
    """Two terms a year: a steady stream with two waves, kept within the days."""
    steady = rng.uniform(0, days, count)
    waves = (rng.integers(0, max(days // 182, 1), count) * 182 + 30 + shift + rng.normal(0, 25, count)) % days
    return np.where(rng.random(count) < 0.5, steady, waves)


def _masks(
    rng: np.random.Generator, count: int, bits: np.ndarray, most: tuple[int, int], shares: np.ndarray | None
) -> np.ndarray:
    chosen = [
        rng.choice(bits, size=size, replace=False, p=shares) for size in rng.integers(most[0], most[1] + 1, count)
    ]
    return np.array([int(sum(1 << int(bit) for bit in row)) for row in chosen], np.int64)


def _stages(rng: np.random.Generator, count: int, most: int) -> np.ndarray:
    """A pupil is in one stage; an offer takes one or two that stand side by side."""
    first = rng.choice(3, count, p=(0.4, 0.4, 0.2))
    if most == 1:
        return (1 << first).astype(np.int64)
    second = np.clip(first + rng.choice((0, 1, -1), count, p=(0.4, 0.3, 0.3)), 0, 2)
    return ((1 << first) | (1 << second)).astype(np.int64)


def replay(stream: Stream, *, every: int, days: int = DAYS) -> list[Pair]:
    """Match whoever is there at the end of every so many days, to the last day on which anybody comes and beyond."""
    pairs: list[Pair] = []
    pupil_free, offer_free = np.ones(len(stream.pupils), bool), np.ones(len(stream.offers), bool)
    for day in range(every, days + every, every):
        left, right = _present(stream.pupils, pupil_free, day), _present(stream.offers, offer_free, day)
        for pupil, offer in _match(stream, left, right):
            pairs.append(Pair(float(day), pupil, offer))
            pupil_free[pupil] = offer_free[offer] = False
    return pairs


def _present(side: Side, free: np.ndarray, day: float) -> np.ndarray:
    return np.flatnonzero(free & (side.comes <= day) & (day < side.leaves))


def _match(stream: Stream, left: np.ndarray, right: np.ndarray) -> Iterator[tuple[int, int]]:
    """One run of the engine under the policy that a new district begins with."""
    from sunward.matching.declaration import declaration_of
    from sunward.mentoring.tutoring.tables import tabulate
    from sunward_match.pairing import work_out

    if not len(left) or not len(right):
        return
    policy = declaration_of("tutoring").default_policy
    tables = tabulate(_pupils(stream, left), _students(stream, right))
    workings = work_out(policy, *tables, given={"on": 0.0})
    for pupil, offer in workings.pairing.pairs:
        yield int(left[pupil]), int(right[offer])


def _pupils(stream: Stream, chosen: np.ndarray) -> list[Any]:
    from sunward.mentoring.tutoring.tables import PupilFacts

    side = stream.pupils
    return [
        PupilFacts(int(at), subjects=int(side.subjects[at]), stage=int(side.stages[at]), slots=int(side.slots[at]))
        for at in chosen
    ]


def _students(stream: Stream, chosen: np.ndarray) -> list[Any]:
    from sunward.mentoring.tutoring.tables import StudentFacts

    side = stream.offers
    return [
        StudentFacts(
            int(at), check_days=365, training_days=365, subjects=int(side.subjects[at]), stages=int(side.stages[at]),
            slots=int(side.slots[at]),
        )
        for at in chosen
    ]  # fmt: skip


def never_wait(stream: Stream) -> list[Pair]:
    """Whoever comes is paired at once with the best who waits: most subjects in common, then most hours."""
    coming = [(float(day), 0, at) for at, day in enumerate(stream.pupils.comes)]
    coming += [(float(day), 1, at) for at, day in enumerate(stream.offers.comes)]
    free = np.ones(len(stream.pupils), bool), np.ones(len(stream.offers), bool)
    pairs = []
    for day, which, at in sorted(coming):
        own, other = (stream.pupils, stream.offers) if which == 0 else (stream.offers, stream.pupils)
        waiting = _present(other, free[1 - which], day)
        shared = [np.bitwise_count(column(own)[at] & column(other)[waiting]) for column in COMMON]
        able = np.flatnonzero((shared[0] > 0) & (shared[1] > 0) & (shared[2] > 0))
        if not len(able):
            continue
        best = int(waiting[able[np.argmax(shared[0][able].astype(int) * 100 + shared[2][able])]])
        pupil, offer = (at, best) if which == 0 else (best, at)
        pairs.append(Pair(day, pupil, offer))
        free[0][pupil] = free[1][offer] = False
    return pairs


def _subjects(side: Side) -> np.ndarray:
    return side.subjects


def _stage(side: Side) -> np.ndarray:
    return side.stages


def _hours(side: Side) -> np.ndarray:
    return side.slots


COMMON = (_subjects, _stage, _hours)


def find_faults(stream: Stream, pairs: list[Pair]) -> list[str]:
    """From the definition: nobody twice, both there on the day, a subject, the stage and an hour in common."""
    faults = []
    for side, ids in ((stream.pupils, [p.pupil for p in pairs]), (stream.offers, [p.offer for p in pairs])):
        if len(set(ids)) != len(ids):
            faults.append("somebody was paired twice")
        on = np.array([p.on for p in pairs])
        if (side.comes[ids] > on).any() or (side.leaves[ids] < on).any():
            faults.append("a pair was made before both were there, or after one had left")
    if any(column(stream.pupils)[p.pupil] & column(stream.offers)[p.offer] == 0 for column in COMMON for p in pairs):
        faults.append("a pair has nothing in common")
    return faults


def say(name: str, stream: Stream, pairs: list[Pair], seconds: float) -> None:
    on = np.array([pair.on for pair in pairs])
    pupils, offers = [pair.pupil for pair in pairs], [pair.offer for pair in pairs]
    shared = np.bitwise_count(stream.pupils.subjects[pupils] & stream.offers.subjects[offers]).mean()
    asked = np.bitwise_count(stream.pupils.subjects[pupils]).mean()
    waits = (on - stream.pupils.comes[pupils]).mean(), (on - stream.offers.comes[offers]).mean()
    print(
        f"   {name:<14} {len(pairs):5,} pairs   {shared:5.3f} of {asked:.2f} subjects   pupils wait {waits[0]:5.2f} d"
        f"   students {waits[1]:6.2f} d   {seconds:6.2f} s"
    )


def measure(seed: int, *, pupils: int, offers: int) -> bool:
    stream = make_stream(seed, pupils=pupils, offers=offers)
    print(f"\n   stream {seed}: {len(stream.pupils):,} pupils, {len(stream.offers):,} offers, {DAYS} days")
    faults = []
    ways = (
        ("every 10 days", lambda: replay(stream, every=10)),
        ("daily", lambda: replay(stream, every=1)),
        ("never wait", lambda: never_wait(stream)),
    )
    for name, way in ways:
        began = time.process_time()
        pairs = way()
        say(name, stream, pairs, time.process_time() - began)
        faults += find_faults(stream, pairs)
    for fault in faults:
        print(f"   WRONG: {fault}")
    return not faults


def set_up(folder: str) -> None:
    os.environ |= {"SUNWARD_HOME": folder, "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test"}
    import django

    django.setup()
    from sunward_match.pairing import warm_up

    warm_up()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.tutoring")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--pupils", type=int, default=1045)
    parser.add_argument("--offers", type=int, default=1205)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(folder)
        fine = [measure(seed, pupils=asked.pupils, offers=asked.offers) for seed in range(1, asked.seeds + 1)]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    raise SystemExit(main())
