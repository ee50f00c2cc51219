"""Functions for ``map_blocks``, in a module that a new process imports quickly."""

from sunward_match.faults import Fault, InputError


def square(block: int) -> int:
    return block * block


def fail_on_two(block: int) -> int:
    if block == 2:
        raise InputError([Fault("two", "Two is too many.", {"block": block})])
    return block
