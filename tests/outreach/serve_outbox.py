"""A real worker process with outreach's jobs, which a test kills while a robot holds the line."""

import django

django.setup()

from sunward.core.jobs.worker import Worker  # noqa: E402

Worker().serve()
