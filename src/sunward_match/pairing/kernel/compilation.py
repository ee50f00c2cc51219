"""The one place that touches numba's decorator, so that everything else stays strictly typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` to machine code on first use; it releases the interpreter lock.

    The machine code is kept on disk: in ``NUMBA_CACHE_DIR`` if that is set, else beside the module, else (package not
    writable) in the user's cache folder. Where none of them can be written it is compiled anew by every process.
    """
    try:
        dispatcher = njit(cache=True, nogil=True)(function)
    except RuntimeError:
        dispatcher = njit(nogil=True)(function)
    return cast("Callable[P, R]", dispatcher)
