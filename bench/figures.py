"""A year of forty figures for thirteen units, as of any day, over a million facts.

    python -m bench.figures [--facts 1000000]

Counts 40 indicators × 13 units × 12 months twice: as known now, and as known on a day in autumn, with one fact in a
hundred corrected. Half of the indicators count persons, a quarter facts, a quarter the things they are about; every
third asks for an attribute. Seconds of the clock, of this process, and of the slowest indicator. Runs on a database of
its own in a temporary folder, or on SUNWARD_BENCH_DATABASE_URL's, which has to be empty or filled by this bench.
"""

import argparse
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from bench.outreach import set_up

INDICATORS, STREETS, COMMITTEES, PERSONS, AT_ONCE = 40, 12, 20, 60_000, 20_000
FIRST, BEGAN = date(2022, 1, 1), datetime(2022, 1, 1, tzinfo=UTC)
AUTUMN = datetime(2022, 10, 31, 15, 59, tzinfo=UTC)


def fill(facts: int) -> None:
    from django.db import connection, transaction

    from sunward.core.bulk import insert_rows
    from sunward.ledger.actions import NewFact, record_many
    from sunward.ledger.models import Fact

    if Fact.objects.exists():
        return
    random = Random(7)
    with transaction.atomic():
        for start in range(0, facts, AT_ONCE):
            rows, days = [], []
            for number in range(start, min(start + AT_ONCE, facts)):
                day = random.randrange(365)
                street = f"/310110/310110{random.randrange(STREETS):03d}/"
                rows.append(
                    NewFact(
                        kind=f"bench.kind_{number % INDICATORS}", subject_kind="case",
                        subject_id=random.randrange(PERSONS), person_id=random.randrange(PERSONS),
                        happened_on=FIRST + timedelta(days=day), quantity=Decimal(1 + number % 9),
                        unit_path=f"{street}{street[-10:-1]}{random.randrange(COMMITTEES):03d}/",
                        attributes={"kind": "abc"[number % 3], "programme": "bench"},
                    )
                )  # fmt: skip
                days.append(day)
            # Written down within the month that followed.
            record_many(rows, now=BEGAN + timedelta(days=max(days) * start / max(facts, 1) + random.random() * 30))
        corrected = list(Fact.objects.values_list("pk", "kind", "happened_on", "recorded_at")[::100])
        columns = ("kind", "subject_kind", "subject_id", "happened_on", "recorded_at", "quantity", "attributes")
        insert_rows(
            Fact,
            (*columns, "actor_id", "unit_path", "corrects_id", "is_withdrawal"),
            [
                (kind, "case", 0, day, at + timedelta(days=20), Decimal(1), {}, 0, "/310110/", key, True)
                for key, kind, day, at in corrected
            ],
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE ledger_fact")


def declare() -> list[Any]:
    from sunward.figures.definition import Count, Facts
    from sunward.figures.enums import CountingUnit

    units = (CountingUnit.PERSON, CountingUnit.FACT, CountingUnit.PERSON, CountingUnit.SUBJECT)
    return [
        Count(Facts((f"bench.kind_{number}",), (("kind", ("a",)),) if number % 3 == 0 else ()), units[number % 4])
        for number in range(INDICATORS)
    ]


def count(known: datetime | None) -> tuple[float, float, float]:
    from sunward.figures.counting.cells import read_months
    from sunward.figures.pins import Pin, months

    year = list(months(FIRST, date(2022, 12, 31)))
    paths = ["/310110/", *(f"/310110/310110{street:03d}/" for street in range(STREETS))]
    began, own, each = time.perf_counter(), time.process_time(), []
    for measure in declare():
        start = time.perf_counter()
        read_months(measure, year, paths, pin=Pin(known_until=known))
        each.append(time.perf_counter() - start)
    return time.perf_counter() - began, time.process_time() - own, max(each)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--facts", type=int, default=1_000_000)
    facts = parser.parse_args().facts
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        start = time.perf_counter()
        fill(facts)
        print(f"{facts:,} facts in {time.perf_counter() - start:.0f} s")
        for name, known in (("as known now", None), ("as known in autumn", AUTUMN)):
            clock, own, slowest = count(known)
            print(f"{name}: {clock:.2f} s, {own:.2f} of this process; the slowest indicator {slowest * 1000:.0f} ms")


if __name__ == "__main__":
    main()
