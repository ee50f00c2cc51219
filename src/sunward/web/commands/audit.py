import sys
from argparse import ArgumentParser, Namespace

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("act", choices=["verify"], help="verify: check the whole chain, row by row")


def run(arguments: Namespace) -> int:
    from sunward.audit.chain import verify

    verdict = verify()
    for found in verdict.breaks:
        sys.stdout.write(f"entry {found.number}: {found.reason}\n")
    state = "intact" if verdict.is_intact else "BROKEN"
    sys.stdout.write(f"{state}: {verdict.entries} entries, last digest {verdict.last_digest}\n")
    return 0 if verdict.is_intact else 1


COMMAND = Command("audit", "check that nobody rewrote the record of acts and looks", run, add_arguments)
