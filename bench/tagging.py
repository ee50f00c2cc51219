"""How many jobseekers' files the rules judge in a second, and how long the page of figures takes.

    python -m bench.tagging [--files 100000]

The first night sets every group, the second finds nothing to do, the third ends one in ten. Seconds of the machine and,
since it may be busy with other things, of the processor. Runs on a database of its own in a temporary folder, or on
SUNWARD_BENCH_DATABASE_URL's, which has to be empty.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.outreach import set_up

ON, NOW = date(2026, 11, 25), datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
STREETS, COMMITTEES, AT_ONCE = 12, 10, 5000


def make_units() -> list[Any]:
    from sunward.accounts.models import Unit

    district = Unit.objects.create(code="310110", name="杨浦区", short_name="杨浦", kind="district", path="/310110/")
    found = []
    for street in range(STREETS):
        code = f"310110{street:03d}"
        above = Unit.objects.create(
            code=code, name=code, short_name=code, kind="subdistrict", parent=district, path=f"{district.path}{code}/"
        )
        for number in range(COMMITTEES):
            own = f"{code}{number:03d}"
            found.append(
                Unit.objects.create(
                    code=own, name=own, short_name=own, kind="committee", parent=above, path=f"{above.path}{own}/"
                )
            )
    return found


def fill(files: int, units: list[Any]) -> None:
    from django.db import transaction

    from sunward.casework.models import Case
    from sunward.core.bulk import insert_rows, new_uids, reserve_ids
    from sunward.employment.models import Jobseeker
    from sunward.people.models import Person

    random = Random(7)
    situations = ["registered"] * 5 + ["not_registered"] * 3 + ["employed", ""]
    for start in range(0, files, AT_ONCE):
        count = min(AT_ONCE, files - start)
        with transaction.atomic():
            persons, cases = list(reserve_ids(Person, count)), list(reserve_ids(Case, count))
            homes = [random.choice(units) for _ in range(count)]
            insert_rows(
                Person,
                ("id", "uid", "programme", "name", "birth_date", "unit_id", "unit_path", "pseudonym"),
                [
                    (pk, uid, "employment", f"求{pk}", _birth(random), unit.pk, unit.path, f"p{pk}")
                    for pk, uid, unit in zip(persons, new_uids(count), homes, strict=True)
                ],
            )
            insert_rows(
                Case,
                ("id", "uid", "programme", "person_id", "unit_id", "unit_path", "opened_on"),
                [
                    (pk, uid, "employment", person, unit.pk, unit.path, ON)
                    for pk, uid, person, unit in zip(cases, new_uids(count), persons, homes, strict=True)
                ],
            )
            insert_rows(
                Jobseeker,
                ("case_id", "situation", "registered_on", "unemployed_since", "education"),
                [(pk, random.choice(situations), *_since(random), random.choice((10, 20, 30, 40))) for pk in cases],
            )


def _birth(random: Random) -> date | None:
    return None if random.random() < 0.02 else ON - timedelta(days=random.randrange(17 * 365, 60 * 365))


def _since(random: Random) -> tuple[date | None, date | None]:
    since = ON - timedelta(days=random.randrange(1, 700))
    return (since if random.random() < 0.6 else None, since if random.random() < 0.8 else None)


def night(on: date) -> tuple[int, int]:
    from sunward.employment.actions.tagging import BLOCK, judge_files
    from sunward.employment.queries.tagging import next_block

    entered = ended = last = 0
    while block := next_block(after=last, size=BLOCK):
        done = judge_files(block, on=on, now=NOW)
        entered, ended, last = entered + done.set, ended + done.ended, block[-1]
    return entered, ended


def timed(words: str, files: int, work: Callable[[], object]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    said = work()
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{words:<34}{wall:8.2f} s {processor:8.2f} s of the processor {files / wall:10,.0f} files/s  {said}")


def show(files: int) -> None:
    from sunward.accounts.access import Actor, Post
    from sunward.accounts.enums import Role
    from sunward.casework.models import Case
    from sunward.employment.models import Jobseeker
    from sunward.employment.queries.rule_files import compare, count_changes, rule_in_force, rule_of_version
    from sunward.employment.queries.who_needs_help import HelpQuestion, files_asked, read_who_needs_help

    timed("first night, every group set", files, lambda: night(ON))
    timed("second night, nothing to do", files, lambda: night(ON + timedelta(days=1)))
    tenth = [pk for pk in Jobseeker.objects.values_list("pk", flat=True) if pk % 10 == 0]
    Jobseeker.objects.filter(pk__in=tenth[:30_000]).update(surveyed_situation="employed")
    timed("third night, one in ten at work", files, lambda: night(ON + timedelta(days=2)))
    for name, path in (("district", "/310110/"), ("sub-district", "/310110/310110000/")):
        actor = Actor(1, "", ON, (Post(Role.EMPLOYMENT_OFFICER, 1, path, ""),))
        kept = Case.objects.filter(unit_path__startswith=path).count()
        asked = HelpQuestion(ON.replace(day=1))
        timed(f"page, {name}", kept, lambda: read_who_needs_help(actor, asked, on=ON).files)  # noqa: B023
        old, new = rule_in_force("ltu_youth", on=ON), rule_of_version("ltu_youth", "2012")
        compared = compare(files_asked(actor, ""), old, new, on=ON)
        timed(f"comparison, {name}", kept, lambda: list(count_changes(compared).values()))  # noqa: B023


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        fill(files, make_units())
        show(files)
    return 0


if __name__ == "__main__":
    sys.exit(main())
