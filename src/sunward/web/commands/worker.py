from argparse import Namespace
from threading import Thread

from sunward.web.commands import Command


def run(arguments: Namespace) -> int:
    from sunward.core.jobs.worker import Worker

    Thread(target=_warm_up, name="warm-up", daemon=True).start()
    Worker().serve()
    return 0


def _warm_up() -> None:
    """On a new machine the engine is compiled now, and not while the first officer waits for her matching."""
    from sunward_match.pairing import warm_up

    warm_up()


COMMAND = Command("worker", "work off background jobs until told to stop; start as many as you like", run)
