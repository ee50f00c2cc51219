"""Small pairing problems for laws, and the best pairing by trying all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from sunward_match.pairing import Pairing, pair, verify

lawful = settings(max_examples=60, derandomize=True, deadline=None, database=None)


@dataclass(frozen=True)
class Instance:
    """The arguments of ``pair``, with integer weights; edges as a dict, so that there are no duplicates."""

    edges: dict[tuple[int, int], int]
    capacity: tuple[int, ...]
    tier: tuple[int, ...]

    @property
    def arguments(self) -> dict[str, object]:
        left = np.array([child for child, _ in self.edges], np.int64)
        right = np.array([mentor for _, mentor in self.edges], np.int64)
        return {
            "left": left,
            "right": right,
            "weight": np.array(list(self.edges.values()), np.int64),
            "n_left": len(self.tier),
            "n_right": len(self.capacity),
            "capacity": np.array(self.capacity, np.int64),
            "tier": np.array(self.tier, np.int64),
        }

    def solve(self) -> Pairing:
        """The pairing, verified."""
        pairing = pair(**self.arguments)
        verify(pairing, **self.arguments)
        return pairing

    def with_place(self, mentor: int) -> "Instance":
        capacity = list(self.capacity)
        capacity[mentor] += 1
        return replace(self, capacity=tuple(capacity))

    def without_child(self, gone: int) -> "Instance":
        """She stays as an index, without edges; her tier too, so that steps mean the same."""
        return replace(self, edges={edge: weight for edge, weight in self.edges.items() if edge[0] != gone})


@st.composite
def instances(draw: st.DrawFn, most_children: int = 5, most_mentors: int = 4) -> Instance:
    n_left = draw(st.integers(0, most_children))
    n_right = draw(st.integers(0, most_mentors))
    pairs = [(child, mentor) for child in range(n_left) for mentor in range(n_right)]
    chosen = draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs)))
    weights = draw(st.lists(st.integers(-6, 9), min_size=len(pairs), max_size=len(pairs)))
    return Instance(
        edges={pair: weight for pair, weight, taken in zip(pairs, weights, chosen, strict=True) if taken},
        capacity=tuple(draw(st.lists(st.integers(0, 3), min_size=n_right, max_size=n_right))),
        tier=tuple(draw(st.lists(st.sampled_from([-5, 0, 7]), min_size=n_left, max_size=n_left))),
    )


def all_pairings(instance: Instance) -> Iterator[list[tuple[int, int]]]:
    """Every pairing within capacity."""
    choices = [
        [None, *(mentor for mentor in range(len(instance.capacity)) if (child, mentor) in instance.edges)]
        for child in range(len(instance.tier))
    ]
    for choice in product(*choices):
        used = np.bincount([mentor for mentor in choice if mentor is not None], minlength=len(instance.capacity))
        if (used <= np.array(instance.capacity, np.int64)).all():
            yield [(child, mentor) for child, mentor in enumerate(choice) if mentor is not None]


def rate(instance: Instance, pairs: list[tuple[int, int]]) -> tuple[int, ...]:
    """Children served by tier, highest first, then total fit: greater is better."""
    served = [instance.tier[child] for child, _ in pairs]
    return (
        *(served.count(tier) for tier in sorted(set(instance.tier), reverse=True)),
        sum(instance.edges[pair] for pair in pairs),
    )


def rate_pairing(instance: Instance, pairing: Pairing) -> tuple[int, ...]:
    return rate(instance, [(int(child), int(mentor)) for child, mentor in pairing.pairs])


def district(n: int, *, places: float, seed: int, edges_each: int = 12) -> dict[str, np.ndarray | int]:
    """Children and 1.2 times as many mentors in clusters of uneven density, so that some corners are crowded."""
    rng = np.random.default_rng(seed)
    n_right = round(1.2 * n)
    centres = rng.uniform(0, 10, (5, 2))
    child = centres[rng.choice(5, n, p=rng.dirichlet(np.full(5, 2.0)))] + rng.normal(0, 1, (n, 2))
    mentor = centres[rng.choice(5, n_right, p=rng.dirichlet(np.full(5, 2.0)))] + rng.normal(0, 1, (n_right, 2))
    distance = np.hypot(*(child[:, None, :] - mentor).transpose(2, 0, 1))
    right = np.argsort(distance, axis=1)[:, :edges_each].ravel()
    left = np.repeat(np.arange(n), edges_each)
    return {
        "left": left,
        "right": right,
        "weight": rng.integers(-200, 1000, len(left)) - np.rint(10 * distance[left, right]).astype(np.int64),
        "n_left": n,
        "n_right": n_right,
        "capacity": rng.binomial(2, places / 2.4, n_right),
        "tier": rng.integers(1, 5, n),
    }
