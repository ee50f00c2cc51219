"""Two offices become one: what belongs to the old one moves, what happened there stays."""

import sys
from argparse import ArgumentParser, Namespace

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("old", help="the code of the unit that closes, e.g. 310110012")
    parser.add_argument("new", help="the code of the unit that takes over")
    parser.add_argument("--reason", required=True, help="the decision by which they are merged")


def run(arguments: Namespace) -> int:
    from sunward.accounts.unit_merging import merge_units
    from sunward.core import clock

    merged = merge_units(
        old_code=arguments.old, new_code=arguments.new, reason=arguments.reason, on=clock.today(), now=clock.now()
    )
    sys.stdout.write(f"{arguments.old} -> {arguments.new}: {merged.rows} rows moved, {merged.posts} posts ended\n")
    return 0


COMMAND = Command("merge-units", "let one unit become part of another of its kind, from today on", run, add_arguments)
