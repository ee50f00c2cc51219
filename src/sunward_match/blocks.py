"""One pure function over independent blocks: here, in a pool of processes, or on a Ray cluster.

A city is many districts that share no child and no mentor; each is a block. The function and the blocks must be
picklable for anything but ``inline``; the answers come in the order of the blocks, whatever ran first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Literal, TypeVar, cast

from .faults import ExecutorError, Fault

Block = TypeVar("Block")
Answer = TypeVar("Answer")
Executor = Literal["inline", "processes", "ray"]


def map_blocks(
    function: Callable[[Block], Answer],
    blocks: Iterable[Block],
    *,
    executor: Executor | str = "inline",
    workers: int | None = None,
) -> list[Answer]:
    """``[function(block) for block in blocks]``, spread over ``workers`` (default: one per processor).

    Raises:
        ExecutorError: ``executor_unknown``; ``executor_missing`` if Ray is not installed; ``workers_too_few``.
        Whatever ``function`` raises, for the first block (in their order) for which it does.
    """
    if workers is not None and workers < 1:
        raise ExecutorError([Fault("workers_too_few", f"{workers} workers cannot work; at least 1 is needed.")])
    if executor == "inline":
        return [function(block) for block in blocks]
    if executor == "processes":
        return map_in_processes(function, list(blocks), workers or os.cpu_count() or 1)
    if executor == "ray":
        return map_on_ray(function, blocks)
    sentence = f"There is no executor {executor}; use inline, processes or ray."
    raise ExecutorError([Fault("executor_unknown", sentence, {"executor": executor})])


def map_in_processes(function: Callable[[Block], Answer], blocks: list[Block], workers: int) -> list[Answer]:
    """A pool that lives as long as the call. Processes are spawned: a forked copy of a threaded server may hang."""
    if not blocks:
        return []
    with ProcessPoolExecutor(min(workers, len(blocks)), mp_context=get_context("spawn")) as pool:
        return list(pool.map(function, blocks))


def map_on_ray(function: Callable[[Block], Answer], blocks: Iterable[Block]) -> list[Answer]:
    """The cluster that the process is connected to, or a local one if it is connected to none."""
    try:
        ray: Any = import_module("ray")
    except ImportError as error:
        sentence = "Ray is not installed; install it or use the executor processes."
        raise ExecutorError([Fault("executor_missing", sentence, {"executor": "ray"})]) from error
    task = ray.remote(function)
    return cast("list[Answer]", ray.get([task.remote(block) for block in blocks]))
