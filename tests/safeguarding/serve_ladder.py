"""A real worker process with a short ladder.

``LADDER_STOPS_AT``: it stops dead in the middle of its first climb, touches that file, and waits to be killed.
``LADDER_WAITS_FOR``: it lives and beats its heart, and leaves the work to the other until that file is there.
"""

import os
import time
from pathlib import Path

import django

django.setup()

from sunward.core.jobs import queue  # noqa: E402
from sunward.core.jobs.worker import Worker  # noqa: E402
from sunward.safeguarding.notices import notices  # noqa: E402
from tests.safeguarding import short_ladder  # noqa: E402

short_ladder.put_in_place()
claim_at_once = queue.claim


def stop_dead(sender, **said):
    """Within the climb's own transaction: the step and the message are written, and not kept yet."""
    Path(os.environ["LADDER_STOPS_AT"]).touch()
    time.sleep(600)


def claim_later(lease, *, now):
    return claim_at_once(lease, now=now) if Path(os.environ["LADDER_WAITS_FOR"]).exists() else None


if "LADDER_STOPS_AT" in os.environ:
    notices.connect(stop_dead)
if "LADDER_WAITS_FOR" in os.environ:
    queue.claim = claim_later
Worker().serve()
