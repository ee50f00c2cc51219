"""The two primitives, *insert a child* and *fill an opened place*, with their mirror, *close a place*.

Each is one Dijkstra over mentors that stops as soon as the best end is known, moves the children along the path found,
and changes prices just enough to keep the invariants of ``standing.py``. Inserting only raises prices and keeps
smallest prices smallest; filling only lowers them, by as little as possible, so that ``lower_prices`` is needed
afterwards where the smallest are wanted.

Source of the method: successive shortest paths with potentials (Ahuja, Magnanti, Orlin, *Network Flows*, 1993, 9.7
and 12.4); smallest prices: the lattice of Demange and Gale, *Econometrica* 53 (1985).
"""

from __future__ import annotations

from .compilation import compiled
from .heap import pop, sift_down, sift_up
from .standing import DOWN, FAR, NOBODY, NONE, UP, Scratch, Standing, seat_child, unseat_child


@compiled
def offer(scratch: Scratch, mentor: int, label: int, size: int, n_seen: int) -> tuple[int, int]:
    """Put ``mentor`` into the heap, or lower her label there; returns the sizes of heap and list of seen mentors."""
    if scratch.label[mentor] == FAR:
        scratch.seen[n_seen] = mentor
        n_seen += 1
    scratch.label[mentor] = label
    if scratch.where[mentor] < 0:
        scratch.heap[size] = mentor
        size += 1
        sift_up(scratch.heap, scratch.where, scratch.label, size - 1)
    else:
        sift_up(scratch.heap, scratch.where, scratch.label, int(scratch.where[mentor]))
    return size, n_seen


@compiled
def clear(scratch: Scratch, n_seen: int) -> None:
    """Give the working space back clean."""
    for position in range(n_seen):
        scratch.label[scratch.seen[position]] = FAR
        scratch.where[scratch.seen[position]] = -1


@compiled
def shift_prices(standing: Standing, scratch: Scratch, n_seen: int, best: int, sign: int) -> None:
    """Move the price of every mentor nearer than ``best`` by what is left of the way, and her children's levels."""
    for position in range(n_seen):
        mentor = scratch.seen[position]
        change = sign * (best - scratch.label[mentor])
        if change * sign <= 0:
            continue
        standing.price[mentor] += change
        child = int(standing.first[mentor])
        while child >= 0:
            standing.level[child] += change
            child = int(standing.after[child])


@compiled
def insert_child(standing: Standing, scratch: Scratch, child: int) -> None:
    """Bring in an unseated child; she is served if that improves the whole, displacing at most one other."""
    start, stop = standing.by_child.start[child], standing.by_child.stop[child]
    other, weight = standing.by_child.other, standing.by_child.weight
    level = standing.reward[child]
    choice = NOBODY
    for edge in range(start, stop):
        cost = standing.price[other[edge]] - weight[edge]
        if cost < level:
            level = cost
            choice = int(other[edge])
    if choice == NOBODY:
        return
    standing.level[child] = level
    if standing.taken[choice] < standing.capacity[choice]:
        seat_child(standing, child, choice)
        return
    size, n_seen = NONE, NONE
    best = standing.reward[child] - level
    end_child, end_mentor = child, NOBODY
    for edge in range(start, stop):
        mentor = int(other[edge])
        label = standing.price[mentor] - weight[edge] - level
        if label < best and label < scratch.label[mentor]:
            scratch.via[mentor] = child
            if standing.taken[mentor] < standing.capacity[mentor]:
                best, end_child, end_mentor = label, NOBODY, mentor
            else:
                size, n_seen = offer(scratch, mentor, label, size, n_seen)
    displace(standing, scratch, size, n_seen, best, end_child, end_mentor, child)


@compiled
def close_place(standing: Standing, scratch: Scratch, mentor: int) -> None:
    """Take one place from ``mentor``, who has at least one; a child who loses it moves on as well as can be."""
    if standing.taken[mentor] < standing.capacity[mentor]:
        standing.capacity[mentor] -= 1
        return
    scratch.via[mentor] = NOBODY
    size, n_seen = offer(scratch, mentor, NONE, NONE, NONE)
    displace(standing, scratch, size, n_seen, int(FAR), NOBODY, NOBODY, NOBODY)
    standing.capacity[mentor] -= 1


