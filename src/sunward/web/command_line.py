"""`sunward`: everything that is done from a terminal. Each command is a module of `sunward.web.commands`."""

import importlib
import os
import pkgutil
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence

from sunward.config import choose_settings
from sunward.web import commands
from sunward.web.commands import Command


def read_commands() -> Iterator[Command]:
    for module in pkgutil.iter_modules(commands.__path__):
        yield importlib.import_module(f"{commands.__name__}.{module.name}").COMMAND


def build_parser() -> ArgumentParser:
    parser = ArgumentParser(prog="sunward", description="向阳 Sunward, from the terminal.")
    group = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for command in read_commands():
        one = group.add_parser(command.name, help=command.summary, description=command.summary)
        command.add_arguments(one)
        one.set_defaults(command=command)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    arguments = build_parser().parse_args(words)
    command: Command = arguments.command
    if not command.needs_django:
        return command.run(arguments)
    if command.is_bare(arguments):
        os.environ["DJANGO_SETTINGS_MODULE"] = "sunward.config.settings.bare"
    choose_settings()
    return _run_with_django(command, arguments)


def _run_with_django(command: Command, arguments: object) -> int:
    import django
    from django.core.exceptions import ImproperlyConfigured

    from sunward.core.refusals import Refusal
    from sunward.web import catalogues

    # Before Django reads them: a language that was not there at the start stays away until the end.
    catalogues.build()
    try:
        django.setup()
        return command.run(arguments)  # type: ignore[arg-type]
    except (ImproperlyConfigured, Refusal) as error:
        sentence = error.sentence if isinstance(error, Refusal) else error
        sys.stderr.write(f"{sentence}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
