"""A small integer programme and its solver: HiGHS, as it comes with SciPy."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

Term = tuple[int, float]  # a variable and its factor
Terms = Iterable[Term]


@dataclass(frozen=True, slots=True)
class Solved:
    """`values` None: no answer was found in time. `bound`: no answer can have a smaller objective."""

    values: NDArray[np.float64] | None
    objective: float
    bound: float
    is_infeasible: bool = False


@dataclass(slots=True)
class Programme:
    """Variables between two bounds, rows between two sides; minimised for one objective at a time."""

    lowers: list[float] = field(default_factory=list)
    uppers: list[float] = field(default_factory=list)
    wholes: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)

    def choice(self) -> int:
        """A yes or a no."""
        return self._add(0, 1, is_whole=True)

    def amount(self, most: float = np.inf) -> int:
        return self._add(0, most, is_whole=False)

    def _add(self, lower: float, upper: float, *, is_whole: bool) -> int:
        self.lowers.append(lower)
        self.uppers.append(upper)
        self.wholes.append(int(is_whole))
        return len(self.lowers) - 1

    def say_yes(self, variable: int) -> None:
        self.lowers[variable] = 1

    def hold(self, terms: Terms, *, least: float = -np.inf, most: float = np.inf) -> None:
        """The sum stays between `least` and `most`."""
        line = len(self.lefts)
        for variable, factor in terms:
            self.columns.append(variable)
            self.lines.append(line)
            self.factors.append(factor)
        self.lefts.append(least)
        self.rights.append(most)

    def squares(self, variables: Iterable[int], *, most: int) -> list[tuple[int, float]]:
        """The square of how many of the variables are yes, as a sum of terms: 1 + 3 + 5 + …

        Exact where it is minimised: the cheaper parts are filled first. Its relaxation is tight between whole numbers.
        """
        counted = list(variables)
        most = min(most, len(counted))
        parts = [self.amount(1) for _ in range(most)]
        self.hold([*((v, 1.0) for v in counted), *((p, -1.0) for p in parts)], least=0, most=0)
        return [(part, 2.0 * number + 1) for number, part in enumerate(parts)]

    def minimise(self, objective: Terms, *, seconds: float) -> Solved:
        size = len(self.lowers)
        if not size:
            return Solved(np.zeros(0), 0.0, 0.0)
        costs = np.zeros(size)
        for variable, factor in objective:
            costs[variable] += factor
        matrix = coo_array((self.factors, (self.lines, self.columns)), shape=(len(self.lefts), size)).tocsc()
        answer = milp(
            costs,
            integrality=np.array(self.wholes),
            bounds=Bounds(np.array(self.lowers), np.array(self.uppers)),
            constraints=LinearConstraint(matrix, np.array(self.lefts), np.array(self.rights)),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if answer.x is None:
            bound = -np.inf if answer.mip_dual_bound is None else float(answer.mip_dual_bound)
            return Solved(None, np.inf, bound, is_infeasible=answer.status == 2)
        return Solved(answer.x, float(answer.fun), float(answer.mip_dual_bound))