@compiled
def displace(
    standing: Standing,
    scratch: Scratch,
    size: int,
    n_seen: int,
    best: int,
    end_child: int,
    end_mentor: int,
    source: int,
) -> None:
    """Find the cheapest chain of moves that makes room, and make it.

    The heap holds where the chain may begin; ``best`` is the cost of the best end known so far: a child who stays
    unserved (``end_child``) or a mentor with room (``end_mentor``).
    """
    row, other, weight = standing.by_child, standing.by_child.other, standing.by_child.weight
    while size > 0:
        mentor = int(scratch.heap[0])
        label = scratch.label[mentor]
        if label >= best:
            break
        size = pop(scratch.heap, scratch.where, scratch.label, size)
        child = int(standing.first[mentor])
        while child >= 0:
            base = label - standing.level[child]
            if base + standing.reward[child] < best:
                best, end_child, end_mentor = base + standing.reward[child], child, NOBODY
            for edge in range(row.start[child], row.stop[child]):
                target = int(other[edge])
                reach = base + standing.price[target] - weight[edge]
                if reach < best and reach < scratch.label[target]:
                    scratch.via[target] = child
                    if standing.taken[target] < standing.capacity[target]:
                        best, end_child, end_mentor = reach, NOBODY, target
                    else:
                        size, n_seen = offer(scratch, target, reach, size, n_seen)
            child = int(standing.after[child])
    shift_prices(standing, scratch, n_seen, best, UP)
    if source >= 0:
        standing.level[source] += best
    clear(scratch, n_seen)
    push_along(standing, scratch, end_child, end_mentor, source)


@compiled
def push_along(standing: Standing, scratch: Scratch, end_child: int, end_mentor: int, source: int) -> None:
    """Make the moves of the chain, last one first."""
    mentor = end_mentor
    if end_mentor == NOBODY:
        if end_child == source:
            return
        mentor = int(standing.seat[end_child])
        unseat_child(standing, end_child)
    while True:
        child = int(scratch.via[mentor])
        if child == NOBODY:
            return
        origin = int(standing.seat[child])
        if origin >= 0:
            unseat_child(standing, child)
        seat_child(standing, child, mentor)
        if child == source:
            return
        mentor = origin


@compiled
def fill_place(standing: Standing, scratch: Scratch, mentor: int) -> None:
    """Settle a mentor who has just got room: the best chain of moves into it, or her price falls to 0."""
    best = standing.price[mentor]
    if best == 0:
        return
    column, other, weight = standing.by_mentor, standing.by_mentor.other, standing.by_mentor.weight
    end_child, end_mentor = NOBODY, mentor
    size, n_seen = offer(scratch, mentor, NONE, NONE, NONE)
    opened = mentor
    while size > 0:
        mentor = int(scratch.heap[0])
        label = scratch.label[mentor]
        if label >= best:
            break
        size = pop(scratch.heap, scratch.where, scratch.label, size)
        base = label + standing.price[mentor]
        for edge in range(column.start[mentor], column.stop[mentor]):
            child = int(other[edge])
            reach = base - weight[edge] - standing.level[child]
            if reach >= best:
                continue
            seat = int(standing.seat[child])
            if seat < 0:
                best, end_child, end_mentor = reach, child, mentor
            elif reach < scratch.label[seat]:
                scratch.via[seat] = child
                scratch.target[seat] = mentor
                if reach + standing.price[seat] < best:
                    best, end_child, end_mentor = reach + standing.price[seat], NOBODY, seat
                size, n_seen = offer(scratch, seat, reach, size, n_seen)
    shift_prices(standing, scratch, n_seen, best, DOWN)
    clear(scratch, n_seen)
    pull_along(standing, scratch, end_child, end_mentor, opened)


@compiled
def pull_along(standing: Standing, scratch: Scratch, end_child: int, end_mentor: int, opened: int) -> None:
    """Make the moves of the chain into the opened place, first the child who comes from outside it."""
    if end_child >= 0:
        standing.level[end_child] = standing.reward[end_child]
        seat_child(standing, end_child, end_mentor)
    mentor = end_mentor
    while mentor != opened:
        child, target = int(scratch.via[mentor]), int(scratch.target[mentor])
        unseat_child(standing, child)
        seat_child(standing, child, target)
        mentor = target


