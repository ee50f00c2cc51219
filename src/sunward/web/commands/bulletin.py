"""A district's bulletin on a day, as JSON and as a Word file: a draft, or as it was published."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from uuid import UUID

from sunward.web.commands import Command


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="its last day, e.g. 2022-10-31")
    parser.add_argument(
        "--known", metavar="DATE", default="", help="as known at the end of this day, or now; the last day unless said"
    )
    parser.add_argument("--district", default="", metavar="CODE", help="where there is more than one")
    parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")
    parser.add_argument("--json", type=Path, metavar="OUT", help="each figure with version, pins and records counted")
    parser.add_argument("--docx", type=Path, metavar="OUT", help="the Word file")
    parser.add_argument("--published", type=UUID, metavar="NUMBER", help="print this published bulletin as it stands")
    parser.add_argument(
        "--in-house", action="store_true", help="also what is withheld or rounded: such a file stays in the house"
    )


def run(arguments: Namespace) -> int:
    from sunward.core import clock
    from sunward.web.bulletin_files import Wanted, print_bulletin

    if (arguments.on is None) == (arguments.published is None):
        sys.stderr.write("Say the last day (--on 2022-10-31), or which published bulletin (--published NUMBER).\n")
        return 2
    wanted = Wanted(
        on=arguments.on, known=arguments.known, district=arguments.district, language=arguments.language,
        published=arguments.published, in_house=arguments.in_house,
    )  # fmt: skip
    printed = print_bulletin(wanted, json=arguments.json, docx=arguments.docx, today=clock.today(), now=clock.now())
    sys.stdout.write(f"{printed.summary}\n")
    if not printed.is_same:
        sys.stderr.write("Made again from its pins, this bulletin does not say what was published.\n")
    return 0 if printed.is_same else 1


COMMAND = Command(
    "bulletin", "a district's bulletin on a day, as JSON and Word: a draft, or as published", run, add_arguments
)
