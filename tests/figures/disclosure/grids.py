"""Small tables with their totals, and what anybody can reckon from them, found by trying every table."""

import numpy as np

from sunward.figures.disclosure.system import Cell, Equation, Key, System


def grid(rows: list[list[int]], threshold: int = 3) -> System:
    """Rows and columns with their totals; what lies below the threshold and above zero is protected."""
    table = [[*row, sum(row)] for row in rows]
    table.append([sum(column) for column in zip(*table, strict=True)])
    cells = [
        Cell((i, j), value, threshold if 0 < value < threshold else 0)
        for i, row in enumerate(table)
        for j, value in enumerate(row)
    ]
    down, across = len(table), len(table[0])
    equations = [Equation.total((i, across - 1), [(i, j) for j in range(across - 1)]) for i in range(down)]
    equations += [Equation.total((down - 1, j), [(i, j) for i in range(down - 1)]) for j in range(across)]
    return System.of(cells, equations)


def intervals_by_hand(system: System, shown: set[Key], *, most: int) -> dict[Key, tuple[int, int]]:
    """Lowest and highest of each hidden number in all tables of numbers up to `most` that agree with what is shown."""
    hidden = [key for key in system.cells if key not in shown]
    tried = np.indices((most + 1,) * len(hidden)).reshape(len(hidden), -1)
    fits = np.ones(tried.shape[1], dtype=bool)
    for equation in system.equations:
        left = np.zeros(tried.shape[1], dtype=int)
        for key, factor in equation.terms:
            left += factor * (system.cells[key].value if key in shown else tried[hidden.index(key)])
        fits &= left == 0
    return {key: (int(row[fits].min()), int(row[fits].max())) for key, row in zip(hidden, tried, strict=True)}
