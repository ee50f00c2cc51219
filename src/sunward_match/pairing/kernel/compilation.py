"""The one place that touches numba's decorator, so that everything else stays strictly typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` to machine code on first use, cached on disk; it releases the interpreter lock."""
    return cast("Callable[P, R]", njit(cache=True, nogil=True)(function))
