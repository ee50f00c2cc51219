"""Everything wrong with a policy and its people, at once: faults that stop a run and warnings that do not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..faults import Fault
from .appraisal import MOST_RULES, Appraiser
from .criteria import Criterion
from .incumbents import Standing, find_incumbent_faults
from .kernel.vectors import Column
from .parameters import Setting
from .policy import Columns, Policy, find_policy_faults
from .rules import Rule, Scope
from .table import Table, find_shape_faults, is_missing, unknown_column


def review(
    policy: Policy, children: Table, mentors: Table, *, given: Setting | None = None, incumbents: Standing = ()
) -> tuple[Fault, ...]:
    """Faults and warnings (``is_warning``), as far as they can be seen before rules are applied to pairs."""
    faults = [*find_policy_faults(policy, given or {})]
    if len(policy.rules) > MOST_RULES:
        data = {"count": len(policy.rules), "most": MOST_RULES}
        faults.append(Fault("too_many_rules", f"A policy can hold {MOST_RULES} rules, not {len(policy.rules)}.", data))
    faults += [*find_shape_faults(children), *find_shape_faults(mentors)]
    faults += [*find_missing_columns(policy, children, mentors)]
    faults += [*find_number_faults(policy.columns, children, mentors)]
    faults += [*find_incumbent_faults(incumbents, children, mentors)]
    faults += [*find_place_warnings(policy.columns, "children", children)]
    faults += [*find_place_warnings(policy.columns, "mentors", mentors)]
    for side, people in (("children", children), ("mentors", mentors)):
        if not len(people):
            faults.append(Fault(f"no_{side}", f"There are no {side}.", is_warning=True))
    if not any(not fault.is_warning for fault in faults):
        faults += [*find_side_warnings(policy, children, mentors, given or {})]
    return tuple(faults)


def find_missing_columns(policy: Policy, children: Table, mentors: Table) -> Iterator[Fault]:
    """Columns that rules, criteria or the engine read and a table lacks."""
    wanted: dict[tuple[str, str], list[str]] = {}
    parts: list[Rule | Criterion] = [use.rule for use in policy.rules]
    parts += [use.criterion for use in policy.criteria]
    for part in parts:
        for name in part.child_columns:
            wanted.setdefault(("children", name), []).append(part.code)
        for name in part.mentor_columns:
            wanted.setdefault(("mentors", name), []).append(part.code)
    if policy.columns.tier is not None:
        wanted.setdefault(("children", policy.columns.tier), []).append("tier")
    if policy.columns.capacity is not None:
        wanted.setdefault(("mentors", policy.columns.capacity), []).append("capacity")
    for (side, name), users in wanted.items():
        table = children if side == "children" else mentors
        if name not in table:
            sentence = f"The {side} have no column {name}, which is needed for {', '.join(users)}."
            data = {"column": name, "side": side, "needed_for": ", ".join(users)}
            yield Fault(unknown_column(name, table).code, sentence, data)


def find_number_faults(columns: Columns, children: Table, mentors: Table) -> Iterator[Fault]:
    """Tiers and places are whole numbers, places not negative; a mentor without places deserves a warning."""
    if columns.tier in children.columns and not is_whole(children[columns.tier or ""]):
        yield Fault("tier_not_whole", f"Column {columns.tier} must hold whole numbers.", {"column": columns.tier or ""})
    if columns.capacity is None or columns.capacity not in mentors:
        return
    places = mentors[columns.capacity]
    data: dict[str, str | int | float] = {"column": columns.capacity}
    if not is_whole(places):
        yield Fault("capacity_not_whole", f"Column {columns.capacity} must hold whole numbers.", data)
    elif (places < 0).any():
        count = int((places < 0).sum())
        yield Fault("capacity_negative", f"{count} mentors have fewer than 0 places.", {**data, "count": count})
    elif (places == 0).any():
        count = int((places == 0).sum())
        sentence = f"{count} mentors have capacity 0 and can take no child; raise it or leave them out."
        yield Fault("capacity_zero", sentence, {**data, "count": count}, is_warning=True)


def is_whole(column: Column) -> bool:
    """Whether every entry is a whole number, whatever the type says."""
    if column.dtype.kind in "iub":
        return True
    return column.dtype.kind == "f" and bool((np.isfinite(column) & (column == np.rint(column))).all())


def find_place_warnings(columns: Columns, side: str, people: Table) -> Iterator[Fault]:
    """People without coordinates, and those without a unit as well."""
    if not len(people):
        return
    unknown = np.zeros(len(people), bool)
    for name in (columns.lon, columns.lat):
        unknown |= is_missing(people[name]) if name in people else True
    count = int(unknown.sum())
    if count:
        sentence = f"{count} {side} have no coordinates; they are matched within their unit and the adjacent ones."
        yield Fault("coordinates_missing", sentence, {"side": side, "count": count}, is_warning=True)
    unknown &= is_missing(people[columns.unit]) if columns.unit in people else True
    count = int(unknown.sum())
    if count:
        sentence = f"{count} {side} have neither coordinates nor a unit; where they live is not considered."
        yield Fault("place_unknown", sentence, {"side": side, "count": count}, is_warning=True)


def find_side_warnings(policy: Policy, children: Table, mentors: Table, given: Setting) -> Iterator[Fault]:
    """Rules about one side that leave nobody on it."""
    for rule, setting in Appraiser.of(policy, given).rules:
        people = {Scope.CHILD: children, Scope.MENTOR: mentors}.get(rule.scope)
        if people is not None and len(people) and not rule.judge_side(people, setting).any():
            sentence = f"The rule “{rule.label}” permits nobody among {len(people)} {rule.scope}s."
            data = {"rule": rule.code, "side": rule.scope.value, "count": len(people)}
            yield Fault("rule_forbids_everyone", sentence, data, is_warning=True)
