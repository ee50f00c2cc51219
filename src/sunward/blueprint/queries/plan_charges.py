"""Whose a line is: by unit (what it leads, what it joins), and by the officer who answers for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sunward.blueprint.queries.plan_lines import PartRow, PlanLine, UnitName


@dataclass(frozen=True, slots=True)
class UnitCharge:
    """What one unit has to do: by its code, never by how much of it is late."""

    unit: UnitName
    leads: tuple[PlanLine, ...]
    joins: tuple[tuple[PlanLine, PartRow], ...]
    next_on: date


@dataclass(frozen=True, slots=True)
class OfficerCharge:
    """`key` is the account's number, or the name that the paper has."""

    key: str
    name: str
    units: tuple[UnitName, ...]
    lines: tuple[PlanLine, ...]
    next_on: date


def by_unit(lines: Sequence[PlanLine]) -> tuple[UnitCharge, ...]:
    """Within a unit what is due first stands first."""
    units: dict[str, UnitName] = {}
    leads: dict[str, list[PlanLine]] = defaultdict(list)
    joins: dict[str, list[tuple[PlanLine, PartRow]]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: (one.next_on, one.number)):
        units.setdefault(line.lead.code, line.lead)
        leads[line.lead.code].append(line)
        for part in line.parts:
            units.setdefault(part.unit.code, part.unit)
            joins[part.unit.code].append((line, part))
    return tuple(
        UnitCharge(
            unit, tuple(leads[code]), tuple(sorted(joins[code], key=_own_day)), _next_of(leads[code], joins[code])
        )
        for code, unit in sorted(units.items())
    )


def by_officer(lines: Sequence[PlanLine]) -> tuple[OfficerCharge, ...]:
    """By name; lines for which nobody answers yet stand at the end, under an empty name."""
    found: dict[str, list[PlanLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: (one.next_on, one.number)):
        found[str(line.officer_id) if line.officer_id else line.officer].append(line)
    charges = [
        OfficerCharge(key, held[0].officer, _units(held), tuple(held), held[0].next_on) for key, held in found.items()
    ]
    return tuple(sorted(charges, key=lambda one: (not one.name, one.name, one.key)))


def _units(lines: Iterable[PlanLine]) -> tuple[UnitName, ...]:
    return tuple(dict.fromkeys(line.lead for line in lines))


def _next_of(leads: Iterable[PlanLine], joins: Iterable[tuple[PlanLine, PartRow]]) -> date:
    return min([*(line.next_on for line in leads), *map(_own_day, joins)])


def _own_day(joined: tuple[PlanLine, PartRow]) -> date:
    """A part without a day of its own is due with the whole."""
    line, part = joined
    return part.due_on or line.ends_on
