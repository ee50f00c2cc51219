"""Page times at a district's full size, with ten people at once.

``python -m bench.pages --database postgres://…/sunward_bench [--children N --mentors N --facts N]``

The database must be empty or one that this bench filled before. Ten people open the page again and again, each
reading it for `--pause` seconds (0: all ten press again at once, which measures throughput rather than waiting).
Prints, per page: median, p95, and the number of queries, which must not depend on the number of rows.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import chain
from pathlib import Path

PEOPLE = 10
ROUNDS = 20
PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page as one role opens it."""

    name: str
    username: str
    path: str


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--database", default=os.environ.get("SUNWARD_BENCH_DATABASE_URL", ""))
    parser.add_argument("--children", type=int, default=20_000)
    parser.add_argument("--mentors", type=int, default=5_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two pages of one person")
    said = parser.parse_args(words)
    if not said.database:
        print("SKIPPED page times: name an empty PostgreSQL database in SUNWARD_BENCH_DATABASE_URL.")
        return
    _set_up(said.database)
    _fill_if_empty(said.children, said.mentors, said.facts)
    _match_once()
    port = _free_port()
    server = _serve(port)
    try:
        _wait(port)
        _measure(port, said.rounds, said.pause)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _set_up(database: str) -> None:
    os.environ["SUNWARD_DATABASE_URL"] = database
    os.environ["SUNWARD_HOME"] = os.environ.get("SUNWARD_HOME", "build/bench")
    os.environ["DJANGO_SETTINGS_MODULE"] = "sunward.config.settings.development"
    Path(os.environ["SUNWARD_HOME"]).mkdir(parents=True, exist_ok=True)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _fill_if_empty(children: int, mentors: int, facts: int) -> None:
    from bench.district import Size, fill
    from sunward.casework.models import Case
    from sunward.core import clock

    if Case.objects.exists():
        return
    started = time.perf_counter()
    fill(Size(children, mentors, facts), on=clock.today())
    _analyze()
    print(f"filled in {time.perf_counter() - started:.0f} s")


def _match_once() -> None:
    """The matching pages show the result of one matching of the whole district."""
    from sunward.accounts.access import read_actor
    from sunward.accounts.models import User
    from sunward.core import clock
    from sunward.core.jobs.worker import drain
    from sunward.matching.actions.runs import start_run
    from sunward.matching.models import Policy, Run

    if Run.objects.exists():
        return
    on = clock.today()
    officer = read_actor(User.objects.get(username="officer"), on=on)
    policy = Policy.objects.get(programme="mentoring")
    started = time.perf_counter()
    start_run(actor=officer, policy_id=policy.uid, unit_path="/310110/", on=on, now=clock.now())
    drain()
    _analyze()
    print(f"matched in {time.perf_counter() - started:.0f} s")


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _serve(port: int) -> subprocess.Popen[bytes]:
    words = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error",
        "sunward.config.wsgi:application",
    ]  # fmt: skip
    return subprocess.Popen(words)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _get(port, "/accounts/login/", "")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not come up.")


def _get(port: int, path: str, cookie: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _pages() -> list[Page]:
    from django.urls import reverse

    from sunward.casework.models import Case
    from sunward.matching.enums import RunState
    from sunward.matching.models import Run
    from sunward.mentoring.models import Mentor

    case = Case.objects.select_related("person").filter(unit_path__startswith="/310110/310110016/").order_by("pk")[0]
    mentor = Mentor.objects.order_by("pk")[0]
    run = Run.objects.filter(state=RunState.DONE).order_by("-pk")[0]
    children, word = reverse("mentoring:children"), case.person.name[:2]
    return [
        Page("home, officer", "officer", reverse("home")),
        Page("home, supervisor", "supervisor", reverse("home")),
        Page("home, leader", "leader", reverse("home")),
        Page("children, officer", "officer", children),
        Page("children, last page", "officer", f"{children}?page=400"),
        Page("search", "officer", f"{reverse('search')}?q={_quote(word)}"),
        Page("file", "supervisor", reverse("mentoring:child", args=[case.uid])),
        Page("mentors", "officer", reverse("mentoring:mentors")),
        Page("mentor's file", "officer", reverse("mentoring:mentor", args=[mentor.uid])),
        Page("matches", "officer", reverse("mentoring:matches")),
        Page("workbench", "officer", reverse("registers:batches")),
        Page("matching", "officer", reverse("matching:runs")),
        Page("matching, proposals", "officer", reverse("matching:run", args=[run.uid])),
        Page("matching, unmatched", "officer", reverse("matching:run_unmatched", args=[run.uid])),
        Page("matching, policies", "officer", reverse("matching:policies")),
    ]


def _quote(word: str) -> str:
    from urllib.parse import quote

    return quote(word)


def _cookie(username: str) -> str:
    """A session as sign-in would make it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from sunward.accounts.models import User

    user, session = User.objects.get(username=username), SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.set_expiry(timedelta(hours=2))
    session.create()
    return f"sessionid={session.session_key}"


def _count_queries(page: Page) -> int:
    """How many statements the page needs, counted in this process."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.cookies.load(_cookie(page.username))
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path, headers={"host": "127.0.0.1"})
    return len(captured)


def _measure(port: int, rounds: int, pause: float) -> None:
    print(
        f"{'page':22}{'median ms':>10}{'p95 ms':>10}{'queries':>9}   {PEOPLE} people at once, {pause} s between pages"
    )
    for page in _pages():
        cookie = _cookie(page.username)
        _get(port, page.path, cookie)
        read = partial(_read_again_and_again, port, page, cookie, rounds, pause)
        with ThreadPoolExecutor(PEOPLE) as pool:
            times = sorted(chain.from_iterable(pool.map(read, range(PEOPLE))))
        median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"{page.name:22}{median * 1000:10.0f}{p95 * 1000:10.0f}{_count_queries(page):9d}", flush=True)


def _read_again_and_again(port: int, page: Page, cookie: str, rounds: int, pause: float, person: int) -> list[float]:
    """One person's waiting times; people begin one after the other, as they do."""
    times = []
    time.sleep(pause * person / PEOPLE)
    for _ in range(rounds):
        started = time.perf_counter()
        status = _get(port, page.path, cookie)
        if status != 200:
            raise SystemExit(f"{page.name} answered {status}")
        times.append(time.perf_counter() - started)
        time.sleep(pause)
    return times


if __name__ == "__main__":
    main()
