from argparse import Namespace

from sunward.web.commands import Command


def run(arguments: Namespace) -> int:
    from sunward.core.jobs.worker import Worker

    Worker().serve()
    return 0


COMMAND = Command("worker", "work off background jobs until told to stop; start as many as you like", run)
