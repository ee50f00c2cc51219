"""A year of forty figures for thirteen units, as of any day, over a million facts: read from the roll-up, and counted.

    python -m bench.figures [--facts 1000000]

40 indicators × 13 units × 12 months, one fact in a hundred corrected: as known now, at the end of a day in autumn,
and now after a day of which nothing is rolled up yet. Of the indicators 8 count persons, 8 facts, 8 the things they
are about, 4 amounts; 4 are shares, 2 means; 6 look back or ahead (standing, conversion, wait). Every third count asks
for an attribute. Seconds of the clock, of this process' processor, and of the database's where it is PostgreSQL; the
quickest of three. Every cell is compared with counting. Runs on a database of its own in a temporary folder, or on
SUNWARD_BENCH_DATABASE_URL's, which has to be empty or filled by this bench.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from bench.outreach import set_up

INDICATORS, STREETS, COMMITTEES, PERSONS, AT_ONCE = 40, 12, 20, 60_000, 20_000
FIRST, BEGAN = date(2022, 1, 1), datetime(2022, 1, 1, tzinfo=UTC)
AUTUMN = datetime(2022, 10, 31, 15, 59, 59, 999999, tzinfo=UTC)  # the end of the day in Shanghai


def fill(facts: int) -> None:
    from django.db import transaction

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
    vacuum()


def vacuum() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def declare() -> list[Any]:
    from sunward.figures.definition import Conversion, Count, Facts, Mean, Share, Standing, Wait
    from sunward.figures.enums import CountingUnit

    def facts(number: int) -> Any:
        return Facts((f"bench.kind_{number}",), (("kind", ("a",)),) if number % 3 == 0 else ())

    kinds = (CountingUnit.PERSON, CountingUnit.FACT, CountingUnit.SUBJECT)
    found: list[Any] = [Count(facts(number), kinds[number % 3]) for number in range(24)]
    found += [Count(facts(number), CountingUnit.QUANTITY) for number in range(24, 28)]
    found += [
        Share(Count(facts(number), CountingUnit.PERSON), Count(facts(number - 20), CountingUnit.PERSON))
        for number in range(28, 32)
    ]
    found += [Mean(facts(number)) for number in range(32, 34)]
    for looks, number in ((Standing, 34), (Conversion, 36), (Wait, 38)):
        more = {"days": 60} if looks is Conversion else {}
        found += [looks(facts(one), facts(one - 10), **more) for one in (number, number + 1)]
    return found


def backend_seconds() -> float:
    """Processor time of the database's process for this connection, where it is one and runs on this machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(told[11]) + int(told[12])) / 100


def measured(work: Callable[[], Any]) -> tuple[Any, str, float]:
    """What it gives, and how long it took in words and in seconds of processors."""
    began, own, theirs = time.perf_counter(), time.process_time(), backend_seconds()
    found = work()
    own, theirs = time.process_time() - own, backend_seconds() - theirs
    text = f"{time.perf_counter() - began:.2f} s, processors {own + theirs:.2f} ({own:.2f} here, {theirs:.2f} database)"
    return found, text, own + theirs


def read(known: datetime | None) -> Any:
    from sunward.figures.counting.cells import read_many
    from sunward.figures.pins import Pin, months

    year = list(months(FIRST, date(2022, 12, 31)))
    paths = ["/310110/", *(f"/310110/310110{street:03d}/" for street in range(STREETS))]
    return read_many(declare(), year, paths, pin=Pin(known_until=known))


def roll_up_all() -> int:
    from sunward.figures.counting.cells import kept_in
    from sunward.figures.counting.rolling import last_settled_fact, roll_up

    until = last_settled_fact()
    all_kept = dict.fromkeys(kept for measure in declare() for kept in kept_in(measure))
    return sum(roll_up(kept, until=until, now=datetime(2023, 1, 31, tzinfo=UTC)) for kept in all_kept)


def go_on(facts: int) -> None:
    """A day of December: each indicator gets its share of a day's facts, two in a hundred of them late."""
    from django.db import transaction

    from sunward.ledger.actions import NewFact, record_many

    random = Random(8)
    rows = [
        NewFact(
            kind=f"bench.kind_{number % INDICATORS}", subject_kind="case", subject_id=random.randrange(PERSONS),
            person_id=random.randrange(PERSONS), unit_path=f"/310110/310110{random.randrange(STREETS):03d}/",
            happened_on=date(2022, 12, 20) - timedelta(days=random.randrange(300) if number % 50 == 0 else 0),
            quantity=Decimal(1), attributes={"kind": "abc"[number % 3]},
        )
        for number in range(facts // 365)
    ]  # fmt: skip
    with transaction.atomic():
        record_many(rows, now=datetime(2023, 2, 1, tzinfo=UTC))


def compare(known: datetime | None, counted: Any, plain: float) -> None:
    quickest = min((measured(lambda: read(known)) for _time in range(3)), key=lambda one: one[2])
    found, text, seconds = quickest
    assert counted is None or found == counted, "The roll-up says something else than counting."
    print(f"  read: {text}" + (f"; counting took {plain / seconds:.0f} times as long" if plain else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--facts", type=int, default=1_000_000)
    facts = parser.parse_args().facts
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        from sunward.figures.models import RolledCount, RolledStep

        start = time.perf_counter()
        fill(facts)
        print(f"{facts:,} facts in {time.perf_counter() - start:.0f} s")
        RolledCount.objects.all().delete()
        pins = {"as known now": None, "as known at the end of a day in autumn": AUTUMN}
        counted = {name: measured(lambda known=known: read(known)) for name, known in pins.items()}
        built, text, _seconds = measured(roll_up_all)
        vacuum()
        print(f"rolled up {built:,} months of counts in {text}: {RolledStep.objects.count():,} steps")
        for name, known in pins.items():
            cells, text, plain = counted[name]
            print(f"{name}\n  counted: {text}")
            compare(known, cells, plain)
        go_on(facts)
        print("as known now, a day later, nothing rolled up since")
        compare(None, None, 0)
        built, text, _seconds = measured(roll_up_all)
        print(f"rolled up again: {built:,} months of counts in {text}")
        compare(None, None, 0)


if __name__ == "__main__":
    main()