@compiled
def heap_all(scratch: Scratch) -> None:
    """Put every mentor into the heap by the label she has."""
    n_right = len(scratch.label)
    for mentor in range(n_right):
        scratch.heap[mentor] = mentor
        scratch.seen[mentor] = mentor
        scratch.where[mentor] = mentor
    for position in range(n_right // 2 - 1, -1, -1):
        sift_down(scratch.heap, scratch.where, scratch.label, position, n_right)


@compiled
def move_all(standing: Standing, scratch: Scratch, sign: int) -> None:
    """Move every price by its label, with the levels of the children served there; gives the scratch back clean."""
    for mentor in range(len(standing.price)):
        change = sign * scratch.label[mentor]
        standing.price[mentor] += change
        child = int(standing.first[mentor])
        while child >= 0:
            standing.level[child] += change
            child = int(standing.after[child])
    clear(scratch, len(standing.price))


@compiled
def raise_prices(standing: Standing, scratch: Scratch, reach: int) -> None:
    """Raise every price up to ``reach``, or as far as the children served can bear; not at all where there is room.

    With a reach beyond every reward the prices become the largest optimal ones: what the loss of a place would cost.
    """
    n_right = len(standing.price)
    column, other, weight = standing.by_mentor, standing.by_mentor.other, standing.by_mentor.weight
    for mentor in range(n_right):
        has_room = standing.taken[mentor] < standing.capacity[mentor]
        scratch.label[mentor] = 0 if has_room else max(0, reach - standing.price[mentor])
        child = int(standing.first[mentor])
        while child >= 0:
            spare = standing.reward[child] - standing.level[child]
            scratch.label[mentor] = min(scratch.label[mentor], spare)
            child = int(standing.after[child])
    heap_all(scratch)
    size = n_right
    while size > 0:
        mentor = int(scratch.heap[0])
        base = scratch.label[mentor] + standing.price[mentor]
        size = pop(scratch.heap, scratch.where, scratch.label, size)
        for edge in range(column.start[mentor], column.stop[mentor]):
            seat = standing.seat[other[edge]]
            spare = base - weight[edge] - standing.level[other[edge]]
            if seat >= 0 and spare < scratch.label[seat]:
                scratch.label[seat] = spare
                sift_up(scratch.heap, scratch.where, scratch.label, int(scratch.where[seat]))
    move_all(standing, scratch, UP)


@compiled
def lower_prices(standing: Standing, scratch: Scratch) -> None:
    """Lower every price to the smallest that is still optimal: what one more place is worth.

    One Dijkstra over all mentors; a mentor's label is by how much her price can fall before it reaches 0 or another
    child, served elsewhere or not at all, would rather have the place.
    """
    n_left, n_right = len(standing.seat), len(standing.price)
    row, other, weight = standing.by_child, standing.by_child.other, standing.by_child.weight
    for mentor in range(n_right):
        scratch.label[mentor] = standing.price[mentor]
    for child in range(n_left):
        if standing.seat[child] < 0:
            for edge in range(row.start[child], row.stop[child]):
                slack = standing.price[other[edge]] - weight[edge] - standing.level[child]
                scratch.label[other[edge]] = min(scratch.label[other[edge]], slack)
    heap_all(scratch)
    size = n_right
    while size > 0:
        mentor = int(scratch.heap[0])
        label = scratch.label[mentor]
        size = pop(scratch.heap, scratch.where, scratch.label, size)
        child = int(standing.first[mentor])
        while child >= 0:
            base = label - standing.level[child]
            for edge in range(row.start[child], row.stop[child]):
                target = int(other[edge])
                reach = base + standing.price[target] - weight[edge]
                if reach < scratch.label[target]:
                    scratch.label[target] = reach
                    sift_up(scratch.heap, scratch.where, scratch.label, int(scratch.where[target]))
            child = int(standing.after[child])
    move_all(standing, scratch, DOWN)
