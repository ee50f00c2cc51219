"""A real worker process for the tests that kill one."""

import django

django.setup()

from sunward.core.jobs.worker import Worker  # noqa: E402
from tests.core import example_jobs  # noqa: E402, F401

Worker().serve()
