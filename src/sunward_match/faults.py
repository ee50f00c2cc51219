"""Coded refusals. Everything wrong with an input is reported at once, each fault with a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Value = str | int | float  # what a fault or a reason may carry besides its code
Data = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: a stable ``code`` for programs and an English ``sentence`` for people.

    ``data`` holds the numbers and names that the sentence mentions, so that a platform can say it in another language.
    A warning does not stop the work.
    """

    code: str
    sentence: str
    data: Data = field(default_factory=dict, hash=False)
    is_warning: bool = False


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
    """Raise ``InputError`` with all ``faults`` that are more than warnings, if there are any."""
    grave = tuple(fault for fault in faults if not fault.is_warning)
    if grave:
        raise InputError(grave)
