"""Page times at a district's full size, with ten people at once.

``python -m bench.pages --database postgres://…/sunward_bench [--programme employment] [--size jobseekers=500000 …]``

The database must be empty or one that this bench filled before for the same programme. Ten people open the page again
and again, each reading it for `--pause` seconds (0: all ten press again at once, which measures throughput rather than
waiting). Prints, per page: median, p95, the processor's time of one page in the server and in the database (where the
machine is busy with other things the clock lies, and parallel workers of the database are not in it), and the number of
queries, which must not depend on the number of rows.
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
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bench.page import Page

PEOPLE = 10
ROUNDS = 20
PAUSE = 1.0
PROGRAMMES = {
    "mentoring": "bench.mentoring_pages",
    "employment": "bench.employment_pages",
    "blueprint": "bench.blueprint_pages",
}


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--database", default=os.environ.get("SUNWARD_BENCH_DATABASE_URL", ""))
    parser.add_argument("--programme", choices=PROGRAMMES, default="mentoring")
    parser.add_argument("--size", nargs="*", default=[], metavar="WHAT=NUMBER", help="smaller than a whole district")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds between two pages of one person")
    parser.add_argument("--only", default="", help="pages whose name holds these words")
    said = parser.parse_args(words)
    if not said.database:
        print("SKIPPED page times: name an empty PostgreSQL database in SUNWARD_BENCH_DATABASE_URL.")
        return
    _set_up(said.database)
    programme = import_module(PROGRAMMES[said.programme])
    programme.prepare(replace(programme.DEFAULT, **_read_size(said.size)))
    port = _free_port()
    server = _serve(port)
    try:
        _wait(port)
        pages = [page for page in programme.pages() if said.only in page.name]
        _measure(port, server.pid, pages, said.rounds, said.pause)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _read_size(words: Iterable[str]) -> dict[str, Any]:
    return {what: int(number) for what, _, number in (word.partition("=") for word in words)}


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
    client.cookies.load(page.cookie or _cookie(page.username))
    with CaptureQueriesContext(connection) as captured:
        client.get(page.path, headers={"host": "127.0.0.1"})
    return len(captured)


def _measure(port: int, server: int, pages: Sequence[Page], rounds: int, pause: float) -> None:
    print(
        f"{'page':30}{'median ms':>10}{'p95 ms':>8}{'server ms':>11}{'database ms':>13}{'queries':>9}   "
        f"{PEOPLE} people at once, {pause} s between pages"
    )
    for page in pages:
        cookie = page.cookie or _cookie(page.username)
        _get(port, page.path, cookie)
        read, worked = partial(_read_again_and_again, port, page, cookie, rounds, pause), _worked(server)
        with ThreadPoolExecutor(PEOPLE) as pool:
            times = sorted(chain.from_iterable(pool.map(read, range(PEOPLE))))
        web, database = ((now - then) / len(times) for now, then in zip(_worked(server), worked, strict=True))
        median, p95 = statistics.median(times), times[int(len(times) * 0.95)]
        print(
            f"{page.name:30}{median * 1000:10.0f}{p95 * 1000:8.0f}{web * 1000:11.0f}{database * 1000:13.0f}"
            f"{_count_queries(page):9d}",
            flush=True,
        )


def _worked(server: int) -> tuple[float, float]:
    """Seconds of the processor so far: of the server with its workers, and of the connections to the database."""
    from django.db import connection

    database = f" {connection.settings_dict['NAME']} "
    web = backends = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text().replace("\0", " ")
            _, _, stat = (folder / "stat").read_text().rpartition(")")
        except OSError:
            continue  # it has ended meanwhile
        fields = stat.split()
        seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        if server in (int(folder.name), int(fields[1])):
            web += seconds
        elif words.startswith("postgres") and database in words:
            backends += seconds
    return web, backends


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
