"""Who is looked at for whom: blocking by place, so that no more pairs are weighed than could make sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from scipy.spatial import KDTree

from .edges import Edges, sort_key
from .kernel.vectors import Flags, Ints, Longs
from .policy import Reach

Block = tuple[Ints, Ints]  # children and mentors of some candidates, in parallel
Adjacency = Sequence[tuple[str, str]]  # pairs of units that border on each other; order does not matter


def find_candidates(people: Edges, reach: Reach, near: list[Longs], seek: Flags, offered: Flags) -> Edges:
    """Candidates between the children marked in ``seek`` and the mentors marked in ``offered``.

    ``near[u]`` lists the numbers of unit u and the units that border on it. The answer ascends by child, then mentor.
    """
    children, mentors = np.flatnonzero(seek), np.flatnonzero(offered)
    if len(children) * len(mentors) <= reach.all_pairs_up_to:
        everybody = people.at(*cross(children, mentors))
        return everybody.where(is_within(everybody, reach, near))
    child_known, mentor_known = people.child_places.is_known[children], people.mentor_places.is_known[mentors]
    blocks = [
        find_nearest(people, reach, children[child_known], mentors[mentor_known]),
        *meet_by_unit(people, near, children[~child_known], mentors),
        *meet_by_unit(people, near, children[child_known], mentors[~mentor_known]),
    ]
    return join(people, blocks)


def join(people: Edges, blocks: Iterable[Block]) -> Edges:
    """The candidates of all blocks, each once, ascending by child, then mentor."""
    parts = [block for block in blocks if len(block[0])]
    if not parts:
        return people.at(np.empty(0, np.int32), np.empty(0, np.int32))
    edges = people.at(np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts]))
    key = sort_key(edges)
    if len(key) > 1 and not (key[1:] > key[:-1]).all():
        _, first = np.unique(key, return_index=True)
        edges = edges.at(edges.child[first], edges.mentor[first])
    return edges


def cross(children: Longs, mentors: Longs) -> Block:
    """Everybody with everybody."""
    return (
        np.repeat(children.astype(np.int32), len(mentors)),
        np.tile(mentors.astype(np.int32), len(children)),
    )


def find_nearest(people: Edges, reach: Reach, children: Longs, mentors: Longs) -> Block:
    """Each child's nearest mentors within the radius; all of these people's places are known."""
    if not len(children) or not len(mentors):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    tree = KDTree(people.mentor_places.points[mentors])
    radius = np.inf if reach.radius_km is None else np.nextafter(reach.radius_km, np.inf)
    ranks = np.arange(1, min(reach.nearest, len(mentors)) + 1)
    found = tree.query(people.child_places.points[children], k=ranks, distance_upper_bound=radius)[1]
    found.sort(axis=1)
    hit = found < len(mentors)
    # ``mentors`` ascends, so every row stays in order.
    return np.repeat(children.astype(np.int32), hit.sum(axis=1)), mentors.astype(np.int32)[found[hit]]


def meet_by_unit(people: Edges, near: list[Longs], children: Longs, mentors: Longs) -> Iterator[Block]:
    """Same unit or adjacent ones; whoever has no unit meets everybody."""
    child_unit, mentor_unit = people.child_places.unit[children], people.mentor_places.unit[mentors]
    for unit in np.unique(child_unit[child_unit >= 0]):
        close = np.isin(mentor_unit, near[unit]) | (mentor_unit < 0)
        yield cross(children[child_unit == unit], mentors[close])
    yield cross(children[child_unit < 0], mentors)


def number_neighbours(units: Sequence[str], adjacency: Adjacency) -> list[Longs]:
    """Per unit number the numbers of the unit itself and those that border on it; unknown names are left out."""
    number = {name: position for position, name in enumerate(units)}
    near: list[set[int]] = [{position} for position in range(len(units))]
    for one, other in adjacency:
        if one in number and other in number:
            near[number[one]].add(number[other])
            near[number[other]].add(number[one])
    return [np.array(sorted(group), np.int64) for group in near]


def is_within(edges: Edges, reach: Reach, near: list[Longs]) -> Flags:
    """Which pairs lie within reach: by distance where both places are known, else by unit as in ``meet_by_unit``."""
    distance = edges.distance_km
    child_unit, mentor_unit = edges.child_places.unit[edges.child], edges.mentor_places.unit[edges.mentor]
    borders = np.zeros((len(near) + 1, len(near) + 1), bool)  # the last row and column stand for no unit
    borders[-1, :] = borders[:, -1] = True
    for unit, group in enumerate(near):
        borders[unit, group] = True
    by_distance = np.ones(len(edges), bool) if reach.radius_km is None else distance <= reach.radius_km
    return np.where(np.isnan(distance), borders[child_unit, mentor_unit], by_distance)
