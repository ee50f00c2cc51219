import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file that `sunward backup` wrote")
    parser.add_argument("--replace", action="store_true", help="overwrite the data that is here")


def run(arguments: Namespace) -> int:
    from sunward.web.backups import restore

    note = restore(arguments.file.absolute(), replace=arguments.replace)
    sys.stdout.write(f"Restored as of {note.made_at}. Check the record next: sunward audit verify\n")
    return 0


COMMAND = Command("restore", "put a backup in place; stop server and workers first", run, add_arguments)
