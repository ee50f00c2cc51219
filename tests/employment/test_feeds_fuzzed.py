"""The running feeds meet thousands of calls made up of their own OpenAPI document, right ones and wrong ones.

Checked are: no failure of the server, only answers, types and shapes that the document promises, wrong calls refused,
and nothing without the key.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from sunward.core import clock
from sunward.employment.actions import feeds as acts
from sunward.employment.actions.feed_publishing import publish_district
from sunward.employment.enums import FeedDirection
from sunward.employment.models import Vacancy
from tests.employment.builders import make_vacancy
from tests.employment.test_feeds_out import make_feed
from tests.factories import make_district

# A made-up cursor has the right shape and is not one of ours; a made-up delivery may lack its snapshot's id.
SETTINGS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", 304, 400, 422]
"""


@pytest.fixture
def fuzz(live_server, open_door, tmp_path, monkeypatch):
    monkeypatch.setattr(acts, "CALLS_A_MINUTE", 10**9)  # the live server is a thread of ours
    (tmp_path / "schemathesis.toml").write_text(SETTINGS)

    def run(key, operation):
        address = live_server.url + reverse("employment:feed_openapi")
        command = [
            str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(tmp_path / "schemathesis.toml"),
            "run", address, "--header", f"Authorization: Bearer {key}", "--include-operation-id", operation,
            "--max-examples", "40", "--generation-deterministic", "--no-color", "--warnings", "off",
            "--continue-on-failure",
        ]  # fmt: skip
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300, check=False)

    return run


@pytest.mark.parametrize(
    ("direction", "operation"),
    [
        (FeedDirection.OUT, "readSnapshot"),
        (FeedDirection.OUT, "readChanges"),
        (FeedDirection.IN, "pushVacancies"),
    ],
)
def test_nothing_that_is_made_up_brings_the_feeds_off_their_promises(fuzz, direction, operation):
    make_vacancy(description="字" * 60_000)
    today, now = clock.today(), clock.now()
    Vacancy.objects.update(verified_on=today, verified_until=today)
    publish_district(make_district(), on=today, now=now)
    key = make_feed(direction=direction, on=today, now=now).key
    found = fuzz(key, operation)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
    assert "No issues found" in found.stdout
