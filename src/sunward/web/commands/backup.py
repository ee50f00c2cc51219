import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the backup to write, e.g. sunward.tar")


def run(arguments: Namespace) -> int:
    from sunward.core import clock
    from sunward.web.backups import back_up

    target = arguments.file.absolute()
    back_up(target, now=clock.now())
    sys.stdout.write(f"{target}: {target.stat().st_size / 1e6:.1f} MB. Keys are not in it: keep them elsewhere.\n")
    return 0


COMMAND = Command("backup", "write database and uploads into one file, while everything runs", run, add_arguments)
