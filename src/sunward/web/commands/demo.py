"""The demo district on an empty database; on one that holds anybody, nothing happens."""

import sys
from argparse import Namespace

from sunward.web.commands import Command


def run(arguments: Namespace) -> int:
    from sunward.web.preparation import build_demo, describe_demo, migrate, whole_or_nothing

    with whole_or_nothing():
        migrate()
        built = build_demo()
    sys.stdout.write(f"{describe_demo()}\n")
    if not built:
        sys.stderr.write("There are users here already: nothing was added.\n")
    return 0 if built else 1


COMMAND = Command("demo", "build the demo district on an empty database", run)
