"""How fast 5,000 messages go out to 12 groups, and whether limits and order hold; against a webhook on this machine.

    python -m bench.outreach [--messages 5000] [--groups 12] [--workers 1]

Twice: with the limits as good as off, which is our own speed; and with WeCom's twenty a minute by a clock that passes
as told, where the webhook answers 45009 to the twenty-first. Last, the search for persons in a longest text.
Runs on a database of its own in a temporary folder, or on SUNWARD_BENCH_DATABASE_URL's.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

NOW = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


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


class Clock:
    """The machine's, or one that passes as told."""

    def __init__(self, *, is_told: bool) -> None:
        self.is_told, self.moment, self.base = is_told, NOW, time.monotonic()

    def __call__(self) -> datetime:
        return self.moment if self.is_told else NOW + timedelta(seconds=time.monotonic() - self.base)

    def seconds(self) -> float:
        return self.moment.timestamp()


def write_messages(count: int, groups: int, *, per_minute: int) -> float:
    """Fill the outbox, one act after the other; returns the seconds it took."""
    from sunward.accounts.models import Unit
    from sunward.outreach.actions import write_group
    from sunward.outreach.enums import ChannelKind
    from sunward.outreach.models import Channel, Group

    unit, _new = Unit.objects.get_or_create(
        code="310110", defaults={"name": "杨浦区", "short_name": "杨浦", "kind": "district", "path": "/310110/"}
    )
    made = []
    for number in range(groups):
        channel = Channel.objects.create(
            unit=unit, unit_path=unit.path, kind=ChannelKind.WECOM, name="机器人", made_at=NOW,
            address=f"key-{per_minute}-{number:04d}", per_minute=per_minute,
        )  # fmt: skip
        made.append(
            Group.objects.create(unit=unit, unit_path=unit.path, name=f"{number}群", channel=channel, made_at=NOW)
        )
    started = time.perf_counter()
    for number in range(count):
        write_group(
            key=f"{per_minute}:{number}", group=made[number % groups], now=NOW,
            body=f"第{number // groups}条：控江路街道社区文化活动中心，周六上午九点招聘会，欢迎家门口求职。",
        )  # fmt: skip
    return time.perf_counter() - started


def send(clock: Clock, *, worker: str, spin: Callable[[datetime], None]) -> None:
    """Until the outbox is empty; `spin` lets time pass where every channel has to wait."""
    from sunward.outreach.actions.sending import Claimed, channels_with_work, claim_next, record_answer

    while channels := channels_with_work(now=clock()):
        waits = []
        for channel_id in channels:
            found = claim_next(channel_id=channel_id, worker=worker, now=clock())
            if isinstance(found, Claimed):
                record_answer(found, found.send(now=clock()), now=clock())
            elif found.until is not None:
                waits.append(found.until)
        if len(waits) == len(channels):
            spin(min(waits))


def send_in_threads(clock: Clock, workers: int, spin: Callable[[datetime], None]) -> float:
    from django.db import connection

    def work(number: int) -> None:
        send(clock, worker=f"w{number}", spin=spin)
        connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(workers)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def run(messages: int, groups: int, workers: int) -> int:
    with tempfile.TemporaryDirectory() as name:
        set_up(Path(name))
        from django.conf import settings

        from sunward.outreach.channels.outlet import Limit
        from sunward.outreach.channels.wecom import WeCom
        from tests.outreach.servers import serve_wecom

        with serve_wecom() as (url, webhook):
            settings.SUNWARD_WECOM_URL = url
            webhook.keys = {f"key-{limit}-{number:04d}" for limit in (6000, 20) for number in range(groups)}
            written = write_messages(messages, groups, per_minute=6000)
            print(f"   written:            {messages / written:7.0f} messages/s")
            WeCom.limits, webhook.per_minute = (Limit(10**6, 60),), 10**6
            worked = time.process_time()
            took = send_in_threads(Clock(is_told=False), workers, lambda until: time.sleep(0.01))
            worked = (time.process_time() - worked) / messages * 1000
            print(f"   processor for each: {worked:7.1f} ms, webhook included")
            print(
                f"   sent, no limit:     {messages / took:7.0f} messages/s with {workers} worker(s), webhook included"
            )
            fine = check(webhook.calls, webhook.accepted, messages, groups)

            webhook.calls.clear()
            webhook.accepted.clear()
            clock = Clock(is_told=True)
            WeCom.limits, webhook.per_minute, webhook.clock = (Limit(20, 60),), 20, clock.seconds
            write_messages(messages, groups, per_minute=20)
            send_in_threads(clock, 1, lambda until: setattr(clock, "moment", until))
            minutes = (clock.moment - NOW).total_seconds() / 60
            print(f"   20 a minute each:   {minutes:7.1f} minutes by the clock, {messages // groups} to a group")
            print(f"   most in one minute: {most_in_a_minute(webhook.calls):7d} for one robot")
            fine &= check(webhook.calls, webhook.accepted, messages, groups)
        search()
    return 0 if fine else 1


def check(calls: list, accepted: list, messages: int, groups: int) -> bool:
    """Everything there once, in each group in order, and no call in vain."""
    seen: dict[str, list[str]] = {}
    for call in accepted:
        seen.setdefault(call.query["key"], []).append(call.body["text"]["content"].partition("条")[0])
    in_order = all(texts == [f"第{number}" for number in range(len(texts))] for texts in seen.values())
    total = sum(map(len, seen.values()))
    print(f"   arrived:            {total:7d} of {messages}, in order: {in_order}, calls in vain: {len(calls) - total}")
    return in_order and total == messages == len(calls) and len(seen) == groups


def most_in_a_minute(calls: list) -> int:
    """In any stretch of 60 seconds, for the robot that had most."""
    most = 0
    for key in Counter(call.query["key"] for call in calls):
        times = sorted(call.at for call in calls if call.query["key"] == key)
        first = 0
        for last, at in enumerate(times):
            while times[first] <= at - 60:
                first += 1
            most = max(most, last - first + 1)
    return most


def search() -> None:
    """The search for persons, on a longest part among 20,000 persons."""
    from sunward.outreach.guarding import look_for_persons
    from sunward.people.models import Person
    from sunward.people.registering import new_pseudonyms

    given = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
    names = [f"{family}{one}{two}" for family in "王李张刘陈杨黄赵吴周" for one in given for two in given]
    Person.objects.bulk_create(
        [Person(name=names[n % len(names)], pseudonym=p) for n, p in enumerate(new_pseudonyms(20_000))], batch_size=2000
    )
    text = "控江路街道社区文化活动中心周六上午九点举办专场招聘会，欢迎家门口求职，提供岗位一百二十个。\n" * 14
    started = time.perf_counter()
    found = [look_for_persons(text) for _ in range(10)]
    each = (time.perf_counter() - started) / len(found) * 1000
    print(f"   search for persons: {each:7.0f} ms for {len(text.encode())} bytes, {len(found[0])} found")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--groups", type=int, default=12)
    parser.add_argument("--workers", type=int, default=1, help="threads that send at once (more than one: PostgreSQL)")
    given = parser.parse_args()
    return run(given.messages, given.groups, given.workers)


if __name__ == "__main__":
    sys.exit(main())
