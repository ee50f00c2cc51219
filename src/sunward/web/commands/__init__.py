"""The commands of `sunward`, one module each: put a module here that says `COMMAND = Command(…)` and it is one.

A command module imports what it works with inside its function, so that `sunward --help` stays instant and a command
without a database never touches one.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass


def no_arguments(parser: ArgumentParser) -> None:
    """For a command that takes none."""


def never(arguments: Namespace) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Command:
    """`run` returns the exit code. `is_bare` says whether this call can do without database, keys and files of ours."""

    name: str
    summary: str
    run: Callable[[Namespace], int]
    add_arguments: Callable[[ArgumentParser], None] = no_arguments
    is_bare: Callable[[Namespace], bool] = never
    needs_django: bool = True
