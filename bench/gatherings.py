"""How long one sign-up takes when a gathering is empty, full, and has a long line; and two hundred at once.

    python -m bench.gatherings [--line 2000] [--hands 20]

On a database of its own in a temporary folder, or on SUNWARD_BENCH_DATABASE_URL's. Everything that an act does is
done: ages, places, messages, facts, the audit chain.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

NOW, TODAY = datetime(2026, 11, 25, 1, 0, tzinfo=UTC), date(2026, 11, 25)
BEGINS = NOW + timedelta(days=10)
MEASURED = 60


def set_up(folder: Path) -> None:
    os.environ |= {
        "SUNWARD_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "sunward.config.settings.test",
        "SUNWARD_TEST_DATABASE_URL": os.environ.get("SUNWARD_BENCH_DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3"),
    }
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def make_host() -> Any:
    """A district officer, with the unit she is of."""
    from sunward.accounts.access import read_actor
    from sunward.accounts.models import Assignment, Unit, User

    unit, _new = Unit.objects.get_or_create(
        code="310110", defaults={"name": "杨浦区", "short_name": "杨浦", "kind": "district", "path": "/310110/"}
    )
    user = User.objects.create_user(f"officer-{uuid4().hex[:8]}", name="干部")
    Assignment.objects.create(user=user, role="district_officer", unit=unit, from_on=date(2026, 1, 1))
    return read_actor(user, on=TODAY), unit


def make_gathering(host: Any, unit: Any, *, places: int | None) -> Any:
    from sunward.gatherings.actions import plan_gathering, publish_gathering
    from sunward.gatherings.actions.planning import GatheringDetails, SessionTime

    details = GatheringDetails(title="培训", host_id=unit.pk, place="社区中心", places=places)
    times = [SessionTime(BEGINS, BEGINS + timedelta(hours=2))]
    made = plan_gathering(actor=host, kind="mentoring.training", details=details, sessions=times, on=TODAY, now=NOW)
    return publish_gathering(actor=host, gathering_id=made.uid, version=made.version, on=TODAY, now=NOW)


def sign_up(host: Any, gathering: Any) -> Any:
    from sunward.gatherings.actions import sign_up as act
    from sunward.gatherings.admission import Head

    heads = [Head(guest_name="来宾")]
    return act(actor=host, gathering_id=gathering.uid, heads=heads, party=uuid4(), on=TODAY, now=NOW)


def withdraw(host: Any, gathering: Any) -> None:
    from sunward.gatherings.actions import withdraw_party

    party = gathering.sign_ups.placed().order_by("queue").values_list("party", flat=True)[0]
    withdraw_party(actor=host, gathering_id=gathering.uid, party=party, on=TODAY, now=NOW)


def milliseconds(act: Callable[[], Any], times: int = MEASURED) -> float:
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        spent.append(time.perf_counter() - started)
    return median(spent) * 1000


def measure_line(host: Any, unit: Any, length: int) -> None:
    """The same act before an empty room and before a full one with a long line behind it."""
    empty = make_gathering(host, unit, places=None)
    alone = milliseconds(lambda: sign_up(host, empty))
    full = make_gathering(host, unit, places=30)
    for _ in range(length + 30):
        sign_up(host, full)
    waiting = milliseconds(lambda: sign_up(host, full))
    leaving = milliseconds(lambda: withdraw(host, full), times=MEASURED // 3)
    print(f"sign-up to an empty gathering        {alone:7.1f} ms")
    print(f"the same behind a line of {length:<6,}     {waiting:7.1f} ms   × {waiting / alone:.1f}")
    print(f"withdrawing, the first moves up      {leaving:7.1f} ms   × {leaving / alone:.1f}")


def measure_at_once(host: Any, unit: Any, hands: int, presses: int = 200, places: int = 30) -> bool:
    from django.db import connection

    gathering = make_gathering(host, unit, places=places)
    shot = threading.Barrier(hands + 1)

    def press(count: int) -> None:
        shot.wait()
        for _ in range(count):
            sign_up(host, gathering)
        connection.close()

    threads = [threading.Thread(target=press, args=(presses // hands,)) for _ in range(hands)]
    for thread in threads:
        thread.start()
    shot.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    rows = list(gathering.sign_ups.order_by("queue").values_list("queue", "state"))
    told = [(number, "placed" if number <= places else "waiting") for number in range(1, presses + 1)]
    print(
        f"{presses} at once by {hands} hands for {places} places {took:6.1f} s    {presses / took:.0f} a second", end=""
    )
    print("; places and line are right" if rows == told else "; WRONG")
    return rows == told


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.gatherings")
    parser.add_argument("--line", type=int, default=2000)
    parser.add_argument("--hands", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        set_up(Path(folder))
        host, unit = make_host()
        measure_line(host, unit, asked.line)
        return 0 if measure_at_once(host, unit, asked.hands) else 1


if __name__ == "__main__":
    sys.exit(main())
