"""A real worker process that takes imports in small bites, so that a test can kill it in between."""

import time

import django

django.setup()

from sunward.core.jobs.worker import Worker  # noqa: E402
from sunward.registers.actions import committing, staging, undoing  # noqa: E402

BITE, PAUSE = 20, 0.15
staging.CHUNK = committing.CHUNK = undoing.CHUNK = BITE


def _slowed(act):
    def slowly(*given, **named):
        time.sleep(PAUSE)
        return act(*given, **named)

    return slowly


for module, name in ((staging, "_write"), (committing, "_take_chunk"), (undoing, "_undo_chunk")):
    setattr(module, name, _slowed(getattr(module, name)))

Worker().serve()
