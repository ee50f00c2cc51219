"""What a first start does, and what a second one leaves alone."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sunward.web import preparation
from tests.databases import lend_file

SCRIPT = """
import sys, time
import django; django.setup()
from django.db import connection
from sunward.web import preparation
with preparation.whole_or_nothing(), connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS people (name text PRIMARY KEY)")
    cursor.execute("INSERT OR IGNORE INTO people VALUES ('first')")
    print("half", flush=True)
    if sys.argv[1:] == ["stay"]:
        time.sleep(60)
with connection.cursor() as cursor:
    print(cursor.execute("SELECT count(*) FROM people").fetchone()[0], flush=True)
"""


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    environment = {"PATH": os.environ["PATH"], "SUNWARD_HOME": str(home)}
    environment["DJANGO_SETTINGS_MODULE"] = "sunward.config.settings.development"
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *words], env=environment, stdout=subprocess.PIPE, text=True, cwd=home.parent
    )


@pytest.mark.sqlite
def test_a_first_start_that_is_killed_leaves_no_half_database(tmp_path):
    home = tmp_path / "home"
    first = start(home, "stay")
    assert first.stdout is not None
    assert first.stdout.readline() == "half\n"
    first.kill()
    first.communicate()
    assert not (home / "sunward.sqlite3").exists()
    second = start(home)
    assert second.communicate()[0] == "half\n1\n"
    assert [path.name for path in home.glob("sunward.sqlite3*")] == ["sunward.sqlite3"]
    third = start(home)
    assert third.communicate()[0] == "half\n1\n"


def test_static_files_are_collected_again_only_when_one_has_changed(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.STATICFILES_DIRS = [tmp_path / "ours"]
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "one.css").write_text("a {}")
    assert preparation.collect_static()
    assert not preparation.collect_static()
    (tmp_path / "ours" / "one.css").write_text("a { color: red }")
    assert preparation.collect_static()
    assert len(list((tmp_path / "static").glob("one.*.css"))) == 1


def test_a_port_that_is_taken_is_told_in_one_line_with_the_remedy(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "sunward.web.command_line", "run", "--port", str(port)],
            env={"PATH": os.environ["PATH"], "SUNWARD_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is taken: choose another, e.g. make run PORT={port + 1}\n"


@pytest.mark.sqlite
def test_server_and_worker_stop_together(tmp_path):
    """One is killed from outside; the other does not stay behind."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    lend_file(tmp_path / "sunward.sqlite3")
    process = subprocess.Popen(
        [sys.executable, "-m", "sunward.web.command_line", "run", "--port", str(port), "--no-demo"],
        env={"PATH": os.environ["PATH"], "SUNWARD_HOME": str(tmp_path)},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        children = wait_for_children(process.pid, 2)
        os.kill(children[1], signal.SIGKILL)
        assert process.wait(timeout=40) != 0
        assert not [child for child in children if Path(f"/proc/{child}").exists()]
    finally:
        process.kill()


def wait_for_children(parent: int, count: int) -> list[int]:
    until = time.monotonic() + 60
    children: list[int] = []
    while len(children) < count:
        assert time.monotonic() < until
        time.sleep(0.1)
        children = [int(child) for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return children
