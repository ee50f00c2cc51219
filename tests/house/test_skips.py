"""Where skips are forbidden, a test that would be skipped fails, and says why it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

SUITE = """
import pytest

def test_that_something_else_holds():
    assert True

def test_that_needs_what_is_not_there():
    pytest.skip("no such thing here")
"""


def run_suite(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_one.py").write_text(SUITE)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-c",
        str(ROOT / "pyproject.toml"),
        str(folder),
    ]
    clean = {name: value for name, value in os.environ.items() if name != "SUNWARD_FORBID_SKIPS"}
    return subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(("environment", "code"), [({}, 0), ({"SUNWARD_FORBID_SKIPS": "1"}, 1)])
def test_a_skip_is_told_and_fails_where_it_is_forbidden(tmp_path, environment, code):
    done = run_suite(tmp_path, **environment)
    assert done.returncode == code, done.stdout
    assert "no such thing here" in done.stdout
