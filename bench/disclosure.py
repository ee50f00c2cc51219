"""Disclosure: what a year of bulletins leaks, protected in three ways; 13 units × 12 months × 40 indicators at once.

    python -m bench.disclosure [--seeds N] [--months N] [--indicators N]

Twelve sub-districts and their district, children and visits in small numbers; each bulletin tells the month and the
year to its end. The attack knows every bulletin. The same years once more, with each month published for dashboards
before its bulletin: also where pages know no bulletin and bulletins no page, each of which is safe by itself.
Protected one table at a time is how most tools do it; it costs less and leaks. Times are ratios of one run, to the
attack that checks the result.
"""

import argparse
import random
import sys
import time
from datetime import date

from bench.bulletins import (
    DISTRICT,
    RULE,
    SERIES,
    Leak,
    Published,
    Way,
    Year,
    each_table_by_itself,
    leak,
    small_ones_only,
    together,
)
from sunward.figures.disclosure.series import Address, Series
from sunward.figures.disclosure.suppression import protect
from sunward.figures.disclosure.tables import Tables
from sunward.figures.pins import month_of, year_to

WAYS: dict[str, Way] = {
    "small numbers only": small_ones_only,
    "each table by itself": each_table_by_itself,
    "all together, with all before": together,
}
APART = "pages and bulletins apart"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--indicators", type=int, default=40)
    arguments = parser.parse_args()
    is_tight = all([
        leak_of_years(arguments.seeds, arguments.months),
        leak_of_years(arguments.seeds, arguments.months, has_pages=True),
        decide_all_at_once(arguments.indicators),
    ])  # fmt: skip
    return 0 if is_tight else 1


def leak_of_years(seeds: int, months: int, *, has_pages: bool = False) -> bool:
    what = "published months, each with a bulletin after it" if has_pages else "monthly bulletins"
    print(f"{seeds} years of {months} {what}, 12 sub-districts and the district, {len(SERIES)} indicators")
    ways = WAYS if not has_pages else WAYS | {APART: together}
    rows: dict[str, list[tuple[int, Leak, float, float]]] = {name: [] for name in ways}
    for seed in range(seeds):
        year = Year.planted(seed)
        for name, way in ways.items():
            held = Published(year, way, has_pages=has_pages, knows_own_kind_alone=name == APART)
            started = time.process_time()
            for month in range(1, months + 1):
                held.publish(month)
            decided = time.process_time()
            system = held.system(months)
            shown = held.shown()
            found = leak(system, {address: system.cells[address].value for address in shown}, system.equations)
            rows[name].append((len(shown), found, decided - started, time.process_time() - decided))
    print(f"  {'':32}{'shown':>7}{'protected':>11}{'recovered':>11}{'too close':>11}{'time ÷ attack':>15}")
    for name, found_all in rows.items():
        shown, protected, exactly, closely = (
            sum(column)
            for column in zip(
                *((n, one.protected, one.exactly, one.too_closely) for n, one, _d, _a in found_all), strict=True
            )
        )
        ratio = sum(row[2] for row in found_all) / sum(row[3] for row in found_all)
        print(f"  {name:32}{shown:7}{protected:11}{exactly:11}{closely:11}{ratio:15.2f}")
    print()
    return not any(found.too_closely for _n, found, _d, _a in rows["all together, with all before"])


def decide_all_at_once(indicators: int) -> bool:
    """A yearbook: each indicator of each unit, in each month and the year; every fourth is a part of the one before."""
    chance = random.Random(1)
    names = tuple(f"street {place:02}" for place in range(12))
    spans = [month_of(date(2026, month, 1)) for month in range(1, 13)]
    year = year_to(date(2026, 12, 31))
    series, numbers = [], {}
    for place in range(indicators):
        is_part = place % 4 == 3
        code = f"indicator {place:02}"
        whole = series[-1].code if is_part else None
        series.append(Series(code, RULE, part_of=whole))
        mean = chance.choice((3, 8, 20, 60))
        for span in spans:
            for unit in names:
                most = numbers[Address(whole, unit, span)] if whole else None
                value = chance.randint(0, most) if most is not None else round(chance.expovariate(1 / mean))
                numbers[Address(code, unit, span)] = value
            numbers[Address(code, DISTRICT, span)] = sum(numbers[Address(code, unit, span)] for unit in names)
        for unit in (*names, DISTRICT):
            numbers[Address(code, unit, year)] = sum(numbers[Address(code, unit, span)] for span in spans)
    tables = Tables(tuple(series), {DISTRICT: names}, frozenset(numbers))
    system = tables.system(numbers)
    started = time.process_time()
    pattern = protect(system)
    decided = time.process_time() - started
    started = time.process_time()
    shown = {address: value for address, value in numbers.items() if address not in pattern.withheld}
    found = leak(system, shown, system.equations)
    attacked = time.process_time() - started
    further = len(pattern.withheld) - sum(RULE.protects(value) for value in numbers.values())
    print(f"{indicators} indicators × 13 units × 12 months and the year: {len(numbers)} numbers decided at once")
    print(
        f"  small {found.protected} (with those on no page), hidden {len(pattern.withheld)}, of them {further} further"
    )
    print(f"  recovered {found.exactly}, too close {found.too_closely}")
    print(f"  time: {decided:.1f} s, {decided / attacked:.2f} of the attack that checks it")
    return not found.too_closely and not pattern.given_away


if __name__ == "__main__":
    sys.exit(main())
