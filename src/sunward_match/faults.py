"""Coded refusals. Everything wrong with an input is reported at once, each fault with a sentence for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a stable ``code`` for programs and a ``sentence`` for people."""

    code: str
    sentence: str


class EngineError(ValueError):
    """Root of every refusal of the engine.

    EngineError
        InputError         what was handed in cannot be used; ``faults`` lists all of it
        VerificationError  an answer does not stand up to its definition; ``faults`` lists all of it
        ExecutorError      ``map_blocks`` was asked for an executor that is unknown or not installed
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(f"[{fault.code}] {fault.sentence}" for fault in self.faults))

    def __reduce__(self) -> tuple[type[EngineError], tuple[tuple[Fault, ...]]]:
        # Without this the error loses its faults on the way back from a process pool.
        return type(self), (self.faults,)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all faults, in the order they were found."""
        return tuple(fault.code for fault in self.faults)


class InputError(EngineError):
    """The input cannot be used."""


class VerificationError(EngineError):
    """The answer is not what it claims to be."""


class ExecutorError(EngineError):
    """The executor is unknown or not installed."""


def refuse(faults: Sequence[Fault]) -> None:
    """Raise ``InputError`` with all ``faults``, if there are any."""
    if faults:
        raise InputError(faults)
