"""The demo district on an empty database; on one that holds anybody, nothing happens."""

import sys
from argparse import ArgumentParser, Namespace

from sunward.web.commands import Command

SCENARIOS = ("yangpu-2022",)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--scenario", choices=SCENARIOS, help="instead: a district whose records add up to what one reported in 2022"
    )


def run(arguments: Namespace) -> int:
    if arguments.scenario:
        return _run_scenario()
    from sunward.web.preparation import build_demo, describe_demo, migrate, whole_or_nothing

    with whole_or_nothing():
        migrate()
        built = build_demo()
    sys.stdout.write(f"{describe_demo()}\n")
    if not built:
        sys.stderr.write("There are users here already: nothing was added.\n")
    return 0 if built else 1


def _run_scenario() -> int:
    """A sentence for each part, so that nobody waits before a silent screen."""
    from sunward.web.preparation import build_scenario, describe_demo, migrate, whole_or_nothing

    def tell(words: str) -> None:
        sys.stdout.write(f"  {words}\n")
        sys.stdout.flush()

    with whole_or_nothing():
        migrate()
        build_scenario(tell)
    sys.stdout.write(f"{describe_demo()}\n")
    return 0


COMMAND = Command("demo", "build the demo district, or a scenario, on an empty database", run, add_arguments)
