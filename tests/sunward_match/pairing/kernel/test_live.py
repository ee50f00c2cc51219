"""A live pairing after any series of changes is as good as one solved from the beginning."""

from typing import Any

import numpy as np
import pytest

from sunward_match.pairing import InputError, LivePairing, pair


class World:
    """What there is, kept in plain Python beside the live pairing, to solve afresh."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.tier: list[int] = self.rng.integers(0, 3, 9).tolist()
        self.capacity: list[int] = self.rng.integers(0, 3, 6).tolist()
        self.gone: set[int] = set()
        self.edges: dict[tuple[int, int], int] = {
            (child, mentor): int(self.rng.integers(-50, 100))
            for child in range(9)
            for mentor in range(6)
            if self.rng.random() < 0.4
        }
        self.live = LivePairing(
            *self.columns(), n_left=9, n_right=6, capacity=self.capacity, tier=self.tier, tiers=(0, 1, 2)
        )

    def columns(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        ends = np.array(list(self.edges), np.int64).reshape(-1, 2)
        return ends[:, 0], ends[:, 1], np.array(list(self.edges.values()), np.int64)

    @property
    def present(self) -> list[int]:
        return [child for child in range(len(self.tier)) if child not in self.gone]

    def some(self, people: list[int], largest: int = 100) -> tuple[np.ndarray, np.ndarray]:
        chosen = np.array([one for one in people if self.rng.random() < 0.4], np.int64)
        return chosen, self.rng.integers(-50, largest, len(chosen))

    def add_child(self) -> Any:
        mentors, weight = self.some(list(range(len(self.capacity))), largest=int(self.rng.choice([100, 100_000])))
        tier = int(self.rng.integers(0, 4))
        child, change = self.live.add_child(mentors, weight, tier=tier)
        self.tier.append(tier)
        assert child == len(self.tier) - 1
        self.edges |= {(child, int(mentor)): int(one) for mentor, one in zip(mentors, weight, strict=True)}
        return change

    def remove_child(self) -> Any:
        child = int(self.rng.choice(self.present))
        self.gone.add(child)
        self.edges = {edge: weight for edge, weight in self.edges.items() if edge[0] != child}
        return self.live.remove_child(child)

    def add_mentor(self) -> Any:
        children, weight = self.some(self.present)
        places = int(self.rng.integers(0, 4))
        mentor, change = self.live.add_mentor(children, weight, places=places)
        self.capacity.append(places)
        assert mentor == len(self.capacity) - 1
        self.edges |= {(int(child), mentor): int(one) for child, one in zip(children, weight, strict=True)}
        return change

    def open_place(self) -> Any:
        mentor = int(self.rng.integers(len(self.capacity)))
        self.capacity[mentor] += 1
        return self.live.open_place(mentor)

    def close_place(self) -> Any:
        open_to = [mentor for mentor, places in enumerate(self.capacity) if places]
        if not open_to:
            return self.open_place()
        mentor = int(self.rng.choice(open_to))
        self.capacity[mentor] -= 1
        return self.live.close_place(mentor)

    def remove_mentor(self) -> Any:
        mentor = int(self.rng.integers(len(self.capacity)))
        self.capacity[mentor] = 0
        return self.live.remove_mentor(mentor)

    def change_anything(self) -> Any:
        acts = [self.add_child, self.add_mentor, self.open_place, self.close_place, self.open_place]
        acts += [self.remove_child] * (len(self.present) > 1) + [self.remove_mentor] * (self.rng.random() < 0.3)
        return acts[self.rng.integers(len(acts))]()

    def check(self) -> None:
        position = {child: at for at, child in enumerate(self.present)}
        left, right, weight = self.columns()
        fresh = pair(
            np.array([position[child] for child in left.tolist()], np.int64), right, weight,
            n_left=len(position), n_right=len(self.capacity), capacity=self.capacity,
            tier=[self.tier[child] for child in self.present],
        )  # fmt: skip
        read = self.live.read()
        assert read.certificate.gap == 0
        served = {count.tier: count.served for count in read.certificate.served_by_tier if count.children}
        assert served == {count.tier: count.served for count in fresh.certificate.served_by_tier}
        assert read.certificate.fit_units == fresh.certificate.fit_units
        assert {tuple(pair) for pair in read.pairs.tolist()} <= set(self.edges)
        assert (np.bincount(read.pairs[:, 1], minlength=len(self.capacity)) <= self.capacity).all()


@pytest.mark.parametrize("seed", range(12))
def test_any_series_of_changes_leaves_the_best_pairing(seed: int) -> None:
    world = World(seed)
    for _ in range(25):
        before = world.live.partner
        change = world.change_anything()
        world.check()
        after = world.live.partner
        was = np.full(len(after), -1)
        was[: len(before)] = before
        expected = [(at, was[at], after[at]) for at in range(len(after)) if was[at] != after[at]]
        assert list(change.moved) == expected


def test_a_thousand_more_children_than_foreseen_still_come_first_by_tier() -> None:
    live = LivePairing([], [], [], n_left=0, n_right=1, capacity=[0])
    for _ in range(1100):
        live.add_mentor([], [], places=1)
        live.add_child([live.n_right - 1], [0.5], tier=1)
    child, _ = live.add_child([5], [-0.9], tier=2)
    assert live.partner[child] == 5
    assert live.read().certificate.served == 1100


def test_refusals_change_nothing() -> None:
    live = LivePairing([0], [0], [1.0], n_left=1, n_right=1, capacity=[1])
    for act, code in (
        (lambda: live.add_child([3], [1.0]), "index_out_of_range"),
        (lambda: live.add_child([0], [1]), "weight_kind_differs"),
        (lambda: live.add_child([0, 0], [1.0]), "lengths_differ"),
        (lambda: live.remove_child(7), "child_unknown"),
        (lambda: live.add_mentor([0], [1.0], places=-1), "capacity_too_small"),
        (lambda: live.open_place(4), "mentor_unknown"),
    ):
        with pytest.raises(InputError) as refusal:
            act()
        assert code in refusal.value.codes
    live.close_place(0)
    with pytest.raises(InputError) as refusal:
        live.close_place(0)
    assert refusal.value.codes == ("no_place_to_close",)
    assert (live.n_left, live.n_right) == (1, 1)
    assert live.read().pairs.tolist() == []
