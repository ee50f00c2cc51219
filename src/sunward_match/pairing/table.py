"""The people of one side as named columns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from ..faults import Fault, refuse
from .kernel.vectors import Column, Flags, Floats, Longs

Id = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """One side: ``ids`` names every person once, ``columns`` holds equally long one-dimensional arrays.

    Numbers, flags or text; a missing number is NaN, a missing text the empty string. Position in the table is what the
    kernel calls an index, and settles ties: hand people in in the order in which they should be preferred among equals.
    """

    ids: tuple[Id, ...]
    columns: Mapping[str, Column] = field(default_factory=dict)

    @classmethod
    def of(cls, ids: Sequence[Id], **columns: npt.ArrayLike) -> Table:
        """A table from anything that numpy can make columns of.

        Raises:
            InputError: ``id_repeated``, ``lengths_differ``, ``not_a_column``, listing all at once.
        """
        table = cls(tuple(ids), {name: as_column(values) for name, values in columns.items()})
        refuse(tuple(find_shape_faults(table)))
        return table

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, name: str) -> Column:
        """The column ``name``; ``InputError`` with ``column_unknown`` if there is none."""
        if name not in self.columns:
            refuse([unknown_column(name, self)])
        return self.columns[name]

    def __contains__(self, name: str) -> bool:
        return name in self.columns

    @property
    def position(self) -> dict[Id, int]:
        """Where each id stands. Built anew at every call."""
        return {identifier: position for position, identifier in enumerate(self.ids)}

    def take(self, positions: Longs) -> Table:
        """The rows at ``positions``, in that order."""
        return Table(
            tuple(self.ids[position] for position in positions),
            {name: values[positions] for name, values in self.columns.items()},
        )


def as_column(values: npt.ArrayLike) -> Column:
    """A numpy column. Gaps (None) become NaN among numbers and the empty string among text; days become ordinals."""
    column: Column = np.asarray(values)
    if column.dtype != object or column.ndim != 1:
        return column
    entries = column.tolist()
    present = [entry for entry in entries if entry is not None]
    if present and all(isinstance(entry, date) for entry in present):
        entries = [None if entry is None else entry.toordinal() for entry in entries]
    elif not all(isinstance(entry, int | float) for entry in present):
        return np.array(["" if entry is None else str(entry) for entry in entries])
    if len(present) == len(entries):
        return np.array(entries)
    return np.array([math.nan if entry is None else float(entry) for entry in entries])


def find_shape_faults(table: Table) -> Iterator[Fault]:
    """Repeated ids and columns of another length."""
    repeated = len(table.ids) - len(set(table.ids))
    if repeated:
        yield Fault("id_repeated", f"{repeated} ids occur more than once in one table.", {"count": repeated})
    for name, values in table.columns.items():
        if values.ndim != 1:
            yield Fault(
                "not_a_column", f"Column {name} has {values.ndim} dimensions; it must have one.", {"column": name}
            )
        elif len(values) != len(table.ids):
            yield Fault(
                "lengths_differ",
                f"Column {name} has {len(values)} entries for {len(table.ids)} people.",
                {"column": name, "entries": len(values), "people": len(table.ids)},
            )


def unknown_column(name: str, table: Table) -> Fault:
    """The fault of asking for a column that is not there."""
    known = ", ".join(sorted(table.columns)) or "none"
    return Fault("column_unknown", f"There is no column {name}; the table has: {known}.", {"column": name})


def is_missing(column: Column) -> Flags:
    """Where a column has no value: NaN, or the empty string."""
    missing: Flags
    if column.dtype.kind == "f":
        missing = np.isnan(column)
    elif column.dtype.kind in "US":
        missing = column == ""
    else:
        missing = np.zeros(len(column), bool)
    return missing


def as_floats(column: Column) -> Floats:
    """A numeric column as float64."""
    return np.asarray(column, np.float64)
