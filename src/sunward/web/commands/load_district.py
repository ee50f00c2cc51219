import sys
from argparse import ArgumentParser, Namespace

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "code", nargs="?", default="310110", help="the district's six-digit code (default: %(default)s)"
    )


def run(arguments: Namespace) -> int:
    from sunward.accounts.units import load_district

    district = load_district(arguments.code)
    sys.stdout.write(f"{district.name}: sub-districts, committees and departments are in place\n")
    return 0


COMMAND = Command("load-district", "load a district's units; again brings names up to date", run, add_arguments)
