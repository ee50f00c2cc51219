"""Which cells are hidden besides the small ones: as few and as light as possible, so that every doubt remains.

A small component is solved exactly. In a large one each doubt that is not left open is opened by the cheapest change of
the table, whose cells are then hidden; afterwards every cell that turns out not to be needed is shown again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, csc_array, eye_array, hstack, kron, vstack

from sunward.figures.disclosure.doubt import Component, Doubt, Mask, Net, Numbers, solve_whole, witnesses
from sunward.figures.disclosure.reasons import Reason, Withheld
from sunward.figures.disclosure.system import Key, System

EXACT_SIZE = 400  # doubts × cells up to which all is decided at once
EXACT_SECONDS = 2.0
FAR = 4  # times the largest reach: how far a cell may differ in the table that opens a doubt
# By protected cell and direction: in which cells the table differs that leaves it in doubt.
Changes = dict[tuple[int, bool], Mask]


@dataclass(frozen=True, slots=True)
class Pattern:
    """What is withheld, and why. `given_away` is protected, and can be reckoned from what was published already."""

    withheld: Mapping[Key, Withheld]
    given_away: frozenset[Key]

    def shows(self, *keys: Key) -> bool:
        """A percentage or a mean is shown if the numbers it was made of are."""
        return not any(key in self.withheld for key in keys)


def protect(system: System, *, is_exact: bool = True, has_reasons: bool = True) -> Pattern:
    """Decided for everything proposed at once, against everything published before.

    To say because of which day a number is withheld takes as long as to decide. Without reasons all further ones are
    said to be secondary.
    """
    net = Net.of(system)
    known = np.array([day is not None for day in net.days], dtype=bool)
    small = (net.reach > 0) & net.is_proposed
    is_withheld = small.copy()
    is_given_away = (net.reach > 0) & known
    changes: Changes = {}
    for component in net.components(known):
        mask, found, lost = _protect(component, is_exact=is_exact)
        is_given_away[[component.at[doubt.place] for doubt in lost]] = True
        is_withheld[component.at[mask & component.is_proposed]] = True
        for doubt, change in found.items():
            differs = np.zeros(len(known), dtype=bool)
            differs[component.at[change != 0]] = True
            changes[component.name(doubt)] = differs
    secondary = [int(place) for place in np.flatnonzero(is_withheld & ~small)]
    withheld = {net.keys[place]: Withheld(Reason.SMALL) for place in np.flatnonzero(small)}
    explained = _explain(net, is_withheld, changes, secondary) if has_reasons else {}
    withheld |= {net.keys[place]: explained.get(place, Withheld(Reason.SECONDARY)) for place in secondary}
    return Pattern(withheld, frozenset(net.keys[place] for place in np.flatnonzero(is_given_away)))


def first_hidden(component: Component) -> Mask:
    return (component.reach > 0) | ~component.is_proposed


def _protect(component: Component, *, is_exact: bool) -> tuple[Mask, dict[Doubt, Numbers], list[Doubt]]:
    """The hidden cells, a witness for each doubt, and the doubts that no hiding leaves open."""
    hidden = first_hidden(component)
    doubts = list(component.doubts())
    found = witnesses(component, hidden, doubts)
    if len(found) == len(doubts):
        return hidden, found, []
    possible = witnesses(component, np.ones_like(hidden), doubts)
    lost = [doubt for doubt in doubts if doubt not in possible]
    doubts = [doubt for doubt in doubts if doubt in possible]
    if len(found) == len(doubts):
        return hidden, found, lost
    if is_exact and len(doubts) * len(hidden) <= EXACT_SIZE:
        best = _decide_at_once(component, hidden, doubts)
        proven = {} if best is None else witnesses(component, best, doubts, is_all_or_nothing=True)
        if best is not None and len(proven) == len(doubts):
            return best, proven, lost
    return *_show_again(component, *_open(component, hidden, doubts, found)), lost


def _open(
    component: Component, hidden: Mask, doubts: list[Doubt], open_ones: dict[Doubt, Numbers]
) -> tuple[Mask, dict[Doubt, Numbers]]:
    """Doubt by doubt, those with the farthest to go first."""
    hidden, found = hidden.copy(), dict(open_ones)
    for doubt in sorted(doubts, key=lambda doubt: -_distance(component, doubt)):
        if doubt in found:
            continue
        change = _cheapest(component, hidden, doubt)
        hidden |= change != 0
        found |= {other: change for other in doubts if other not in found and component.grants(other, change)}
    return hidden, found


def _distance(component: Component, doubt: Doubt) -> int:
    if doubt.is_up:
        return int(component.reach[doubt.place] - component.values[doubt.place])
    return int(component.room[doubt.place])


def _cheapest(component: Component, hidden: Mask, doubt: Doubt) -> Numbers:
    """The change that opens the doubt where each cell that is still shown costs its weight for every one it differs."""
    size = len(hidden)
    price = np.where(hidden, 0.01, component.weights)
    lowest, highest = np.zeros(2 * size), np.concatenate([np.full(size, np.inf), component.room])
    asked = _distance(component, doubt)
    rises, falls = doubt.place, size + doubt.place
    lowest[rises if doubt.is_up else falls] = asked
    highest[falls if doubt.is_up else rises] = 0
    rows = [LinearConstraint(hstack([component.matrix, -component.matrix], format="csc"), 0, 0)]
    bounds = Bounds(lowest, highest)
    found = solve_whole(np.concatenate([price, price]), rows, bounds)
    if component.breaks(found[:size] - found[size:]):
        some = hstack([component.some, -component.some], format="csc")
        rows.append(LinearConstraint(some, -component.some @ component.values, np.inf))
        found = solve_whole(np.concatenate([price, price]), rows, bounds)
    return found[:size] - found[size:]


def _show_again(component: Component, hidden: Mask, found: dict[Doubt, Numbers]) -> tuple[Mask, dict[Doubt, Numbers]]:
    """Without any cell that is not needed, the heaviest first."""
    hidden, found = hidden.copy(), dict(found)
    spare = np.flatnonzero(hidden & ~first_hidden(component))
    for place in spare[np.argsort(-component.weights[spare], kind="stable")]:
        broken = [doubt for doubt, change in found.items() if change[place]]
        hidden[place] = False
        mended = witnesses(component, hidden, broken, is_all_or_nothing=True)
        if len(mended) == len(broken):
            found |= mended
        else:
            hidden[place] = True
    return hidden, found


def _decide_at_once(component: Component, hidden: Mask, doubts: list[Doubt]) -> Mask | None:
    """The lightest pattern: one table for each doubt, each differing in hidden cells only. None if time ran out."""
    size, copies = len(hidden), len(doubts)
    choices = np.flatnonzero(~hidden)
    far = FAR * int(component.reach.max())
    lowest = np.tile(np.where(hidden, -component.room, np.maximum(-component.room, -far)), copies).astype(float)
    highest = np.full(size * copies, np.inf)
    for copy, doubt in enumerate(doubts):
        at = copy * size + doubt.place
        if doubt.is_up:
            lowest[at] = component.reach[doubt.place] - component.values[doubt.place]
        else:
            highest[at] = -component.room[doubt.place]
    picked = eye_array(size, format="csr")[choices]
    each = kron(eye_array(copies), picked, format="csc")
    bound = far * vstack([eye_array(len(choices))] * copies, format="csc")
    balance = block_diag([component.matrix] * copies, format="csc")
    constraints = [
        LinearConstraint(hstack([balance, csc_array((balance.shape[0], len(choices)))], format="csc"), 0, 0),
        LinearConstraint(hstack([each, -bound], format="csc"), -np.inf, 0),
        LinearConstraint(hstack([each, bound], format="csc"), 0, np.inf),
    ]
    cost = np.concatenate([np.zeros(size * copies), component.weights[choices]])
    bounds = Bounds(np.concatenate([lowest, np.zeros(len(choices))]), np.concatenate([highest, np.ones(len(choices))]))
    result = milp(
        cost, constraints=constraints, bounds=bounds, integrality=np.ones(len(cost)),
        options={"time_limit": EXACT_SECONDS, "mip_rel_gap": 0.0},
    )  # fmt: skip
    if result.status != 0:
        return None
    best = hidden.copy()
    best[choices] = result.x[size * copies :] > 0.5
    return best


def _explain(net: Net, withheld: Mask, changes: Changes, secondary: list[int]) -> dict[int, Withheld]:
    """Each by the first day after whose publications it is needed; those needed without any are secondary.

    The more is published the more is needed, so that the days are halved.
    """
    published = sorted({day for day in net.days if day})
    waiting: list[tuple[list[date | None], list[int]]] = [([None, *published], secondary)]
    found: dict[int, Withheld] = {}
    while waiting:
        days, places = waiting.pop()
        if len(days) == 1 or not places:
            reason = Withheld(Reason.EARLIER, days[0]) if days[0] else Withheld(Reason.SECONDARY)
            found |= dict.fromkeys(places, reason)
            continue
        half = len(days) // 2
        needed = _needed(net, net.published_until(days[half - 1]), withheld, changes, places)
        waiting.append((days[:half], [place for place in places if place in needed]))
        waiting.append((days[half:], [place for place in places if place not in needed]))
    return found


def _needed(net: Net, known: Mask, withheld: Mask, changes: Changes, asked: list[int]) -> set[int]:
    """Those whose showing alone would close a doubt. What is a witness once more is published is one before."""
    wanted, needed = set(asked), set()
    for component in net.components(known):
        hidden = withheld[component.at] | ~component.is_proposed
        names = {doubt: component.name(doubt) for doubt in component.doubts()}
        held = [(doubt, changes[name]) for doubt, name in names.items() if name in changes]
        for place, at in enumerate(component.at.tolist()):
            if at not in wanted:
                continue
            without = hidden.copy()
            without[place] = False
            broken = [doubt for doubt, differs in held if differs[at]]
            if broken and not witnesses(component, without, broken, is_all_or_nothing=True):
                needed.add(at)
    return needed
